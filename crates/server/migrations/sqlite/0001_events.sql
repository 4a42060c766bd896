-- How far the order has come. One row: whoever appends reads and writes it inside the
-- transaction that inserts, so no place is given twice and none is skipped.
CREATE TABLE head (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    city  TEXT    NOT NULL,
    place INTEGER NOT NULL CHECK (place >= 0),
    chain BLOB    NOT NULL CHECK (length(chain) = 32)
) STRICT;

-- All that was ever handed over, whatever became of it.
CREATE TABLE events (
    arrival INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of `raw`: the name of what has no id, and what makes a repeat known.
    content BLOB NOT NULL UNIQUE CHECK (length(content) = 32),
    -- The bytes as received.
    raw     BLOB NOT NULL,
    -- Null where it could not be read.
    event   BLOB CHECK (length(event) = 16),
    device  BLOB CHECK (length(device) = 16),
    seq     INTEGER CHECK (seq >= 1),
    -- Whether its number is closed by it; not by an event of another city.
    closes  INTEGER NOT NULL CHECK (closes IN (0, 1)),
    verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'waiting', 'held', 'refused')),
    -- JSON: the reason, where there is one.
    why     TEXT,
    place   INTEGER UNIQUE CHECK (place >= 1),
    chain   BLOB CHECK (length(chain) = 32),
    CHECK ((device IS NULL) = (seq IS NULL)),
    CHECK ((verdict = 'accepted') = (place IS NOT NULL)),
    CHECK ((place IS NULL) = (chain IS NULL)),
    CHECK ((verdict IN ('held', 'refused')) = (why IS NOT NULL))
) STRICT;

CREATE INDEX events_by_id ON events (event) WHERE event IS NOT NULL;
CREATE INDEX events_by_number ON events (device, seq) WHERE device IS NOT NULL;
-- One id never counts twice, whatever a program does.
CREATE UNIQUE INDEX one_content_an_id ON events (event)
    WHERE event IS NOT NULL AND verdict IN ('accepted', 'waiting');

-- How far each device's numbers are closed without a gap, and the last one known.
CREATE TABLE devices (
    device BLOB PRIMARY KEY CHECK (length(device) = 16),
    closed INTEGER NOT NULL CHECK (closed >= 0),
    last   INTEGER NOT NULL CHECK (last >= closed)
) STRICT, WITHOUT ROWID;
