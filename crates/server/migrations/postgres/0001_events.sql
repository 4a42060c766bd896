-- How far the order has come. One row: whoever appends locks it inside the transaction
-- that inserts, so no place is given twice and none is skipped, by however many servers.
CREATE TABLE head (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    city  TEXT    NOT NULL,
    place BIGINT  NOT NULL CHECK (place >= 0),
    chain BYTEA   NOT NULL CHECK (octet_length(chain) = 32)
);

-- All that was ever handed over, whatever became of it.
CREATE TABLE events (
    -- Given under the head's lock, so it ascends as events arrive; gaps mean nothing.
    arrival BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- SHA-256 of `raw`: the name of what has no id, and what makes a repeat known.
    content BYTEA   NOT NULL UNIQUE CHECK (octet_length(content) = 32),
    -- The bytes as received. Not JSONB: that keeps what they say, and not them.
    raw     BYTEA   NOT NULL,
    -- Null where it could not be read.
    event   UUID,
    device  UUID,
    seq     BIGINT  CHECK (seq >= 1),
    -- Whether its number is closed by it; not by an event of another city.
    closes  BOOLEAN NOT NULL,
    verdict TEXT    NOT NULL CHECK (verdict IN ('accepted', 'waiting', 'held', 'refused')),
    -- JSON: the reason, where there is one. Not JSONB: it may quote a character it has not.
    why     TEXT,
    place   BIGINT  UNIQUE CHECK (place >= 1),
    chain   BYTEA   CHECK (octet_length(chain) = 32),
    CHECK ((device IS NULL) = (seq IS NULL)),
    CHECK ((verdict = 'accepted') = (place IS NOT NULL)),
    CHECK ((place IS NULL) = (chain IS NULL)),
    CHECK ((verdict IN ('held', 'refused')) = (why IS NOT NULL))
);

CREATE INDEX events_by_id ON events (event) WHERE event IS NOT NULL;
CREATE INDEX events_by_number ON events (device, seq) WHERE device IS NOT NULL;
-- One id never counts twice, whatever a program does.
CREATE UNIQUE INDEX one_content_an_id ON events (event)
    WHERE event IS NOT NULL AND verdict IN ('accepted', 'waiting');

-- How far each device's numbers are closed without a gap, and the last one known.
CREATE TABLE devices (
    device UUID   PRIMARY KEY,
    closed BIGINT NOT NULL CHECK (closed >= 0),
    last   BIGINT NOT NULL CHECK (last >= closed)
);
