//! What people propose and decide, as drafts. Each refuses what makes no sense.

use super::{Proposed, Says, Standing};
use crate::catalog::{AssetKind, Catalog, GeometryType};
use crate::ids::{AssetUid, EventId};
use crate::log::{
    AssetAdded, AssetConfirmed, AssetCorrected, AssetDeclined, AssetVanished, Draft, Photo,
    Position, Shape, Subject, Undone,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why something cannot be proposed or decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A newer version wrote about this asset.
    #[error("a newer version wrote about this asset")]
    ReadOnly,
    /// There is no such proposal, or it was taken back.
    #[error("no such proposal stands")]
    NoProposal,
    /// It was decided already. Whoever wants otherwise takes that back first.
    #[error("it was decided already")]
    Decided,
    /// Words are missing: what is wrong, or why it is not so.
    #[error("words are missing")]
    Empty,
    /// The catalogue has no layer for such a kind of asset.
    #[error("the catalogue has no layer for such a kind of asset")]
    UnknownKind,
    /// Only points are put on the map, or moved.
    #[error("only what is a point is put on the map, or moved")]
    NotAPoint,
    /// It is on no layer that is here.
    #[error("no such asset is on the map")]
    UnknownAsset,
    /// Such an asset is never said to be missing: a street, an area.
    #[error("a street or an area cannot be missing")]
    NeverMissing,
    /// It stands there as it is.
    #[error("nothing would change")]
    NoChange,
}

fn may_write(known: Option<&Proposed>) -> Result<(), Refusal> {
    match known.is_some_and(|known| known.read_only) {
        true => Err(Refusal::ReadOnly),
        false => Ok(()),
    }
}

/// Puts an asset on the map that no layer has; its uid is that of the snapshot, for life.
///
/// # Errors
/// If the catalogue has no layer of such a kind, or it is no point.
pub fn add(added: AssetAdded, catalog: &Catalog) -> Result<Draft, Refusal> {
    let kind = &added.asset.kind;
    let has_layer = catalog
        .layers
        .iter()
        .any(|layer| layer.kinds.contains(kind));
    match catalog.asset_kind(kind) {
        Some(kind) if has_layer && kind.geometry == GeometryType::Point => {}
        Some(_) if has_layer => return Err(Refusal::NotAPoint),
        _ => return Err(Refusal::UnknownKind),
    }
    Ok(Draft::new(Subject::Asset(added.asset.uid), added))
}

/// Whether assets of a kind may be said to be missing or stolen. A street, a community, a park is where it
/// is; of one that is not so the record is wrong.
pub fn can_vanish(kind: &AssetKind) -> bool {
    kind.locates.is_none() && kind.geometry != GeometryType::Polygon
}

/// Says that an asset is not there: [`super::MISSING`], [`super::STOLEN`] or another reason.
///
/// # Errors
/// [`Refusal::ReadOnly`].
pub fn vanish(
    uid: AssetUid,
    known: Option<&Proposed>,
    vanished: AssetVanished,
) -> Result<Draft, Refusal> {
    may_write(known)?;
    Ok(Draft::new(Subject::Asset(uid), vanished))
}

/// Says that an asset, which is shown at `from` as far as that is known, stands elsewhere.
///
/// # Errors
/// If that is where it is shown.
pub fn move_to(
    uid: AssetUid,
    known: Option<&Proposed>,
    from: Option<Position>,
    to: Position,
    note: Option<String>,
    photos: Vec<Photo>,
) -> Result<Draft, Refusal> {
    may_write(known)?;
    if from == Some(to) {
        return Err(Refusal::NoChange);
    }
    let corrected = AssetCorrected {
        shape: Some(Shape::Point(to)),
        note,
        photos,
        ..AssetCorrected::default()
    };
    Ok(Draft::new(Subject::Asset(uid), corrected))
}

/// Says that an asset's record is wrong.
///
/// # Errors
/// Without words and pictures.
pub fn correct(
    uid: AssetUid,
    known: Option<&Proposed>,
    note: Option<String>,
    photos: Vec<Photo>,
) -> Result<Draft, Refusal> {
    may_write(known)?;
    if note.is_none() && photos.is_empty() {
        return Err(Refusal::Empty);
    }
    let corrected = AssetCorrected {
        note,
        photos,
        ..AssetCorrected::default()
    };
    Ok(Draft::new(Subject::Asset(uid), corrected))
}

/// Whether somebody may decide so: where nobody has, or where that is what holds and is disputed.
fn open(known: &Proposed, proposal: EventId, so: Standing) -> Result<(), Refusal> {
    may_write(Some(known))?;
    let proposal = known.get(proposal);
    match proposal.map(|p| (p.standing, p.is_disputed)) {
        Some((Standing::Open, _)) => Ok(()),
        Some((holds, true)) if holds == so => Ok(()),
        Some((Standing::Confirmed | Standing::Declined, _)) => Err(Refusal::Decided),
        _ => Err(Refusal::NoProposal),
    }
}

/// Confirms a proposal: from now on it is part of the layer. One that was confirmed and is disputed is
/// confirmed once more, and disputed no longer.
///
/// # Errors
/// If it does not stand, or was decided.
pub fn confirm(
    known: &Proposed,
    proposal: EventId,
    note: Option<String>,
) -> Result<Draft, Refusal> {
    open(known, proposal, Standing::Confirmed)?;
    let confirmed = AssetConfirmed { proposal, note };
    Ok(Draft::new(Subject::Asset(known.uid), confirmed))
}

/// Declines a proposal; once more where it was declined and that is disputed.
///
/// # Errors
/// If it does not stand, or was decided; without a reason.
pub fn decline(known: &Proposed, proposal: EventId, reason: &str) -> Result<Draft, Refusal> {
    open(known, proposal, Standing::Declined)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::Empty);
    }
    let reason = reason.to_owned();
    let declined = AssetDeclined { proposal, reason };
    Ok(Draft::new(Subject::Asset(known.uid), declined))
}

/// Takes back a proposal, or a decision on one.
///
/// # Errors
/// If neither is there.
pub fn take_back(known: &Proposed, event: EventId) -> Result<Draft, Refusal> {
    may_write(Some(known))?;
    let is_one = |p: &super::Proposal| match p.standing {
        Standing::Open | Standing::Confirmed | Standing::Declined => {
            p.id == event || p.decisions.iter().any(|d| d.event == event)
        }
        Standing::TakenBack | Standing::Refused => false,
    };
    if !known.proposals.iter().any(is_one) {
        return Err(Refusal::NoProposal);
    }
    let undone = Undone {
        events: vec![event],
        note: None,
    };
    Ok(Draft::new(Subject::Asset(known.uid), undone))
}

impl Says {
    /// Name of the kind of event that says it.
    pub fn kind(self) -> &'static str {
        match self {
            Says::Added => "asset_added",
            Says::Moved | Says::Wrong => "asset_corrected",
            Says::Missing | Says::Stolen | Says::Gone => "asset_vanished",
        }
    }
}
