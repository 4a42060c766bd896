//! The workbook, case by case: its form of the month and its list.

use super::totals::{Book, CITY, DAY, may, on, scope};
use crate::ledger::{
    Asked, Entry, Imported, Journal, Monthly, MonthlyLine, Scope, Sheet, Source, Wanted, list,
    list_sheet, monthly, monthly_sheet,
};
use crate::log::testkit::{line, work};
use crate::log::{Place, Position, Shape, Target, WorkLine};
use crate::task::Task;
use crate::told::Language;
use jiff::civil::Date;
use std::fmt::Debug;
use std::sync::Arc;

fn cleared(n: &str) -> Vec<WorkLine> {
    vec![line("drain-clear", n, "pcs")]
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// What is made of what is asked of these tasks, and of their journal: the same.
fn made<T: PartialEq + Debug>(
    tasks: &[Arc<Task>],
    scope: &Scope,
    imported: Option<&Imported>,
    make: impl Fn(&Asked<'_>) -> T,
) -> T {
    let journal = Journal::of(&CITY, tasks.iter());
    let tasks: Vec<&Task> = tasks.iter().map(|t| &**t).collect();
    let by = |journal| {
        make(&Asked {
            catalog: &CITY,
            scope,
            tasks: &tasks,
            holdings: None,
            imported,
            journal,
            verification: true,
        })
    };
    let plain = by(None);
    assert_eq!(by(Some(&journal)), plain);
    plain
}

fn of<'f>(form: &'f Monthly, kind: &str) -> &'f MonthlyLine {
    let mut lines = form.lines.iter();
    lines.find(|line| line.work == work(kind)).unwrap()
}

fn cell(sheet: &Sheet, row: &[Entry], head: &str) -> Entry {
    let at = sheet.columns.iter().position(|column| column.head == head);
    row[at.unwrap_or_else(|| panic!("no column {head}"))].clone()
}

#[test]
fn a_month_stands_beside_the_year_so_far_and_the_same_days_of_the_last() {
    let mut book = Book::new();
    for (n, day) in [
        ("4", "2024-01-31"),
        ("5", "2024-04-30"),
        ("6", "2024-05-01"),
        ("7", "2024-05-31"),
        ("80", "2024-06-01"),
        ("10", "2023-05-31"),
        ("90", "2023-06-01"),
    ] {
        book.done(on(1), cleared(n), day);
    }
    let tasks = book.tasks();
    let form = made(&tasks, &may(), None, |asked| {
        monthly(asked, day("2024-05-31"))
    });
    assert_eq!(form.month, may().period);
    assert_eq!(form.year, scope("2024-01-01", "2024-05-31").period);
    let clear = of(&form, "drain-clear");
    assert_eq!(
        (clear.month, clear.year),
        (Some(13.into()), Some(22.into()))
    );
    assert_eq!(clear.year_ago, Some((10.into(), Source::Tasks)));
    assert_eq!(clear.change, Some(120.into()));
    let plan = clear.plan.as_ref().unwrap();
    assert_eq!(
        (plan.quantity, plan.percent()),
        (3600.into(), Some("0.6".parse().unwrap()))
    );
    // What was published of those days goes before what is left of their tasks.
    let imported = Imported {
        period: Some(scope("2023-01-01", "2023-05-31").period),
        figures: [(work("drain-clear"), 44.into())].into(),
    };
    let form = made(&tasks, &may(), Some(&imported), |asked| {
        monthly(asked, day("2024-05-31"))
    });
    let clear = of(&form, "drain-clear");
    assert_eq!(clear.year_ago, Some((44.into(), Source::Imported)));
    assert_eq!(clear.change, Some((-50).into()));
    let sheet = monthly_sheet(&CITY, &form, &may(), Language::En);
    assert!(
        sheet
            .about
            .iter()
            .any(|line| line.contains("were imported")),
        "{:?}",
        sheet.about
    );
    assert!(
        sheet
            .about
            .iter()
            .any(|line| line.contains("figures invented"))
    );
    assert_eq!(sheet.title, "Shuangliao: Monthly form, May 2024");
    // Of a month that is not over it is its days so far.
    let running = Scope {
        today: Some(day("2024-05-15")),
        ..may()
    };
    let form = made(&tasks, &running, None, |asked| {
        monthly(asked, day("2024-05-31"))
    });
    let clear = of(&form, "drain-clear");
    assert_eq!((clear.month, clear.year), (Some(6.into()), Some(15.into())));
    assert_eq!(form.month.to, day("2024-05-15"));
}

#[test]
fn what_does_not_count_is_listed_and_says_so() {
    let mut book = Book::new();
    let both = vec![
        line("drain-clear", "2", "pcs"),
        line("drain-repair", "1", "pcs"),
    ];
    book.done(on(1), both, DAY);
    // As somebody has called a place.
    let shape = Shape::Point(Position { lon: 1, lat: 1 });
    let name = Some("=1+1".to_owned());
    let place = Target::Place(Place { shape, name });
    book.done(place, vec![line("drain-clear", "3", "pcs")], "2024-05-01");
    book.done(on(2), vec![line("drain-clear", "9", "m")], "2024-05-02");
    let tasks = book.tasks();
    for (state, counts, word) in [
        (Wanted::Reported, true, "yes"),
        (Wanted::Verified, false, "no"),
    ] {
        let scope = Scope { state, ..may() };
        made(&tasks, &scope, None, |asked| {
            let all = list(asked);
            let told: Vec<_> = all
                .iter()
                .map(|one| {
                    (
                        one.work.id.as_str(),
                        one.done_on.unwrap().day(),
                        one.quantity,
                    )
                })
                .collect();
            assert_eq!(
                told,
                [
                    ("drain-clear", 1, Some(3.into())),
                    ("drain-clear", 2, None),
                    ("drain-clear", 3, Some(2.into())),
                    ("drain-repair", 3, Some(1.into())),
                ],
                "in another unit it says nothing of the kind's"
            );
            assert!(all.iter().all(|one| one.counts == counts));
            let sheet = list_sheet(&CITY, &scope, &all, Language::En);
            let row = &sheet.rows[0];
            assert_eq!(cell(&sheet, row, "Place"), Entry::Text("=1+1".into()));
            assert_eq!(cell(&sheet, row, "Counts"), Entry::Text(word.into()));
            assert_eq!(cell(&sheet, row, "Done on"), Entry::Day(day("2024-05-01")));
            assert_eq!(cell(&sheet, row, "State"), Entry::Text("reported".into()));
            assert_eq!(
                cell(&sheet, row, "Task"),
                Entry::Text("000000000002".into())
            );
        });
    }
}

#[test]
fn it_says_what_was_asked() {
    let asked_for = Scope {
        crews: vec!["drain-1".into()],
        streets: vec!["辽河路".into(), "中山路".into()],
        ..may()
    };
    made(&[], &asked_for, None, |asked| {
        let book = asked.book(day(DAY), Language::Zh);
        let names: Vec<_> = book.sheets.iter().map(|sheet| &*sheet.name).collect();
        assert_eq!(names, ["台账", "通报", "月报", "任务清单"]);
        assert_eq!(book.title, "双辽市养护台账（2024年5月）");
        let said = ["按目录的规则计入", "班组：排水一班", "街道：辽河路、中山路"];
        assert_eq!(book.sheets[0].about, said);
        assert!(book.sheets.iter().all(|sheet| {
            sheet
                .rows
                .iter()
                .all(|row| row.len() == sheet.columns.len())
        }));
    });
}
