-- Which account an event is about. Accounts are folded from these; what may be computed
-- from the bytes stands beside them.
ALTER TABLE events ADD COLUMN account TEXT;
CREATE INDEX events_by_account ON events (account, place) WHERE account IS NOT NULL;

-- Whose device it is: set when that account first logs in with it, and never changed.
ALTER TABLE devices ADD COLUMN account TEXT;

-- What is no event, because it may not be read: the hash of each account's password.
CREATE TABLE secrets (
    account TEXT PRIMARY KEY,
    hash    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who is logged in. `id` is the SHA-256 of what the cookie holds.
CREATE TABLE sessions (
    id      BLOB    PRIMARY KEY CHECK (length(id) = 32),
    data    TEXT    NOT NULL,
    -- Seconds since 1970.
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Programs' keys. `id` is the SHA-256 of the key.
CREATE TABLE tokens (
    id      BLOB PRIMARY KEY CHECK (length(id) = 32),
    account TEXT NOT NULL,
    name    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
