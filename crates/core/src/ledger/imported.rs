//! Last year's totals from a table: what was published before there were tasks.

use super::Period;
use super::table::column;
use crate::catalog::{Catalog, UnitId, WorkKind, WorkKindId};
use crate::log::read_day;
use csv::ReaderBuilder;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use thiserror::Error;

/// Totals of the whole city that were added up elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The days that they are of. None where the table does not say it: then they count for no period
    /// until whoever imports them has said of which they are.
    pub period: Option<Period>,
    /// How much of each kind of work, in its unit.
    pub figures: BTreeMap<WorkKindId, Decimal>,
}

/// Something in a table that was read around.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportProblem {
    /// Not text in UTF-8. Excel's “CSV UTF-8” is.
    #[error("not UTF-8 from byte {from}: save it as “CSV UTF-8”")]
    NotUtf8 {
        /// The first byte that is wrong.
        from: usize,
    },
    /// The first row names no such column; without it nothing can be read.
    #[error("no column is named {}", .names.join(" / "))]
    NoColumn {
        /// Names that it may have.
        names: &'static [&'static str],
    },
    /// A row that is none.
    #[error("row {row}: {why}")]
    Row {
        /// Its number, from 1; the first has the names of the columns.
        row: u64,
        /// The reader's words.
        why: String,
    },
    /// A kind of work that the catalogue does not have.
    #[error("row {row}: the catalogue has no work “{text}”")]
    UnknownWork {
        /// The row.
        row: u64,
        /// What stands there.
        text: String,
    },
    /// A figure that is no number from zero on.
    #[error("row {row}: “{text}” is no figure")]
    NotAFigure {
        /// The row.
        row: u64,
        /// What stands there.
        text: String,
    },
    /// In another unit than the catalogue has for the kind.
    #[error("row {row}: in “{text}”, and not in {}", .expected.0)]
    OtherUnit {
        /// The row.
        row: u64,
        /// What stands there.
        text: String,
        /// The kind's unit.
        expected: UnitId,
    },
    /// A period that is none, or another than the rows before say; the row is passed over.
    #[error("row {row}: “{text}” is no period, or another than the rows before it have")]
    Period {
        /// The row.
        row: u64,
        /// What stands there.
        text: String,
    },
    /// A second figure for a kind; the first one counts.
    #[error("row {row}: another figure for {}", .work.0)]
    Twice {
        /// The row.
        row: u64,
        /// The kind.
        work: WorkKindId,
    },
}

/// The column of kinds, by their ids or by their names. The names of the ledger's own table
/// stand first.
const IDS: &[&str] = &[column::ID.0, column::ID.1, "work"];
const WORKS: &[&str] = &[
    column::WORK.0,
    column::WORK.1,
    column::ID.0,
    column::ID.1,
    "work",
];
const QUANTITIES: &[&str] = &[column::QUANTITY.0, column::QUANTITY.1, "quantity"];
const UNITS: &[&str] = &[column::UNIT.0, column::UNIT.1, "unit"];
const FROM: &[&str] = &[column::FROM.0, column::FROM.1, "from"];
const TO: &[&str] = &[column::TO.0, column::TO.1, "to"];

/// Reads totals from a table (CSV, RFC 4180) with a column of kinds of work and one of
/// quantities, and maybe those of units, and of the first and the last day; others are passed over. So
/// the ledger's own table can be read again, period and all. A cell without a figure says nothing.
pub fn read_totals(bytes: &[u8], catalog: &Catalog) -> (Imported, Vec<ImportProblem>) {
    let (mut imported, mut problems) = (Imported::default(), Vec::new());
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        let from = error.valid_up_to();
        return (imported, vec![ImportProblem::NotUtf8 { from }]);
    }
    let mut table = ReaderBuilder::new().flexible(true).from_reader(bytes);
    let names: Vec<String> = match table.headers() {
        Ok(names) => names.iter().map(|name| name.trim().to_owned()).collect(),
        Err(_) => Vec::new(),
    };
    let column = |wanted: &[&str]| {
        let mut wanted = wanted.iter();
        wanted.find_map(|name| names.iter().position(|n| n == name))
    };
    let (works, quantities) = match (column(IDS).or(column(WORKS)), column(QUANTITIES)) {
        (Some(works), Some(quantities)) => (works, quantities),
        (None, _) => return (imported, vec![ImportProblem::NoColumn { names: WORKS }]),
        (_, None) => {
            return (
                imported,
                vec![ImportProblem::NoColumn { names: QUANTITIES }],
            );
        }
    };
    let units = column(UNITS);
    let days = column(FROM).zip(column(TO));
    for (row, record) in (2..).zip(table.records()) {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let why = error.to_string();
                problems.push(ImportProblem::Row { row, why });
                continue;
            }
        };
        let cell = |column: usize| record.get(column).unwrap_or_default().trim();
        let figure = cell(quantities);
        if figure.is_empty() {
            continue;
        }
        if let Some((from, to)) = days.map(|(from, to)| (cell(from), cell(to))) {
            let period = read_day(from).zip(read_day(to));
            let period = period.map(|(from, to)| Period { from, to });
            let period = period.filter(|period| period.from <= period.to);
            if period.is_none() || imported.period.is_some_and(|own| Some(own) != period) {
                let text = format!("{from} – {to}");
                problems.push(ImportProblem::Period { row, text });
                continue;
            }
            imported.period = period;
        }
        let unit = units.map(cell).unwrap_or_default();
        match read_row(row, cell(works), figure, unit, catalog) {
            Ok((work, _)) if imported.figures.contains_key(&work) => {
                problems.push(ImportProblem::Twice { row, work });
            }
            Ok((work, figure)) => {
                imported.figures.insert(work, figure);
            }
            Err(problem) => problems.push(problem),
        }
    }
    (imported, problems)
}

fn read_row(
    row: u64,
    work: &str,
    figure: &str,
    unit: &str,
    catalog: &Catalog,
) -> Result<(WorkKindId, Decimal), ImportProblem> {
    let is_it =
        |kind: &&WorkKind| [kind.id.as_str(), &kind.label.zh, &kind.label.en].contains(&work);
    let kind = catalog.work_kinds.iter().find(is_it);
    let kind = kind.ok_or_else(|| ImportProblem::UnknownWork {
        row,
        text: work.into(),
    })?;
    let own = catalog.unit(&kind.unit);
    let fits =
        own.is_none_or(|own| ["", own.id.as_str(), &own.label.zh, &own.label.en].contains(&unit));
    if !fits {
        return Err(ImportProblem::OtherUnit {
            row,
            text: unit.into(),
            expected: kind.unit.clone(),
        });
    }
    let figure = read_figure(figure).ok_or_else(|| ImportProblem::NotAFigure {
        row,
        text: figure.into(),
    })?;
    Ok((kind.id.clone(), figure))
}

/// A figure as people write them: `6,500`, `21万`.
fn read_figure(text: &str) -> Option<Decimal> {
    let (digits, times) = match text.strip_suffix('万') {
        Some(digits) => (digits, 10_000),
        None => (text, 1),
    };
    let plain: String = digits
        .chars()
        .filter(|c| !matches!(c, ',' | '，' | ' '))
        .collect();
    let figure: Decimal = plain.parse().ok()?;
    let figure = figure.checked_mul(times.into())?;
    (figure >= Decimal::ZERO).then(|| figure.normalize())
}
