-- Each file of a layer once, by the SHA-256 of its bytes.
CREATE TABLE layer_files (
    version BYTEA PRIMARY KEY CHECK (octet_length(version) = 32),
    bytes   BYTEA NOT NULL
);

-- What was put in place of the files of layers that came with the app, one after the other: of
-- each layer the last one counts. Nothing is taken away; going back to the file that came with
-- the app is a row as well.
CREATE TABLE layers (
    layer    TEXT   NOT NULL,
    -- From 1: of two that are put as the same one, one is told to look again.
    number   BIGINT NOT NULL CHECK (number >= 1),
    -- Null where the file that came with the app was put back.
    version  BYTEA REFERENCES layer_files (version) DEFERRABLE INITIALLY DEFERRED,
    -- Seconds since 1970.
    uploaded BIGINT NOT NULL,
    -- Null where whoever is at the machine put it.
    account  TEXT,
    PRIMARY KEY (layer, number)
);
