//! What a figure may not say: more than is over, than is known, or than is its own.

use super::totals::{Book, CITY, DAY, covered, may, of, on, place, said, scope};
use crate::account::Members;
use crate::catalog::CrewId;
use crate::ledger::*;
use crate::log::testkit::{asset_uid, line, report, work};
use crate::log::{Dispatched, Subject, WorkLine};
use crate::task::Task;
use crate::told::Language;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

fn cleared(n: &str) -> Vec<WorkLine> {
    vec![line("drain-clear", n, "pcs")]
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn year(today: &str) -> Scope {
    Scope {
        today: Some(day(today)),
        ..scope("2024-01-01", "2024-12-31")
    }
}

/// What a scope is compared with, for a kind of work.
fn beside(book: &Book, scope: &Scope, holdings: Option<&Holdings>, kind: &str) -> Compared {
    let tasks = book.tasks();
    let tasks: Vec<&Task> = tasks.iter().map(|t| &**t).collect();
    let all = compared(&CITY, scope, &tasks, holdings, None, false);
    all.into_iter().find(|c| c.work == work(kind)).unwrap()
}

#[test]
fn a_year_that_is_not_over_counts_up_to_today() {
    let mut book = Book::new();
    for (n, day) in [
        ("6", "2024-01-05"),
        ("4", "2024-02-29"),
        ("3", "2024-03-15"),
        // Somebody mistook the month.
        ("50", "2024-04-30"),
        ("5", "2023-03-15"),
        ("90", "2023-12-20"),
    ] {
        book.done(on(1), cleared(n), day);
    }
    let asked = year("2024-03-15");
    assert_eq!(asked.counted(), scope("2024-01-01", "2024-03-15").period);
    let line = of(&book.totals(&asked), "drain-clear");
    assert_eq!(said(line.quantity), "13");
    assert_eq!(
        said(line.monthly_mean),
        "5",
        "of the two months that are over"
    );
    let plan = line.plan.unwrap();
    assert_eq!((plan.year, said(plan.percent())), (2024, "0.3".into()));
    let found = beside(&book, &asked, None, "drain-clear");
    assert_eq!(found.now, Some(13.into()));
    assert_eq!(found.year_ago, Some((5.into(), Source::Tasks)));
    assert_eq!(found.before, Some((90.into(), Source::Tasks)));
    // Its last day is the whole of a month's.
    let line = of(&book.totals(&year("2024-02-29")), "drain-clear");
    assert_eq!(
        (said(line.quantity), said(line.monthly_mean)),
        ("10".into(), "5".into())
    );
    // No month is over yet.
    let line = of(&book.totals(&year("2024-01-30")), "drain-clear");
    assert_eq!((said(line.quantity), line.monthly_mean), ("6".into(), None));
    // A year that is over, and one that is yet to come.
    let over = of(&book.totals(&year("2025-02-01")), "drain-clear");
    assert_eq!(
        over,
        of(
            &book.totals(&scope("2024-01-01", "2024-12-31")),
            "drain-clear"
        )
    );
    let to_come = beside(&book, &year("2023-11-11"), None, "drain-clear");
    assert_eq!(
        (to_come.now, to_come.before, to_come.year_ago),
        (Some(0.into()), None, None)
    );
}

#[test]
fn what_is_printed_is_the_citys_and_what_is_verified_where_it_verifies() {
    let asked = Scope {
        crews: vec![CrewId("drain-1".into())],
        works: vec![work("drain-clear")],
        streets: vec!["辽河路".into()],
        state: Wanted::Reported,
        ..year("2024-05-31")
    };
    let printed = |verification| asked.printed(verification);
    let verified = Scope {
        state: Wanted::Verified,
        ..year("2024-05-31")
    };
    assert_eq!(printed(true), verified);
    let reported = Scope {
        state: Wanted::Reported,
        ..year("2024-05-31")
    };
    assert_eq!(
        printed(false),
        reported,
        "where nothing is verified it is what was asked for"
    );
}

fn held(uid: u8, street: Option<&str>, year: Option<i16>) -> Holding {
    Holding {
        uid: asset_uid(uid),
        year,
        part: None,
        street: street.map(str::to_owned),
        community: None,
        grid: None,
    }
}

fn toilets() -> Holdings {
    let liaohe = Some("辽河路");
    let held = vec![
        held(1, liaohe, None),
        held(2, liaohe, None),
        held(3, None, None),
    ];
    Holdings::from_parts(BTreeMap::from([(work("toilet-keep"), held)]))
}

#[test]
fn nobody_knows_what_a_stock_was() {
    let mut book = Book::new();
    for day in [DAY, "2024-04-30", "2023-05-03"] {
        book.done(on(1), vec![line("toilet-keep", "1", "pcs")], day);
    }
    let holdings = toilets();
    let found = beside(&book, &may(), Some(&holdings), "toilet-keep");
    assert_eq!(
        (found.now, found.before, found.year_ago),
        (Some(3.into()), None, None)
    );
    assert_eq!(found.change(), None);
    // What was worked on is known of any time.
    let found = beside(&book, &may(), None, "toilet-keep");
    let one = Some((Decimal::ONE, Source::Tasks));
    assert_eq!((found.before, found.year_ago), (one, one));
    // And so is what was published.
    let table = "工作,数量,起,止\n标准化水冲公厕管护,2,2023-05-01,2023-05-31\n";
    let (imported, problems) = read_totals(table.as_bytes(), &CITY);
    assert_eq!(problems, []);
    let tasks = book.tasks();
    let tasks: Vec<&Task> = tasks.iter().map(|t| &**t).collect();
    let all = compared(
        &CITY,
        &may(),
        &tasks,
        Some(&holdings),
        Some(&imported),
        true,
    );
    let found = all.iter().find(|c| c.work == work("toilet-keep")).unwrap();
    assert_eq!(found.year_ago, Some((2.into(), Source::Imported)));
    assert_eq!(said(found.change()), "50");
}

#[test]
fn what_is_cumulative_keeps_to_the_years_of_its_programmes() {
    let programmes = vec![
        held(11, None, Some(2019)),
        held(12, None, Some(2023)),
        // Of a programme that is not over.
        held(13, None, Some(2025)),
        held(14, None, None),
        held(15, None, None),
    ];
    let all = BTreeMap::from([(work("community-renovate"), programmes)]);
    let holdings = Holdings::from_parts(all);
    let mut book = Book::new();
    let renovated = || vec![line("community-renovate", "1", "place")];
    let counted = |book: &Book, to: &str| {
        let tasks = book.tasks();
        let tasks = tasks.iter().map(|t| &**t);
        let scope = scope("2018-01-01", to);
        let totals = totals(&CITY, &scope, tasks, Some(&holdings), false);
        let line = of(&totals, "community-renovate");
        (said(line.quantity), said(line.done), line.years)
    };
    // By its programme it counts as of the end of 2025, whenever somebody is there before.
    book.done(on(13), renovated(), "2024-03-01");
    let only = ("2".into(), "1".into(), Some((2019, 2023)));
    assert_eq!(counted(&book, "2024-12-30"), only);
    // Before there was a programme, and within their years.
    book.done(on(14), renovated(), "2018-06-01");
    book.done(on(15), renovated(), "2024-06-01");
    book.done(place(), renovated(), "2018-06-02");
    let more = ("3".into(), "4".into(), Some((2019, 2024)));
    assert_eq!(counted(&book, "2024-12-30"), more, "in the years it prints");
    book.done(place(), renovated(), "2024-06-02");
    book.done(on(14), renovated(), "2026-01-01");
    let all = ("5".into(), "5".into(), Some((2019, 2025)));
    assert_eq!(counted(&book, "2026-12-31"), all);
}

#[test]
fn a_month_has_its_own_mean_and_a_place_its_own_stock() {
    let mut book = Book::new();
    for (n, day) in [
        ("30", "2024-01-05"),
        ("12", "2024-02-01"),
        ("7", "2024-03-02"),
    ] {
        book.done(on(1), cleared(n), day);
    }
    book.done(on(1), cleared("99"), "2023-12-31");
    let tasks = book.tasks();
    let groups = |scope: &Scope, by, holdings: Option<&Holdings>, kind: &str| -> Vec<_> {
        let tasks = tasks.iter().map(|t| &**t);
        let groups = grouped(&CITY, scope, by, tasks, holdings, false).into_iter();
        let told = groups.map(|group| {
            let line = of(&group.totals, kind);
            (group.key, said(line.quantity), said(line.monthly_mean))
        });
        told.collect()
    };
    let each = |all: &[(Option<&str>, &str, &str)]| -> Vec<_> {
        let each = all.iter();
        let owned = each.map(|(key, quantity, mean)| {
            (
                key.map(str::to_owned),
                (*quantity).to_owned(),
                (*mean).to_owned(),
            )
        });
        owned.collect()
    };
    let quarter = scope("2024-01-01", "2024-03-31");
    let of_months = groups(&quarter, By::Month, None, "drain-clear");
    let expected = [
        (Some("2024-01"), "30", "30"),
        (Some("2024-02"), "12", "12"),
        (Some("2024-03"), "7", "7"),
    ];
    assert_eq!(of_months, each(&expected));
    // One that has only begun has none.
    let running = Scope {
        today: Some(day("2024-03-02")),
        ..quarter.clone()
    };
    let of_months = groups(&running, By::Month, None, "drain-clear");
    assert_eq!(of_months[2], each(&[(Some("2024-03"), "7", "-")])[0]);
    // Nobody worked at a toilet, nor named a street.
    let holdings = toilets();
    let of_streets = groups(&quarter, By::Street, Some(&holdings), "toilet-keep");
    assert_eq!(
        of_streets,
        each(&[(Some("辽河路"), "2", "-"), (None, "1", "-")])
    );
    let narrow = Scope {
        streets: vec!["辽河路".into()],
        ..quarter.clone()
    };
    let of_streets = groups(&narrow, By::Street, Some(&holdings), "toilet-keep");
    assert_eq!(of_streets, each(&[(Some("辽河路"), "2", "-")]));
    // No asset has a month: there it is what was worked on.
    let of_months = groups(&quarter, By::Month, Some(&holdings), "toilet-keep");
    assert!(of_months.iter().all(|(_, quantity, _)| quantity == "0"));
}

#[test]
fn work_that_nobody_gave_out_is_of_whoever_did_it() {
    let mut book = Book::new();
    // The phones of these tests write as `crew-1`.
    let (given, _) = book.done(on(1), cleared("4"), DAY);
    let crew = Some(CrewId("drain-2".into()));
    let dispatched = Dispatched {
        crew,
        ..Dispatched::default()
    };
    book.phone.say(given, dispatched.clone());
    let subject = Subject::Task(crate::log::testkit::task_uid(99));
    let plotted = crate::log::testkit::plotted("drain-clear", crate::log::testkit::on_asset(2));
    book.phone.say(subject.clone(), plotted);
    book.phone.say(subject.clone(), dispatched);
    book.phone.say(subject, report(cleared("5"), DAY));
    book.done(on(3), cleared("7"), DAY);
    let members = Members::from_iter([("crew-1", "drain-1")]);
    let scope = Scope { members, ..may() };
    let tasks = book.tasks();
    let groups = |scope: &Scope| -> Vec<_> {
        let tasks = tasks.iter().map(|t| &**t);
        let groups = grouped(&CITY, scope, By::Crew, tasks, None, true).into_iter();
        let told = groups.map(|g| (g.key, said(of(&g.totals, "drain-clear").quantity)));
        told.collect()
    };
    let of_crew = |crew: &str| {
        let crews = vec![CrewId(crew.into())];
        let scope = Scope {
            crews,
            ..scope.clone()
        };
        let behind = behind(
            &CITY,
            &scope,
            &work("drain-clear"),
            tasks.iter().map(|t| &**t),
            true,
        );
        let line = of(&book.totals(&scope), "drain-clear");
        (said(line.quantity), behind.unwrap().counted.len())
    };
    let of = |crew: &str, n: &str| (Some(crew.to_owned()), n.to_owned());
    // What was given out after it was done is of who did it.
    assert_eq!(groups(&scope), [of("drain-1", "11"), of("drain-2", "5")]);
    assert_eq!(of_crew("drain-1"), ("11".into(), 2));
    assert_eq!(of_crew("drain-2"), ("5".into(), 1));
    // Where nobody knows that, of whom it was given to.
    let unknown = [of("drain-2", "9"), (None, "7".into())];
    assert_eq!(groups(&may()), unknown);
}

#[test]
fn a_table_is_read_again_with_the_days_that_it_is_of() {
    let mut book = Book::new();
    book.done(on(1), cleared("12"), DAY);
    let odd = vec![line("=HYPERLINK(1)", "1", "pcs")];
    book.done(on(2), odd, DAY);
    let way = [(asset_uid(1), 0, 1_234_000)];
    book.done(on(3), vec![covered("pipe-patrol", "1", &way)], DAY);
    let totals = book.totals(&may());
    for language in [Language::Zh, Language::En] {
        let table = table(&CITY, may().counted(), &totals, language);
        let row = |id: &str| {
            let is_it = |row: &&Vec<Entry>| row[0] == Entry::Text(id.into());
            table.rows.iter().find(is_it).unwrap()
        };
        let figure = |value, decimals| Entry::Figure { value, decimals };
        assert_eq!(row("drain-clear")[3], figure(12.into(), 0));
        assert_eq!(row("pipe-patrol")[3], figure(Decimal::new(1234, 3), 3));
        assert_eq!(row("refuse-rate")[3], Entry::Blank);
        assert!(table.rows.iter().all(|row| row.len() == table.heads.len()));
        let csv = table.csv();
        assert!(csv.contains("\r\n'=HYPERLINK(1),"), "{csv}");
        let (imported, problems) = read_totals(csv.as_bytes(), &CITY);
        assert_eq!(problems, []);
        assert_eq!(imported.period, Some(may().period));
        for line in &totals.lines {
            let read = imported.figures.get(&line.work).copied();
            assert_eq!(read, line.quantity, "{}", line.work);
        }
    }
    let two = "work,quantity,from,to\n\
        drain-clear,1,2024-05-01,2024-05-31\n\
        crack-seal,2,2024-05-01,2024-06-30\n\
        sweep,3,2024-05-31,2024-05-01\n\
        kerb-replace,4,2024-05-01,2024-05-31\n";
    let (imported, problems) = read_totals(two.as_bytes(), &CITY);
    assert_eq!(imported.period, Some(may().period));
    let works: Vec<_> = imported.figures.keys().map(|work| work.as_str()).collect();
    assert_eq!(works, ["drain-clear", "kerb-replace"]);
    let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "row 3: “2024-05-01 – 2024-06-30” is no period, or another than the rows before it have",
            "row 4: “2024-05-31 – 2024-05-01” is no period, or another than the rows before it have",
        ]
    );
}
