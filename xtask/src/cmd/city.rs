//! `cargo xtask city`: the demonstration city's files.

use crate::error::Result;

/// Writes them, or with `--check` holds that they are what the seed makes. With `--year FILE`
/// writes the demonstration's year of work, as an event file that the app takes in.
#[cfg(feature = "city")]
pub(crate) fn run(args: &[String]) -> Result<()> {
    let check = match args {
        [] => false,
        [only] if only == "--check" => true,
        [year, file] if year == "--year" => {
            return Ok(crate::city::write_year(std::path::Path::new(file))?);
        }
        _ => {
            return Err(crate::error::Error::Usage(
                "city: only --check and --year FILE are understood".to_owned(),
            ));
        }
    };
    Ok(crate::city::run(std::path::Path::new("."), check)?)
}

/// Without core it asks a program that has it.
#[cfg(not(feature = "city"))]
pub(crate) fn run(args: &[String]) -> Result<()> {
    with_core("city", args)
}

/// This program was built without core, to be there sooner: builds it with core and asks that.
#[cfg(not(feature = "city"))]
pub(super) fn with_core(name: &str, args: &[String]) -> Result<()> {
    let cargo = [
        "run",
        "--quiet",
        "-p",
        "xtask",
        "--features",
        "city",
        "--",
        name,
    ];
    crate::process::run(crate::process::command("cargo", &cargo).args(args))
}
