//! What may be said, what is refused, what is doubted.

use super::*;
use crate::catalog::Catalog;
use crate::log::testkit::{
    asset, asset_uid, catalog, line, on_asset, plotted, report, round, work,
};
use crate::log::{Choice, Edited, Field, Noted, Place, Position, Reported, Round, Shape, Target};
use crate::log::{Started, Ticked, WorkLine};
use jiff::civil::{Date, date};
use std::sync::Arc;

const TODAY: Date = date(2024, 5, 3);

fn place(shape: Shape) -> Arc<Target> {
    Arc::new(Target::Place(Place { shape, name: None }))
}

fn p(n: i32) -> Position {
    Position { lon: n, lat: n }
}

fn plot_on(kind: &str, target: Arc<Target>) -> Result<Drafted, Refusal> {
    let note = Some("  ".to_string());
    plot(task_uid(1), &work(kind), target, note, vec![], &catalog())
}

/// A task of this kind on this target.
fn task_of(kind: &str, target: Arc<Target>) -> (Phone, Task) {
    let mut phone = Phone::new(1);
    phone.on_task(1, plotted(kind, target));
    let task = seen(&phone);
    (phone, task)
}

fn say(lines: Vec<WorkLine>) -> Result<Drafted, Refusal> {
    let (_, task) = task_of("drain-clear", round([1, 2]));
    super::super::report(&task, report(lines, "2024-05-03"), &catalog(), TODAY)
}

#[test]
fn plotting_wants_work_that_fits_the_target() {
    let drafted = plot_on("drain-clear", on_asset(1)).unwrap();
    let expected = plotted("drain-clear", on_asset(1));
    assert_eq!(drafted.draft.kind, expected, "blank notes are none");
    let unknown = Refusal::UnknownWork { work: work("fly") };
    assert_eq!(plot_on("fly", on_asset(1)), Err(unknown));
    let refused = plot_on("crack-seal", on_asset(1));
    assert!(matches!(refused, Err(Refusal::WorkNotForAsset { .. })));
    let point = place(Shape::Point(p(1)));
    assert!(plot_on("pothole-patch", point.clone()).is_ok());
    let refused = plot_on("crack-seal", point);
    assert!(matches!(refused, Err(Refusal::WorkNotForPlace { .. })));
}

#[test]
fn plotting_wants_a_whole_target() {
    // Two corners at one place are one.
    for short in [vec![p(1)], vec![p(1), p(1)]] {
        let short = place(Shape::Line(short));
        assert_eq!(plot_on("crack-seal", short), Err(Refusal::BadShape));
    }
    let there_and_back = vec![p(1), p(2), p(1)];
    assert!(plot_on("crack-seal", place(Shape::Line(there_and_back.clone()))).is_ok());
    for rings in [vec![], vec![vec![p(1), p(2)]], vec![there_and_back]] {
        let open = place(Shape::Polygon(rings));
        assert_eq!(plot_on("pothole-patch", open), Err(Refusal::BadShape));
    }
    for twice in [vec![], vec![asset(1), asset(1)]] {
        let round = Round {
            name: None,
            assets: twice,
        };
        let target = Arc::new(Target::Round(round));
        assert_eq!(plot_on("drain-clear", target), Err(Refusal::BadRound));
    }
}

#[test]
fn a_report_says_something_possible() {
    let ok = say(vec![line("drain-clear", "2", "pcs")]).unwrap();
    assert_eq!(ok.warnings, []);
    assert!(say(vec![line("drain-clear", "2.0", "pcs")]).is_ok());
    assert_eq!(say(vec![]), Err(Refusal::NoLines));
    for nothing in ["0", "-1", "0.0"] {
        let refused = say(vec![line("drain-clear", nothing, "pcs")]);
        assert!(matches!(refused, Err(Refusal::NotPositive { line: 0, .. })));
    }
    let refused = say(vec![
        line("drain-clear", "1", "pcs"),
        line("drain-repair", "1.5", "pcs"),
    ]);
    let expected = Refusal::TooFine {
        line: 1,
        quantity: "1.5".parse().unwrap(),
        decimals: 0,
    };
    assert_eq!(refused, Err(expected));
    let refused = say(vec![line("drain-clear", "1", "m2")]);
    assert!(matches!(refused, Err(Refusal::WrongUnit { .. })));
    let refused = say(vec![line("crack-seal", "1", "km")]);
    assert!(matches!(refused, Err(Refusal::WorkNotForAsset { .. })));
    let stray = WorkLine {
        assets: vec![asset_uid(9)],
        ..line("drain-clear", "1", "pcs")
    };
    let refused = say(vec![stray]);
    assert!(matches!(refused, Err(Refusal::UnknownAsset { .. })));
    let backwards = WorkLine {
        covered: vec![(asset_uid(1), 5, 5).into()],
        ..line("drain-clear", "1", "pcs")
    };
    assert_eq!(say(vec![backwards]), Err(Refusal::BadStretch { line: 0 }));
    let flat = WorkLine {
        patches: vec![("2".parse().unwrap(), "0".parse().unwrap()).into()],
        ..line("drain-clear", "1", "pcs")
    };
    assert_eq!(say(vec![flat]), Err(Refusal::BadPatch { line: 0 }));
    let of = |material: String| WorkLine {
        material: Some(material),
        ..line("drain-clear", "1", "pcs")
    };
    assert!(say(vec![of("砖".repeat(100))]).is_ok());
    assert_eq!(say(vec![of("砖".repeat(101))]), Err(Refusal::TooLong));
}

