-- How far each group robot was told, under the name that the server's configuration has for it;
-- where it is and what it takes to speak to it stands there alone.
CREATE TABLE told (
    robot        TEXT    PRIMARY KEY,
    -- Counts up whenever the row changes: of two servers that tell, one is told to look again.
    turn         INTEGER NOT NULL CHECK (turn >= 1),
    -- Up to which place and which time, in milliseconds since 1970: of what may wait, and of
    -- dangers.
    place        INTEGER NOT NULL CHECK (place >= 0),
    clock        INTEGER NOT NULL,
    danger_place INTEGER NOT NULL CHECK (danger_place >= 0),
    danger_clock INTEGER NOT NULL,
    -- Nothing is said before then, in milliseconds since 1970.
    not_before   INTEGER NOT NULL,
    -- How often in a row it has said no.
    tries        INTEGER NOT NULL CHECK (tries >= 0)
) STRICT, WITHOUT ROWID;
