//! The ledger as a table: rows of typed cells, and what a spreadsheet reads of them.

use super::{Period, Totals};
use crate::catalog::{Catalog, Label};
use crate::ingest::begins_like_a_formula;
use crate::told::Language;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// Nothing is said.
    Blank,
    /// Words.
    Text(String),
    /// So many.
    Count(u64),
    /// A figure.
    Figure {
        /// How much.
        value: Decimal,
        /// To so many decimals, as its unit has it.
        decimals: u32,
    },
    /// So many in a hundred, to one decimal.
    Percent(Decimal),
    /// A calendar year.
    Year(u16),
    /// A day.
    Day(#[serde(with = "crate::log::day")] Date),
}

/// A table in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub heads: Vec<&'static str>,
    /// A cell a column each.
    pub rows: Vec<Vec<Entry>>,
}

/// The columns that are read again ([`super::read_totals`]), in Chinese and English.
pub(super) mod column {
    pub(in super::super) const ID: (&str, &str) = ("代号", "Id");
    pub(in super::super) const WORK: (&str, &str) = ("工作", "Work");
    pub(in super::super) const QUANTITY: (&str, &str) = ("数量", "Quantity");
    pub(in super::super) const UNIT: (&str, &str) = ("单位", "Unit");
    pub(in super::super) const FROM: (&str, &str) = ("起", "From");
    pub(in super::super) const TO: (&str, &str) = ("止", "To");
}

/// All of them, as they stand in a row. Other programs read them by their place: a new one comes
/// behind.
const COLUMNS: [(&str, &str); 20] = [
    column::ID,
    column::WORK,
    ("属于", "Part of"),
    column::QUANTITY,
    column::UNIT,
    ("月均", "Monthly mean"),
    ("任务数", "Tasks"),
    ("部件数", "Assets"),
    ("无部件的任务数", "Tasks without an asset"),
    ("计划年度", "Year of the plan"),
    ("年度计划", "Plan"),
    ("完成计划的百分比", "Percent of the plan"),
    ("计划说明", "About the plan"),
    ("均摊到多个部件的条目", "Lines shared out evenly"),
    ("冲突未定", "In conflict"),
    ("待核查", "Unverified"),
    ("单位不符", "In another unit"),
    ("任务完成的数量", "Done by tasks"),
    column::FROM,
    column::TO,
];

/// A row a line of the totals of a period, and one for each kind that the catalogue does not have: its
/// tasks, and no quantity. Of a period that is not over it is that which counted
/// ([`super::Scope::counted`]).
pub fn table(catalog: &Catalog, period: Period, totals: &Totals, language: Language) -> Table {
    let word = |label: &Label| match language {
        Language::Zh => label.zh.clone(),
        Language::En => label.en.clone(),
    };
    let heads = COLUMNS.map(|(zh, en)| match language {
        Language::Zh => zh,
        Language::En => en,
    });
    let days = || [period.from, period.to].map(Entry::Day);
    let lines = totals.lines.iter().filter_map(|line| {
        let kind = catalog.work_kind(&line.work)?;
        let unit = catalog.unit(&line.unit);
        let decimals = unit.map_or(0, |unit| unit.decimals);
        let figure = |value: Option<Decimal>| match value {
            Some(value) => Entry::Figure { value, decimals },
            None => Entry::Blank,
        };
        let plan = line.plan.as_ref();
        let about = catalog.plan_note.as_ref().filter(|_| plan.is_some());
        let percent = plan.and_then(super::Plan::percent);
        let [from, to] = days();
        Some(vec![
            Entry::Text(kind.id.to_string()),
            Entry::Text(word(&kind.label)),
            text(kind.within.as_ref().map(ToString::to_string)),
            figure(line.quantity),
            Entry::Text(unit.map_or_else(|| kind.unit.to_string(), |u| word(&u.label))),
            figure(line.monthly_mean),
            Entry::Count(line.tasks),
            Entry::Count(line.assets),
            Entry::Count(line.elsewhere),
            plan.map_or(Entry::Blank, |plan| Entry::Year(plan.year)),
            figure(plan.map(|plan| plan.quantity)),
            percent.map_or(Entry::Blank, Entry::Percent),
            text(about.map(word)),
            Entry::Count(line.shared),
            Entry::Count(line.pending.conflicts),
            Entry::Count(line.pending.unverified),
            Entry::Count(line.pending.other_units),
            figure(line.done),
            from,
            to,
        ])
    });
    let unknown = totals.unknown.iter().map(|(work, tasks)| {
        let mut row = vec![Entry::Blank; COLUMNS.len()];
        let none = match language {
            Language::Zh => "目录里没有",
            Language::En => "Not in the catalogue",
        };
        let [from, to] = days();
        for (at, entry) in [
            (0, Entry::Text(work.to_string())),
            (1, Entry::Text(none.to_owned())),
            (6, Entry::Count(*tasks)),
            (18, from),
            (19, to),
        ] {
            row[at] = entry;
        }
        row
    });
    Table {
        heads: heads.to_vec(),
        rows: lines.chain(unknown).collect(),
    }
}

