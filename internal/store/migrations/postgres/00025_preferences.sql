-- What people set for the direct messages that they get.

-- +goose Up
CREATE TABLE preferences (
    person  TEXT    COLLATE "C" NOT NULL PRIMARY KEY,  -- Slack user id
    zone    TEXT    COLLATE "C" NOT NULL,     -- IANA; '' for that of the configuration
    quiet   TEXT    COLLATE "C" NOT NULL,     -- 22:00-07:00; '' for none
    changed BIGINT  NOT NULL
);

-- +goose Down
DROP TABLE preferences;
