//! What people say of assets that the layers do not have so, as the page says it and shows it.

use mendmap_core::{
    catalog::AssetKindId,
    city::AssetSummary,
    ids::{AssetUid, EventId},
    log::Moment,
    proposal::{Decision, Says, Standing, Unheard},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What crosses packed, and is read where it is wanted: a first view passes it on unread, and has
/// no reader for it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Packed(Vec<u8>);

impl Packed {
    /// Packs it.
    pub fn of<T: Serialize>(it: &T) -> Self {
        // These always can be written.
        Packed(postcard::to_allocvec(it).unwrap_or_default())
    }

    /// Reads it; none where something else was packed.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        postcard::from_bytes(&self.0).ok()
    }
}

/// Something to say of an asset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Saying {
    /// It is not on the map.
    Add {
        /// What it is.
        kind: AssetKindId,
        /// Where.
        at: [f64; 2],
        /// Its name, as typed; empty for none.
        name: String,
        /// Its code, as typed; empty for none.
        code: String,
    },
    /// It is not there: missing, or stolen.
    Vanish {
        /// Which.
        asset: AssetUid,
        /// Whether it was stolen.
        stolen: bool,
    },
    /// It stands elsewhere.
    Move {
        /// Which.
        asset: AssetUid,
        /// Where it stands.
        to: [f64; 2],
    },
    /// Its record is wrong.
    Correct {
        /// Which.
        asset: AssetUid,
    },
    /// What was proposed is so.
    Confirm {
        /// Of which asset.
        asset: AssetUid,
        /// The event that proposed it.
        proposal: EventId,
    },
    /// What was proposed is not so; the note says why.
    Decline {
        /// Of which asset.
        asset: AssetUid,
        /// The event that proposed it.
        proposal: EventId,
    },
    /// Takes a proposal or a decision back.
    TakeBack {
        /// Of which asset.
        asset: AssetUid,
        /// The event.
        event: EventId,
    },
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The asset.
    pub asset: AssetUid,
    /// The event that was kept; undo names it.
    pub event: EventId,
}

/// What the page shows of all that was said of an asset.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SaidOf {
    /// What was proposed, in causal order.
    pub proposals: Vec<ProposalView>,
    /// Whether it was confirmed that it is gone.
    pub is_gone: bool,
    /// Why no layer shows it, where none does.
    pub off: Option<Off>,
    /// Whether who is here may propose something.
    pub may_propose: bool,
    /// Whether who is here may confirm and decline.
    pub may_decide: bool,
    /// Whether it can be put elsewhere: it is a point.
    pub is_point: bool,
    /// Whether it can be said to be missing.
    pub may_vanish: bool,
}

/// Why an asset is on no layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Off {
    /// Somebody put it on the map, and that was declined.
    Declined,
    /// Somebody put it on the map, and took that back.
    TakenBack,
    /// Work names it, and no layer that is here has it.
    Unknown,
}

/// A list of what was said of assets.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SaidList {
    /// Of which asset each proposal is; of one that nothing here knows, no more than its uid.
    pub assets: Vec<AssetSummary>,
    /// The proposals, one for each of these.
    pub said: SaidOf,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalView {
    /// The event that proposed it.
    pub id: EventId,
    /// What it says.
    pub says: Says,
    /// What became of it.
    pub standing: Standing,
    /// Who said so.
    pub by: String,
    /// When, by the corrected clock.
    pub at: Moment,
    /// In whose words.
    pub note: Option<String>,
    /// Photos by their names, a space between.
    pub photos: String,
    /// What was decided: the first holds.
    pub decisions: Vec<Decision>,
    /// Who took it back without knowing that.
    pub unheard: Vec<Unheard>,
    /// Whether it waits for somebody who may decide.
    pub waits: bool,
    /// Whether who is here may take it back.
    pub may_take_back: bool,
}
