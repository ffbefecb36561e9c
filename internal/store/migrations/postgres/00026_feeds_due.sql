-- Whoever claims a feed looks past those that others hold. With a thousand that
-- hang these are a thousand; here they are passed by without reading their rows.

-- +goose Up
DROP INDEX feeds_due;
CREATE INDEX feeds_due ON feeds (next_check, name, claimed_until) WHERE enabled = 1;

-- +goose Down
DROP INDEX feeds_due;
CREATE INDEX feeds_due ON feeds (next_check) WHERE enabled = 1;
