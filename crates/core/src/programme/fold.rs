//! The fold: from the events about an asset to how far its trades have come.

use crate::catalog::{ProgrammeId, TradeId};
use crate::ids::{AssetUid, EventId};
use crate::log::{
    ActorId, Event, Kind, Log, Moment, Subject, View, causality, is_back, taken_back,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How far a trade has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TradeState {
    /// It is to be done.
    Planned,
    /// It was begun.
    UnderWay,
    /// It is done.
    Done,
}

impl TradeState {
    /// All of them, in the order in which they come.
    pub const ALL: [TradeState; 3] = [TradeState::Planned, TradeState::UnderWay, TradeState::Done];

    /// Its word in events.
    pub fn word(self) -> &'static str {
        match self {
            TradeState::Planned => "planned",
            TradeState::UnderWay => "under_way",
            TradeState::Done => "done",
        }
    }

    /// The one with this word.
    pub fn of(word: &str) -> Option<TradeState> {
        TradeState::ALL
            .into_iter()
            .find(|state| state.word() == word)
    }
}

/// What somebody said of a trade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The event.
    pub event: EventId,
    /// How far it has come.
    pub state: TradeState,
    /// The day for which it is planned, on which it began, or on which it was done.
    pub on: Date,
    /// Who said so.
    pub by: ActorId,
    /// When, by the corrected clock of whoever did. For display only.
    pub at: Moment,
}

/// What nobody who knew it has overruled, and where in the order that was said.
type Front = Vec<(usize, Said)>;

/// What holds of a trade of an asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The programme.
    pub programme: ProgrammeId,
    /// Its trade.
    pub trade: TradeId,
    /// What holds.
    pub said: Said,
    /// What others said otherwise, without knowledge of it.
    pub others: Vec<Said>,
}

/// All that holds of an asset's trades.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trades {
    /// By programme and trade.
    pub all: Vec<Told>,
    /// True if a newer version wrote about the asset: nobody writes on top of what they cannot see.
    pub read_only: bool,
}

impl Trades {
    /// Those of an asset in a log. `refused` are events that count nowhere, by the server's verdict.
    pub fn of(asset: AssetUid, log: &Log, refused: &BTreeSet<EventId>) -> Trades {
        Trades::fold(log.about(&Subject::Asset(asset)), refused)
    }

    /// Folds the events about one asset, in whatever order they are given.
    pub fn fold(events: &[Arc<Event>], refused: &BTreeSet<EventId>) -> Trades {
        let causality = causality(events);
        let order: Vec<&Arc<Event>> = causality.order().map(|i| &events[i]).collect();
        let back = taken_back(&order, refused);
        let mut read_only = false;
        let mut fronts: BTreeMap<(ProgrammeId, TradeId), Front> = BTreeMap::new();
        for (at, event) in order.iter().enumerate() {
            read_only |= matches!(event.view(), View::Newer { .. });
            let (Some(Kind::TradeSet(set)), Some(envelope)) = (event.kind(), event.envelope())
            else {
                continue;
            };
            if refused.contains(&envelope.id) || is_back(envelope.id, &back) {
                continue;
            }
            let Some(state) = TradeState::of(&set.state) else {
                read_only = true;
                continue;
            };
            let said = Said {
                event: envelope.id,
                state,
                on: set.on,
                by: envelope.actor.clone(),
                at: envelope.corrected(),
            };
            let key = (set.programme.clone(), set.trade.clone());
            let front = fronts.entry(key).or_default();
            front.retain(|(before, _)| !causality.before(*before, at));
            front.push((at, said));
        }
        let all = fronts
            .into_iter()
            .filter_map(|((programme, trade), mut front)| {
                let (_, said) = front.pop()?;
                let others = front.into_iter().map(|(_, other)| other);
                let differs = |other: &Said| (other.state, other.on) != (said.state, said.on);
                Some(Told {
                    programme,
                    trade,
                    others: others.filter(differs).collect(),
                    said,
                })
            });
        Trades {
            all: all.collect(),
            read_only,
        }
    }

    /// What holds of a trade; none where nobody said anything.
    pub fn get(&self, programme: &ProgrammeId, trade: &TradeId) -> Option<&Told> {
        let mut all = self.all.iter();
        all.find(|told| told.programme == *programme && told.trade == *trade)
    }

    /// What holds of the trades of one programme.
    pub fn of_programme(&self, programme: &ProgrammeId) -> impl Iterator<Item = &Told> {
        self.all
            .iter()
            .filter(move |told| told.programme == *programme)
    }
}
