-- How the article of an item was had, where its feed carries only headlines.

-- +goose Up
ALTER TABLE items ADD COLUMN article TEXT NOT NULL DEFAULT ''; -- '': its page was not asked for

-- +goose Down
ALTER TABLE items DROP COLUMN article;
