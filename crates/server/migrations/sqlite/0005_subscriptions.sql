-- Phones that are told what is news to their account's crews, by their browser's push service.
-- Whoever has endpoint, p256dh and auth can have the phone show something, as long as the key is
-- known too: they go nowhere but to that service.
CREATE TABLE subscriptions (
    device       BLOB    PRIMARY KEY CHECK (length(device) = 16),
    account      TEXT NOT NULL,
    -- For which public key of the server it was made: it takes nothing that another one signed.
    server_key   TEXT NOT NULL,
    endpoint     TEXT NOT NULL UNIQUE,
    -- The browser's public point, and its secret (RFC 8291).
    p256dh       BLOB NOT NULL CHECK (length(p256dh) = 65),
    auth         BLOB NOT NULL CHECK (length(auth) = 16),
    language     TEXT NOT NULL,
    -- When it was asked for last, in milliseconds since 1970: of too many the oldest go.
    since        INTEGER NOT NULL,
    -- How far it was told: as in the table told.
    turn         INTEGER NOT NULL CHECK (turn >= 1),
    place        INTEGER NOT NULL CHECK (place >= 0),
    clock        INTEGER NOT NULL,
    danger_place INTEGER NOT NULL CHECK (danger_place >= 0),
    danger_clock INTEGER NOT NULL,
    not_before   INTEGER NOT NULL,
    tries        INTEGER NOT NULL CHECK (tries >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscriptions_by_account ON subscriptions (account);
