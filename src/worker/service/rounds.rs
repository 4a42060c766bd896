//! Rounds: what can be made one, and where one stands.

use super::state::State;
use crate::worker::protocol::{Around, Rounds, RoundsThere, StopRow, Stops};
use mendmap_core::{
    catalog::{AssetKindId, WorkKindId},
    city::{AssetSummary, Filter},
    geodesy::{Bbox, LonLat, length_m},
    ids::{AssetUid, TaskUid},
    log::{AssetSnapshot, WorkLine},
    order::sort_by,
    task::{
        Mark, Seen, Stop, Task, is_stop, nearest_first, round_name, round_offer, round_offers,
        says_amiss,
    },
};

/// What lies around something.
struct There {
    name: Option<String>,
    assets: Vec<AssetSummary>,
    these: Vec<AssetSummary>,
    strays: Vec<AssetUid>,
}

impl State {
    pub(super) fn rounds_there(&self, q: &RoundsThere) -> Rounds {
        if !self.may("plotted") {
            return Rounds::default();
        }
        if let Around::Left { at, within } = q.around {
            return self.round_of_the_left(at, within);
        }
        let There {
            name,
            assets,
            these,
            strays,
        } = self.there(&q.around);
        let offers = round_offers(self.catalog(), &of_kinds(assets), &|work, asset| {
            self.is_open(work, asset)
        });
        Rounds {
            name,
            offers,
            these,
            strays,
        }
    }

    /// All assets there to which work of a kind is done in rounds, and at which none is open.
    pub(super) fn all_there(&self, work: &WorkKindId, around: &Around) -> Vec<AssetUid> {
        let Some(kind) = self.catalog().work_kind(work) else {
            return Vec::new();
        };
        let assets = self.there(around).assets.into_iter();
        let fits = |kind_of: &AssetKindId| {
            self.catalog().goes_round(kind, kind_of) && is_stop(self.catalog(), kind_of)
        };
        let assets = assets.filter(|a| fits(&a.kind) && !self.is_open(work, a.uid));
        assets.map(|asset| asset.uid).collect()
    }

    /// What one can stand at there.
    fn there(&self, around: &Around) -> There {
        let points = self.catalog().asset_kinds.iter();
        let points = points.map(|kind| kind.id.clone());
        let filter = Filter::kinds(points.filter(|kind| is_stop(self.catalog(), kind)));
        let (mut these, mut strays) = Default::default();
        let (name, assets) = match around {
            Around::Asset(uid) => match self.city.inside(uid, &filter) {
                Some(assets) => (self.city.summary(uid).and_then(|area| area.name), assets),
                None => {
                    let street = self.city.street_of(uid);
                    let assets = street
                        .as_deref()
                        .map(|street| self.city.on_street(street, &filter));
                    (street, assets.unwrap_or_default())
                }
            },
            Around::Area(shape) => {
                let ring: Vec<LonLat> = shape
                    .positions()
                    .iter()
                    .copied()
                    .map(LonLat::from)
                    .collect();
                let street = ring.first().and_then(|at| self.city.where_is(*at).street);
                (street, self.city.within(&[ring], &filter))
            }
            Around::These(chosen) => {
                (these, strays) = self.points_of(chosen);
                (self.called(chosen), these.clone())
            }
            Around::Left { at, within } => {
                let left = self.what_is_left().map(|(asset, _)| asset).collect();
                (None, nearest_first(left, *at, *within))
            }
        };
        There {
            name,
            assets,
            these,
            strays,
        }
    }

    /// Those of some assets that one can stand at, and the others. What is not there is neither.
    fn points_of(&self, assets: &[AssetUid]) -> (Vec<AssetSummary>, Vec<AssetUid>) {
        let known = assets.iter().filter_map(|uid| self.city.summary(uid));
        let is_point = |asset: &AssetSummary| is_stop(self.catalog(), &asset.kind);
        let (points, others): (_, Vec<AssetSummary>) = known.partition(is_point);
        (points, others.iter().map(|asset| asset.uid).collect())
    }

