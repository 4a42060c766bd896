//! What people say of assets that the layers do not have so.

use super::{Service, draft::words, state::State, world};
use crate::worker::protocol::{
    ListSaid, Off, ProposalView, Propose, Said, SaidList, SaidOf, Saying, Stale, Trouble,
};
use mendmap_core::{
    catalog::{AssetKindId, GeometryType, LayerId},
    city::{Asset, AssetSummary},
    geodesy::LonLat,
    ids::{AssetUid, EventId},
    log::{AssetAdded, AssetSnapshot, AssetVanished, Draft, Json, Photo, Position, Subject},
    order::sort_by_key,
    proposal::{self, MISSING, Proposal, Proposed, Refusal, STOLEN, Says, Standing},
    task::{Changed, Task},
};
use serde_json::{Value, json, value::RawValue};
use std::{rc::Rc, sync::Arc};

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
        self.heed(subjects);
        changed
    }

    /// Whether an event counts, by the server's verdict.
    pub(super) fn set_refused(&mut self, event: EventId, refused: bool) -> Changed {
        let changed = self.tasks.set_refused(event, refused, &self.log);
        let said = self.proposals.set_refused(event, refused, &self.log);
        self.amended(&said);
        self.heed_verdict(event, refused);
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
        self.stale = Stale::Everywhere;
    }

    /// Drafts what somebody says.
    fn said(&self, q: &Propose, photos: Vec<Photo>) -> Result<Draft, Trouble> {
        let note = words(&q.note);
        let known = |asset: &AssetUid| self.proposals.get(*asset).map(|known| &**known);
        let told = |asset: &AssetUid| known(asset).ok_or(Refusal::NoProposal);
        // What its layer has not brought yet is asked for again, and nothing typed is lost meanwhile.
        let shown = |asset: &AssetUid| {
            let shown = self.city.summary(asset);
            shown.ok_or_else(|| refused(Refusal::UnknownAsset))
        };
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
                if !self.can_vanish(&shown(asset)?.kind) {
                    return Err(refused(Refusal::NeverMissing));
                }
                let reason = if *stolen { STOLEN } else { MISSING };
                let vanished = AssetVanished {
                    reason: Some(reason.into()),
                    photos,
                    note,
                };
                proposal::vanish(*asset, known(asset), vanished)
            }
            Saying::Move { asset, to } => {
                let shown = shown(asset)?;
                if !self.is_point(&shown.kind) {
                    return Err(refused(Refusal::NotAPoint));
                }
                let from = Position::from_degrees(shown.at.lon, shown.at.lat);
                proposal::move_to(*asset, known(asset), from, position(*to)?, note, photos)
            }
            Saying::Correct { asset } => {
                shown(asset)?;
                proposal::correct(*asset, known(asset), note, photos)
            }
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

    fn can_vanish(&self, kind: &AssetKindId) -> bool {
        let kind = self.catalog().asset_kind(kind);
        kind.is_some_and(proposal::can_vanish)
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

    /// What was said of an asset, for its card; of one that a layer shows, or of one that is only
    /// remembered.
    pub(super) fn said_of(&self, asset: &AssetSummary, is_there: bool) -> SaidOf {
        let known = self.proposals.get(asset.uid).map(|known| &**known);
        let writable = known.is_none_or(|known| !known.read_only);
        let may_decide = writable && self.may_decide();
        let is_gone = known.is_some_and(|known| known.is_gone);
        let off = (!is_there && !is_gone).then(|| why_off(known));
        SaidOf {
            proposals: known.map_or_else(Vec::new, |known| self.proposed(known)),
            is_gone,
            off,
            may_propose: is_there && writable && self.may(Says::Missing.kind()),
            may_decide,
            is_point: self.is_point(&asset.kind),
            may_vanish: self.can_vanish(&asset.kind),
        }
    }

    fn proposed(&self, known: &Proposed) -> Vec<ProposalView> {
        let all = known.proposals.iter();
        all.filter_map(|p| self.proposal(known, p)).collect()
    }

    fn proposal(&self, known: &Proposed, p: &Proposal) -> Option<ProposalView> {
        let envelope = p.event.envelope()?;
        let is_open = p.standing == Standing::Open;
        let is_mine = envelope.actor == self.actor() || self.may_decide();
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
            unheard: p.unheard.clone(),
            waits: p.waits(),
            may_take_back: !known.read_only && is_open && is_mine,
        })
    }

    fn may_decide(&self) -> bool {
        self.may("asset_confirmed")
    }

    /// What was said of assets and waits for a decision, what waits the longest first; or what does not
    /// any more, the last first.
    pub(super) fn said_list(&self, q: &ListSaid) -> SaidList {
        let all = self.proposals.iter();
        let all = all.flat_map(|known| known.proposals.iter().map(move |p| (known, p)));
        let wanted = all.filter(|(_, p)| p.waits() != q.settled);
        let row = |(known, p): (&Arc<Proposed>, &Proposal)| {
            let since = p.decisions.last().map(|decision| decision.at);
            let view = self.proposal(known, p)?;
            Some((since.unwrap_or(view.at), known.uid, view))
        };
        let mut rows: Vec<_> = wanted.filter_map(row).collect();
        sort_by_key(&mut rows, |row| row.0);
        if q.settled {
            rows.reverse();
        }
        let assets = rows.iter().map(|row| self.known_asset(row.1));
        SaidList {
            assets: assets.collect(),
            said: SaidOf {
                proposals: rows.into_iter().map(|row| row.2).collect(),
                may_decide: self.may_decide(),
                ..SaidOf::default()
            },
        }
    }

    /// How much was said of assets that waits for a decision, and how much of it others said and waits
    /// for who is here.
    #[inline(never)]
    pub(super) fn waiting(&self) -> (usize, usize) {
        let (me, may_decide) = (self.actor(), self.may_decide());
        let mut count = (0, 0);
        let all = self.proposals.iter().flat_map(|known| &known.proposals);
        for p in all.filter(|p| p.waits()) {
            let is_mine = p.event.envelope().is_some_and(|e| e.actor == me);
            count.0 += 1;
            count.1 += usize::from(may_decide && !is_mine);
        }
        count
    }

    /// What a list shows of an asset, whoever knows it: a layer, or what was said and done. Of one that
    /// nobody knows, such as while its layer is on its way, no more than its uid.
    fn known_asset(&self, uid: AssetUid) -> AssetSummary {
        let shown = self.city.summary(&uid);
        let known = shown.or_else(|| Some(self.remembered(uid)?.summary));
        known.unwrap_or_else(|| AssetSummary {
            uid,
            layer: LayerId(String::new()),
            kind: AssetKindId(String::new()),
            code: Some(uid.to_string()),
            name: None,
            street: None,
            at: LonLat::new(0.0, 0.0),
        })
    }

    /// An asset that no layer has, as somebody put it on the map, or else as work on it names it.
    #[inline(never)]
    pub(super) fn remembered(&self, uid: AssetUid) -> Option<Asset> {
        let known = self.proposals.get(uid);
        if let Some((_, added)) = known.and_then(|known| known.as_added()) {
            return self.city.remembered(added);
        }
        let target = |task: &Arc<Task>| {
            let mut targets = task.target.written().iter();
            targets.find_map(|written| written.value.asset(uid).cloned())
        };
        let asset = self.tasks.on_asset(uid).find_map(target)?;
        self.city.remembered(&AssetAdded {
            asset,
            shape: None,
            properties: None,
            photos: Vec::new(),
            note: None,
        })
    }

    /// What the map shows of what nobody has decided yet, as GeoJSON features.
    pub(super) fn said_shapes(&self) -> Vec<Value> {
        let said = self.proposals.iter().filter_map(|known| {
            let says = known.mark()?;
            let AssetSummary { at, layer, .. } = self.city.summary(&known.uid)?;
            Some(json!({
                "type": "Feature",
                "geometry": { "type": "Point", "coordinates": [at.lon, at.lat] },
                "properties": { "uid": known.uid, "p": shown_as(says), "l": layer.0 },
            }))
        });
        said.collect()
    }
}

/// Why no layer shows an asset that is not gone.
fn why_off(known: Option<&Proposed>) -> Off {
    let added = known.and_then(|known| known.as_added());
    match added.map(|(proposal, _)| proposal.standing) {
        Some(Standing::Declined) => Off::Declined,
        Some(Standing::TakenBack) => Off::TakenBack,
        _ => Off::Unknown,
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
