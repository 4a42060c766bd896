//! What people say of assets that the layers do not have so.

use super::{Service, draft::words, state::State, world};
use crate::worker::protocol::{ProposalView, Propose, Said, SaidOf, Saying, Trouble};
use mendmap_core::{
    catalog::{AssetKindId, GeometryType},
    city::AssetSummary,
    geodesy::LonLat,
    ids::{AssetUid, EventId},
    log::{AssetAdded, AssetSnapshot, AssetVanished, Draft, Json, Photo, Position, Subject},
    proposal::{self, MISSING, Proposed, Refusal, STOLEN, Says, Standing},
    task::Changed,
};
use serde_json::{Value, json, value::RawValue};
use std::rc::Rc;

impl Service {
    /// Drafts, seals, stores, and only then shows: what this answers is on the disk.
    pub(super) async fn propose(self: &Rc<Self>, q: Propose) -> Result<Said, Trouble> {
        let names = q.photos.split(' ').filter(|name| !name.is_empty());
        let names = names.map(str::to_owned).collect();
        let draft = move |state: &State, photos| state.said(&q, photos);
        match self.append(names, Box::new(draft)).await? {
            (event, Subject::Asset(asset)) => Ok(Said { asset, event }),
            _ => Err(not_there("asset")),
        }
    }
}

impl State {
    /// Folds again what changed in the log: tasks, and what is said of assets.
    pub(super) fn refresh(&mut self, subjects: &[Subject]) -> Changed {
        let changed = self.tasks.refresh(&self.log, subjects);
        let said = self.proposals.refresh(&self.log, subjects);
        self.amended(&said);
        changed
    }

    /// Whether an event counts, by the server's verdict.
    pub(super) fn set_refused(&mut self, event: EventId, refused: bool) -> Changed {
        let changed = self.tasks.set_refused(event, refused, &self.log);
        let said = self.proposals.set_refused(event, refused, &self.log);
        self.amended(&said);
        changed
    }

    /// Shows the city as it is said to be, where that changed; all tiles are then stale.
    pub(super) fn amended(&mut self, said: &[AssetUid]) {
        if said.is_empty() {
            return;
        }
        self.city.amend(self.proposals.amendments());
        self.mark_all();
        self.count_layers();
        self.is_stale = true;
    }

    /// Drafts what somebody says.
    fn said(&self, q: &Propose, photos: Vec<Photo>) -> Result<Draft, Trouble> {
        let note = words(&q.note);
        let known = |asset: &AssetUid| self.proposals.get(*asset).map(|known| &**known);
        let told = |asset: &AssetUid| known(asset).ok_or(Refusal::NoProposal);
        let saying = q.saying.read().ok_or_else(|| not_there("saying"))?;
        let drafted = match &saying {
            Saying::Add {
                kind,
                at,
                name,
                code,
            } => proposal::add(
                AssetAdded {
                    note,
                    photos,
                    ..self.added(kind, *at, words(name), words(code))?
                },
                self.catalog(),
            ),
            Saying::Vanish { asset, stolen } => {
                let reason = if *stolen { STOLEN } else { MISSING };
                let vanished = AssetVanished {
                    reason: Some(reason.into()),
                    photos,
                    note,
                };
                proposal::vanish(*asset, known(asset), vanished)
            }
            Saying::Move { asset, to } => {
                // Its layer may still be on its way.
                let shown = self.city.summary(asset);
                if shown.as_ref().is_some_and(|a| !self.is_point(&a.kind)) {
                    return Err(refused(Refusal::NotAPoint));
                }
                let from = shown.and_then(|a| Position::from_degrees(a.at.lon, a.at.lat));
                proposal::move_to(*asset, known(asset), from, position(*to)?, note, photos)
            }
            Saying::Correct { asset } => proposal::correct(*asset, known(asset), note, photos),
            Saying::Confirm { asset, proposal } => {
                told(asset).and_then(|known| proposal::confirm(known, *proposal, note))
            }
            Saying::Decline { asset, proposal } => {
                told(asset).and_then(|known| proposal::decline(known, *proposal, &q.note))
            }
            Saying::TakeBack { asset, event } => {
                told(asset).and_then(|known| proposal::take_back(known, *event))
            }
        };
        drafted.map_err(refused)
    }

