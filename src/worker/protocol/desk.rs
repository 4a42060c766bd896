//! Answers that only a supervisor's desk asks for: completion, what falls due and what is
//! checked, the ledger.

use mendmap_core::{
    catalog::WorkKindId,
    city::AssetSummary,
    geodesy::LonLat,
    ledger::{
        due::{DueCounts, FallingDue},
        indicators::{Indicators, Part},
        season::{Counts, Covered, GroupKey, Left, Sides},
    },
    task::{Mark, Review},
};
use serde::{Deserialize, Serialize};

/// Which assets a kind of work has reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompletionView {
    /// How many assets wear which mark on the day.
    pub counts: Counts,
    /// The day it is as of, `YYYY-MM-DD`.
    pub on: String,
    /// The day's number, from 0, the first.
    pub day: u32,
    /// The number of the last day that can be looked at: today's, where the period is not over.
    pub last: u32,
    /// Which assets count as left.
    pub left: Left,
    /// Quantity done in the whole period, in the work kind's unit.
    pub quantity: String,
    /// Reports that do not count because of a conflict.
    pub conflicts: u64,
    /// How much is left.
    pub left_total: usize,
}

/// An asset that is left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeftRow {
    /// The asset.
    pub asset: AssetSummary,
    /// How it stands.
    pub mark: Mark,
    /// From where the list was asked for.
    pub metres: Option<f64>,
}

/// What falls due by the catalogue's cycles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DueList {
    /// How much of each kind of work that has a cycle.
    pub counts: Vec<(WorkKindId, DueCounts)>,
    /// The one that was asked for, place by place.
    pub shown: Option<FallingDue>,
    /// As in [`LedgerView`].
    pub is_whole: bool,
}

/// Places that assets are told apart by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupBy {
    /// Streets, by name.
    #[default]
    Street,
    /// Communities.
    Community,
    /// Cells of a grid over the city.
    Cell,
}

/// How a kind of work stands place by place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Groups {
    /// How many places there are.
    pub total: usize,
    /// Those that were asked for, the least done first.
    pub rows: Vec<GroupRow>,
    /// Of all assets, how many are done in which of two periods, where two were asked for.
    pub sides: Option<Sides>,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupRow {
    /// What it is.
    pub key: GroupKey,
    /// What it is called; empty for the assets of no place.
    pub name: String,
    /// How many of its assets wear which mark.
    pub counts: Counts,
    /// How much of the length was covered, where it is measured.
    pub covered: Option<Covered>,
    /// In which of two periods they are done.
    pub sides: Option<Sides>,
    /// Where it is.
    pub at: Option<LonLat>,
}

/// Reports that wait to be checked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReviewList {
    /// How many wait, of the crew that was asked for.
    pub total: usize,
    /// Those that were asked for, the longest waiting first.
    pub reviews: Vec<Review>,
}

/// How much was done in a period. Decimals are strings: they are printed as they are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LedgerView {
    /// A line for each kind of work of which there is something or of which something is planned, in
    /// the catalogue's order.
    pub lines: Vec<LedgerRow>,
    /// The paragraph, in Chinese and in English: of the whole city, and of verified work where work is
    /// checked.
    pub paragraph: (String, String),
    /// The table as CSV (RFC 4180), in Chinese and in English.
    pub table: (String, String),
    /// Whether all that the server has was counted; else some of what was done long ago is not here
    /// yet.
    pub is_whole: bool,
    /// The streets that reports name, in order.
    pub streets: Vec<String>,
    /// The communities that reports name, in order.
    pub communities: Vec<String>,
    /// The figures of other days that were taken in from a table.
    pub published: Option<PublishedView>,
}

/// Figures that were published, and taken in from a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedView {
    /// The first day they are of, `YYYY-MM-DD`.
    pub from: String,
    /// The last one.
    pub to: String,
    /// How many there are.
    pub figures: usize,
}

/// What became of a table of figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedSaid {
    /// Whether it had a figure, and so stands in the place of the one before.
    pub is_taken: bool,
    /// What is there now.
    pub view: Option<PublishedView>,
    /// The rows that were passed over.
    pub wrong: Vec<PublishedRow>,
}

/// A row of a table that was passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedRow {
    /// Its number, from 1; of a file that is no text the first byte that is wrong.
    pub row: u64,
    /// What is wrong with it.
    pub what: PublishedWrong,
    /// What stands there.
    pub text: String,
}

/// What can be wrong with a row of a table of figures ([`mendmap_core::ledger::ImportProblem`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PublishedWrong {
    /// The file is not in UTF-8.
    NotUtf8,
    /// A column is missing that has one of these names.
    NoColumn,
    /// It is no row.
    Row,
    /// The catalogue has no such work.
    UnknownWork,
    /// It is no figure.
    NotAFigure,
    /// It is in another unit.
    OtherUnit,
    /// Its days are none, or others.
    Days,
    /// A second figure for a kind of work.
    Twice,
}

/// What of a figure is of one crew, street, community or month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerPart {
    /// A crew's id, a name, or a month such as `2024-05`; none for what is of none.
    pub key: Option<String>,
    /// The figure; none where nobody can say it.
    pub quantity: Option<String>,
    /// The same in thousandths, for a bar.
    pub thousandths: u64,
}

/// How far the tasks of a period have come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndicatorsView {
    /// All that was asked for.
    pub all: Indicators,
    /// The same for each crew, by its id.
    pub crews: Vec<Part>,
    /// The same for each kind of work, by its id.
    pub works: Vec<Part>,
    /// As in [`LedgerView`].
    pub is_whole: bool,
}

/// How much was done of a kind of work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// The kind.
    pub work: WorkKindId,
    /// Whether it is told within another.
    pub is_within: bool,
    /// The figure; none where nobody can say it.
    pub quantity: Option<String>,
    /// What was planned for the year.
    pub planned: Option<String>,
    /// What of that was reached, in percent.
    pub percent: Option<String>,
    /// Against the same days of the year before, in percent.
    pub change: Option<String>,
    /// Against as many days or months before, in percent.
    pub change_before: Option<String>,
    /// The figure that was published for those days.
    pub published: Option<String>,
    /// The quantity by the months of the period.
    pub monthly_mean: Option<String>,
    /// Tasks that were counted.
    pub tasks: usize,
    /// Tasks that wait to be verified, and do not count yet.
    pub unverified: usize,
    /// Tasks about which people decided differently, and which do not count.
    pub conflicts: usize,
}

/// A month beside the year so far.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MonthlyView {
    /// The first day of the month, `2024-05-01`.
    pub from: String,
    /// Its last day that counts.
    pub to: String,
    /// A line for each kind of work of which there is something, or of which something is planned, in
    /// the catalogue's order.
    pub lines: Vec<MonthlyRow>,
}

/// A kind of work in it. Decimals are strings: they are printed as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MonthlyRow {
    /// The kind.
    pub work: WorkKindId,
    /// Whether it is told within another.
    pub is_within: bool,
    /// The figure of the month; none where nobody can say it.
    pub month: Option<String>,
    /// The figure of the year so far.
    pub year: Option<String>,
    /// What of the year's plan that is, in percent.
    pub percent: Option<String>,
}
