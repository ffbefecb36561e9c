-- +goose Up
-- The index of words knows where in an item each of them stands, so that it leads to
-- those that stand near each other, and to phrases. It is filled anew while parley
-- runs; until then items are looked at one by one.
DROP TABLE item_words;
CREATE VIRTUAL TABLE item_words USING fts5 (title, body, content='', columnsize=0, detail=full, tokenize='ascii');
UPDATE item_words_state SET version = 0, up_to = 0;

-- +goose Down
DROP TABLE item_words;
CREATE VIRTUAL TABLE item_words USING fts5 (title, body, content='', columnsize=0, detail=column, tokenize='ascii');
UPDATE item_words_state SET version = 0, up_to = 0;
