//! The page's figures are the ledger's own, of the demonstration's year.

use super::*;
use crate::demo::year::tests::{city, tasks};
use crate::ledger::{Holdings, Period, Scope, TotalLine, Wanted, totals};

const AFTER: Date = date(2024, 12, 31);

fn overview<'a>(id: &str, log: &'a Log, none: &'a BTreeSet<EventId>) -> Overview<'a> {
    let programme = city().catalog().programme(&id.into()).expect("a programme");
    let asked = Asked {
        city: city(),
        programme,
        log,
        refused: none,
        wanted: Wanted::Verified,
        verification: true,
        today: AFTER,
    };
    Overview::of(asked, tasks().iter().map(|task| &**task))
}

fn told<T>(id: &str, read: impl FnOnce(&Overview<'_>) -> T) -> T {
    read(&overview(id, &Log::new(CITY), &BTreeSet::new()))
}

/// The ledger's line of a calendar year.
fn line(work: &str, year: i16) -> TotalLine {
    let from = date(year, 1, 1);
    let to = from.last_of_year();
    let scope = Scope {
        state: Wanted::Verified,
        today: Some(AFTER),
        ..Scope::of(Period { from, to })
    };
    let (holdings, tasks) = (Holdings::of(city()), tasks().iter().map(|task| &**task));
    let all = totals(city().catalog(), &scope, tasks, Some(&holdings), true);
    let mut lines = all.lines.into_iter();
    lines
        .find(|line| line.work.as_str() == work)
        .expect("a line")
}

#[test]
fn what_a_programmes_page_says_of_a_year_the_ledger_says() {
    for programme in &city().catalog().programmes {
        told(programme.id.as_str(), |all| {
            for year in all.years() {
                let figures = year.figures.iter().map(|figure| &figure.line);
                let lines = programme.works.iter().map(|w| line(w.as_str(), year.year));
                let lines: Vec<_> = lines.collect();
                assert!(figures.eq(&lines), "{} {}", programme.id, year.year);
                for (n, figure) in year.figures.iter().enumerate() {
                    let members = all.members(year.year);
                    assert_eq!(members.len(), year.members);
                    let counted = members.iter().filter(|member| member.done[n].is_some());
                    let counted = Some(counted.count().into());
                    assert_eq!(figure.in_year, counted, "{} {}", programme.id, year.year);
                }
            }
        });
    }
}

#[test]
fn the_years_of_the_communities_come_to_what_was_published() {
    told("communities", |all| {
        let years = all.years();
        let of: Vec<_> = years.iter().map(|year| year.year).collect();
        assert_eq!(of, [2024, 2023, 2022, 2021, 2020, 2019]);
        let each = years.iter().filter_map(|year| year.figures[0].in_year);
        assert_eq!(each.sum::<rust_decimal::Decimal>(), 117.into());
        assert_eq!(years[1].figures[0].line.quantity, Some(117.into()));
        let members: Vec<_> = years.iter().flat_map(|y| all.members(y.year)).collect();
        assert_eq!(members.len(), 117);
        for member in members {
            let (done, of) = member.progress();
            assert!(done > 0 && done == of, "{member:?}");
        }
    });
}

#[test]
fn heating_and_outfalls_come_to_what_was_published() {
    let in_2024 = |id: &str| {
        told(id, |all| {
            let years = all.years();
            let year = years.iter().find(|year| year.year == 2024).unwrap();
            let figures = year.figures.iter();
            let figures = figures.map(|f| f.in_year.unwrap().to_string());
            (figures.collect::<Vec<_>>(), all.parts(2024))
        })
    };
    assert_eq!(in_2024("heating").0, ["12"]);
    let (figures, parts) = in_2024("outfalls");
    assert_eq!(figures, ["39", "7"]);
    let in_order = parts.iter().filter(|part| part.counted[1] > 0);
    let in_order: Vec<_> = in_order
        .map(|part| (part.value.as_deref(), part.counted[1]))
        .collect();
    let published = [
        (Some("industrial"), 1),
        (Some("irrigation"), 1),
        (Some("sewage_works"), 5),
    ];
    assert_eq!(in_order, published);
    // As the ledger splits its own line.
    let split = line("outfall-regulate", 2024).split.into_iter();
    let split: Vec<_> = split.map(|s| (s.value, s.count as usize)).collect();
    let mine = in_order.into_iter();
    assert!(mine.map(|(v, n)| (v.map(str::to_owned), n)).eq(split));
    let sum = |n: usize| parts.iter().map(|part| part.counted[n]).sum::<usize>();
    assert_eq!((sum(0), sum(1)), (39, 7));
    assert!(parts.iter().all(|part| part.counted[0] == part.held));
}
