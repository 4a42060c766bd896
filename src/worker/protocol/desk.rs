//! Answers that only a supervisor's desk asks for: completion, what is given out and checked, the
//! ledger.

use super::{Around, Trouble};
use mendmap_core::{
    catalog::{CrewId, WorkKindId},
    city::AssetSummary,
    geodesy::LonLat,
    ids::{AssetUid, TaskUid},
    ledger::{
        due::{Area, DueCounts, FallingDue},
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

/// Which assets rounds are made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PlannedFrom {
    /// What is due or overdue in some streets or communities, by name; none is what is in none.
    Due {
        /// By which places.
        by: Area,
        /// Which of them.
        names: Vec<Option<String>>,
    },
    /// What was chosen on the map.
    Around(Around),
}

/// The rounds that would be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoundPlan {
    /// How many assets that is.
    pub total: usize,
    /// What each crew gets; one part of no crew where none is named.
    pub parts: Vec<GivenTo>,
}

/// What a crew gets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GivenTo {
    /// The crew.
    pub crew: Option<CrewId>,
    /// How many assets it has open.
    pub before: u32,
    /// How many it would have.
    pub after: u32,
    /// How far the way between the new ones is, in metres, as the crow flies.
    pub way_m: f64,
    /// How many the new ones are.
    pub assets: usize,
    /// In rounds.
    pub rounds: Vec<PlannedRound>,
    /// And what is a task by itself.
    pub alone: Vec<AssetUid>,
}

/// A round that would be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRound {
    /// What it is called.
    pub name: Option<String>,
    /// Its assets, in walking order.
    pub assets: Vec<AssetUid>,
}

/// What was given out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Given {
    /// The tasks that were made.
    pub tasks: Vec<TaskUid>,
    /// Why there are no more of them, where that is not all.
    pub trouble: Option<Trouble>,
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
    /// The quantity by the months of the period.
    pub monthly_mean: Option<String>,
    /// Tasks that were counted.
    pub tasks: usize,
    /// Tasks that wait to be verified, and do not count yet.
    pub unverified: usize,
    /// Tasks about which people decided differently, and which do not count.
    pub conflicts: usize,
}
