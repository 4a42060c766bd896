//! Lists that are narrowed.

use super::*;
use crate::catalog::CrewId;
use crate::geodesy::Bbox;
use crate::log::testkit::{on_asset, plotted, round, work};
use crate::log::{Place, Position, Shape, Target};

fn bbox(of: [f64; 4]) -> Filter {
    Filter {
        within: Some(Bbox::from(of)),
        ..Filter::default()
    }
}

#[test]
fn a_field_in_conflict_fits_by_each_of_its_values() {
    let mut a = Phone::new(1);
    a.on_task(1, plotted("drain-clear", on_asset(1)));
    let mut b = Phone::new(2);
    b.learn(&a);
    let task = |p: &Phone| seen(p);
    let by_work = |kind: &str| Filter {
        works: vec![work(kind)],
        ..Filter::default()
    };
    let by_crew = |crew: &str| Filter {
        crews: vec![CrewId(crew.into())],
        ..Filter::default()
    };
    assert!(Filter::default().admits(&task(&a)));
    assert!(by_work("drain-clear").admits(&task(&a)));
    assert!(!by_work("drain-repair").admits(&task(&a)));
    assert!(!by_crew("c1").admits(&task(&a)), "it is nobody's");
    a.on_task(1, dispatched("c1"));
    b.on_task(1, dispatched("c2"));
    b.on_task(1, edited(|e| e.work = Some(work("drain-repair"))));
    a.on_task(1, edited(|e| e.work = Some(work("drain-raise"))));
    a.meet(&mut b);
    for crew in ["c1", "c2"] {
        assert!(by_crew(crew).admits(&task(&a)));
    }
    for kind in ["drain-repair", "drain-raise"] {
        assert!(by_work(kind).admits(&task(&a)));
    }
    assert!(!by_work("drain-clear").admits(&task(&a)), "overwritten");
    let state = |states: &[State]| Filter {
        states: states.to_vec(),
        ..by_crew("c1")
    };
    assert!(state(&[State::Open, task(&a).state]).admits(&task(&a)));
    assert!(!state(&[State::Reported]).admits(&task(&a)));
}

#[test]
fn a_box_holds_assets_and_touches_what_was_drawn() {
    let mut p = Phone::new(1);
    // Assets lie 1e-7° beside one another, from 123.5°.
    p.on_task(1, plotted("drain-clear", round([1, 3])));
    let task = seen(&p);
    let at = |n: i32| f64::from(1_235_000_000 + n) / 1e7;
    for (west, east, inside) in [(1, 1, true), (2, 2, false), (2, 3, true), (4, 9, false)] {
        let filter = bbox([at(west), 43.5, at(east), 44.0]);
        assert_eq!(filter.admits(&task), inside, "{west}..{east}");
    }
    let corner = |lon: f64, lat: f64| Position::from_degrees(lon, lat).unwrap();
    let line = Shape::Line(vec![corner(123.0, 43.0), corner(124.0, 44.0)]);
    let drawn = Target::Place(Place {
        shape: line,
        name: None,
    });
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", std::sync::Arc::new(drawn)));
    let task = seen(&p);
    // Passing through, without a corner inside; a border is enough.
    assert!(bbox([123.4, 43.4, 123.6, 43.6]).admits(&task));
    assert!(bbox([124.0, 44.0, 125.0, 45.0]).admits(&task));
    assert!(!bbox([124.1, 43.0, 125.0, 44.0]).admits(&task));
    assert!(!bbox([123.0, 44.1, 124.0, 45.0]).admits(&task));
}