fn text(some: Option<String>) -> Entry {
    some.map_or(Entry::Blank, Entry::Text)
}

impl Table {
    /// The table as CSV (RFC 4180) in UTF-8, with the mark by which a spreadsheet knows that; Excel takes
    /// Chinese for another encoding without it.
    ///
    /// Written here and not by the `csv` crate, which reads such tables on a server: its writer would be
    /// linked into the app for two rules about quotes.
    pub fn csv(&self) -> String {
        let mut out = String::from("\u{feff}");
        let heads = self.heads.iter().map(|head| quoted(head));
        end_row(&mut out, heads);
        for row in &self.rows {
            end_row(&mut out, row.iter().map(Entry::csv));
        }
        out
    }
}

fn end_row(out: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(&cell);
    }
    out.push_str("\r\n");
}

impl Entry {
    fn csv(&self) -> String {
        match self {
            Entry::Blank => String::new(),
            Entry::Text(text) => quoted(&harmless(text)),
            Entry::Count(count) => count.to_string(),
            Entry::Figure { value, .. } | Entry::Percent(value) => value.to_string(),
            Entry::Year(year) => year.to_string(),
            Entry::Day(day) => day.to_string(),
        }
    }
}

/// A text that no spreadsheet takes for a formula: one that begins like it has an apostrophe before it.
/// A figure is none and keeps its sign.
fn harmless(text: &str) -> String {
    match begins_like_a_formula(text) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

fn quoted(text: &str) -> String {
    match text.contains(['"', ',', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for formula in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "＋1", "－1", "＠x",
        ] {
            assert_eq!(Entry::Text(formula.into()).csv(), format!("'{formula}"));
        }
        for broken in ["\r=1", "\n=1"] {
            let told = Entry::Text(broken.into()).csv();
            assert_eq!(told, format!("\"'{broken}\""));
        }
        for plain in ["", "清掏雨漏", "drain-clear", "m²", "%", "'=1", "1-2"] {
            assert_eq!(Entry::Text(plain.into()).csv(), plain);
        }
        let less = Entry::Figure {
            value: Decimal::new(-15, 1),
            decimals: 2,
        };
        assert_eq!(less.csv(), "-1.5", "a figure is none");
    }

    #[test]
    fn what_holds_a_comma_a_quote_or_a_break_is_quoted() {
        let row = ["a,b", "say \"x\"", "two\nlines", ""].map(|text| Entry::Text(text.into()));
        let table = Table {
            heads: vec!["one", "two", "three", "four"],
            rows: vec![row.to_vec(), vec![Entry::Blank, Entry::Count(7)]],
        };
        assert_eq!(
            table.csv(),
            "\u{feff}one,two,three,four\r\n\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\r\n,7\r\n"
        );
    }
}
