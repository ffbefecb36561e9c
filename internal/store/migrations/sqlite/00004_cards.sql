-- A card lives on after it was posted: it is edited when more is known, and what
-- updates it stands in its thread.

-- +goose Up
ALTER TABLE outbox ADD COLUMN action TEXT NOT NULL DEFAULT 'post' CHECK (action IN ('post', 'edit', 'reminder'));
ALTER TABLE outbox ADD COLUMN again INTEGER NOT NULL DEFAULT 0; -- an edit: more came while it was on its way
ALTER TABLE outbox ADD COLUMN cause INTEGER REFERENCES items (no); -- of an edit: the item that made it due
ALTER TABLE outbox ADD COLUMN root_ts TEXT NOT NULL DEFAULT ''; -- of the thread in which it stands, '' for none
ALTER TABLE reports ADD COLUMN wire TEXT NOT NULL DEFAULT '';   -- the agency that the text names as its own
ALTER TABLE reports ADD COLUMN copy INTEGER NOT NULL DEFAULT 0; -- the text is that of an earlier report

-- An item that its outlet has edited is read again; of what it said before, a hash.
ALTER TABLE items ADD COLUMN content INTEGER NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN editions INTEGER NOT NULL DEFAULT 1;

-- +goose Down
ALTER TABLE items DROP COLUMN editions;
ALTER TABLE items DROP COLUMN content;
ALTER TABLE reports DROP COLUMN copy;
ALTER TABLE reports DROP COLUMN wire;
ALTER TABLE outbox DROP COLUMN root_ts;
ALTER TABLE outbox DROP COLUMN cause;
ALTER TABLE outbox DROP COLUMN again;
ALTER TABLE outbox DROP COLUMN action;
