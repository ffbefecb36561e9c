-- What people say is wrong of a development: labels, each with its author.

-- +goose Up
CREATE TABLE feedback (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    development INTEGER NOT NULL REFERENCES developments (id),
    what        TEXT    NOT NULL,
    correct     TEXT    NOT NULL,     -- '' where nobody said it
    channel     TEXT    NOT NULL,
    author      TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    UNIQUE (development, what, author)
);

-- +goose Down
DROP TABLE feedback;
