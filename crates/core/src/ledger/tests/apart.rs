//! Totals narrowed, grouped, beside others, and the tasks behind them.

use super::totals::{Book, CITY, DAY, covered, may, of, on, place, said, scope};
use crate::catalog::CrewId;
use crate::ids::EventId;
use crate::ledger::*;
use crate::log::testkit::{asset_uid, line, report, work};
use crate::log::{Dispatched, Kind, Snapshot, Subject, Target, Verified, WorkLine};
use crate::task::Task;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where something was done.
fn at(street: &str, grid: &str) -> Snapshot {
    Snapshot {
        street: Some(street.into()),
        community: (street == "辽河路").then(|| "北丰小区".into()),
        grid: Some(grid.into()),
        catalog: None,
    }
}

impl Book {
    /// Done somewhere by a crew, and verified or not.
    fn done_by(
        &mut self,
        (crew, place): (&str, Snapshot),
        target: Target,
        line: WorkLine,
        day: &str,
        is_verified: bool,
    ) -> Subject {
        let (subject, told) = self.done(target, vec![line.clone()], day);
        let mut better = report(vec![line], day);
        better.snapshot = place;
        self.phone
            .say(subject.clone(), crate::log::testkit::undone([told]));
        let crew = Some(CrewId(crew.into()));
        let dispatched = Dispatched {
            crew,
            ..Dispatched::default()
        };
        self.phone.say(subject.clone(), dispatched);
        let told = self.phone.say(subject.clone(), better);
        if is_verified {
            self.phone.say(subject.clone(), verified(told));
        }
        subject
    }
}

fn verified(report: EventId) -> Kind {
    Verified {
        report,
        note: None,
        photos: Vec::new(),
    }
    .into()
}

/// Three streets, two crews.
fn book() -> Book {
    let mut book = Book::new();
    let clear = |n: &str| line("drain-clear", n, "pcs");
    let (liaohe, zhongshan) = (at("辽河路", "001"), at("中山路", "002"));
    book.done_by(("drain-1", liaohe.clone()), on(1), clear("3"), DAY, true);
    book.done_by(("drain-1", zhongshan.clone()), on(2), clear("4"), DAY, true);
    book.done_by(
        ("drain-2", zhongshan.clone()),
        on(3),
        clear("5"),
        DAY,
        false,
    );
    book.done_by(
        ("drain-2", at("新街", "002")),
        on(1),
        clear("6"),
        "2024-05-20",
        true,
    );
    book.done(place(), vec![clear("7")], "2024-06-03");
    book
}

