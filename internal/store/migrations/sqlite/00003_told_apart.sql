-- What telling developments apart needs after a restart: the texts that it
-- remembers, what an update changes, and in which order developments changed.

-- +goose Up
ALTER TABLE developments ADD COLUMN change TEXT NOT NULL DEFAULT '';    -- what it does to the one it updates
ALTER TABLE developments ADD COLUMN marks TEXT NOT NULL DEFAULT '';     -- of the texts that reported it, in base64
ALTER TABLE developments ADD COLUMN revision INTEGER NOT NULL DEFAULT 0; -- of the table, when this row was last written
CREATE INDEX developments_revision ON developments (revision);
ALTER TABLE reports ADD COLUMN change TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE reports DROP COLUMN change;
DROP INDEX developments_revision;
ALTER TABLE developments DROP COLUMN revision;
ALTER TABLE developments DROP COLUMN marks;
ALTER TABLE developments DROP COLUMN change;
