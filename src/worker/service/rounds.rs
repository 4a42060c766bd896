//! Rounds: what can be made one, and where one stands.

use super::state::State;
use crate::worker::protocol::{Around, Rounds, RoundsThere, StopRow, Stops};
use mendmap_core::{
    catalog::GeometryType,
    city::{AssetSummary, Filter},
    geodesy::{LonLat, length_m},
    log::AssetSnapshot,
    order::sort_by,
    task::{Stop, round_offers},
};

impl State {
    pub(super) fn rounds_there(&self, q: &RoundsThere) -> Rounds {
        let (street, assets) = match &q.around {
            Around::Street(uid) => {
                let street = self.city.street_of(uid);
                let assets = street.as_deref().map(|street| self.city.on_street(street));
                (street, assets.unwrap_or_default())
            }
            Around::Area(shape) => {
                let ring: Vec<LonLat> = shape
                    .positions()
                    .iter()
                    .copied()
                    .map(LonLat::from)
                    .collect();
                let street = ring.first().and_then(|at| self.city.where_is(*at).street);
                let points = self.catalog().asset_kinds.iter();
                let points = points.filter(|kind| kind.geometry == GeometryType::Point);
                let filter = Filter::kinds(points.map(|kind| kind.id.clone()));
                (street, self.city.within(&[ring], &filter))
            }
        };
        let assets: Vec<_> = assets
            .into_iter()
            .map(|asset| (asset.uid, asset.kind))
            .collect();
        let offers = round_offers(self.catalog(), &assets, &|work, asset| {
            let mut tasks = self.tasks.on_asset(asset);
            tasks.any(|task| task.is_open() && task.work.any() == Some(work))
        });
        match self.may("plotted") {
            true => Rounds { street, offers },
            false => Rounds {
                street,
                offers: Vec::new(),
            },
        }
    }

    pub(super) fn stops(&self, q: &Stops) -> Vec<StopRow> {
        let Some(task) = self.tasks.get(q.task) else {
            return Vec::new();
        };
        let rows = task.stops().into_iter().map(|(asset, stop)| {
            let checks = task.checks_at(asset.uid, self.catalog());
            let asset = self.city.summary(&asset.uid).unwrap_or_else(|| once(asset));
            StopRow {
                checks,
                metres: q.at.map(|at| length_m(&[at, asset.at])),
                asset,
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
