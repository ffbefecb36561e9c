-- What people set for the direct messages that they get.

-- +goose Up
CREATE TABLE preferences (
    person  TEXT    NOT NULL PRIMARY KEY,  -- Slack user id
    zone    TEXT    NOT NULL,     -- IANA; '' for that of the configuration
    quiet   TEXT    NOT NULL,     -- 22:00-07:00; '' for none
    changed INTEGER NOT NULL
);

-- +goose Down
DROP TABLE preferences;
