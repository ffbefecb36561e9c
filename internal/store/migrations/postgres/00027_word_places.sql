-- +goose Up
-- The index of words of SQLite knows where they stand from here on. PostgreSQL's
-- leads to the items that have them, as before.
SELECT 1;

-- +goose Down
SELECT 1;
