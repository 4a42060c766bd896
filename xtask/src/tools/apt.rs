//! Debian's packages.

use crate::error::{Error, Result};
use crate::process::{answer, command, run, which};

/// Installs packages with apt where that is possible, else says how to, and what to do where
/// there are none: `otherwise`, a sentence.
pub(crate) fn install(packages: &[&str], otherwise: &str) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let Some(apt) = apt_get() else {
        return Err(Error::Missing {
            what: packages.join(", "),
            how: format!(
                "Install it as root: `apt-get install {}`. {otherwise}",
                packages.join(" ")
            ),
        });
    };
    println!("  apt-get install {}", packages.join(" "));
    let install = || {
        let mut args: Vec<&str> = apt[1..].to_vec();
        args.extend(["install", "-y", "-q", "--no-install-recommends"]);
        args.extend(packages);
        run(command(apt[0], &args).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    install().or_else(|_| {
        // A fresh image has no package lists yet, an old one has stale ones.
        let mut args: Vec<&str> = apt[1..].to_vec();
        args.extend(["update", "-q"]);
        run(&mut command(apt[0], &args))?;
        install()
    })
}

/// Whether apt has such a package to give.
pub(crate) fn offers(package: &str) -> bool {
    answer("apt-cache", &["show", package]).is_some()
}

/// How packages can be installed without asking anyone: as root, or by a sudo that wants no password.
fn apt_get() -> Option<Vec<&'static str>> {
    which("apt-get")?;
    if answer("id", &["-u"]).as_deref() == Some("0") {
        return Some(vec!["apt-get"]);
    }
    answer("sudo", &["-n", "true"]).map(|_| vec!["sudo", "-n", "apt-get"])
}
