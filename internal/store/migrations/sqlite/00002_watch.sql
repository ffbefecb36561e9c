-- +goose Up
-- Rules that people made in Slack.
CREATE TABLE made_rules (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    query      TEXT    NOT NULL,
    owner      TEXT    NOT NULL,
    channel    TEXT    NOT NULL,
    created    INTEGER NOT NULL,
    changed_by TEXT    NOT NULL DEFAULT '',
    changed    INTEGER,
    ended      INTEGER
);
CREATE UNIQUE INDEX made_rules_active ON made_rules (name) WHERE ended IS NULL;

-- Who did what, and when; rows are only ever added.
CREATE TABLE made_rule_log (
    no     INTEGER PRIMARY KEY AUTOINCREMENT,
    rule   INTEGER NOT NULL REFERENCES made_rules (id),
    action TEXT    NOT NULL CHECK (action IN ('make', 'change', 'delete')),
    author TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    query  TEXT    NOT NULL               -- as it was from then on
);

-- +goose Down
DROP TABLE made_rule_log;
DROP TABLE made_rules;
