//! Proposals: what people say of assets that the layers do not have so.
//!
//! Whoever stands there proposes that an asset is missing, stolen, moved or wrong, or puts one on
//! the map that no layer has. It is usable at once, on every device that the event reached: an
//! asset that was put on the map has its uid for life from then on, and tasks name it as they
//! name any other. A supervisor confirms a proposal or declines it; from then on the asset is, or
//! is not, part of its layer.
//!
//! [`Proposed`] is a pure function of the events about one asset. No clock and no server's order
//! decides anything, and nothing that two people said without knowledge of each other is an error:
//!
//! * of several decisions on one proposal the first in causal order holds, and the others are
//!   shown with it ([`Proposal::others`]); to decide otherwise somebody takes the first back;
//! * a confirmation outlasts a taking back that did not know it ([`Proposal::unheard`]);
//! * while somebody says otherwise than what holds, it is disputed ([`Proposal::is_disputed`]) and
//!   waits for whoever decides: to say once more what holds, or to take it back;
//! * of several places the asset is shown at one that was confirmed, else at the first in causal
//!   order; the others stay proposals that can be confirmed.
//!
//! A layer's file is never rewritten by an event. What the events say lies over it
//! ([`crate::city::City::amend`]), and whoever exports a layer takes it in: the rows of the
//! amended city are those of the new file, an asset that was added with its uid in the layer's
//! `uid` field. As soon as a file has that uid, its row is the asset, and the event adds nothing.

mod action;
mod fold;
mod store;
#[cfg(test)]
mod tests;

pub use action::{Refusal, add, can_vanish, confirm, correct, decline, move_to, take_back, vanish};
pub use fold::fold;
pub use store::Proposals;

use crate::city::Amendment;
use crate::ids::{AssetUid, EventId};
use crate::log::{ActorId, AssetAdded, Event, Kind, Moment, Photo, Position, Shape};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The reason of an `asset_vanished` by which an asset is said to be missing.
pub const MISSING: &str = "missing";
/// The reason of one by which it is said to be stolen.
pub const STOLEN: &str = "stolen";

/// What is said of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// Its record is wrong, as the remark has it.
    Wrong,
    /// It stands elsewhere.
    Moved,
    /// It is in no layer.
    Added,
    /// It is not there.
    Missing,
    /// It was stolen.
    Stolen,
    /// It is not there any more, for another reason, or another stands in its place.
    Gone,
}

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody has decided yet.
    Open,
    /// It is so.
    Confirmed,
    /// It is not so.
    Declined,
    /// It was taken back.
    TakenBack,
    /// The server refused it; it counts nowhere.
    Refused,
}

/// What somebody proposed.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The event that proposed it.
    pub id: EventId,
    /// The event itself.
    pub event: Arc<Event>,
    /// What it says.
    pub says: Says,
    /// What became of it.
    pub standing: Standing,
    /// Decisions on it that stand, in causal order: the first holds.
    pub decisions: Vec<Decision>,
    /// Who took it back without knowledge that it was confirmed, in causal order. It stays so; once
    /// that confirmation is taken back, it is taken back too.
    pub unheard: Vec<Unheard>,
    /// Whether somebody says otherwise than what holds, and nobody who knew that has decided since.
    pub is_disputed: bool,
}

/// That somebody took a proposal back, which has no effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unheard {
    /// The event.
    pub event: EventId,
    /// Who took it back.
    pub by: ActorId,
    /// When, by the corrected clock of whoever did. For display only.
    pub at: Moment,
}

/// What somebody decided on a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The event.
    pub event: EventId,
    /// Who decided.
    pub by: ActorId,
    /// When, by the corrected clock of whoever decided. For display only.
    pub at: Moment,
    /// Whether it is so.
    pub confirms: bool,
    /// In words.
    pub note: Option<String>,
}

/// All that is said of one asset beside its layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposed {
    /// The asset.
    pub uid: AssetUid,
    /// What was proposed, in causal order.
    pub proposals: Vec<Proposal>,
    /// As it was put on the map, where it was and nobody declined that.
    pub added: Option<Arc<AssetAdded>>,
    /// Where it stands now, where somebody says that it was moved.
    pub at: Option<Position>,
    /// Where it stands by what was confirmed alone.
    pub confirmed_at: Option<Position>,
    /// Whether it was confirmed that it is gone.
    pub is_gone: bool,
    /// Whether it counts among the assets of its layer, where no file has it: false while it is
    /// only proposed, and once it is gone.
    pub is_part: bool,
    /// True if a newer version wrote about it: nobody should write on top of what they cannot
    /// see.
    pub read_only: bool,
}

