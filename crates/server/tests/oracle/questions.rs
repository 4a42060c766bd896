//! What is asked of the tables.

use super::tables::TABLES;
use mendmap_core::log::{Event, Subject};
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};

/// What a question is narrowed to; an empty name narrows nothing.
#[derive(Debug, Clone)]
pub(super) struct Narrow {
    pub(super) from: String,
    pub(super) to: String,
    /// Only what was verified.
    pub(super) verified: bool,
    pub(super) crew: String,
    pub(super) street: String,
}

/// A log in SQLite.
pub(super) struct Oracle(SqlitePool);

/// Lines that count: ?1 kind, ?2 kind within it, ?3 first day, ?4 last day, ?5 only verified,
/// ?6 crew, ?7 street.
macro_rules! counted {
    ($select:literal) => {
        concat!(
            "WITH counted AS (
               SELECT * FROM told
               WHERE work IN (?1, ?2) AND done_on BETWEEN ?3 AND ?4 AND versions = 1
                 AND (state = 'verified' OR (state = 'reported' AND NOT ?5))
                 AND (?6 = '' OR crew = ?6) AND (?7 = '' OR street = ?7)),
             stretch AS (
               SELECT c.task, c.line, c.quantity, j.value ->> '$[0]' AS asset,
                      j.value ->> '$[1]' AS begins, j.value ->> '$[2]' AS ends
               FROM counted c, json_each(c.covered) j),
             place AS (
               SELECT c.task, c.line, j.value AS asset FROM counted c, json_each(c.assets) j
               UNION ALL
               SELECT c.task, c.line, t.asset FROM counted c JOIN target t ON t.task = c.task
               WHERE c.assets IS NULL AND c.covered IS NULL) ",
            $select
        )
    };
}

impl Oracle {
    /// Of these events, the layers' files each with its first kind, and accounts with their crews.
    pub(super) async fn new(
        events: &[Event],
        layers: &[(String, String)],
        members: &[(&str, &str)],
    ) -> Oracle {
        let options = SqlitePoolOptions::new().max_connections(1);
        let pool = options.connect("sqlite::memory:").await.unwrap();
        sqlx::query("CREATE TABLE event (id TEXT PRIMARY KEY, task TEXT, kind TEXT, raw TEXT)")
            .execute(&pool)
            .await
            .unwrap();
        let mut all = pool.begin().await.unwrap();
        for event in events {
            let envelope = event.envelope().unwrap();
            let Subject::Task(task) = &envelope.subject else {
                continue;
            };
            sqlx::query("INSERT INTO event VALUES (?, ?, ?, ?)")
                .bind(envelope.id.to_string())
                .bind(task.to_string())
                .bind(event.kind().unwrap().name())
                .bind(std::str::from_utf8(event.raw()).unwrap())
                .execute(&mut *all)
                .await
                .unwrap();
        }
        all.commit().await.unwrap();
        for table in [
            "CREATE TABLE member (actor TEXT, crew TEXT)",
            "CREATE TABLE asset (kind TEXT, street TEXT, year INTEGER)",
        ] {
            sqlx::query(table).execute(&pool).await.unwrap();
        }
        for (actor, crew) in members {
            let member = sqlx::query("INSERT INTO member VALUES (?, ?)");
            let member = member.bind(actor).bind(crew);
            member.execute(&pool).await.unwrap();
        }
        for (first_kind, file) in layers {
            let layer = "INSERT INTO asset
                 SELECT coalesce(j.value ->> '$.properties.kind', ?1),
                        coalesce(j.value ->> '$.properties.street', ''),
                        j.value ->> '$.properties.programme_year'
                 FROM json_each(?2, '$.features') j";
            let layer = sqlx::query(layer).bind(first_kind).bind(file);
            layer.execute(&pool).await.unwrap();
        }
        for table in TABLES {
            sqlx::query(table).execute(&pool).await.unwrap();
        }
        Oracle(pool)
    }

    /// Streets on which something was done.
    pub(super) async fn streets(&self) -> Vec<String> {
        let all = "SELECT DISTINCT street FROM told WHERE street != '' ORDER BY street";
        sqlx::query_scalar(all).fetch_all(&self.0).await.unwrap()
    }

    /// How many assets of some kinds there are, by a JSON list of them, on a street or on all; where
    /// they are of a programme, those whose year had ended by then.
    pub(super) async fn held(&self, kinds: &str, is_by_year: bool, n: &Narrow) -> i64 {
        let held = "SELECT count(*) FROM asset
             WHERE kind IN (SELECT value FROM json_each(?1)) AND (?2 = '' OR street = ?2)
               AND (NOT ?3 OR year || '-12-31' <= ?4)";
        let held = sqlx::query_scalar(held).bind(kinds).bind(&n.street);
        let held = held.bind(is_by_year).bind(&n.to);
        held.fetch_one(&self.0).await.unwrap()
    }

    /// How many tasks that were reported are whose: of a crew, disputed, and of nobody.
    pub(super) async fn whose(&self) -> [i64; 3] {
        let told = "SELECT sum(crew NOT IN ('', '?')), sum(crew = '?'), sum(crew = '')
             FROM (SELECT DISTINCT task, crew FROM told)";
        let (of, disputed, none) = sqlx::query_as(told).fetch_one(&self.0).await.unwrap();
        [of, disputed, none]
    }

    async fn ask(&self, query: &'static str, work: &str, inner: &str, n: &Narrow) -> Option<i64> {
        let query = sqlx::query_scalar(query)
            .bind(work)
            .bind(inner)
            .bind(&n.from)
            .bind(&n.to)
            .bind(n.verified)
            .bind(&n.crew)
            .bind(&n.street);
        query.fetch_one(&self.0).await.unwrap()
    }