    /// A new asset at a place, with the street and the community that the map has there.
    fn added(
        &self,
        kind: &AssetKindId,
        at: [f64; 2],
        name: Option<String>,
        code: Option<String>,
    ) -> Result<AssetAdded, Trouble> {
        let here = self.city.where_is(LonLat::from(at));
        let mut layers = self.catalog().layers.iter();
        let layer = layers.find(|layer| layer.kinds.contains(kind));
        let street = layer.map(|layer| &*layer.fields.street).zip(here.street);
        let community = here.community.map(|name| ("community", name));
        let known = [street, community].into_iter().flatten();
        let members: Vec<String> = known
            .map(|(name, value)| format!("{}:{}", json!(name), json!(value)))
            .collect();
        let properties = (!members.is_empty()).then(|| format!("{{{}}}", members.join(",")));
        Ok(AssetAdded {
            asset: AssetSnapshot {
                uid: world::fresh(AssetUid),
                code,
                name,
                kind: kind.clone(),
                at: position(at)?,
            },
            shape: None,
            properties: properties
                .and_then(|text| RawValue::from_string(text).ok())
                .map(Json),
            photos: Vec::new(),
            note: None,
        })
    }

    fn is_point(&self, kind: &AssetKindId) -> bool {
        let kind = self.catalog().asset_kind(kind);
        kind.is_some_and(|kind| kind.geometry == GeometryType::Point)
    }

    /// The kinds that can be put on the map: the points that a layer takes, by its layers.
    pub(super) fn kinds_to_add(&self) -> Vec<AssetKindId> {
        if !self.may(Says::Added.kind()) {
            return Vec::new();
        }
        let layers = self.catalog().layers.iter();
        let mut kinds: Vec<AssetKindId> = Vec::new();
        for kind in layers.flat_map(|layer| &layer.kinds) {
            if self.is_point(kind) && !kinds.contains(kind) {
                kinds.push(kind.clone());
            }
        }
        kinds
    }

    /// What was said of an asset, for its card.
    pub(super) fn said_of(&self, asset: &AssetSummary) -> SaidOf {
        let known = self.proposals.get(asset.uid);
        let writable = known.is_none_or(|known| !known.read_only);
        let may_decide = writable && self.may("asset_confirmed");
        SaidOf {
            proposals: known.map_or_else(Vec::new, |known| self.proposed(known)),
            is_gone: known.is_some_and(|known| known.is_gone),
            may_propose: writable && self.may(Says::Missing.kind()),
            may_decide,
            is_point: self.is_point(&asset.kind),
        }
    }

    fn proposed(&self, known: &Proposed) -> Vec<ProposalView> {
        let me = self.actor();
        let may_decide = self.may("asset_confirmed");
        let all = known.proposals.iter().filter_map(|p| {
            let envelope = p.event.envelope()?;
            let is_open = p.standing == Standing::Open;
            let is_mine = envelope.actor == me || may_decide;
            let photos = p.photos().iter();
            Some(ProposalView {
                id: p.id,
                says: p.says,
                standing: p.standing,
                by: envelope.actor.to_string(),
                at: envelope.corrected(),
                note: p.note().map(Into::into),
                photos: photos.flat_map(|photo| [&*photo.sha256, " "]).collect(),
                decisions: p.decisions.clone(),
                may_take_back: !known.read_only && is_open && is_mine,
            })
        });
        all.collect()
    }

    /// What the map shows of what nobody has decided yet, as GeoJSON features.
    pub(super) fn said_shapes(&self) -> Vec<Value> {
        let said = self.proposals.iter().filter_map(|known| {
            let says = known.mark()?;
            let at = self.city.summary(&known.uid)?.at;
            Some(json!({
                "type": "Feature",
                "geometry": { "type": "Point", "coordinates": [at.lon, at.lat] },
                "properties": { "uid": known.uid, "p": shown_as(says) },
            }))
        });
        said.collect()
    }
}

/// The sign on the map.
fn shown_as(says: Says) -> &'static str {
    match says {
        Says::Added => "new",
        Says::Moved => "moved",
        Says::Wrong => "wrong",
        Says::Missing | Says::Stolen | Says::Gone => "gone",
    }
}

fn position([lon, lat]: [f64; 2]) -> Result<Position, Trouble> {
    Position::from_degrees(lon, lat).ok_or_else(|| not_there("place"))
}

fn refused(refusal: Refusal) -> Trouble {
    Trouble::Unsaid { refusal }
}

fn not_there(what: &str) -> Trouble {
    Trouble::NotThere { what: what.into() }
}
