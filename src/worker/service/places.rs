//! How a kind of work stands place by place, as a list and on the map.

use super::{
    completion::{Shown, nothing_shown, read_period},
    state::State,
};
use crate::worker::protocol::{
    GroupBy, GroupRow, Groups, ListGroups, ShowShares, TaskGeoJson, Trouble,
};
use mendmap_core::{
    catalog::{AssetKindId, Locates},
    geodesy::LonLat,
    ledger::{
        Ratio,
        season::{GroupKey, SideBySide},
    },
    order::sort_by,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

/// The place of a grouping among those of [`Shown`].
fn place(by: GroupBy) -> usize {
    match by {
        GroupBy::Street => 0,
        GroupBy::Community => 1,
        GroupBy::Cell => 2,
    }
}

impl State {
    /// Place by place, the least done first.
    pub(super) fn groups(&mut self, q: &ListGroups) -> Result<Groups, Trouble> {
        let beside = self.beside(q)?;
        let shown = self.shown.as_ref().ok_or_else(nothing_shown)?;
        let which = place(q.by);
        let covered = shown.head.covered(which);
        let sides = beside.as_ref().zip(shown.head.grouping(which));
        let mut sides = sides.map(|(beside, grouping)| beside.groups(grouping).into_iter());
        let groups = shown.head.groups(which).zip(covered);
        let mut rows: Vec<(usize, GroupRow)> = groups
            .map(|((key, counts), covered)| {
                let sides = sides.as_mut().and_then(Iterator::next);
                GroupRow {
                    name: self.group_name(key),
                    key: key.clone(),
                    counts,
                    covered,
                    sides: sides.map(|(_, sides)| sides),
                    at: None,
                }
            })
            .enumerate()
            .collect();
        sort_by(&mut rows, |(_, a), (_, b)| {
            let order = a.counts.least_done_first(&b.counts);
            order.then(a.key.cmp(&b.key))
        });
        let total = rows.len();
        rows.truncate(q.count);
        let mut at = |(group, row): (usize, GroupRow)| GroupRow {
            at: self.group_at(shown, which, group, &row.key),
            ..row
        };
        let rows = rows.into_iter().map(&mut at).collect();
        Ok(Groups {
            total,
            rows,
            sides: beside.map(|beside| beside.whole()),
        })
    }

    /// The completion that is shown beside another period, each as it ended or stands today.
    fn beside(&mut self, q: &ListGroups) -> Result<Option<SideBySide>, Trouble> {
        let mut shown = self.shown.take().ok_or_else(nothing_shown)?;
        let beside = match q.from.is_empty() && q.to.is_empty() {
            true => Ok(None),
            false => read_period(&q.from, &q.to).map(|period| {
                let season = shown.head.season();
                let known = shown.beside.take().filter(|s| s.period() == period);
                let other = known.unwrap_or_else(|| {
                    self.season(&shown.work, period, Arc::clone(season.assets()))
                });
                // As many days into the one as into the other: else a year that runs would lie
                // beside a whole one.
                let into = season.number(shown.head.day());
                let day = other.day(into).unwrap_or(period.to);
                let sides = SideBySide::at(season, shown.head.day(), &other, day);
                shown.beside = Some(other);
                Some(sides)
            }),
        };
        self.shown = Some(shown);
        beside
    }

    /// What a place is called: a street or a community by its name, a cell by its number.
    fn group_name(&self, key: &GroupKey) -> String {
        match key {
            GroupKey::Street(name) => name.clone(),
            GroupKey::Community(uid) => {
                let asset = self.city.summary(uid);
                let named = asset.map(|asset| asset.name.or(asset.code).unwrap_or_default());
                named.unwrap_or_default()
            }
            GroupKey::Cell(cell) => cell.to_string(),
            GroupKey::Nowhere => String::new(),
        }
    }

    /// Where to look for a place: of a street, at the first of its assets.
    fn group_at(
        &self,
        shown: &Shown,
        which: usize,
        group: usize,
        key: &GroupKey,
    ) -> Option<LonLat> {
        match key {
            GroupKey::Street(_) => {
                let first = shown.head.grouping(which)?.members(group).next()?;
                let uid = shown.head.season().assets().uid(first)?;
                Some(self.city.summary(&uid)?.at)
            }
            GroupKey::Community(uid) => Some(self.city.summary(uid)?.at),
            GroupKey::Cell(cell) => Some(shown.grid.as_ref()?.bbox(*cell).center()),
            GroupKey::Nowhere => None,
        }
    }

    /// The places as a map shows them: each a shape with the share done in percent (`p`, rounded
    /// down) and in words (`t`), which for an area stand at a point of their own.
    pub(super) fn shares(&self, q: &ShowShares) -> Result<TaskGeoJson, Trouble> {
        let shown = self.shown.as_ref().ok_or_else(nothing_shown)?;
        let streets = match q.by {
            GroupBy::Street => self.street_shapes(),
            _ => BTreeMap::new(),
        };
        let mut features = Vec::new();
        for (key, counts) in shown.head.groups(place(q.by)) {
            let share = counts.share();
            let shapes: Vec<Value> = match key {
                GroupKey::Street(name) => streets.get(name).cloned().unwrap_or_default(),
                GroupKey::Community(uid) => {
                    let asset = self.city.asset(uid);
                    let shape = asset.and_then(|a| serde_json::from_str(&a.geometry).ok());
                    shape.into_iter().collect()
                }
                GroupKey::Cell(cell) => {
                    let ring = shown.grid.as_ref().map(|grid| grid.ring(*cell));
                    let ring = ring.iter().flatten().map(|at| [at.lon, at.lat]);
                    let ring: Vec<_> = ring.collect();
                    vec![json!({ "type": "Polygon", "coordinates": [ring] })]
                }
                GroupKey::Nowhere => Vec::new(),
            };
            let middle = match key {
                GroupKey::Street(_) | GroupKey::Nowhere => None,
                GroupKey::Community(uid) => self.city.summary(uid).map(|asset| asset.at),
                GroupKey::Cell(cell) => shown.grid.as_ref().map(|g| g.bbox(*cell).center()),
            };
            let middle =
                middle.map(|at| json!({ "type": "Point", "coordinates": [at.lon, at.lat] }));
            features.extend(shapes.into_iter().chain(middle).map(|geometry| {
                json!({
                    "type": "Feature",
                    "geometry": geometry,
                    "properties": { "p": percent(share), "t": in_words(share) },
                })
            }));
        }
        let geojson = json!({ "type": "FeatureCollection", "features": features }).to_string();
        Ok(TaskGeoJson { geojson })
    }

    /// The lines of each street, by its name.
    fn street_shapes(&self) -> BTreeMap<String, Vec<Value>> {
        let kinds = self.catalog().asset_kinds.iter();
        let kinds = kinds.filter(|kind| kind.locates == Some(Locates::Street));
        let kinds: Vec<AssetKindId> = kinds.map(|kind| kind.id.clone()).collect();
        let mut shapes = BTreeMap::<String, Vec<Value>>::new();
        for uid in self.city.uids_of(&kinds) {
            if let Some(name) = self.city.street_of(&uid)
                && let Some(asset) = self.city.asset(&uid)
                && let Ok(shape) = serde_json::from_str(&asset.geometry)
            {
                shapes.entry(name).or_default().push(shape);
            }
        }
        shapes
    }
}

/// Whole percents, rounded down: all is said only of all.
fn percent(share: Ratio) -> u32 {
    share.permille().0 / 10
}

fn in_words(share: Ratio) -> String {
    match share.part {
        0 => "0%".into(),
        _ => format!("{}%", percent(share).max(1)),
    }
}