#[test]
fn a_report_is_doubted_where_it_is_improbable() {
    let many = say(vec![line("drain-clear", "61", "pcs")]).unwrap();
    assert!(matches!(
        many.warnings[..],
        [Warning::Improbable { line: 0, .. }]
    ));
    let (_, one) = task_of("drain-clear", on_asset(1));
    let at_one = |n: &str| {
        let report = report(vec![line("drain-clear", n, "pcs")], "2024-05-03");
        super::super::report(&one, report, &catalog(), TODAY)
            .unwrap()
            .warnings
    };
    assert!(matches!(at_one("5")[..], [Warning::Improbable { .. }]));
    assert_eq!(at_one("4"), []);
    let other = say(vec![line("drain-repair", "1", "pcs")]).unwrap();
    let asked = work("drain-clear");
    assert_eq!(other.warnings, [Warning::OtherWork { asked }]);
    let (_, task) = task_of("drain-clear", on_asset(1));
    let on = |day: &str| {
        let report = report(vec![line("drain-clear", "1", "pcs")], day);
        super::super::report(&task, report, &catalog(), TODAY)
    };
    let done_on = date(2024, 5, 2);
    assert_eq!(
        on("2024-05-02").unwrap().warnings,
        [Warning::BackDated { done_on }]
    );
    let done_on = date(2024, 5, 4);
    assert_eq!(on("2024-05-04"), Err(Refusal::Future { done_on }));
}

#[test]
fn what_is_not_offered_is_refused() {
    let (mut phone, open) = task_of("drain-clear", on_asset(1));
    let lines = || vec![line("drain-clear", "1", "pcs")];
    let now = Err(Refusal::NotNow { state: State::Open });
    assert_eq!(verify(&open, None, vec![]), now);
    assert_eq!(return_report(&open, "x", vec![]), now);
    assert_eq!(accept(&open, None), now);
    assert_eq!(resolve(&open, vec![], None), now);
    let ticked = Ticked {
        asset: asset_uid(1),
        unreached: None,
        lines: vec![],
        note: None,
        photos: vec![],
    };
    assert_eq!(tick(&open, ticked, &catalog()), now);
    phone.on_task(1, cleared("1"));
    let done = seen(&phone);
    let now = Err(Refusal::NotNow {
        state: State::Reported,
    });
    let again: Reported = report(lines(), "2024-05-03");
    assert_eq!(super::super::report(&done, again, &catalog(), TODAY), now);
    assert_eq!(start(&done, Started::default()), now);
    assert_eq!(cancel(&done, None), now);
    assert_eq!(move_to(&done, on_asset(2), &catalog()), now);
    assert_eq!(edit(&done, Edited::default(), &catalog()), now);
    assert_eq!(make_safe(&done, Default::default(), &catalog()), now);
    assert_eq!(return_report(&done, "  ", vec![]), Err(Refusal::Empty));
    assert!(return_report(&done, " why ", vec![]).is_ok());
}

