-- A status card is a message that is edited in place. It is a row of the outbox
-- that tells of no one item.

-- +goose Up
ALTER TABLE subscriptions ADD COLUMN status TEXT COLLATE "C" NOT NULL DEFAULT ''; -- '', with, only
ALTER TABLE outbox ALTER COLUMN item DROP NOT NULL;                               -- NULL: a status card
ALTER TABLE outbox ADD COLUMN status TEXT COLLATE "C" NOT NULL DEFAULT '';        -- the negotiation of a status card, '' for all else
ALTER TABLE outbox ADD COLUMN anew BIGINT NOT NULL DEFAULT 0;                     -- a status card: it was deleted, and posted anew
DROP INDEX outbox_queue;
CREATE INDEX outbox_queue ON outbox (state, channel, id, not_before, batch, claimed_until, digest, status);
CREATE INDEX outbox_status ON outbox (status, channel) WHERE status <> '';

-- What a status is found from.
CREATE INDEX developments_negotiation ON developments (negotiation, first_at, id);

-- +goose Down
DROP INDEX developments_negotiation;
DROP INDEX outbox_status;
DROP INDEX outbox_queue;
CREATE INDEX outbox_queue ON outbox (state, channel, id, not_before, batch, claimed_until, digest);
DELETE FROM outbox WHERE item IS NULL;
ALTER TABLE outbox DROP COLUMN anew;
ALTER TABLE outbox DROP COLUMN status;
ALTER TABLE outbox ALTER COLUMN item SET NOT NULL;
ALTER TABLE subscriptions DROP COLUMN status;
