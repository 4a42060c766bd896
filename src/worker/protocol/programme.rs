//! Programmes, as the page says and shows them.

use mendmap_core::{
    catalog::{ProgrammeId, TradeId},
    city::AssetSummary,
    ids::{AssetUid, EventId},
    programme::{Refusal, Standing, TradeState},
    task::TaskSummary,
};
use serde::{Deserialize, Serialize};

/// A year of a programme, and all its years in figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeView {
    /// Which programme.
    pub programme: ProgrammeId,
    /// The year that is told.
    pub year: i16,
    /// Its years, the last first.
    pub years: Vec<YearRow>,
    /// The figures of the year by the values of the programme's property.
    pub parts: Vec<PartRow>,
    /// What is of the year.
    pub members: Vec<MemberRow>,
    /// The asset that was asked for.
    pub asset: Option<MemberRow>,
    /// Whether who is here may say how far a trade has come.
    pub may_set: bool,
    /// As in [`super::LedgerView`].
    pub is_whole: bool,
}

/// A year in figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct YearRow {
    /// The calendar year.
    pub year: i16,
    /// By the programme's kinds of work.
    pub figures: Vec<FigureRow>,
    /// How much is of it.
    pub members: usize,
}

/// What a kind of work comes to in a year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureRow {
    /// What was done in the year; none where nobody can say.
    pub in_year: Option<String>,
    /// Of what is cumulative, all up to the year's end.
    pub in_all: Option<String>,
    /// What was planned for the year.
    pub planned: Option<String>,
}

/// What has one value of a programme's property.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartRow {
    /// The value; none for what has none.
    pub value: Option<String>,
    /// How many assets the layers hold.
    pub held: usize,
    /// How many count, by the programme's kinds of work.
    pub counted: Vec<usize>,
}

/// What is of a year: an asset, or a drawn place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemberRow {
    /// The asset's uid; none at a drawn place.
    pub uid: Option<AssetUid>,
    /// The asset, where a layer has it.
    pub asset: Option<AssetSummary>,
    /// The last task about it in the year.
    pub task: Option<TaskSummary>,
    /// How far it has come.
    pub standing: Standing,
    /// By the programme's kinds of work, that it counts in the year, and when it was reported.
    pub done: Vec<Option<Option<String>>>,
    /// So many trades are done, of so many.
    pub progress: (usize, usize),
    /// Its trades.
    pub trades: Vec<TradeRow>,
    /// Whether a newer version wrote about it.
    pub read_only: bool,
}

/// A trade of an asset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TradeRow {
    /// Which.
    pub trade: TradeId,
    /// How far it has come; none where it is not done here, as far as is known.
    pub state: Option<TradeState>,
    /// On which day, `2024-05-03`.
    pub on: Option<String>,
    /// Who said so; none where the layer's file does.
    pub by: Option<String>,
    /// The event that says so.
    pub event: Option<EventId>,
    /// What others said otherwise, without knowledge of it: what, for which day, and who.
    pub others: Vec<(TradeState, String, String)>,
}

/// Something to say of a trade of an asset, or to take back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Trading {
    /// How far it has come.
    Set {
        /// The asset.
        asset: AssetUid,
        /// The programme.
        programme: ProgrammeId,
        /// Its trade.
        trade: TradeId,
        /// How far.
        state: TradeState,
        /// On which day, as it stands in a field of a form.
        on: String,
    },
    /// What held before holds again.
    TakeBack {
        /// The asset.
        asset: AssetUid,
        /// The event that said so.
        event: EventId,
    },
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Traded {
    /// It is on the disk: the event, which undo names.
    Kept(EventId),
    /// It makes no sense.
    Refused(Refusal),
}
