//! Saying how far a trade has come, as drafts. Each refuses what makes no sense.

use super::{TradeState, Trades};
use crate::catalog::{Catalog, ProgrammeId, TradeId};
use crate::ids::{AssetUid, EventId};
use crate::log::{Draft, Subject, TradeSet, Undone};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What somebody says of a trade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The programme.
    pub programme: ProgrammeId,
    /// Its trade.
    pub trade: TradeId,
    /// How far it has come.
    pub state: TradeState,
    /// The day for which it is planned, on which it began, or on which it was done.
    pub on: Date,
}

/// Why it cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A newer version wrote about the asset.
    #[error("a newer version wrote about this asset")]
    ReadOnly,
    /// The catalogue has no such programme, or that no such trade.
    #[error("there is no such trade")]
    NoTrade,
    /// It is so already.
    #[error("nothing would change")]
    NoChange,
    /// Nothing began or was done on a day that is still to come.
    #[error("that day is still to come")]
    ToCome,
    /// It does not hold, or was taken back.
    #[error("that does not hold any more")]
    NotSaid,
}

/// Says how far a trade of an asset has come; `today` is the city's.
///
/// # Errors
/// [`Refusal`].
pub fn set(
    catalog: &Catalog,
    asset: AssetUid,
    trades: &Trades,
    setting: Setting,
    today: Date,
) -> Result<Draft, Refusal> {
    may_write(trades)?;
    let programme = catalog.programme(&setting.programme);
    let known = programme.and_then(|programme| programme.trade(&setting.trade));
    known.ok_or(Refusal::NoTrade)?;
    if setting.state != TradeState::Planned && setting.on > today {
        return Err(Refusal::ToCome);
    }
    if let Some(told) = trades.get(&setting.programme, &setting.trade) {
        let is_so = (told.said.state, told.said.on) == (setting.state, setting.on);
        // Where others said otherwise, saying it once more ends that.
        if is_so && told.others.is_empty() {
            return Err(Refusal::NoChange);
        }
    }
    let said = TradeSet {
        programme: setting.programme,
        trade: setting.trade,
        state: setting.state.word().into(),
        on: setting.on,
        note: None,
    };
    Ok(Draft::new(Subject::Asset(asset), said))
}

/// Takes back what was said: what held before holds again.
///
/// # Errors
/// [`Refusal`].
pub fn take_back(asset: AssetUid, trades: &Trades, event: EventId) -> Result<Draft, Refusal> {
    may_write(trades)?;
    let mut all = trades.all.iter();
    let holds = all.any(|told| {
        told.said.event == event || told.others.iter().any(|other| other.event == event)
    });
    if !holds {
        return Err(Refusal::NotSaid);
    }
    let undone = Undone {
        events: vec![event],
        note: None,
    };
    Ok(Draft::new(Subject::Asset(asset), undone))
}

fn may_write(trades: &Trades) -> Result<(), Refusal> {
    match trades.read_only {
        true => Err(Refusal::ReadOnly),
        false => Ok(()),
    }
}
