-- What a feed has shown of itself over many checks, and what its owner was last
-- told of it.

-- +goose Up
ALTER TABLE feeds ADD COLUMN habits TEXT NOT NULL DEFAULT ''; -- JSON
ALTER TABLE feeds ADD COLUMN told   TEXT NOT NULL DEFAULT ''; -- '': that it is well, or nothing

-- +goose Down
ALTER TABLE feeds DROP COLUMN told;
ALTER TABLE feeds DROP COLUMN habits;
