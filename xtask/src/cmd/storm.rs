//! `cargo xtask storm`: many seeds of the storm that shakes syncing: over the server in
//! memory, over the real routes and store, and a few of them over real programs that are
//! killed, on SQLite and on PostgreSQL.

use super::server_test;
use crate::error::{Error, Result};
use crate::process::command;
use crate::tools;

/// Seeds where none are asked for.
const SEEDS: u64 = 1000;

/// Seeds in `cargo xtask test`.
pub(crate) const SEEDS_IN_TEST: u64 = 1000;

/// Storms over real programs in `cargo xtask test`, on SQLite; half as many on PostgreSQL.
pub(crate) const RUNS_IN_TEST: u64 = 20;

/// One storm in so many is also run over real programs.
const SEEDS_A_RUN: u64 = 50;

/// What the tests read how many seeds there are to be from.
pub(crate) const SEEDS_VARIABLE: &str = "MENDMAP_STORM_SEEDS";
/// The same, of storms over real programs.
pub(crate) const RUNS_VARIABLE: &str = "MENDMAP_STORM_RUNS";
const FROM_VARIABLE: &str = "MENDMAP_STORM_FROM";

/// `--seeds N --from S`; the first seed that goes wrong ends it, and says how to replay it.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let (mut seeds, mut from) = (SEEDS, 1);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let value = args.next().and_then(|value| value.parse().ok());
        match (arg.as_str(), value) {
            ("--seeds", Some(n)) => seeds = n,
            ("--from", Some(n)) => from = n,
            _ => {
                let said = "storm: --seeds N and --from S are understood, each with a number";
                return Err(Error::Usage(said.to_owned()));
            }
        }
    }
    let storms: [&[&str]; 2] = [
        &["-p", "mendmap-core", "--lib", "storm::tests::seeds"],
        &["-p", "mendmap-server", "--test", "storm"],
    ];
    tools::ensure_postgres()?;
    for storm in storms {
        let mut cargo = command("cargo", &["test"]);
        cargo
            .args(storm)
            .env(SEEDS_VARIABLE, seeds.to_string())
            .env(RUNS_VARIABLE, seeds.div_ceil(SEEDS_A_RUN).to_string())
            .env(FROM_VARIABLE, from.to_string());
        server_test::with_postgres(cargo)?;
    }
    println!("\nThe storm is over: {seeds} seeds from {from}, and nothing was lost.");
    Ok(())
}
