//! The steps that bring a database to this version; `migrations/README.md` has the rules.

use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

const SQLITE: &[(i64, &str, &str)] = &[(
    1,
    "events",
    include_str!("../../migrations/sqlite/0001_events.sql"),
)];

/// Those of SQLite.
pub(super) fn sqlite() -> Migrator {
    migrator(SQLITE)
}

fn migrator(steps: &[(i64, &'static str, &'static str)]) -> Migrator {
    let steps = steps.iter().map(|&(number, what, sql)| {
        let kind = MigrationType::Simple;
        Migration::new(number, what.into(), kind, SqlStr::from_static(sql), false)
    });
    Migrator::with_migrations(steps.collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_file_is_listed_and_every_step_is_a_file() {
        let listed = super::SQLITE
            .iter()
            .map(|(n, what, _)| format!("{n:04}_{what}.sql"));
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
        let files = std::fs::read_dir(folder).unwrap();
        let files = files.map(|f| f.unwrap().file_name().into_string().unwrap());
        assert_eq!(listed.collect::<BTreeSet<_>>(), files.collect());
    }
}
