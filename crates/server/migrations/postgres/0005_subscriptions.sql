-- Phones that are told what is news to their account's crews, by their browser's push service.
-- Whoever has endpoint, p256dh and auth can have the phone show something, as long as the key is
-- known too: they go nowhere but to that service.
CREATE TABLE subscriptions (
    device       UUID   PRIMARY KEY,
    account      TEXT NOT NULL,
    -- For which public key of the server it was made: it takes nothing that another one signed.
    server_key   TEXT NOT NULL,
    endpoint     TEXT NOT NULL UNIQUE,
    -- The browser's public point, and its secret (RFC 8291).
    p256dh       BYTEA NOT NULL CHECK (octet_length(p256dh) = 65),
    auth         BYTEA NOT NULL CHECK (octet_length(auth) = 16),
    language     TEXT NOT NULL,
    -- When it was asked for last, in milliseconds since 1970: of too many the oldest go.
    since        BIGINT NOT NULL,
    -- How far it was told: as in the table told.
    turn         BIGINT NOT NULL CHECK (turn >= 1),
    place        BIGINT NOT NULL CHECK (place >= 0),
    clock        BIGINT NOT NULL,
    danger_place BIGINT NOT NULL CHECK (danger_place >= 0),
    danger_clock BIGINT NOT NULL,
    not_before   BIGINT NOT NULL,
    tries        BIGINT NOT NULL CHECK (tries >= 0)
);
CREATE INDEX subscriptions_by_account ON subscriptions (account);
