-- Every time is an integer: milliseconds since 1970 in UTC. Text sorts and
-- compares as the zone it happens to be written in, integers do not.
-- Days of the calendar (2006-01-02) are text: they have no instant.

-- +goose Up
CREATE TABLE feeds (
    name          TEXT    NOT NULL PRIMARY KEY,
    url           TEXT    NOT NULL,
    enabled       INTEGER NOT NULL DEFAULT 1,
    next_check    INTEGER NOT NULL,
    last_check    INTEGER,
    last_success  INTEGER,
    last_new      INTEGER,
    etag          TEXT    NOT NULL DEFAULT '',
    last_modified TEXT    NOT NULL DEFAULT '',
    checks        INTEGER NOT NULL DEFAULT 0,
    failures      INTEGER NOT NULL DEFAULT 0,
    items         INTEGER NOT NULL DEFAULT 0,
    last_error    TEXT    NOT NULL DEFAULT '',
    claim         INTEGER NOT NULL DEFAULT 0, -- fencing token: only ever grows
    claimed_until INTEGER NOT NULL DEFAULT 0  -- 0: nobody holds it
);
CREATE INDEX feeds_due ON feeds (next_check) WHERE enabled = 1;

CREATE TABLE items (
    no        INTEGER PRIMARY KEY AUTOINCREMENT,
    feed      TEXT    NOT NULL,
    id        TEXT    NOT NULL,
    tier      TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    body      TEXT    NOT NULL,
    link      TEXT    NOT NULL,
    language  TEXT    NOT NULL,
    published INTEGER,                        -- NULL: the feed did not say
    zone      TEXT    NOT NULL,               -- of published, IANA where known
    offset_s  INTEGER NOT NULL,               -- of published, seconds east of UTC
    fetched   INTEGER NOT NULL,
    at        INTEGER NOT NULL,               -- published, or fetched where that is unknown
    reading   TEXT    NOT NULL,               -- JSON
    why       TEXT    NOT NULL,
    UNIQUE (feed, id)
);
CREATE INDEX items_id ON items (id);
CREATE INDEX items_link ON items (link) WHERE link <> '';
CREATE INDEX items_at ON items (at, no);

CREATE TABLE developments (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    updates     INTEGER REFERENCES developments (id),
    negotiation TEXT    NOT NULL,             -- '' where it fits none
    kind        TEXT    NOT NULL,
    body        TEXT    NOT NULL,             -- JSON
    first_at    INTEGER NOT NULL,
    last_at     INTEGER NOT NULL
);
CREATE INDEX developments_first ON developments (first_at, id);
CREATE INDEX developments_last ON developments (last_at);
CREATE INDEX developments_updates ON developments (updates) WHERE updates IS NOT NULL;

CREATE TABLE development_dates (
    development INTEGER NOT NULL REFERENCES developments (id),
    first_day   TEXT    NOT NULL,
    last_day    TEXT    NOT NULL
);
CREATE INDEX development_dates_last ON development_dates (last_day, first_day);
CREATE INDEX development_dates_of ON development_dates (development);

-- What was decided about each development that an item reports.
CREATE TABLE reports (
    item        INTEGER NOT NULL REFERENCES items (no),
    place       INTEGER NOT NULL,             -- in the order of judging
    reading     INTEGER NOT NULL,             -- place in the item's reading, -1: none
    development INTEGER REFERENCES developments (id),
    verdict     TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    body        TEXT    NOT NULL,             -- JSON: the development as this item tells it
    PRIMARY KEY (item, place)
);
CREATE INDEX reports_development ON reports (development, item);

CREATE TABLE outbox (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    key           TEXT    NOT NULL UNIQUE,    -- never deleted: a key is sent once, for ever
    channel       TEXT    NOT NULL,
    item          INTEGER NOT NULL REFERENCES items (no),
    development   INTEGER REFERENCES developments (id),
    alert         TEXT    NOT NULL,           -- JSON, without the development
    digest        INTEGER NOT NULL,
    state         TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'parked')),
    not_before    INTEGER NOT NULL,
    attempt       INTEGER NOT NULL DEFAULT 0, -- fencing token: only ever grows
    claimed_until INTEGER NOT NULL DEFAULT 0, -- 0: nobody holds it
    batch         INTEGER NOT NULL DEFAULT 0, -- first id of what was tried together, 0: not tried yet
    unsure        INTEGER NOT NULL DEFAULT 0,
    plain         INTEGER NOT NULL DEFAULT 0,
    created       INTEGER NOT NULL,
    settled       INTEGER,                    -- when sent or parked
    reason        TEXT    NOT NULL DEFAULT '',-- of the last failure
    sent_channel  TEXT    NOT NULL DEFAULT '',
    sent_ts       TEXT    NOT NULL DEFAULT ''
);
-- Holds all that counting and choosing the next message need, so that a long
-- queue is cheap to look over.
CREATE INDEX outbox_queue ON outbox (state, channel, id, not_before, batch, claimed_until, digest);
CREATE INDEX outbox_item ON outbox (item);
CREATE INDEX outbox_development ON outbox (development) WHERE development IS NOT NULL;

CREATE TABLE holds (
    channel TEXT    NOT NULL PRIMARY KEY,
    until   INTEGER NOT NULL
);

CREATE TABLE subscriptions (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT    NOT NULL,
    query   TEXT    NOT NULL,
    digest  TEXT    NOT NULL,
    quiet   TEXT    NOT NULL,
    zone    TEXT    NOT NULL,
    level   TEXT    NOT NULL,
    author  TEXT    NOT NULL,
    created INTEGER NOT NULL,
    ended   INTEGER
);
CREATE UNIQUE INDEX subscriptions_active ON subscriptions (channel, query) WHERE ended IS NULL;

-- Who did what, and when; rows are only ever added.
CREATE TABLE subscription_log (
    no           INTEGER PRIMARY KEY AUTOINCREMENT,
    subscription INTEGER NOT NULL REFERENCES subscriptions (id),
    action       TEXT    NOT NULL CHECK (action IN ('subscribe', 'change', 'unsubscribe')),
    author       TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    settings     TEXT    NOT NULL              -- JSON: as they were from then on
);

-- Requests and envelopes that were answered already.
CREATE TABLE seen (
    key   TEXT    NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL
);
CREATE INDEX seen_until ON seen (until);

-- +goose Down
DROP TABLE seen;
DROP TABLE subscription_log;
DROP TABLE subscriptions;
DROP TABLE holds;
DROP TABLE outbox;
DROP TABLE reports;
DROP TABLE development_dates;
DROP TABLE developments;
DROP TABLE items;
DROP TABLE feeds;