    /// Quantities summed, in the smallest parts of the unit: of a report what its own lines say,
    /// else those of the kind within; and never less than those.
    pub(super) async fn sum(
        &self,
        work: &str,
        inner: &str,
        decimals: u32,
        n: &Narrow,
    ) -> Option<i64> {
        let hundredths = counted!(
            "SELECT coalesce(sum(max(coalesce(own, within), coalesce(within, 0))), 0) FROM (
               SELECT sum(CASE WHEN work = ?1
                     THEN CAST(round(CAST(quantity AS REAL) * 100) AS INTEGER) END) AS own,
                 sum(CASE WHEN work = ?2
                     THEN CAST(round(CAST(quantity AS REAL) * 100) AS INTEGER) END) AS within
               FROM counted GROUP BY task)"
        );
        let found = self.ask(hundredths, work, inner, n).await?;
        Some(found / 10_i64.pow(2 - decimals.min(2)))
    }

    /// Assets, each once, and tasks at none.
    pub(super) async fn distinct(&self, work: &str, inner: &str, n: &Narrow) -> Option<i64> {
        let spots = counted!(
            "SELECT (SELECT count(DISTINCT asset) FROM place)
                  + (SELECT count(DISTINCT task) FROM counted c
                     WHERE NOT EXISTS (SELECT 1 FROM place p
                                       WHERE p.task = c.task AND p.line = c.line))"
        );
        self.ask(spots, work, inner, n).await
    }

    /// Different assets that it was done to.
    pub(super) async fn assets(&self, work: &str, inner: &str, n: &Narrow) -> i64 {
        let assets = counted!(
            "SELECT count(*) FROM (SELECT asset FROM place UNION SELECT asset FROM stretch)"
        );
        self.ask(assets, work, inner, n).await.unwrap()
    }

    /// Areas of stretches, each once. (In these logs no two stretches of a street overlap that are
    /// not the same.)
    pub(super) async fn swept(&self, work: &str, decimals: u32, n: &Narrow) -> Option<i64> {
        assert_eq!(decimals, 2);
        let areas = counted!(
            "SELECT coalesce(sum(most), 0) FROM (
               SELECT max(CAST(round(CAST(quantity AS REAL) * 100) AS INTEGER)) AS most
               FROM stretch GROUP BY asset, begins, ends)"
        );
        self.ask(areas, work, "", n).await
    }

    /// Metres of pipe, each millimetre once: islands of overlapping stretches. A line without a
    /// stretch is one from the beginning of its asset.
    pub(super) async fn covered_metres(&self, work: &str, n: &Narrow) -> Option<i64> {
        let islands = counted!(
            ", piece AS (
               SELECT asset, begins, ends FROM stretch
               UNION ALL
               SELECT p.asset, 0, CAST(round(CAST(c.quantity AS REAL) * 1000000) AS INTEGER)
               FROM counted c JOIN place p ON p.task = c.task AND p.line = c.line
               WHERE c.covered IS NULL),
             ahead AS (
               SELECT asset, begins, ends,
                 max(ends) OVER (PARTITION BY asset ORDER BY begins, ends
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
               FROM piece)
             SELECT (coalesce(sum(max(0, ends - max(begins, coalesce(reached, 0)))), 0) + 500) / 1000
             FROM ahead"
        );
        self.ask(islands, work, "", n).await
    }

    /// The figure of the last day, where there is one.
    pub(super) async fn entered(&self, work: &str, decimals: u32, n: &Narrow) -> Option<i64> {
        assert_eq!(decimals, 2);
        let last = counted!(
            "SELECT CASE WHEN count(DISTINCT quantity) = 1
               THEN CAST(round(CAST(min(quantity) AS REAL) * 100) AS INTEGER) END
             FROM counted WHERE done_on = (SELECT max(done_on) FROM counted)"
        );
        self.ask(last, work, "", n).await
    }

    /// Tasks whose report counted.
    pub(super) async fn tasks(&self, work: &str, inner: &str, n: &Narrow) -> i64 {
        let tasks = counted!("SELECT count(DISTINCT task) FROM counted");
        self.ask(tasks, work, inner, n).await.unwrap()
    }

    /// Tasks that wait to be verified, and those in conflict.
    pub(super) async fn pending(&self, work: &str, inner: &str, n: &Narrow) -> (i64, i64) {
        const OF: &str = "SELECT count(DISTINCT task) FROM told
             WHERE (work IN (?1, ?2) OR asked = ?1) AND done_on BETWEEN ?3 AND ?4
               AND (?6 = '' OR crew = ?6) AND (?7 = '' OR street = ?7)
               AND CASE WHEN ?5 THEN state = 'reported' AND versions = 1 ELSE 0 END";
        const CONFLICTS: &str = "SELECT count(DISTINCT task) FROM told
             WHERE (work IN (?1, ?2) OR asked = ?1) AND done_on BETWEEN ?3 AND ?4
               AND (?7 = '' OR street = ?7)
               AND CASE WHEN ?6 = '' OR crew = ?6
                 THEN state = 'conflict' OR (versions > 1 AND state IN ('reported', 'verified'))
                 ELSE crew = '?' AND state IN ('reported', 'verified', 'conflict')
                   AND EXISTS (SELECT 1 FROM owner o WHERE o.task = told.task AND o.crew = ?6)
                 END
               AND ?5 IN (0, 1)";
        let unverified = self.ask(OF, work, inner, n).await.unwrap();
        (
            unverified,
            self.ask(CONFLICTS, work, inner, n).await.unwrap(),
        )
    }
}
