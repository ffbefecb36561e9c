-- What somebody muted in a channel. The alerts that a mute holds stand in the
-- outbox and name it.

-- +goose Up
CREATE TABLE mutes (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT    NOT NULL,
    target  TEXT    NOT NULL,              -- '' for everything
    round   TEXT    NOT NULL,              -- the negotiation whose next round ends it, '' for none
    until   INTEGER NOT NULL,
    author  TEXT    NOT NULL,
    created INTEGER NOT NULL,
    ended   INTEGER,
    told    INTEGER NOT NULL DEFAULT 1     -- 0: it ended by itself and the channel is to be told
);
CREATE UNIQUE INDEX mutes_active ON mutes (channel, target) WHERE ended IS NULL;

-- Who did what, and when; rows are only ever added.
CREATE TABLE mute_log (
    no     INTEGER PRIMARY KEY AUTOINCREMENT,
    mute   INTEGER NOT NULL REFERENCES mutes (id),
    action TEXT    NOT NULL CHECK (action IN ('mute', 'change', 'unmute', 'end')),
    author TEXT    NOT NULL,               -- '' where it ended by itself
    at     INTEGER NOT NULL,
    until  INTEGER NOT NULL,
    round  TEXT    NOT NULL
);
ALTER TABLE outbox ADD COLUMN mute INTEGER REFERENCES mutes (id);
CREATE INDEX outbox_mute ON outbox (mute) WHERE mute IS NOT NULL;

-- +goose Down
DROP INDEX outbox_mute;
ALTER TABLE outbox DROP COLUMN mute;
DROP TABLE mute_log;
DROP TABLE mutes;
