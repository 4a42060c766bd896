//! The ledger against SQL: the same questions, answered by SQLite over the raw events, by
//! somebody who has read how a ledger counts and not how it is written.
//!
//! The logs are years of the demonstration with totals, seeds and periods by chance: reports that
//! were sent back, told twice, taken back, in conflict, called off, never verified, back-dated,
//! half-done rounds; and then stirred: given to others, before and after, and by clocks of other zones.
//! Stocks it counts in the layers' files. The oracle knows what stands in them, and not all that an event
//! may be.
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

mod questions;
mod stir;
mod tables;

use mendmap_core::catalog::{Counting, CrewId, Measure, Nature, WorkKind};
use mendmap_core::city::City;
use mendmap_core::demo::{self, year::Targets, year::year};
use mendmap_core::ledger::{Holdings, Period, Scope, TotalLine, Wanted, totals};
use mendmap_core::log::{Event, Log, Quantity};
use mendmap_core::task::Tasks;
use proptest::prelude::*;
use questions::{Narrow, Oracle};
use std::collections::BTreeSet;
use std::sync::OnceLock;

fn city() -> &'static City {
    static CITY: OnceLock<City> = OnceLock::new();
    CITY.get_or_init(|| demo::city(demo::SEED).unwrap())
}

/// Accounts and their crews. Of some who report nobody knows it.
const MEMBERS: [(&str, &str); 7] = [
    ("demo-road", "road-1"),
    ("demo-road-2", "drain-2"),
    ("demo-drain", "drain-1"),
    ("demo-drain-2", "drain-2"),
    ("demo-lamp", "lamp-1"),
    ("demo-clean", "clean-1"),
    ("demo-works", "works-1"),
];

fn holdings() -> &'static Holdings {
    static HOLDINGS: OnceLock<Holdings> = OnceLock::new();
    HOLDINGS.get_or_init(|| Holdings::of(city()))
}

/// The layers' files, each with the kind of what names none.
fn layers() -> Vec<(String, String)> {
    let files = demo::layers(demo::SEED).into_iter();
    let of = |(name, text): (String, String)| {
        let mut layers = city().catalog().layers.iter();
        let layer = layers.find(|layer| layer.file == name).unwrap();
        (layer.kinds[0].to_string(), text)
    };
    files.map(of).collect()
}

/// What is asked, by chance: days from the first one, which reports, which crew and street.
type Asked = (i64, i64, u8, Option<u8>, Option<usize>);

fn asked() -> impl Strategy<Value = Vec<Asked>> {
    let crew = prop::option::weighted(0.3, 0u8..6);
    let street = prop::option::weighted(0.2, 0usize..40);
    prop::collection::vec((-9i64..305, 0i64..320, 0u8..3, crew, street), 6)
}

/// A fraction of each figure that was published.
fn some() -> impl Strategy<Value = Targets> {
    let all: Vec<_> = Targets::published()
        .iter()
        .map(|(w, q)| (w.clone(), q))
        .collect();
    let parts = prop::collection::vec(0i64..90, all.len());
    parts.prop_map(move |parts| {
        let mut targets = Targets::none();
        for ((work, most), part) in all.iter().zip(parts) {
            let catalog = city().catalog();
            let unit = catalog
                .unit(&catalog.work_kind(work).unwrap().unit)
                .unwrap();
            // So many thousandths.
            let thousandth: Quantity = format!("0.{part:03}").parse().unwrap();
            let share = *most * thousandth.0;
            targets = targets.with(work.as_str(), share.trunc_with_scale(unit.decimals));
        }
        for (part, whole) in [
            ("drain-repair", "drain-clear"),
            ("outfall-regulate", "outfall-inspect"),
        ] {
            let (most, least) = (targets.get(whole).unwrap(), targets.get(part).unwrap());
            targets = targets.with(part, least.min(most));
        }
        targets
    })
}

fn folded(events: &[Event]) -> Tasks {
    let mut log = Log::new(&city().catalog().city.id);
    log.merge(events.iter().cloned());
    Tasks::from_log(&log, BTreeSet::new())
}

/// What was done, in the smallest parts of the unit, as the oracle counts.
fn parts(line: &TotalLine) -> Option<i64> {
    let decimals = city().catalog().unit(&line.unit).unwrap().decimals as usize;
    let text = line.done?.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    Some(format!("{whole}{part:0<decimals$}").parse().unwrap())
}

/// What the oracle says of a kind of work, in the smallest parts of its unit.
async fn told(oracle: &Oracle, kind: &WorkKind, narrow: &Narrow) -> Option<i64> {
    let (work, inner) = (kind.id.as_str(), within(kind));
    let unit = city().catalog().unit(&kind.unit).unwrap();
    match kind.counts {
        Counting::Sum => oracle.sum(work, inner, unit.decimals, narrow).await,
        Counting::Distinct if unit.measures != Measure::Count => {
            oracle.swept(work, unit.decimals, narrow).await
        }
        Counting::Distinct => oracle.distinct(work, inner, narrow).await,
        Counting::CoveredOnce => oracle.covered_metres(work, narrow).await,
        Counting::Entered => oracle.entered(work, unit.decimals, narrow).await,
    }
}