impl Says {
    /// What an event says of its asset; none where it proposes nothing.
    pub fn of(kind: &Kind) -> Option<Says> {
        Some(match kind {
            Kind::AssetAdded(_) => Says::Added,
            Kind::AssetCorrected(k) if matches!(k.shape, Some(Shape::Point(_))) => Says::Moved,
            Kind::AssetCorrected(_) => Says::Wrong,
            Kind::AssetReplaced(_) => Says::Gone,
            Kind::AssetVanished(k) => match k.reason.as_deref() {
                Some(MISSING) => Says::Missing,
                Some(STOLEN) => Says::Stolen,
                _ => Says::Gone,
            },
            _ => return None,
        })
    }

    /// Whether it says that the asset is not there.
    pub fn is_absence(self) -> bool {
        matches!(self, Says::Missing | Says::Stolen | Says::Gone)
    }
}

impl Proposal {
    /// Whether it has an effect: nobody declined it or took it back.
    pub fn holds(&self) -> bool {
        matches!(self.standing, Standing::Open | Standing::Confirmed)
    }

    /// Whether it waits for somebody who may decide: nobody has yet, or what was decided is disputed.
    pub fn waits(&self) -> bool {
        self.standing == Standing::Open || self.is_disputed
    }

    /// In the words of whoever proposed it.
    pub fn note(&self) -> Option<&str> {
        match self.event.kind()? {
            Kind::AssetAdded(k) => k.note.as_deref(),
            Kind::AssetCorrected(k) => k.note.as_deref(),
            Kind::AssetReplaced(k) => k.note.as_deref(),
            Kind::AssetVanished(k) => k.note.as_deref(),
            _ => None,
        }
    }

    /// Its photos.
    pub fn photos(&self) -> &[Photo] {
        match self.event.kind() {
            Some(Kind::AssetAdded(k)) => &k.photos,
            Some(Kind::AssetCorrected(k)) => &k.photos,
            Some(Kind::AssetVanished(k)) => &k.photos,
            _ => &[],
        }
    }

    /// The decision that holds.
    pub fn decision(&self) -> Option<&Decision> {
        self.decisions.first()
    }

    /// Decisions that came second, without knowledge of the first or against it.
    pub fn others(&self) -> &[Decision] {
        self.decisions.get(1..).unwrap_or_default()
    }
}

impl Proposed {
    /// The proposal with this event.
    pub fn get(&self, id: EventId) -> Option<&Proposal> {
        self.proposals.iter().find(|proposal| proposal.id == id)
    }

    /// As it was put on the map, whatever became of that; and that proposal.
    pub fn as_added(&self) -> Option<(&Proposal, &Arc<AssetAdded>)> {
        let mut all = self.proposals.iter().filter_map(|p| match p.event.kind() {
            Some(Kind::AssetAdded(added)) => Some((p, added)),
            _ => None,
        });
        let first = all.next()?;
        let stands = std::iter::once(first).chain(all).find(|(p, _)| p.holds());
        Some(stands.unwrap_or(first))
    }

    /// What the map says of it: the gravest of what nobody has decided yet; nothing where it is gone.
    pub fn mark(&self) -> Option<Says> {
        if self.is_gone {
            return None;
        }
        let open = self.proposals.iter();
        let open = open.filter(|proposal| proposal.standing == Standing::Open);
        open.map(|proposal| proposal.says).max()
    }

    /// What a layer's file does not have so that was confirmed: what whoever exports the layer takes in.
    pub fn confirmed(&self) -> Option<Amendment> {
        let added = self
            .as_added()
            .filter(|(p, _)| p.standing == Standing::Confirmed);
        let amendment = Amendment {
            uid: self.uid,
            added: added.map(|(_, added)| Arc::clone(added)),
            at: self.confirmed_at,
            is_gone: self.is_gone,
            is_part: !self.is_gone,
        };
        let says_something = amendment.added.is_some() || amendment.at.is_some() || self.is_gone;
        says_something.then_some(amendment)
    }

    /// What the city shows of it otherwise than the layer's file has it.
    pub fn amendment(&self) -> Option<Amendment> {
        let amendment = Amendment {
            uid: self.uid,
            added: self.added.clone(),
            at: self.at,
            is_gone: self.is_gone,
            is_part: self.is_part,
        };
        let says_something = self.added.is_some() || self.at.is_some() || self.is_gone;
        says_something.then_some(amendment)
    }
}
