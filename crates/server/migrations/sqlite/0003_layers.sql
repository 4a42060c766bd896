-- What was put in place of the files of layers that came with the app, one after the other: of
-- each layer the last one counts. Nothing is taken away; going back to the file that came with
-- the app is a row as well.
CREATE TABLE layers (
    layer    TEXT    NOT NULL,
    -- From 1: of two that are put as the same one, one is told to look again.
    number   INTEGER NOT NULL CHECK (number >= 1),
    -- Null where the file that came with the app was put back.
    version  BLOB REFERENCES layer_files (version) DEFERRABLE INITIALLY DEFERRED,
    -- Seconds since 1970.
    uploaded INTEGER NOT NULL,
    -- Null where whoever is at the machine put it.
    account  TEXT,
    PRIMARY KEY (layer, number)
) STRICT, WITHOUT ROWID;

-- Each file once, by the SHA-256 of its bytes.
CREATE TABLE layer_files (
    version BLOB PRIMARY KEY CHECK (length(version) = 32),
    bytes   BLOB NOT NULL
) STRICT;
