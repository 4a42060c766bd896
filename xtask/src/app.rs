//! The release app in `dist/`: built when something it is made of has changed.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::error::{Error, Result};
use crate::process::{command, run, run_logged};

/// Everything the build reads.
const MADE_OF: [&str; 19] = [
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
    "package-lock.json",
    "build.rs",
    "src",
    "crates/catalog",
    "crates/core",
    "crates/layers",
    "crates/sheet",
    "crates/sheet-web",
    "public",
    "styles",
    "boot",
    "js",
    "hooks",
];

/// Where the app lies once it is built.
pub(crate) const DIST: &str = "dist";

/// Lies in `dist/` itself: a build by hand replaces the directory, and with it the mark.
const MARK: &str = "dist/.made-of";

/// Builds the app unless `dist/` is what the present sources make; says whether it did.
pub(crate) fn ensure_built() -> Result<bool> {
    let now = format!("{:016x}", fingerprint()?);
    if fs::read_to_string(MARK).is_ok_and(|mark| mark == now) {
        println!("  dist/ is current");
        return Ok(false);
    }
    run(&mut trunk(&["build", "--release"]))?;
    fs::write(MARK, now).map_err(|source| Error::io("write", Path::new(MARK), source))?;
    Ok(true)
}

/// Compiles what trunk will ask cargo for, without trunk.
pub(crate) fn compile_ahead() -> Result<()> {
    println!("  compiling the app beside it");
    // One after the other, as trunk asks: of both at once, the packages would have other features.
    for what in [
        ["-p", "mendmap", "--bins"],
        ["-p", "mendmap-sheet-web", "--lib"],
    ] {
        let target = ["build", "--release", "--target", "wasm32-unknown-unknown"];
        // What fails here fails again, and is shown, when the app is built.
        let _ = run_logged(
            &mut command("cargo", &[&target[..], &what[..]].concat()),
            Path::new("target/xtask/app.log"),
        );
    }
    Ok(())
}

/// Trunk with the tools that were installed for it, so that it fetches none of its own.
pub(crate) fn trunk(args: &[&str]) -> std::process::Command {
    let mut trunk = command("trunk", args);
    trunk
        .env("TRUNK_OFFLINE", "true")
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env("NO_COLOR", "true");
    trunk
}

fn fingerprint() -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for name in MADE_OF {
        let path = Path::new(name);
        if path.exists() {
            add(path, &mut hasher)?;
        }
    }
    Ok(hasher.finish())
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    path.hash(hasher);
    if !path.is_dir() {
        let bytes = fs::read(path).map_err(|source| Error::io("read", path, source))?;
        bytes.hash(hasher);
        return Ok(());
    }
    let listed =
        fs::read_dir(path).and_then(|entries| entries.collect::<std::io::Result<Vec<_>>>());
    let mut entries = listed.map_err(|source| Error::io("read", path, source))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    entries
        .iter()
        .try_for_each(|entry| add(&entry.path(), hasher))
}
