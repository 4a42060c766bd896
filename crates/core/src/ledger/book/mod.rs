//! The ledger as a workbook: a value of titles, heads and typed cells, of which others make a file.
//!
//! Every sheet is made of the ledger's own values: the table's cells are those of the CSV, the
//! paragraph's figures those of the table, and the monthly form and the list of tasks count by the same
//! rules.

mod list;
mod monthly;
mod words;

pub use list::list_sheet;
pub use monthly::{Monthly, MonthlyLine, monthly, monthly_sheet};

use super::{
    Compared, Entry, Holdings, Imported, Journal, Period, Scope, Totals, compared, list, paragraph,
    paragraph::span, table, totals,
};
use crate::catalog::Catalog;
use crate::task::Task;
use crate::told::Language;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::{about, label, lines, say, width};

/// A workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// What it is, for a list of documents.
    pub title: String,
    /// The day on which it was made, as whoever makes it says.
    #[serde(with = "crate::log::day")]
    pub made_on: Date,
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name, on the tab.
    pub name: String,
    /// The line above everything.
    pub title: String,
    /// Lines below that, such as which reports count.
    pub about: Vec<String>,
    /// The columns. Their heads stay in sight and are repeated on every page; where all of them are
    /// empty there is no row of heads.
    pub columns: Vec<Column>,
    /// A cell a column each.
    pub rows: Vec<Vec<Entry>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub head: String,
    /// How wide it is, in digits; a Chinese character is two. What is wider than its column is broken
    /// into lines.
    pub width: usize,
}

/// Why there is no file of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoFile {
    /// A sheet would have more rows than a file holds: of fewer days there are fewer.
    TooLong {
        /// Its name.
        sheet: String,
        /// How many it would have, with its title and heads.
        rows: usize,
        /// The most.
        most: usize,
    },
    /// It cannot be written, whatever is asked.
    Unwritten {
        /// Why.
        detail: String,
    },
}

/// A column is no wider than this for its texts.
const WIDEST: usize = 36;
/// Nor than this for its head, which is broken into lines.
const HEAD: usize = 12;
/// Nor narrower than this: a day has room.
const NARROWEST: usize = 8;
/// The lines of a paragraph: with a wide font as with a narrow one they have room on A4 (some programs
/// make no column smaller that has a page for itself).
const PROSE: usize = 70;

impl Sheet {
    /// A table, with columns wide enough for what is in them.
    fn of(
        name: &str,
        title: String,
        about: Vec<String>,
        heads: &[&str],
        rows: Vec<Vec<Entry>>,
    ) -> Sheet {
        let column = |(at, head): (usize, &&str)| {
            let cells = rows.iter().filter_map(|row| row.get(at)).map(width);
            let cells = cells.max().unwrap_or(0).min(WIDEST);
            let head_width = width(&Entry::Text((*head).to_owned())).min(HEAD);
            Column {
                head: (*head).to_owned(),
                width: cells.max(head_width).max(NARROWEST),
            }
        };
        Sheet {
            name: name.to_owned(),
            title,
            about,
            columns: heads.iter().enumerate().map(column).collect(),
            rows,
        }
    }

    /// Whether there is a row of heads.
    pub fn has_heads(&self) -> bool {
        self.columns.iter().any(|column| !column.head.is_empty())
    }
}

impl Column {
    /// How many lines a cell takes in it. No program asks a font here, so it is an estimate: a spreadsheet
    /// that opens the file leaves rows as high as they are said to be.
    pub fn lines(&self, entry: &Entry) -> usize {
        lines(entry, self.width)
    }
}

/// What is asked, and of which tasks and layers.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// What is asked.
    pub scope: &'a Scope,
    /// The tasks of the city.
    pub tasks: &'a [&'a Task],
    /// What its layers hold.
    pub holdings: Option<&'a Holdings>,
    /// What was published of another year.
    pub imported: Option<&'a Imported>,
    /// The same tasks taken down, where that was done: it answers sooner.
    pub journal: Option<&'a Journal>,
    /// Whether the city verifies.
    pub verification: bool,
}

impl Asked<'_> {
    /// All of it as a workbook in one language: the table, the paragraph of the whole city, the monthly
    /// form of the last month that counts, and the tasks behind the lines.
    pub fn book(&self, made_on: Date, language: Language) -> Book {
        let (catalog, scope) = (self.catalog, self.scope);
        let period = scope.counted();
        let printed = scope.printed(self.verification);
        let mut table = ledger_sheet(catalog, period, &self.totals(scope), language);
        table.about = about(catalog, scope, language);
        let sheets = vec![
            table,
            paragraph_sheet(catalog, period, &self.totals(&printed), language),
            monthly_sheet(catalog, &self.monthly(), scope, language),
            list_sheet(catalog, scope, &list(self), language),
        ];
        Book {
            title: titled(
                catalog,
                say(language, "养护台账", "Maintenance ledger"),
                period,
                language,
            ),
            made_on,
            sheets,
        }
    }

    /// The monthly form of the last month that counts.
    pub fn monthly(&self) -> Monthly {
        let (asked, counted) = (self.scope.period, self.scope.counted());
        let is_begun = counted.from <= counted.to;
        monthly(self, if is_begun { counted.to } else { asked.to })
    }

    fn totals(&self, scope: &Scope) -> Totals {
        let (tasks, held) = (self.tasks.iter().copied(), self.holdings);
        match self.journal {
            Some(journal) => journal.totals(scope, held, self.verification),
            None => totals(self.catalog, scope, tasks, held, self.verification),
        }
    }

    fn compared(&self, scope: &Scope) -> Vec<Compared> {
        let (held, imported) = (self.holdings, self.imported);
        match self.journal {
            Some(journal) => journal.compared(scope, held, imported, self.verification),
            None => compared(
                self.catalog,
                scope,
                self.tasks,
                held,
                imported,
                self.verification,
            ),
        }
    }
}

/// The ledger's table as a sheet: the same cells as the CSV.
pub fn ledger_sheet(
    catalog: &Catalog,
    period: Period,
    totals: &Totals,
    language: Language,
) -> Sheet {
    let table = table(catalog, period, totals, language);
    let what = say(language, "养护台账", "Maintenance ledger");
    let title = titled(catalog, what, period, language);
    let name = say(language, "台账", "Ledger");
    Sheet::of(name, title, Vec::new(), &table.heads, table.rows)
}

/// The paragraph as a sheet: a cell of text over the width of a page.
pub fn paragraph_sheet(
    catalog: &Catalog,
    period: Period,
    totals: &Totals,
    language: Language,
) -> Sheet {
    let what = say(language, "工作通报", "Public report");
    Sheet {
        name: say(language, "通报", "Report").to_owned(),
        title: titled(catalog, what, period, language),
        about: Vec::new(),
        columns: vec![Column {
            head: String::new(),
            width: PROSE,
        }],
        rows: vec![vec![Entry::Text(paragraph(
            catalog, period, totals, language,
        ))]],
    }
}

/// The city, what it is and of which days.
fn titled(catalog: &Catalog, what: &str, period: Period, language: Language) -> String {
    let (city, span) = (label(language, &catalog.city.label), span(period, language));
    match language {
        Language::Zh => format!("{city}{what}（{span}）"),
        Language::En => format!("{city}: {what}, {span}"),
    }
}
