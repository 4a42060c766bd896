//! The raw events as tables, and what stands of each task.

/// Made once for a log, in this order. An event is a row with its bytes as JSON; everything else
/// is made of those.
pub(super) const TABLES: [&str; 27] = [
    "CREATE INDEX about ON event (task, kind)",
    // Whoever names an event has known it, as one that he saw.
    "CREATE TABLE parent AS
       SELECT e.id AS child, j.value AS parent FROM event e, json_each(e.raw, '$.saw') j
       UNION SELECT id, raw ->> '$.report' FROM event WHERE kind IN ('verified', 'returned')
       UNION SELECT e.id, j.value FROM event e, json_each(e.raw, '$.events') j
             WHERE e.kind = 'undone'
       UNION SELECT e.id, j.value ->> '$.event' FROM event e, json_each(e.raw, '$.choices') j
             WHERE e.kind = 'resolved'",
    "CREATE INDEX parents ON parent (child)",
    "CREATE TABLE ancestor AS
       WITH RECURSIVE known (child, ancestor) AS (
         SELECT child, parent FROM parent
         UNION SELECT k.child, p.parent FROM known k JOIN parent p ON p.child = k.ancestor)
       SELECT child, ancestor FROM known",
    "CREATE INDEX ancestors ON ancestor (ancestor, child)",
    "CREATE INDEX children ON ancestor (child, ancestor)",
    // Nobody in these logs takes back that he took something back.
    "CREATE TABLE dead AS
       SELECT j.value AS id FROM event e, json_each(e.raw, '$.events') j
       JOIN event u ON u.id = j.value
       WHERE e.kind = 'undone' AND u.kind NOT IN ('plotted', 'found')",
    "CREATE TABLE step AS
       SELECT id, task, kind AS stage FROM event
       WHERE kind IN ('plotted', 'found', 'dispatched', 'accepted', 'started', 'reported',
                      'verified', 'returned', 'cancelled')
         AND id NOT IN (SELECT id FROM dead)
         AND NOT (kind IN ('verified', 'returned')
                  AND raw ->> '$.report' IN (SELECT id FROM dead))
       UNION ALL
       SELECT e.id, e.task, c.kind FROM event e, json_each(e.raw, '$.choices') j
       JOIN event c ON c.id = j.value ->> '$.event'
       WHERE e.kind = 'resolved' AND j.value ->> '$.field' = 'stage'
       UNION ALL
       SELECT e.id, e.task, 'cancelled' FROM event e, json_each(e.raw, '$.events') j
       JOIN event p ON p.id = j.value
       WHERE e.kind = 'undone' AND p.kind IN ('plotted', 'found')",
    "CREATE INDEX steps ON step (task)",
    // Who gives out, takes or begins what he knows to be closed does not open it.
    "CREATE TABLE stage_write AS
       SELECT s.* FROM step s WHERE s.stage NOT IN ('dispatched', 'accepted', 'started')
         OR NOT EXISTS (SELECT 1 FROM step d
           JOIN ancestor a ON a.child = s.id AND a.ancestor = d.id
           WHERE d.task = s.task AND d.stage IN ('reported', 'verified', 'cancelled')
             AND NOT EXISTS (SELECT 1 FROM step later
               JOIN ancestor b ON b.child = s.id AND b.ancestor = later.id
               JOIN ancestor c ON c.child = later.id AND c.ancestor = d.id
               WHERE later.task = s.task
                 AND later.stage IN ('reported', 'verified', 'returned', 'cancelled')))",
    "CREATE INDEX writes ON stage_write (task)",
    "CREATE TABLE decision AS
       SELECT DISTINCT w.task, w.stage FROM stage_write w
       WHERE w.stage IN ('reported', 'verified', 'returned', 'cancelled')
         AND NOT EXISTS (SELECT 1 FROM stage_write later
           JOIN ancestor a ON a.child = later.id AND a.ancestor = w.id
           WHERE later.task = w.task)",
    "CREATE TABLE state AS
       SELECT task, CASE WHEN count(*) > 1 THEN 'conflict' ELSE min(stage) END AS state
       FROM decision GROUP BY task",
    "CREATE TABLE report_write AS
       SELECT id, task, id AS origin FROM event
       WHERE kind = 'reported' AND id NOT IN (SELECT id FROM dead)
       UNION ALL
       SELECT e.id, e.task, j.value ->> '$.event' FROM event e, json_each(e.raw, '$.choices') j
       WHERE e.kind = 'resolved' AND j.value ->> '$.field' = 'report'",
    "CREATE TABLE standing AS
       SELECT w.task, w.origin FROM report_write w
       WHERE NOT EXISTS (SELECT 1 FROM report_write later
           JOIN ancestor a ON a.child = later.id AND a.ancestor = w.id
           WHERE later.task = w.task)",
    // Of reports that say the same one stands for all.
    "CREATE TABLE report AS
       SELECT w.task, min(w.origin) AS id, r.raw ->> '$.done_on' AS done_on,
              r.raw -> '$.lines' AS lines, r.raw ->> '$.snapshot.street' AS street
       FROM standing w JOIN event r ON r.id = w.origin
       GROUP BY w.task, done_on, lines",
    "CREATE TABLE crew_write AS
       SELECT id, task, raw ->> '$.crew' AS crew FROM event
       WHERE kind IN ('dispatched', 'edited') AND raw ->> '$.crew' IS NOT NULL
         AND id NOT IN (SELECT id FROM dead)
       UNION ALL
       SELECT e.id, e.task, NULL FROM event e, json_each(e.raw, '$.cleared') j
       WHERE e.kind = 'edited' AND j.value = 'crew'
       UNION ALL
       SELECT e.id, e.task, c.raw ->> '$.crew' FROM event e, json_each(e.raw, '$.choices') j
       JOIN event c ON c.id = j.value ->> '$.event'
       WHERE e.kind = 'resolved' AND j.value ->> '$.field' = 'crew'",
    "CREATE INDEX gives ON crew_write (task)",
    // Who had it, as who reported knew; who reported; and who has it by now.
    "CREATE TABLE given AS
       SELECT DISTINCT s.task, w.crew FROM standing s JOIN crew_write w ON w.task = s.task
       WHERE EXISTS (SELECT 1 FROM ancestor a WHERE a.child = s.origin AND a.ancestor = w.id)
         AND NOT EXISTS (SELECT 1 FROM crew_write later
           JOIN ancestor b ON b.child = later.id AND b.ancestor = w.id
           JOIN ancestor c ON c.child = s.origin AND c.ancestor = later.id
           WHERE later.task = w.task)",
    "CREATE TABLE by_now AS
       SELECT DISTINCT w.task, w.crew FROM crew_write w
       WHERE NOT EXISTS (SELECT 1 FROM crew_write later
           JOIN ancestor a ON a.child = later.id AND a.ancestor = w.id
           WHERE later.task = w.task)",
    "CREATE TABLE owner AS
       WITH said AS (
         SELECT task, crew, 1 AS rank FROM given
         WHERE task IN (SELECT task FROM given WHERE crew IS NOT NULL)
         UNION ALL
         SELECT DISTINCT s.task, m.crew, 2 FROM standing s JOIN event e ON e.id = s.origin
         JOIN member m ON m.actor = e.raw ->> '$.actor'
         UNION ALL
         SELECT task, crew, 3 FROM by_now),
       best AS (SELECT task, min(rank) AS rank FROM said GROUP BY task),
       chosen AS (
         SELECT n.task, min(n.crew) AS crew FROM by_now n GROUP BY n.task HAVING count(*) = 1)
       SELECT s.task, s.crew FROM said s JOIN best b ON b.task = s.task AND b.rank = s.rank
       LEFT JOIN chosen c ON c.task = s.task
         AND EXISTS (SELECT 1 FROM given g WHERE g.task = c.task AND g.crew = c.crew)
       WHERE s.rank > 1 OR c.crew IS NULL OR s.crew = c.crew",
    // A question mark is nobody's name.
    "CREATE TABLE crew AS
       SELECT task, CASE WHEN count(*) > 1 THEN '?' ELSE min(crew) END AS crew
       FROM owner GROUP BY task",
    "CREATE TABLE ticked AS
       SELECT task, raw ->> '$.asset' AS asset, raw ->> '$.unreached' IS NULL AS done
       FROM event WHERE kind = 'ticked'",
    "CREATE INDEX ticks ON ticked (task, asset)",
    // What a task's lines were done to where they do not say it themselves.
    "CREATE TABLE target AS
       WITH named AS (
         SELECT e.task, j.value ->> '$.uid' AS asset, 1 AS is_round
         FROM event e, json_each(e.raw, '$.target.round.assets') j
         WHERE e.kind IN ('plotted', 'found')
         UNION ALL
         SELECT task, raw ->> '$.target.asset.uid', 0 FROM event
         WHERE kind IN ('plotted', 'found') AND raw ->> '$.target.asset.uid' IS NOT NULL)
       SELECT n.task, n.asset FROM named n
       WHERE n.is_round = 0
          OR n.task NOT IN (SELECT task FROM ticked)
          OR EXISTS (SELECT 1 FROM ticked t
                     WHERE t.task = n.task AND t.asset = n.asset AND t.done)",
    "CREATE TABLE told AS
       SELECT r.task, r.done_on, coalesce(r.street, '') AS street, coalesce(c.crew, '') AS crew,
              coalesce(s.state, '') AS state,
              (SELECT count(*) FROM report o WHERE o.task = r.task) AS versions,
              (SELECT e.raw ->> '$.work' FROM event e
               WHERE e.task = r.task AND e.kind IN ('plotted', 'found')) AS asked,
              j.key AS line, j.value ->> '$.work' AS work, j.value ->> '$.quantity' AS quantity,
              j.value -> '$.covered' AS covered, j.value -> '$.assets' AS assets
       FROM report r LEFT JOIN crew c ON c.task = r.task LEFT JOIN state s ON s.task = r.task,
            json_each(r.lines) j",
    "CREATE INDEX tells ON told (work)",
];