#[test]
fn changes_must_change_something_possible() {
    let (_, task) = task_of("drain-clear", on_asset(1));
    let nothing = edit(&task, Edited::default(), &catalog());
    assert_eq!(nothing, Err(Refusal::NoChange));
    let other = Edited {
        work: Some(work("crack-seal")),
        ..Edited::default()
    };
    let refused = edit(&task, other, &catalog());
    assert!(matches!(refused, Err(Refusal::WorkNotForAsset { .. })));
    let still = move_to(&task, on_asset(1), &catalog());
    assert_eq!(still, Err(Refusal::NoChange));
    let point = place(Shape::Point(p(1)));
    assert!(move_to(&task, point, &catalog()).is_err());
    assert!(move_to(&task, on_asset(2), &catalog()).is_ok());
    let silent = Noted {
        text: " ".into(),
        asset: None,
        photos: vec![],
    };
    assert_eq!(note(&task, silent), Err(Refusal::Empty));
}

#[test]
fn a_resolution_chooses_what_is_there() {
    let (mut a, _) = task_of("drain-clear", on_asset(1));
    let mut b = Phone::new(2);
    b.learn(&a);
    let one = a.on_task(1, cleared("1"));
    b.on_task(1, cleared("2"));
    a.meet(&mut b);
    let task = seen(&a);
    let choose = |field, event| resolve(&task, vec![Choice { field, event }], None);
    assert!(choose(Field::Report, one).is_ok());
    let field = Field::Crew;
    let none = Err(Refusal::NoSuchChoice { field });
    assert_eq!(choose(field, one), none);
    let plot = task.events[0].event.id().unwrap();
    assert!(choose(Field::Report, plot).is_err());
    assert_eq!(resolve(&task, vec![], None), Err(Refusal::NoChange));
}

#[test]
fn suggested_lines_are_what_most_would_say() {
    use crate::log::Measured::{Counted, Drawn};
    let mut catalog = catalog();
    let (_, drain) = task_of("drain-clear", on_asset(1));
    let (_, crack) = task_of("crack-seal", place(Shape::Line(vec![p(1), p(2)])));
    let (_, spot) = task_of("pothole-patch", place(Shape::Point(p(1))));
    let nine = "9".parse().ok();
    let first = |task: &Task, catalog: &Catalog, measured| {
        let lines = suggested_lines(task, catalog, measured);
        let told = |l: &WorkLine| (l.quantity.to_string(), l.measured.clone());
        lines.first().map(told)
    };
    let one = Some(("1".to_string(), Counted));
    let drawn = Some(("9".to_string(), Drawn));
    assert_eq!(first(&drain, &catalog, nine), one);
    assert_eq!(first(&crack, &catalog, nine), drawn);
    assert_eq!(first(&crack, &catalog, None), None);
    assert_eq!(first(&spot, &catalog, nine), drawn);
    assert_eq!(first(&spot, &catalog, None), one);
    catalog.work_kinds[0].quantity_from = Some("swept".into());
    assert_eq!(
        first(&drain, &catalog, nine),
        drawn,
        "its property goes first"
    );
}

#[test]
fn a_task_is_expected_to_be_one_of_each_where_the_work_is_counted() {
    let catalog = catalog();
    let expected = |work: &str, assets| {
        let kind = catalog.work_kind(&work.into()).unwrap();
        expected(kind, assets).map(|all| all.to_string())
    };
    assert_eq!(expected("drain-clear", 40).as_deref(), Some("40"));
    assert_eq!(expected("drain-clear", 1).as_deref(), Some("1"));
    assert_eq!(expected("crack-seal", 3), None, "it is measured");
}

#[test]
fn a_round_suggests_what_was_ticked_and_done_besides() {
    let (mut phone, task) = task_of("drain-clear", round([1, 2, 3]));
    let all = suggested_lines(&task, &catalog(), None);
    assert_eq!(all[0].quantity, "3".parse().unwrap());
    for n in [1, 3] {
        phone.on_task(
            1,
            Ticked {
                asset: asset_uid(n),
                unreached: None,
                lines: vec![line("drain-repair", "1", "pcs")],
                note: None,
                photos: vec![],
            },
        );
    }
    let task = seen(&phone);
    let lines = suggested_lines(&task, &catalog(), None);
    let told: Vec<_> = lines
        .iter()
        .map(|l| (&*l.work.0, l.quantity.to_string(), &l.assets[..]))
        .collect();
    let done = [asset_uid(1), asset_uid(3)];
    let expected = [
        ("drain-clear", "2".to_string(), &done[..]),
        ("drain-repair", "2".to_string(), &done[..]),
    ];
    assert_eq!(told, expected);
    let drafted = super::super::report(&task, report(lines, "2024-05-03"), &catalog(), TODAY);
    assert_eq!(drafted.unwrap().warnings, []);
}