fn cleared(book: &Book, scope: &Scope) -> String {
    said(of(&book.totals(scope), "drain-clear").quantity)
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_scope_narrows_by_where_the_reports_say_it_was() {
    let book = book();
    let all = may();
    let narrowed = |f: &dyn Fn(&mut Scope)| {
        let mut scope = all.clone();
        f(&mut scope);
        cleared(&book, &scope)
    };
    assert_eq!(narrowed(&|_| {}), "18");
    assert_eq!(narrowed(&|s| s.streets = words(&["中山路"])), "9");
    assert_eq!(
        narrowed(&|s| s.streets = words(&["中山路", "辽河路"])),
        "12"
    );
    assert_eq!(narrowed(&|s| s.streets = words(&["长江路"])), "0");
    assert_eq!(narrowed(&|s| s.communities = words(&["北丰小区"])), "3");
    assert_eq!(narrowed(&|s| s.grids = words(&["002"])), "15");
    assert_eq!(
        narrowed(&|s| s.crews = vec![CrewId("drain-2".into())]),
        "11"
    );
    assert_eq!(
        narrowed(&|s| {
            s.grids = words(&["002"]);
            s.streets = words(&["中山路"]);
            s.crews = vec![CrewId("drain-2".into())];
        }),
        "5"
    );
}

#[test]
fn a_state_is_asked_for_whatever_the_catalogue_asks_for() {
    let book = book();
    let of_state = |state| {
        let totals = book.totals(&Scope { state, ..may() });
        let line = of(&totals, "drain-clear");
        (said(line.quantity), line.pending.unverified)
    };
    assert_eq!(of_state(Wanted::Counted), ("18".into(), 0));
    assert_eq!(of_state(Wanted::Reported), ("18".into(), 0));
    assert_eq!(of_state(Wanted::Verified), ("13".into(), 1));
}

fn groups(book: &Book, scope: &Scope, by: By) -> Vec<(Option<String>, String)> {
    let tasks = book.tasks();
    let groups = grouped(&CITY, scope, by, tasks.iter().map(|t| &**t), None, true);
    let told = groups.into_iter();
    told.map(|g| (g.key, said(of(&g.totals, "drain-clear").quantity)))
        .collect()
}

#[test]
fn groups_are_those_of_which_there_is_something() {
    let (book, year) = (book(), scope("2024-01-01", "2024-12-31"));
    let some = |all: &[(&str, &str)], rest: Option<&str>| {
        let named = all
            .iter()
            .map(|(key, n)| (Some((*key).to_owned()), (*n).to_owned()));
        let rest = rest.map(|n| (None, n.to_owned()));
        named.chain(rest).collect::<Vec<_>>()
    };
    assert_eq!(
        groups(&book, &year, By::Crew),
        some(&[("drain-1", "7"), ("drain-2", "11")], Some("7"))
    );
    assert_eq!(
        groups(&book, &year, By::Street),
        some(
            &[("中山路", "9"), ("新街", "6"), ("辽河路", "3")],
            Some("7")
        )
    );
    assert_eq!(
        groups(&book, &year, By::Grid),
        some(&[("001", "3"), ("002", "15")], Some("7"))
    );
    assert_eq!(
        groups(&book, &year, By::Community),
        some(&[("北丰小区", "3")], Some("22"))
    );
    assert_eq!(
        groups(&book, &year, By::Month),
        some(&[("2024-05", "18"), ("2024-06", "7")], None)
    );
    assert_eq!(
        groups(&book, &year, By::State),
        some(&[("reported", "12"), ("verified", "13")], None)
    );
    let narrow = Scope {
        streets: words(&["中山路"]),
        ..year
    };
    assert_eq!(
        groups(&book, &narrow, By::Crew),
        some(&[("drain-1", "4"), ("drain-2", "5")], None)
    );
    // Grouping by what is asked for keeps to what is asked for.
    assert_eq!(
        groups(&book, &narrow, By::Street),
        some(&[("中山路", "9")], None)
    );
}

#[test]
fn every_number_names_its_tasks() {
    let mut book = book();
    let twice = |book: &mut Book| {
        let subject = book.done_by(
            ("drain-1", at("新街", "009")),
            on(9),
            line("drain-clear", "1", "pcs"),
            DAY,
            false,
        );
        let ahead = report(vec![line("drain-clear", "2", "pcs")], DAY);
        let known = book.phone.clone();
        book.phone
            .say(subject.clone(), crate::log::Cancelled::default());
        let mut behind = known;
        behind.n = 7;
        behind.say(subject.clone(), ahead);
        book.phone.learn(&behind);
    };
    twice(&mut book);
    let tasks = book.tasks();
    let asked = |scope: &Scope| {
        let tasks = tasks.iter().map(|t| &**t);
        behind(&CITY, scope, &work("drain-clear"), tasks, true).unwrap()
    };
    let scope = Scope {
        state: Wanted::Verified,
        ..may()
    };
    let (behind, line) = (asked(&scope), of(&book.totals(&scope), "drain-clear"));
    let counts = [&behind.counted, &behind.conflicts, &behind.unverified].map(Vec::len);
    assert_eq!(counts, [3, 1, 1]);
    let pending = (line.pending.conflicts, line.pending.unverified);
    assert_eq!((line.tasks, pending), (3, (1, 1)));
    // They are those that add up to it.
    let named = |task: &&Arc<Task>| behind.counted.contains(&task.uid);
    let own: Vec<_> = tasks.iter().filter(named).collect();
    let again = totals(&CITY, &scope, own.iter().map(|t| &***t), None, true);
    assert_eq!(of(&again, "drain-clear").quantity, line.quantity);
    let none = crate::ledger::behind(&CITY, &scope, &work("nothing"), [], true);
    assert_eq!(none, None);
}

#[test]
fn a_period_has_one_before_it_and_one_a_year_ago() {
    let period = |from: &str, to: &str| scope(from, to).period;
    for (of, last, year_ago) in [
        (
            ("2024-05-01", "2024-05-31"),
            ("2024-04-01", "2024-04-30"),
            ("2023-05-01", "2023-05-31"),
        ),
        (
            ("2024-01-01", "2024-10-31"),
            ("2023-03-01", "2023-12-31"),
            ("2023-01-01", "2023-10-31"),
        ),
        (
            ("2024-02-01", "2024-02-29"),
            ("2024-01-01", "2024-01-31"),
            ("2023-02-01", "2023-02-28"),
        ),
        (
            ("2023-02-01", "2023-02-28"),
            ("2023-01-01", "2023-01-31"),
            ("2022-02-01", "2022-02-28"),
        ),
        (
            ("2025-02-01", "2025-02-28"),
            ("2025-01-01", "2025-01-31"),
            ("2024-02-01", "2024-02-29"),
        ),
        (
            ("2024-05-06", "2024-05-12"),
            ("2024-04-29", "2024-05-05"),
            ("2023-05-06", "2023-05-12"),
        ),
    ] {
        let of = period(of.0, of.1);
        assert_eq!(before(of), Some(period(last.0, last.1)), "{of:?}");
        assert_eq!(
            year_before(of),
            Some(period(year_ago.0, year_ago.1)),
            "{of:?}"
        );
    }
    let months = months(period("2024-01-30", "2024-03-02"));
    let expected = [
        ("2024-01-30", "2024-01-31"),
        ("2024-02-01", "2024-02-29"),
        ("2024-03-01", "2024-03-02"),
    ];
    assert_eq!(months, expected.map(|(from, to)| period(from, to)));
}

#[test]
fn figures_stand_beside_those_of_last_month_and_last_year() {
    let mut book = Book::new();
    let clear = |n: &str| vec![line("drain-clear", n, "pcs")];
    for (n, day) in [
        ("10", "2024-05-02"),
        ("4", "2024-04-30"),
        ("8", "2023-05-31"),
    ] {
        book.done(on(1), clear(n), day);
    }
    let tasks = book.tasks();
    let tasks: Vec<&Task> = tasks.iter().map(|t| &**t).collect();
    let asked = |scope: &Scope, imported: Option<&Imported>| {
        let all = compared(&CITY, scope, &tasks, None, imported, true);
        all.into_iter()
            .find(|c| c.work == work("drain-clear"))
            .unwrap()
    };
    let found = asked(&may(), None);
    assert_eq!(found.now, Some(10.into()));
    assert_eq!(found.before, Some((4.into(), Source::Tasks)));
    assert_eq!(found.year_ago, Some((8.into(), Source::Tasks)));
    assert_eq!(said(found.change()), "25");
    assert_eq!(said(found.change_before()), "150");
    let table = "工作,数量,单位\n清掏雨漏,12,座\n";
    let (mut imported, problems) = read_totals(table.as_bytes(), &CITY);
    assert_eq!((problems, imported.period), (vec![], None));
    // Of which days they are the table does not say, and nobody else has.
    let of_tasks = Some((8.into(), Source::Tasks));
    assert_eq!(asked(&may(), Some(&imported)).year_ago, of_tasks);
    imported.period = Some(scope("2023-04-01", "2023-04-30").period);
    assert_eq!(asked(&may(), Some(&imported)).year_ago, of_tasks);
    imported.period = Some(scope("2023-05-01", "2023-05-31").period);
    let found = asked(&may(), Some(&imported));
    assert_eq!(found.year_ago, Some((12.into(), Source::Imported)));
    assert_eq!(said(found.change()), "-16.6", "toward zero");
    // What a crew did is no part of them that anybody knows.
    let crews = vec![CrewId("drain-1".into())];
    let of_a_crew = asked(&Scope { crews, ..may() }, Some(&imported));
    assert_eq!(of_a_crew.year_ago, Some((0.into(), Source::Tasks)));
    imported.period = Some(scope("2024-04-01", "2024-04-30").period);
    let found = asked(&may(), Some(&imported));
    assert_eq!(found.before, Some((12.into(), Source::Imported)));
    assert_eq!(found.year_ago, of_tasks);
    // Of a time of which nothing is known it is not said that there was nothing.
    let june = asked(&scope("2024-06-01", "2024-06-30"), None);
    assert_eq!(june.now, Some(0.into()));
    assert_eq!(june.before, Some((10.into(), Source::Tasks)));
    assert_eq!((june.year_ago, june.change()), (None, None));
}

#[test]
fn a_table_of_totals_is_read_around_what_is_wrong_with_it() {
    let table = "\u{feff}代号,工作,数量,单位,备注\r\n\
        drain-clear,清掏雨漏,\"3,700\",座,\r\n\
        crack-seal,沥青灌缝,19.5万,延米,x\r\n\
        pothole-patch,补坑槽,,平方米\r\n\
        lamp-repair,路灯维修,1001,lamps\r\n\
        dance,跳舞,5,次\r\n\
        drain-clear,清掏雨漏,1,座\r\n\
        sweep,机械化清扫,170,公顷\r\n\
        kerb-replace,路缘石维修更换,很多,延米\r\n\
        toilet-pump,公厕清运吸排,-3,吨\r\n";
    let (imported, problems) = read_totals(table.as_bytes(), &CITY);
    let figures: Vec<_> = imported
        .figures
        .iter()
        .map(|(w, q)| format!("{w} {q}"))
        .collect();
    assert_eq!(
        figures,
        ["crack-seal 195000", "drain-clear 3700", "lamp-repair 1001"]
    );
    let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "row 6: the catalogue has no work “dance”",
            "row 7: another figure for drain-clear",
            "row 8: in “公顷”, and not in m2",
            "row 9: “很多” is no figure",
            "row 10: “-3” is no figure",
        ]
    );
    for (table, problem) in [
        (
            &b"\xb9\xa4\xd7\xf7,\xca\xfd\xc1\xbf\n"[..],
            "not UTF-8 from byte 0: save it as “CSV UTF-8”",
        ),
        (b"", "no column is named 工作 / Work / 代号 / Id / work"),
        (
            b"Work,Much\n",
            "no column is named 数量 / Quantity / quantity",
        ),
    ] {
        let (imported, problems) = read_totals(table, &CITY);
        assert_eq!(imported, Imported::default());
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].to_string(), problem);
    }
}

