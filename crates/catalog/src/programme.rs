//! Programmes: work that goes on for years, told year by year and asset by asset.

use super::id::word_id;
use super::json::members;
use super::{Label, WorkKindId};
use serde::{Deserialize, Serialize};

word_id!(/// Identifies a programme, for example `communities`.
    ProgrammeId);
word_id!(/// Identifies a trade of a programme, for example `roof`.
    TradeId);

/// A programme: what is done to assets of some kind over years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// Its id.
    pub id: ProgrammeId,
    /// Its name.
    pub label: Label,
    /// The kinds of work whose lines of the ledger are its figures. The first is the one by which an
    /// asset is of a year.
    pub works: Vec<WorkKindId>,
    /// The property of assets by whose values its figures are told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The property of assets that names the trades they are of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trades_from: Option<String>,
    /// What is done to each asset, in display order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trades: Vec<Trade>,
}

members!(Programme { id, label, works; by, trades_from, trades });

/// One of the things that are done to an asset in the course of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trade {
    /// Its id, by which events name it.
    pub id: TradeId,
    /// What it is called.
    pub label: Label,
    /// How files name it, where that is not its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

members!(Trade { id, label; value });

impl Programme {
    /// The trade with this id.
    pub fn trade(&self, id: &TradeId) -> Option<&Trade> {
        self.trades.iter().find(|trade| trade.id == *id)
    }
}

impl Trade {
    /// How files name it.
    pub fn in_files(&self) -> &str {
        self.value.as_deref().unwrap_or(&self.id.0)
    }
}
