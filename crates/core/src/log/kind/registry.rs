//! Assets, configuration and accounts. What is said of assets is folded by [`crate::proposal`], what was
//! set of the catalogue by [`crate::settings`], how far an asset's trades have come by
//! [`crate::programme`]; the fold of accounts comes later, and its form is frozen
//! now, so that nothing written today is lost then.

use super::Photo;
use crate::catalog::{AssetKindId, CrewId, ProgrammeId, TradeId};
use crate::ids::{AssetUid, EventId};
use crate::log::{AssetSnapshot, Shape};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// `asset_added`: an asset missing from the layers was put on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AssetAdded {
    /// The asset.
    pub asset: AssetSnapshot,
    /// Its geometry, where it is more than a point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<Shape>,
    /// Further properties, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<Json>,
    /// Pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
    /// In words. Behind all else: older versions pass it on untouched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `asset_corrected`: an asset's record was corrected. What is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AssetCorrected {
    /// Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset_kind: Option<AssetKindId>,
    /// Its geometry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<Shape>,
    /// Properties that changed, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<Json>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
}

/// `asset_replaced`: an asset gave way to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetReplaced {
    /// The one that stands there now.
    pub by: AssetUid,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `asset_vanished`: an asset is no longer there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetVanished {
    /// What became of it: `missing`, `stolen` or another word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
    /// In words. Behind all else: older versions pass it on untouched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `asset_confirmed`: what was proposed of an asset is so, and is part of its layer from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetConfirmed {
    /// The event that proposed it.
    pub proposal: EventId,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `asset_declined`: what was proposed of an asset is not so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetDeclined {
    /// The event that proposed it.
    pub proposal: EventId,
    /// Why not.
    pub reason: String,
}

/// `trade_set`: how far a trade of a programme has come at an asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TradeSet {
    /// The programme.
    pub programme: ProgrammeId,
    /// Its trade.
    pub trade: TradeId,
    /// `planned`, `under_way`, `done` or another word.
    pub state: String,
    /// The local date for which it is planned, on which it began, or on which it was done.
    #[serde(with = "crate::log::day")]
    pub on: Date,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `configured`: a part of the catalogue was set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Configured {
    /// JSON pointer (RFC 6901) into the catalogue, in which an entry of a list may stand by its id:
    /// `/work_kinds/drain-clear/plan/2024`.
    pub path: String,
    /// What stands there now; `null` takes away what stood there.
    pub value: Json,
}

/// `account_added`: an account was made. Secrets never stand in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountAdded {
    /// The person's or crew's name.
    pub name: String,
    /// Its role.
    pub role: String,
    /// Crews it belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crews: Vec<CrewId>,
}

/// `account_changed`: an account was changed. What is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountChanged {
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Another role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Other crews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crews: Option<Vec<CrewId>>,
}

/// `account_locked`: an account was locked or unlocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLocked {
    /// False says it was unlocked.
    pub locked: bool,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A piece of JSON, kept as its text.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json(pub Box<RawValue>);

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}
