//! Node, and the packages the lock file names.

use std::fs;
use std::path::Path;

use crate::error::{Error, Result};
use crate::process::{answer, command, run_logged, which};

const OLDEST: u32 = 20;
const HOW: &str = "Install Node.js 20 or newer with npm: https://nodejs.org, nvm, or on Debian and Ubuntu `apt install nodejs npm`.";

/// Holds that Node and npm are there and not too old.
pub(crate) fn check() -> Result<()> {
    let missing = |what: String| Error::Missing {
        what,
        how: HOW.to_owned(),
    };
    let version = answer("node", &["--version"]).ok_or_else(|| missing("Node.js".to_owned()))?;
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|number| number.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST) {
        return Err(missing(format!("Node.js {OLDEST} (this is {version})")));
    }
    if which("npm").is_none() {
        return Err(missing("npm".to_owned()));
    }
    Ok(())
}

/// Makes `node_modules` what `package-lock.json` says.
pub(crate) fn ensure_packages() -> Result<()> {
    check()?;
    // npm writes this file last, so an interrupted install is repeated.
    let changed = |path: &str| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    if changed("node_modules/.package-lock.json") >= changed("package-lock.json") {
        return Ok(());
    }
    println!("  installing npm packages");
    run_logged(
        &mut command("npm", &["ci", "--no-audit", "--no-fund"]),
        Path::new("target/xtask/npm.log"),
    )
}