/// The kind that counts within another; an empty name where there is none.
fn within(kind: &WorkKind) -> &'static str {
    let mut kinds = city().catalog().work_kinds.iter();
    let inner = kinds.find(|inner| inner.within.as_ref() == Some(&kind.id));
    inner.map_or("", |inner| inner.id.as_str())
}

/// The oracle has read the same report as everybody.
#[test]
fn sql_says_what_was_published() {
    let events = year(demo::SEED, city(), &Targets::published()).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let oracle = runtime.block_on(Oracle::new(&events, &layers(), &MEMBERS));
    let narrow = Narrow {
        from: "2024-01-01".into(),
        to: "2024-10-31".into(),
        verified: true,
        crew: String::new(),
        street: String::new(),
    };
    for (work, figure) in [
        ("pothole-patch", 650_000),
        ("crack-seal", 21_000_000),
        ("sidewalk-pave", 139_584),
        ("kerb-replace", 82_050),
        ("lamp-repair", 1_099),
        ("pipe-patrol", 146_000),
        ("manhole-clear", 3_258),
        ("manhole-repair", 120),
        ("drain-clear", 3_846),
        ("drain-repair", 304),
        ("pump-sewage-keep", 12),
        ("pump-storm-keep", 2),
        ("sweep", 180_000_000),
        ("toilet-keep", 57),
        ("refuse-rate", 10_000),
        ("heating-renovate", 12),
        ("outfall-inspect", 39),
        ("outfall-regulate", 7),
    ] {
        let mut kinds = city().catalog().work_kinds.iter();
        let kind = kinds.find(|kind| kind.id.as_str() == work).unwrap();
        let said = runtime.block_on(told(&oracle, kind, &narrow));
        assert_eq!(said, Some(figure), "{work}");
    }
}

/// The stirred log has what it is stirred for.
#[test]
fn a_stirred_year_is_of_crews_of_nobody_and_disputed() {
    let targets = Targets::none()
        .with("lamp-repair", 400.into())
        .with("pothole-patch", 600.into())
        .with("drain-clear", 900.into());
    let events = year(demo::SEED, city(), &targets).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let of = |events: &[Event]| {
        let oracle = Oracle::new(events, &[], &MEMBERS);
        runtime.block_on(async { oracle.await.whose().await })
    };
    let [plain, stirred] = [of(&events), of(&stir::stirred(&events, 7))];
    assert_eq!(plain.iter().sum::<i64>(), stirred.iter().sum::<i64>());
    assert!(stirred[1] > plain[1] + 10, "{plain:?} {stirred:?}");
    assert!(stirred.iter().all(|n| *n > 10), "{stirred:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sql_says_the_same(seed in any::<u64>(), targets in some(), asked in asked()) {
        let events = year(seed, city(), &targets).unwrap();
        let events = stir::stirred(&events, seed);
        let tasks = folded(&events);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let oracle = runtime.block_on(Oracle::new(&events, &layers(), &MEMBERS));
        let streets = runtime.block_on(oracle.streets());
        for (from, long, state, crew, street) in asked {
            let day = |n: i64| jiff::civil::date(2024, 1, 1) + jiff::Span::new().days(n);
            let state = [Wanted::Reported, Wanted::Verified, Wanted::Counted][usize::from(state)];
            let crews = &city().catalog().crews;
            let crew = crew.map(|n| crews[usize::from(n)].id.to_string());
            let street = street.and_then(|n| streets.get(n).cloned());
            let period = Period { from: day(from), to: day(from + long) };
            let scope = Scope {
                state,
                members: MEMBERS.into_iter().collect(),
                crews: crew.iter().map(|c| CrewId(c.clone())).collect(),
                streets: street.iter().cloned().collect(),
                ..Scope::of(period)
            };
            let plain = tasks.iter().map(|t| &**t);
            let ledger = totals(city().catalog(), &scope, plain, Some(holdings()), true);
            let narrow = Narrow {
                from: period.from.to_string(),
                to: period.to.to_string(),
                verified: state == Wanted::Verified,
                crew: crew.unwrap_or_default(),
                street: street.unwrap_or_default(),
            };
            for line in &ledger.lines {
                let kind = city().catalog().work_kind(&line.work).unwrap();
                let (work, inner) = (kind.id.as_str(), within(kind));
                if kind.nature != Nature::Flow && narrow.crew.is_empty() {
                    let kinds = serde_json::to_string(&kind.applies_to).unwrap();
                    let is_by_year = kind.nature == Nature::Cumulative;
                    let held = runtime.block_on(oracle.held(&kinds, is_by_year, &narrow));
                    prop_assert_eq!(line.quantity, Some(held.into()), "{} in {:?}", work, &narrow);
                }
                if kind.nature == Nature::Cumulative {
                    continue;
                }
                let said = runtime.block_on(told(&oracle, kind, &narrow));
                prop_assert_eq!(parts(line), said, "{} in {:?}", work, &narrow);
                let assets = runtime.block_on(oracle.assets(work, inner, &narrow));
                prop_assert_eq!(line.assets as i64, assets, "{} in {:?}", work, &narrow);
                let behind = runtime.block_on(oracle.tasks(work, inner, &narrow));
                let pending = runtime.block_on(oracle.pending(work, inner, &narrow));
                let counts = (line.tasks as i64, line.pending.unverified as i64, line.pending.conflicts as i64);
                prop_assert_eq!(counts, (behind, pending.0, pending.1), "{} in {:?}", work, &narrow);
            }
        }
    }
}
