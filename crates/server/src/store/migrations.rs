//! The steps that bring a database to this version; `migrations/README.md` has the rules.

use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

const SQLITE: &[(i64, &str, &str)] = &[
    (
        1,
        "events",
        include_str!("../../migrations/sqlite/0001_events.sql"),
    ),
    (
        2,
        "accounts",
        include_str!("../../migrations/sqlite/0002_accounts.sql"),
    ),
    (
        3,
        "layers",
        include_str!("../../migrations/sqlite/0003_layers.sql"),
    ),
    (
        4,
        "told",
        include_str!("../../migrations/sqlite/0004_told.sql"),
    ),
    (
        5,
        "subscriptions",
        include_str!("../../migrations/sqlite/0005_subscriptions.sql"),
    ),
];

const POSTGRES: &[(i64, &str, &str)] = &[
    (
        1,
        "events",
        include_str!("../../migrations/postgres/0001_events.sql"),
    ),
    (
        2,
        "accounts",
        include_str!("../../migrations/postgres/0002_accounts.sql"),
    ),
    (
        3,
        "layers",
        include_str!("../../migrations/postgres/0003_layers.sql"),
    ),
    (
        4,
        "told",
        include_str!("../../migrations/postgres/0004_told.sql"),
    ),
    (
        5,
        "subscriptions",
        include_str!("../../migrations/postgres/0005_subscriptions.sql"),
    ),
];

/// Those of SQLite.
pub(super) fn sqlite() -> Migrator {
    migrator(SQLITE)
}

/// Those of PostgreSQL.
pub(super) fn postgres() -> Migrator {
    migrator(POSTGRES)
}

fn migrator(steps: &[(i64, &'static str, &'static str)]) -> Migrator {
    let steps = steps.iter().map(|&(number, what, sql)| {
        let kind = MigrationType::Simple;
        Migration::new(number, what.into(), kind, SqlStr::from_static(sql), false)
    });
    let mut migrator = Migrator::with_migrations(steps.collect());
    // Steps of a newer server are none of ours to refuse: it may be upgraded before us on
    // the same database, and it has promised to leave what we need.
    migrator.set_ignore_missing(true);
    migrator
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_file_is_listed_and_every_step_is_a_file() {
        for (folder, steps) in [("sqlite", super::SQLITE), ("postgres", super::POSTGRES)] {
            let listed = steps
                .iter()
                .map(|(n, what, _)| format!("{n:04}_{what}.sql"));
            let migrations = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
            let files = std::fs::read_dir(migrations.join(folder)).unwrap();
            let files = files.map(|f| f.unwrap().file_name().into_string().unwrap());
            assert_eq!(listed.collect::<BTreeSet<_>>(), files.collect());
        }
    }

    #[test]
    fn both_databases_take_the_same_steps() {
        let steps = |steps: &[(i64, &'static str, _)]| {
            let named = steps.iter().map(|(n, what, _)| (*n, *what));
            named.collect::<Vec<_>>()
        };
        assert_eq!(steps(super::SQLITE), steps(super::POSTGRES));
    }
}
