-- +goose Up
-- The terms of each item, by item number, and a term for having a development.
-- The words themselves stand in items: this only leads there.
CREATE VIRTUAL TABLE item_words USING fts5 (title, body, content='', columnsize=0, detail=column, tokenize='ascii');

-- How far the index goes: it holds every item up to this number, as that version
-- of taking words apart does it. Items that were there before are filled in
-- while parley runs.
CREATE TABLE item_words_state (
    version INTEGER NOT NULL,
    up_to   INTEGER NOT NULL
);
INSERT INTO item_words_state (version, up_to) VALUES (0, 0);

-- +goose Down
DROP TABLE item_words_state;
DROP TABLE item_words;
