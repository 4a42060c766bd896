//! The year as a workbook: each sheet says what the ledger says.

use super::published::IN_PRINT;
use super::*;
use crate::catalog::{Counting, Nature};
use crate::ledger::{Asked, Entry, Sheet, list, monthly, table};
use crate::task::Task;
use jiff::civil::{Date, date};

/// What is asked of the whole year.
fn asking<T>(make: impl FnOnce(&Asked<'_>) -> T) -> T {
    let (scope, holdings) = (whole(), Holdings::of(city()));
    let tasks: Vec<&Task> = tasks().iter().map(|t| &**t).collect();
    make(&Asked {
        catalog: city().catalog(),
        scope: &scope,
        tasks: &tasks,
        holdings: Some(&holdings),
        imported: None,
        journal: None,
        verification: true,
    })
}

fn figures(sheet: &Sheet, name: &str, head: &str) -> String {
    let at = |head: &str| sheet.columns.iter().position(|c| c.head == head).unwrap();
    let is_it = |row: &&Vec<Entry>| row[at("Work")] == Entry::Text(name.to_owned());
    match &sheet.rows.iter().find(is_it).unwrap()[at(head)] {
        Entry::Figure { value, .. } => value.to_string(),
        other => panic!("{name}, {head}: {other:?}"),
    }
}

#[test]
fn the_book_says_what_was_published() {
    asking(|asked| {
        let made_on = date(2024, 11, 4);
        let book = asked.book(made_on, Language::En);
        assert_eq!(book.made_on, made_on);
        let [table_of, report, month, listed] = &book.sheets[..] else {
            panic!("{} sheets", book.sheets.len());
        };
        for (work, figure) in IN_PRINT {
            let kind = city()
                .catalog()
                .work_kind(&WorkKindId(work.into()))
                .unwrap();
            let name = &kind.label.en;
            assert_eq!(figures(table_of, name, "Quantity"), figure, "{work}");
            assert_eq!(figures(month, name, "Year so far"), figure, "{work}");
        }
        let totals = totals(
            city().catalog(),
            asked.scope,
            asked.tasks.iter().copied(),
            asked.holdings,
            true,
        );
        let period = whole().period;
        let csv = table(city().catalog(), period, &totals, Language::En);
        assert_eq!(table_of.rows, csv.rows, "the cells of the CSV");
        let told = paragraph(city().catalog(), period, &totals, Language::En);
        assert_eq!(report.rows, [[Entry::Text(told)]]);
        assert!(!report.has_heads() && table_of.has_heads());
        // Behind each line as many tasks as it says, and of what is summed as much.
        let all = list(asked);
        assert_eq!(listed.rows.len(), all.len());
        for line in &totals.lines {
            let behind = all.iter().filter(|one| one.work.id == line.work);
            let (counted, others): (Vec<_>, Vec<_>) = behind.partition(|one| one.counts);
            assert_eq!(counted.len() as u64, line.tasks, "{}", line.work);
            let pending = line.pending.conflicts + line.pending.unverified;
            assert_eq!(others.len() as u64, pending, "{}", line.work);
            let kind = city().catalog().work_kind(&line.work).unwrap();
            if kind.counts == Counting::Sum {
                let sum: Decimal = counted.iter().filter_map(|one| one.quantity).sum();
                assert_eq!(Some(sum.normalize()), line.done, "{}", line.work);
            }
        }
    });
}

#[test]
fn the_months_add_up_to_the_year_so_far() {
    asking(|asked| {
        let summed = |work: &WorkKindId| {
            let kind = city().catalog().work_kind(work).unwrap();
            kind.counts == Counting::Sum && kind.nature == Nature::Flow
        };
        let mut so_far: std::collections::BTreeMap<WorkKindId, Decimal> = Default::default();
        for month in 1..=10 {
            let until: Date = date(2024, month, 1).last_of_month();
            let form = monthly(asked, until);
            for line in form.lines.iter().filter(|line| summed(&line.work)) {
                let sum = so_far.entry(line.work.clone()).or_default();
                *sum += line.month.unwrap();
                assert_eq!(Some(sum.normalize()), line.year, "{month}: {}", line.work);
            }
        }
        let summed = IN_PRINT.iter().filter_map(|(work, figure)| {
            let sum = so_far.get(&WorkKindId((*work).into()))?;
            Some((*work, *figure, sum.normalize().to_string()))
        });
        let mut some = 0;
        for (work, figure, sum) in summed {
            assert_eq!(sum, figure, "{work}");
            some += 1;
        }
        assert!(some >= 8, "{some}");
    });
}
