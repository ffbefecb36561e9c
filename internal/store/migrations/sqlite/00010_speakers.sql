-- Who says what, by actor and by name, so that statements are found without
-- reading every development.

-- +goose Up
CREATE TABLE development_speakers (
    development INTEGER NOT NULL REFERENCES developments (id),
    actor       TEXT    NOT NULL,   -- for whom somebody speaks, '' where that is not known
    name        TEXT    NOT NULL    -- in small letters, as the text writes it, '' where nobody is named
);
CREATE INDEX development_speakers_actor ON development_speakers (actor, development);
CREATE INDEX development_speakers_of ON development_speakers (development);
INSERT INTO development_speakers (development, actor, name)
    SELECT id, COALESCE(json_extract(body, '$.speaker.affiliation'), ''), lower(COALESCE(json_extract(body, '$.speaker.name'), ''))
    FROM developments WHERE json_type(body, '$.speaker') = 'object';
INSERT INTO development_speakers (development, actor, name)
    SELECT d.id, COALESCE(json_extract(j.value, '$.affiliation'), ''), lower(COALESCE(json_extract(j.value, '$.name'), ''))
    FROM developments d, json_each(d.body, '$.joint') j;

-- +goose Down
DROP TABLE development_speakers;
