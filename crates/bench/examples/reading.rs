//! Reading, natively, to be looked at with a profiler: `cargo run --profile bench -p mendmap-bench
//! --example reading -- FEATURES|FILE [RUNS]`. What counts is what a browser takes, which
//! `cargo xtask bench reading` says.

use mendmap_bench::{CATALOG, synthetic};
use mendmap_core::catalog::{Catalog, LayerId};
use mendmap_core::city::City;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap_or_else(|| "100000".to_owned());
    let runs = args.next().map_or(Ok(5), |runs| runs.parse())?;
    let bytes = match what.parse() {
        Ok(features) => synthetic(7, features),
        Err(_) => std::fs::read(what)?,
    };
    let (catalog, _) = Catalog::read(CATALOG.as_bytes())?;
    let layer = LayerId("assets".to_owned());
    let mut all: Vec<f64> = Vec::new();
    for _ in 0..runs {
        let copy = bytes.clone();
        let began = Instant::now();
        let arrival = City::read_layer_at_once(&catalog, &layer, copy);
        all.push(began.elapsed().as_secs_f64() * 1e3);
        assert_eq!(arrival.report().refused, 0);
        assert_eq!(arrival.report().read, arrival.report().loaded);
    }
    all.sort_by(f64::total_cmp);
    let median = all[all.len() / 2];
    let speed = bytes.len() as f64 / median / 1e3;
    eprintln!("{median:.1} ms, {speed:.0} MB/s");
    Ok(())
}
