//! `cargo xtask bench`: what a worker bears in a browser, beside its bars.

use super::wasm_test;
use crate::chromium;
use crate::error::{Error, Result};
use crate::process::{command, run as run_command};
use crate::tools;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// As the app is built, but for what wasm-opt does to it.
const BENCHES: [&str; 4] = ["--release", "--no-fail-fast", "--test", "*"];
/// A million events are made before the first of them is folded.
const SECONDS: u32 = 1800;
/// What of the benches has no peer, and is all Rust.
const DESK: &str = "desk";

const PEERS: &str = "crates/bench/js/bench.mjs";
const WASM: &str = "target/bench/wasm";
/// Everything but the size of the app's program is told to wasm-opt there.
const INDEX: &str = "index.html";
/// A file of others, to measure with where it is.
const OSM: &str = "osm/osm_dev_merge.geojson";

/// Installs what is missing and measures what has one of these words in its name, or all. A bar that
/// is missed is printed and is no error: timings are benches. A count that is wrong is one.
pub(crate) fn run(words: &[String]) -> Result<()> {
    tools::ensure_build_tools()?;
    tools::ensure_browser()?;
    let is_desk = |word: &String| DESK.contains(word.as_str());
    if words.is_empty() || words.iter().any(is_desk) {
        let mut cargo = wasm_test::in_a_browser("mendmap-bench", SECONDS, &BENCHES)?;
        run_command(cargo.args(["--", "--nocapture"]))?;
    }
    let others: Vec<&String> = words.iter().filter(|word| !is_desk(word)).collect();
    if words.is_empty() || !others.is_empty() {
        build()?;
        beside_peers(&others)?;
    }
    Ok(())
}

/// Ours and the libraries that a map would use else, in turns.
fn beside_peers(words: &[&String]) -> Result<()> {
    let mut node = command("node", &[PEERS]);
    node.args(words).env("BENCH_WASM", WASM);
    if let Some(browser) = chromium::for_stories() {
        node.env("CHROMIUM", browser);
    }
    if let Some(file) = data().map(|data| data.join(OSM)).filter(|f| f.exists()) {
        node.env("BENCH_OSM", file);
    }
    run_command(&mut node)
}

/// Where data of others lies: `MENDMAP_DATA`, or `data/`, which is never committed.
fn data() -> Option<PathBuf> {
    let named = env::var_os("MENDMAP_DATA").map(PathBuf::from);
    named.or_else(|| Some(PathBuf::from("data")).filter(|data| data.is_dir()))
}

/// The pipeline as the app has it: the same profile, and the same options of wasm-opt.
fn build() -> Result<()> {
    let args = ["build", "--release", "-p", "mendmap-bench", "--lib"];
    run_command(command("cargo", &args).args(["--target", "wasm32-unknown-unknown"]))?;
    let target = env::var_os("CARGO_TARGET_DIR").unwrap_or("target".into());
    let built = Path::new(&target).join("wasm32-unknown-unknown/release/mendmap_bench.wasm");
    let mut bindgen = command("wasm-bindgen", &["--target", "web", "--no-typescript"]);
    run_command(bindgen.args(["--out-dir", WASM]).arg(built))?;
    let program = Path::new(WASM).join("mendmap_bench_bg.wasm");
    let (level, more) = options_of_wasm_opt()?;
    let mut opt = command("wasm-opt", &[&format!("-O{level}")]);
    opt.args(more.split_whitespace());
    run_command(opt.arg(&program).arg("-o").arg(&program))
}

/// What trunk tells wasm-opt: its level and the rest.
fn options_of_wasm_opt() -> Result<(String, String)> {
    let path = Path::new(INDEX);
    let page = fs::read_to_string(path).map_err(|source| Error::io("read", path, source))?;
    let value = |name: &str| {
        let (_, rest) = page.split_once(&format!("{name}=\""))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let both = value("data-wasm-opt").zip(value("data-wasm-opt-params"));
    both.ok_or_else(|| Error::Missing {
        what: format!("data-wasm-opt in {INDEX}"),
        how: "It says how the app's program is made small; the bench does the same.".to_owned(),
    })
}
