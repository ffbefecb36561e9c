-- How much a channel got within the last hour is counted with every alert.

-- +goose Up
CREATE INDEX outbox_channel ON outbox (channel, created);

-- +goose Down
DROP INDEX outbox_channel;