fn held(uid: u8, street: &str, year: Option<i16>, part: Option<&str>) -> Holding {
    Holding {
        uid: asset_uid(uid),
        year,
        part: part.map(str::to_owned),
        street: Some(street.into()),
        community: None,
        grid: None,
    }
}

#[test]
fn a_stock_is_what_is_held_and_what_is_cumulative_what_was_ever_done() {
    let holdings = BTreeMap::from([
        (
            work("toilet-keep"),
            vec![
                held(1, "辽河路", None, None),
                held(2, "辽河路", None, None),
                held(3, "中山路", None, None),
            ],
        ),
        (
            work("community-renovate"),
            vec![
                held(11, "辽河路", Some(2019), None),
                held(12, "辽河路", Some(2023), None),
                held(13, "中山路", None, None),
            ],
        ),
        (
            work("outfall-regulate"),
            vec![
                held(21, "x", None, Some("rain")),
                held(22, "x", None, Some("industrial")),
                held(23, "x", None, None),
            ],
        ),
        // A city that has loaded none says nothing of them.
        (work("pump-storm-keep"), vec![]),
    ]);
    let holdings = Holdings::from_parts(holdings);
    let mut book = Book::new();
    let one = |kind: &str, unit: &str| vec![line(kind, "1", unit)];
    book.done(on(2), one("toilet-keep", "pcs"), DAY);
    book.done(on(7), one("pump-storm-keep", "pcs"), DAY);
    // Long before the period; and one of which the layers do not know that it was done.
    book.done(on(13), one("community-renovate", "place"), "2021-03-04");
    book.done(on(12), one("community-renovate", "place"), DAY);
    book.done(on(14), one("community-renovate", "place"), "2024-06-01");
    for n in [21, 22, 23] {
        book.done(on(n), one("outfall-regulate", "place"), DAY);
    }
    book.done(on(30), one("outfall-regulate", "place"), DAY);
    let tasks = book.tasks();
    let ledger = |scope: &Scope, holdings: Option<&Holdings>| {
        totals(&CITY, scope, tasks.iter().map(|t| &**t), holdings, true)
    };
    let all = ledger(&may(), Some(&holdings));
    let toilets = of(&all, "toilet-keep");
    assert_eq!(
        (said(toilets.quantity), said(toilets.done)),
        ("3".into(), "1".into())
    );
    let pumps = of(&all, "pump-storm-keep");
    assert_eq!(
        (said(pumps.quantity), said(pumps.done)),
        ("1".into(), "1".into())
    );
    let communities = of(&all, "community-renovate");
    assert_eq!(
        (
            said(communities.quantity),
            said(communities.done),
            communities.years
        ),
        ("3".into(), "2".into(), Some((2019, 2023)))
    );
    let split = of(&all, "outfall-regulate").split;
    let split: Vec<_> = split
        .iter()
        .map(|s| (s.value.as_deref(), s.count))
        .collect();
    assert_eq!(
        split,
        [(Some("industrial"), 1), (Some("rain"), 1), (None, 2)]
    );
    // Without the layers it is what tasks say; an asset is of no crew.
    assert_eq!(said(of(&ledger(&may(), None), "toilet-keep").quantity), "1");
    let crews = vec![CrewId("clean-1".into())];
    let of_a_crew = ledger(&Scope { crews, ..may() }, Some(&holdings));
    assert_eq!(said(of(&of_a_crew, "toilet-keep").quantity), "0");
    let there = Scope {
        streets: words(&["辽河路"]),
        ..may()
    };
    assert_eq!(
        said(of(&ledger(&there, Some(&holdings)), "toilet-keep").quantity),
        "2"
    );
}

