-- A status card is a message that is edited in place. It is a row of the outbox
-- that tells of no one item, so the table is made anew without asking for one.

-- +goose Up
ALTER TABLE subscriptions ADD COLUMN status TEXT NOT NULL DEFAULT ''; -- '', with, only

CREATE TABLE outbox_new (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    key           TEXT    NOT NULL UNIQUE,
    channel       TEXT    NOT NULL,
    item          INTEGER REFERENCES items (no), -- NULL: a status card
    development   INTEGER REFERENCES developments (id),
    alert         TEXT    NOT NULL,
    digest        INTEGER NOT NULL,
    state         TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'parked')),
    not_before    INTEGER NOT NULL,
    attempt       INTEGER NOT NULL DEFAULT 0,
    claimed_until INTEGER NOT NULL DEFAULT 0,
    batch         INTEGER NOT NULL DEFAULT 0,
    unsure        INTEGER NOT NULL DEFAULT 0,
    plain         INTEGER NOT NULL DEFAULT 0,
    created       INTEGER NOT NULL,
    settled       INTEGER,
    reason        TEXT    NOT NULL DEFAULT '',
    sent_channel  TEXT    NOT NULL DEFAULT '',
    sent_ts       TEXT    NOT NULL DEFAULT '',
    action        TEXT    NOT NULL DEFAULT 'post' CHECK (action IN ('post', 'edit', 'reminder')),
    again         INTEGER NOT NULL DEFAULT 0,
    cause         INTEGER REFERENCES items (no),
    root_ts       TEXT    NOT NULL DEFAULT '',
    mute          INTEGER REFERENCES mutes (id),
    status        TEXT    NOT NULL DEFAULT '',   -- the negotiation of a status card, '' for all else
    anew          INTEGER NOT NULL DEFAULT 0     -- a status card: it was deleted, and posted anew
);
INSERT INTO outbox_new (id, key, channel, item, development, alert, digest, state, not_before, attempt, claimed_until, batch, unsure, plain,
        created, settled, reason, sent_channel, sent_ts, action, again, cause, root_ts, mute)
    SELECT id, key, channel, item, development, alert, digest, state, not_before, attempt, claimed_until, batch, unsure, plain,
        created, settled, reason, sent_channel, sent_ts, action, again, cause, root_ts, mute FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;
CREATE INDEX outbox_queue ON outbox (state, channel, id, not_before, batch, claimed_until, digest, status);
CREATE INDEX outbox_item ON outbox (item);
CREATE INDEX outbox_development ON outbox (development) WHERE development IS NOT NULL;
CREATE INDEX outbox_mute ON outbox (mute) WHERE mute IS NOT NULL;
CREATE INDEX outbox_channel ON outbox (channel, created);
CREATE INDEX outbox_status ON outbox (status, channel) WHERE status <> '';

-- What a status is found from.
CREATE INDEX developments_negotiation ON developments (negotiation, first_at, id);

-- +goose Down
DROP INDEX developments_negotiation;
CREATE TABLE outbox_old (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    key           TEXT    NOT NULL UNIQUE,
    channel       TEXT    NOT NULL,
    item          INTEGER NOT NULL REFERENCES items (no),
    development   INTEGER REFERENCES developments (id),
    alert         TEXT    NOT NULL,
    digest        INTEGER NOT NULL,
    state         TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'parked')),
    not_before    INTEGER NOT NULL,
    attempt       INTEGER NOT NULL DEFAULT 0,
    claimed_until INTEGER NOT NULL DEFAULT 0,
    batch         INTEGER NOT NULL DEFAULT 0,
    unsure        INTEGER NOT NULL DEFAULT 0,
    plain         INTEGER NOT NULL DEFAULT 0,
    created       INTEGER NOT NULL,
    settled       INTEGER,
    reason        TEXT    NOT NULL DEFAULT '',
    sent_channel  TEXT    NOT NULL DEFAULT '',
    sent_ts       TEXT    NOT NULL DEFAULT '',
    action        TEXT    NOT NULL DEFAULT 'post' CHECK (action IN ('post', 'edit', 'reminder')),
    again         INTEGER NOT NULL DEFAULT 0,
    cause         INTEGER REFERENCES items (no),
    root_ts       TEXT    NOT NULL DEFAULT '',
    mute          INTEGER REFERENCES mutes (id)
);
INSERT INTO outbox_old SELECT id, key, channel, item, development, alert, digest, state, not_before, attempt, claimed_until, batch, unsure, plain,
        created, settled, reason, sent_channel, sent_ts, action, again, cause, root_ts, mute FROM outbox WHERE item IS NOT NULL;
DROP TABLE outbox;
ALTER TABLE outbox_old RENAME TO outbox;
CREATE INDEX outbox_queue ON outbox (state, channel, id, not_before, batch, claimed_until, digest);
CREATE INDEX outbox_item ON outbox (item);
CREATE INDEX outbox_development ON outbox (development) WHERE development IS NOT NULL;
CREATE INDEX outbox_mute ON outbox (mute) WHERE mute IS NOT NULL;
CREATE INDEX outbox_channel ON outbox (channel, created);
ALTER TABLE subscriptions DROP COLUMN status;
