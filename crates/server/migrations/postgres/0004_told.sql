-- How far each group robot was told, under the name that the server's configuration has for it;
-- where it is and what it takes to speak to it stands there alone.
CREATE TABLE told (
    robot        TEXT   PRIMARY KEY,
    -- Counts up whenever the row changes: of two servers that tell, one is told to look again.
    turn         BIGINT NOT NULL CHECK (turn >= 1),
    -- Up to which place and which time, in milliseconds since 1970: of what may wait, and of
    -- dangers.
    place        BIGINT NOT NULL CHECK (place >= 0),
    clock        BIGINT NOT NULL,
    danger_place BIGINT NOT NULL CHECK (danger_place >= 0),
    danger_clock BIGINT NOT NULL,
    -- Nothing is said before then, in milliseconds since 1970.
    not_before   BIGINT NOT NULL,
    -- How often in a row it has said no.
    tries        BIGINT NOT NULL CHECK (tries >= 0)
);