/// A task: crew, street, drain, amount, day of May, verified.
type Row = (u8, u8, u8, u32, u8, bool);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Groups share out what is summed, and each is what a scope that names it says.
    #[test]
    fn groups_are_scopes(rows in prop::collection::vec(any::<Row>(), 0..12)) {
        let mut book = Book::new();
        for (crew, street, drain, amount, day, is_verified) in rows {
            let crew = ["drain-1", "drain-2", "road-1"][usize::from(crew) % 3];
            let street = ["辽河路", "中山路"][usize::from(street) % 2];
            let done = line("drain-clear", &(amount % 100).to_string(), "pcs");
            let day = format!("2024-{:02}-{:02}", 4 + day % 3, 1 + day % 28);
            book.done_by((crew, at(street, street)), on(drain % 5), done, &day, is_verified);
        }
        let tasks = book.tasks();
        let plain = || tasks.iter().map(|t| &**t);
        for state in [Wanted::Reported, Wanted::Verified] {
            let scope = Scope { state, ..scope("2024-04-10", "2024-06-20") };
            let all = of(&book.totals(&scope), "drain-clear");
            for by in [By::Crew, By::Street, By::Month] {
                let groups = grouped(&CITY, &scope, by, plain(), None, true);
                let lines: Vec<_> = groups.iter().map(|g| of(&g.totals, "drain-clear")).collect();
                let sum: Decimal = lines.iter().filter_map(|l| l.quantity).sum();
                prop_assert_eq!(Some(sum), all.quantity);
                prop_assert_eq!(lines.iter().map(|l| l.tasks).sum::<u64>(), all.tasks);
                for (group, line) in groups.iter().zip(&lines) {
                    let Some(key) = group.key.clone() else { continue };
                    let mut narrow = scope.clone();
                    match by {
                        By::Crew => narrow.crews = vec![CrewId(key)],
                        By::Street => narrow.streets = vec![key],
                        _ => continue,
                    }
                    prop_assert_eq!(&of(&book.totals(&narrow), "drain-clear"), line);
                }
            }
        }
    }
}

#[test]
fn what_counts_once_counts_once_in_each_group() {
    let mut book = Book::new();
    let pipe = [(asset_uid(1), 0, 1_000_000)];
    let way = || covered("pipe-patrol", "1", &pipe);
    book.done_by(("drain-1", at("辽河路", "001")), on(1), way(), DAY, true);
    book.done_by(
        ("drain-2", at("辽河路", "001")),
        on(1),
        way(),
        "2024-05-20",
        true,
    );
    let tasks = book.tasks();
    let groups = grouped(
        &CITY,
        &may(),
        By::Crew,
        tasks.iter().map(|t| &**t),
        None,
        true,
    );
    let each: Vec<_> = groups
        .iter()
        .map(|g| said(of(&g.totals, "pipe-patrol").quantity))
        .collect();
    assert_eq!(each, ["1", "1"]);
    assert_eq!(said(book.in_may("pipe-patrol").quantity), "1");
}
