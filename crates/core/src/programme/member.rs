//! What of a programme is told of one asset.

use super::{Said, TradeState};
use crate::catalog::TradeId;
use crate::ids::{AssetUid, EventId, TaskUid};
use crate::log::ActorId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How far an asset has come. What there is something to do about comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Some trade was begun.
    UnderWay,
    /// It is of the year, and nothing was begun.
    Planned,
    /// The ledger counts it in the year.
    Done,
    /// It is not of the year.
    Outside,
}

/// An asset of a year of a programme, or what was done at a drawn place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The asset; none at a drawn place.
    pub asset: Option<AssetUid>,
    /// The value by which the programme tells its figures apart.
    pub part: Option<String>,
    /// How far it has come.
    pub standing: Standing,
    /// For each kind of work of the programme, in its order, that the ledger counts it in the year.
    pub done: Vec<Option<DoneAt>>,
    /// Its trades, in the programme's order.
    pub trades: Vec<TradeAt>,
    /// True if a newer version wrote about it.
    pub read_only: bool,
}

/// That the ledger counts an asset, and by which report; by none where the layer's file says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DoneAt {
    /// The last day on which it was reported in the year.
    pub on: Option<Date>,
    /// By which task.
    pub task: Option<TaskUid>,
}

/// How far a trade of an asset has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TradeAt {
    /// The trade.
    pub trade: TradeId,
    /// How far; none where it is no part of what is done to this asset, as far as is known.
    pub state: Option<TradeState>,
    /// The day for which it is planned, on which it began, or on which it was done.
    pub on: Option<Date>,
    /// Who said so, and by which event; none where the layer's file does.
    pub said: Option<(ActorId, EventId)>,
    /// What others said otherwise, without knowledge of it.
    pub others: Vec<Said>,
}

impl Member {
    /// So many of its trades are done, of so many that are done to it at all.
    pub fn progress(&self) -> (usize, usize) {
        let known = self.trades.iter().filter_map(|trade| trade.state);
        let done = known.clone().filter(|state| *state == TradeState::Done);
        (done.count(), known.count())
    }
}
