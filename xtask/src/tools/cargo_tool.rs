//! Trunk, wasm-bindgen's command line, cargo-deny and geckodriver, compiled once for every checkout of
//! this user: that takes ten minutes on two cores.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::process::{answer, command, run};

struct Tool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    /// Whether the published lock file can be used.
    locked: bool,
    /// Whether its default features are wanted.
    whole: bool,
}

const TOOLS: [Tool; 2] = [
    Tool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14",
        locked: true,
        // They are TLS and asking for updates: half of what it takes to compile, and here it
        // fetches nothing.
        whole: false,
    },
    // Must be the version of the wasm-bindgen crate in Cargo.toml, to the digit (a test holds
    // that). Its published lock names a version that was never published.
    Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: "0.2.130",
        locked: false,
        whole: true,
    },
];

/// Looks through what we depend on; only for `cargo xtask audit`.
const DENY: Tool = Tool {
    package: "cargo-deny",
    program: "cargo-deny",
    version: "0.20.2",
    locked: true,
    whole: true,
};

/// Firefox's driver; only for the stories in other browsers.
const GECKODRIVER: Tool = Tool {
    package: "geckodriver",
    program: "geckodriver",
    version: "0.37.1",
    locked: true,
    whole: true,
};

/// Installs Firefox's driver, if it is not there.
pub(crate) fn ensure_geckodriver() -> Result<()> {
    match GECKODRIVER.is_there() {
        true => Ok(()),
        false => GECKODRIVER.install(),
    }
}

/// Installs what `cargo xtask audit` needs, if it is not there.
pub(crate) fn ensure_deny() -> Result<()> {
    match DENY.is_there() {
        true => Ok(()),
        false => DENY.install(),
    }
}

/// Whether nothing has to be compiled.
pub(crate) fn all_there() -> bool {
    TOOLS.iter().all(Tool::is_there)
}

/// The folders of the programs, for the path. Each version has a folder of its own, so that
/// checkouts that want different ones do not take turns.
pub(crate) fn folders() -> impl Iterator<Item = PathBuf> {
    let all = TOOLS.iter().chain([&DENY, &GECKODRIVER]);
    all.map(|tool| tool.root().join("bin"))
}

/// Installs what is not there in the right version, on the path or in the cache.
pub(crate) fn ensure_all() -> Result<()> {
    let missing: Vec<&Tool> = TOOLS.iter().filter(|tool| !tool.is_there()).collect();
    for tool in &missing {
        tool.install()?;
    }
    if !missing.is_empty() {
        let built = Path::new(BUILT_IN);
        fs::remove_dir_all(built).map_err(|source| Error::io("remove", built, source))?;
    }
    Ok(())
}

/// Both are compiled here, so that what they have in common is compiled once.
const BUILT_IN: &str = "target/tools";

impl Tool {
    /// Where it is installed: in the user's cache, or in the checkout where there is none.
    fn root(&self) -> PathBuf {
        let set = |name| env::var_os(name).filter(|value| !value.is_empty());
        let cache = set("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| set("HOME").map(|home| Path::new(&home).join(".cache")));
        let tools = cache.map_or_else(|| PathBuf::from(".tools"), |c| c.join("mendmap"));
        tools.join(format!("{}-{}", self.package, self.version))
    }

    fn is_there(&self) -> bool {
        answer(self.program, &["--version"])
            .is_some_and(|line| line.split(' ').nth(1) == Some(self.version))
    }

    /// Without optimisation: they do their work in seconds all the same, and are compiled in a
    /// third of the time.
    fn install(&self) -> Result<()> {
        println!("  compiling {} {}", self.package, self.version);
        let wanted = format!("{}@{}", self.package, self.version);
        let root = self.root();
        let mut args = vec!["install", "--quiet", "--debug", "--no-track", "--force"];
        args.push(&wanted);
        if self.locked {
            args.push("--locked");
        }
        if !self.whole {
            args.push("--no-default-features");
        }
        run(command("cargo", &args)
            .arg("--root")
            .arg(&root)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_TARGET_DIR", BUILT_IN))
    }
}

#[cfg(test)]
mod tests {
    use super::TOOLS;

    #[test]
    fn wasm_bindgen_is_the_same_version_in_the_app_and_on_the_command_line() {
        let workspace = include_str!("../../../Cargo.toml");
        let tool = TOOLS
            .iter()
            .find(|tool| tool.program == "wasm-bindgen")
            .expect("it is in the list");
        assert!(workspace.contains(&format!("wasm-bindgen = \"={}\"", tool.version)));
    }
}
