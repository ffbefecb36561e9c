-- Workspaces that have installed parley by OAuth. What belongs to one of them is
-- known by its channel, which is then written TEAM/ID: in subscriptions, mutes,
-- rules, feedback, outbox and holds alike. In the home workspace, whose token is in
-- the environment, a channel is its id or #name alone, as ever.

-- +goose Up
CREATE TABLE workspaces (
    team          TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    bot_user      TEXT    NOT NULL,
    scopes        TEXT    NOT NULL,             -- separated by commas
    sealed        TEXT    NOT NULL,             -- the tokens, encrypted with a key that is not here
    expires       INTEGER NOT NULL DEFAULT 0,   -- of the access token, 0: never
    installed_by  TEXT    NOT NULL,
    installed     INTEGER NOT NULL,
    claim         INTEGER NOT NULL DEFAULT 0,   -- fencing token: only ever grows
    claimed_until INTEGER NOT NULL DEFAULT 0    -- 0: nobody is refreshing the tokens
);

-- Two workspaces may have a rule of one name.
ALTER TABLE made_rules ADD COLUMN team TEXT NOT NULL DEFAULT '';
DROP INDEX made_rules_active;
CREATE UNIQUE INDEX made_rules_active ON made_rules (team, name) WHERE ended IS NULL;

-- +goose Down
DROP INDEX made_rules_active;
CREATE UNIQUE INDEX made_rules_active ON made_rules (name) WHERE ended IS NULL;
ALTER TABLE made_rules DROP COLUMN team;
DROP TABLE workspaces;
