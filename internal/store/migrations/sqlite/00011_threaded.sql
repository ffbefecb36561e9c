-- A subscription may want updates in threads alone.

-- +goose Up
ALTER TABLE subscriptions ADD COLUMN threaded INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE subscriptions DROP COLUMN threaded;
