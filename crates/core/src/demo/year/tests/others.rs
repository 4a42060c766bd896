//! Other seeds, other totals, lines of which there is nothing; and what cannot be.

use super::*;
use crate::catalog::{Measure, WorkKindId};
use crate::log::Kind;
use proptest::prelude::*;

fn verified(events: &[Event]) -> Totals {
    added_up(&folded(events), &whole())
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_others() {
    let small = Targets::none()
        .with("pothole-patch", Decimal::new(61_237, 2))
        .with("drain-clear", 41.into());
    let bytes = |seed| -> Vec<Vec<u8>> {
        let events = year(seed, city(), &small).unwrap();
        events.iter().map(|e| e.raw().to_vec()).collect()
    };
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
}

#[test]
fn where_nothing_is_to_be_done_nothing_is_said() {
    assert_eq!(year(1, city(), &Targets::none()).unwrap(), []);
    let zero = Targets::published()
        .iter()
        .fold(Targets::none(), |t, (work, _)| {
            t.with(work.as_str(), Decimal::ZERO)
        });
    let events = year(1, city(), &zero).unwrap();
    let totals = verified(&events);
    for line in &totals.lines {
        // A rate of nothing is entered, and said.
        let nothing = match line.work.as_str() {
            "refuse-rate" => Some(Decimal::ZERO),
            "lamp-lit-rate" => None,
            "road-patrol" => continue,
            _ => Some(Decimal::ZERO),
        };
        assert_eq!(line.quantity, nothing, "{}", line.work);
    }
}

#[test]
fn what_cannot_be_is_said() {
    let said = |work: &str, quantity: Decimal| {
        let targets = Targets::none().with(work, quantity);
        year(1, city(), &targets).unwrap_err().to_string()
    };
    assert_eq!(
        said("snow-clear", 1.into()),
        "nobody in the demonstration city does snow-clear"
    );
    assert_eq!(
        said("lamp-repair", Decimal::new(15, 1)),
        "lamp-repair: 1.5 is no quantity of it"
    );
    assert_eq!(said("sweep", (-1).into()), "sweep: -1 is no quantity of it");
    assert_eq!(
        said("pump-storm-keep", 3.into()),
        "pump-storm-keep: 3 is more than the 2 that there are in the city"
    );
    assert_eq!(
        said("sweep", 1_800_001.into()),
        "sweep: 1800001 is more than the 1800000 that there are in the city"
    );
    assert!(said("pipe-patrol", 200.into()).starts_with("pipe-patrol: 200 is more than the "));
    assert_eq!(
        said("drain-repair", 1.into()),
        "drain-repair counts within drain-clear and cannot be more"
    );
    let more = Targets::none()
        .with("drain-clear", 3.into())
        .with("drain-repair", 4.into());
    assert!(matches!(
        year(1, city(), &more),
        Err(YearError::Within { .. })
    ));
}

/// Totals of some kinds of work, up to a fifth of what was published; some of them nothing.
fn some() -> impl Strategy<Value = Targets> {
    let all: Vec<_> = Targets::published()
        .iter()
        .map(|(w, q)| (w.clone(), q))
        .collect();
    let shares = prop::collection::vec((0u32..2000, prop::bool::weighted(0.75)), all.len());
    shares.prop_map(move |shares| {
        let mut targets = Targets::none();
        for ((work, most), (share, named)) in all.iter().zip(shares) {
            let decimals = city()
                .catalog()
                .work_kind(work)
                .and_then(|kind| city().catalog().unit(&kind.unit))
                .unwrap()
                .decimals;
            let share = most * Decimal::new(share.saturating_sub(100).into(), 4);
            if named {
                targets = targets.with(work.as_str(), share.trunc_with_scale(decimals));
            }
        }
        // A part of nothing is nothing, and none is more than its whole.
        for (part, whole) in [
            ("drain-repair", "drain-clear"),
            ("outfall-regulate", "outfall-inspect"),
        ] {
            let most = targets.get(whole).unwrap_or_default();
            let least = targets.get(part).unwrap_or_default().min(most);
            targets = targets.with(part, least);
        }
        targets
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_totals_are_found_again(seed in any::<u64>(), targets in some()) {
        let events = year(seed, city(), &targets).unwrap();
        let totals = verified(&events);
        for line in &totals.lines {
            let wanted = targets.get(line.work.as_str()).map(|q| q.normalize());
            match line.work.as_str() {
                "road-patrol" => {}
                "refuse-rate" | "lamp-lit-rate" => prop_assert_eq!(line.quantity, wanted),
                _ => prop_assert_eq!(line.quantity, Some(wanted.unwrap_or_default()), "{}", line.work),
            }
        }
        // And no report is too much of it, as far as its unit can be divided.
        for event in &events {
            let Some(Kind::Reported(report)) = event.kind() else { continue };
            for line in &report.lines {
                let kind = city().catalog().work_kind(&line.work).unwrap();
                let unit = city().catalog().unit(&kind.unit).unwrap();
                let measured = matches!(unit.measures, Measure::Area | Measure::Length);
                let Some(total) = targets.get(line.work.as_str()).filter(|_| measured) else { continue };
                let least = Decimal::new(1, unit.decimals);
                let most = (total / Decimal::from(50)).max(least);
                prop_assert!(line.quantity.0 <= most, "{}: {} of {}", line.work, line.quantity, total);
            }
        }
    }
}

#[test]
fn a_city_without_such_assets_cannot_do_the_work() {
    let bare = City::new(city().catalog().clone());
    let targets = Targets::none().with("lamp-repair", 3.into());
    match year(1, &bare, &targets) {
        Err(YearError::Beyond { work, most, .. }) => {
            assert_eq!(work, WorkKindId("lamp-repair".into()));
            assert_eq!(most, Decimal::ZERO);
        }
        other => panic!("{other:?}"),
    }
    // Nor is anything told where there is no street to do it on.
    let targets = Targets::none().with("pothole-patch", 3.into());
    assert!(matches!(
        year(1, &bare, &targets),
        Err(YearError::Beyond { .. })
    ));
}
