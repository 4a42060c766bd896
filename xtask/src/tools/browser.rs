//! Chromium, its driver and a Chinese font, for everything that is tested in a browser.

use crate::chromium;
use crate::error::{Error, Result};
use crate::process::{answer, command, run, which};

const FONT: &str = "fonts-noto-cjk";

/// Installs what is missing with apt where that is possible, else says how to.
pub(crate) fn ensure_browser() -> Result<()> {
    let missing = missing_packages();
    if missing.is_empty() {
        return Ok(());
    }
    let Some(apt) = apt_get() else {
        return Err(Error::Missing {
            what: missing.join(", "),
            how: format!(
                "Install it as root: `apt-get install {}`. Where a browser lies elsewhere, name it and its driver in \
                 CHROMIUM and CHROMEDRIVER.",
                missing.join(" ")
            ),
        });
    };
    println!("  apt-get install {}", missing.join(" "));
    let install = || {
        let mut args: Vec<&str> = apt[1..].to_vec();
        args.extend(["install", "-y", "-q", "--no-install-recommends"]);
        args.extend(&missing);
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

fn missing_packages() -> Vec<&'static str> {
    let mut missing = Vec::new();
    if chromium::browser().is_none() {
        missing.push("chromium");
    }
    if chromium::driver().is_none() {
        missing.push("chromium-driver");
    }
    // Without it Chinese text has no width, and screens show boxes. Elsewhere than on Debian the
    // machine is taken to have a font of its own.
    let font = answer("dpkg-query", &["--show", "--showformat=${Status}", FONT]);
    if which("dpkg-query").is_some() && !font.is_some_and(|status| status.ends_with(" installed")) {
        missing.push(FONT);
    }
    missing
}

/// How packages can be installed without asking anyone: as root, or by a sudo that wants no password.
fn apt_get() -> Option<Vec<&'static str>> {
    which("apt-get")?;
    if answer("id", &["-u"]).as_deref() == Some("0") {
        return Some(vec!["apt-get"]);
    }
    answer("sudo", &["-n", "true"]).map(|_| vec!["sudo", "-n", "apt-get"])
}
