//! Last year's totals from a table: what was published before there were tasks.

use crate::catalog::{Catalog, UnitId, WorkKind, WorkKindId};
use csv::ReaderBuilder;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use thiserror::Error;

/// Totals that were added up elsewhere. For which period is for whoever imports them to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
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
const IDS: &[&str] = &["代号", "Id", "work"];
const WORKS: &[&str] = &["工作", "Work", "代号", "Id", "work"];
const QUANTITIES: &[&str] = &["数量", "Quantity", "quantity"];
const UNITS: &[&str] = &["单位", "Unit", "unit"];

/// Reads totals from a table (CSV, RFC 4180) with a column of kinds of work and one of
/// quantities, and maybe one of units; others are passed over. So the ledger's own table can be
/// read again. A cell without a figure says nothing.
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