    /// The round of what the completion that is shown has left.
    fn round_of_the_left(&self, at: Option<LonLat>, within: Option<Bbox>) -> Rounds {
        let left = self.what_is_left().map(|(asset, _)| asset).collect();
        let left = of_kinds(nearest_first(left, at, within));
        let is_open = |work: &WorkKindId, asset| self.is_open(work, asset);
        let kind = self.shown_work();
        let kind = kind.and_then(|work| self.catalog().work_kind(work));
        let offer = kind.and_then(|kind| round_offer(self.catalog(), kind, &left, &is_open));
        Rounds {
            name: offer.as_ref().and_then(|offer| self.called(&offer.assets)),
            offers: offer.into_iter().collect(),
            ..Rounds::default()
        }
    }

    /// What a round of some assets is called.
    pub(super) fn called(&self, assets: &[AssetUid]) -> Option<String> {
        let streets = assets.iter().filter_map(|uid| self.city.street_of(uid));
        let streets: Vec<String> = streets.collect();
        round_name(streets.iter().map(String::as_str))
    }

    fn is_open(&self, work: &WorkKindId, asset: AssetUid) -> bool {
        let mut tasks = self.tasks.on_asset(asset);
        tasks.any(|task| task.is_open() && task.work.any() == Some(work))
    }

    pub(super) fn stops(&self, q: &Stops) -> Vec<StopRow> {
        let Some(task) = self.tasks.get(q.task) else {
            return Vec::new();
        };
        let seen = self.seen(task);
        let rows = task.stops().into_iter().map(|(asset, stop)| {
            let about = self.says_amiss(task, asset.uid);
            let amiss = (seen.as_ref()).is_some_and(|seen| seen.amiss.contains(&asset.uid));
            let mark = match seen {
                Some(_) if amiss => Mark::Open,
                Some(_) => Mark::None,
                None => task.stop_mark(&stop),
            };
            let is_own = about == Some(TaskUid::found(task.uid, asset.uid));
            let checks = task.checks_at(asset.uid, self.catalog());
            let asset = self.city.summary(&asset.uid).unwrap_or_else(|| once(asset));
            StopRow {
                checks,
                metres: q.at.map(|at| length_m(&[at, asset.at])),
                asset,
                mark,
                amiss,
                about,
                is_own,
                stop,
            }
        });
        let mut rows: Vec<StopRow> = rows.collect();
        let turn = |row: &StopRow| match row.stop {
            Stop::Left => 0,
            Stop::Unreached(_) => 1,
            Stop::Done => 2,
        };
        sort_by(&mut rows, |a, b| {
            let metres = |row: &StopRow| row.metres.unwrap_or_default();
            turn(a)
                .cmp(&turn(b))
                .then_with(|| metres(a).total_cmp(&metres(b)))
        });
        rows
    }
}

impl State {
    /// What a round that observes comes to.
    pub(super) fn seen(&self, task: &Task) -> Option<Seen> {
        task.seen(self.catalog(), &|asset| {
            self.says_amiss(task, asset).is_some()
        })
    }

    /// The line that its report has.
    pub(super) fn rate_line(&self, task: &Task) -> Option<WorkLine> {
        task.rate_line(self.catalog(), &self.seen(task)?)
    }

    /// The open work that says that an asset of it is amiss.
    fn says_amiss(&self, task: &Task, asset: AssetUid) -> Option<TaskUid> {
        let (_, observes) = task.observes(self.catalog())?;
        let on_it = self.tasks.on_asset(asset).map(|task| &**task);
        says_amiss(observes, on_it).map(|task| task.uid)
    }
}

fn of_kinds(assets: Vec<AssetSummary>) -> Vec<(AssetUid, AssetKindId)> {
    let assets = assets.into_iter();
    assets.map(|asset| (asset.uid, asset.kind)).collect()
}

/// An asset as it was once.
fn once(asset: &AssetSnapshot) -> AssetSummary {
    AssetSummary {
        uid: asset.uid,
        layer: mendmap_core::catalog::LayerId(String::new()),
        kind: asset.kind.clone(),
        code: asset.code.clone(),
        name: asset.name.clone(),
        street: None,
        at: LonLat::from(<[f64; 2]>::from(asset.at.degrees())),
    }
}
