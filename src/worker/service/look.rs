//! Looking: taps, searches, cards.

use super::state::State;
use crate::worker::protocol::{
    AssetCard, AssetDetail, Nearest, Packed, PlaceCard, PlaceDetail, Search, Shape, Tap, Tapped,
    TaskCard, TaskDetail, TaskRow, Trouble,
};
use mendmap_core::{
    catalog::{GeometryType, PlaceType},
    city::{Filter, Near, Searched},
    geodesy::{self, LonLat},
    ids::AssetUid,
    task::{Touched, touched},
};

impl State {
    pub(super) fn tap(&mut self, q: &Tap) -> Result<Tapped, Trouble> {
        let is_point = |kind| {
            let kind = self.catalog().asset_kind(kind);
            kind.is_some_and(|kind| kind.geometry == GeometryType::Point)
        };
        let assets = self.city.tap(q.at, q.radius_m, &q.visible);
        let assets: Vec<_> = assets
            .iter()
            .map(|hit| (hit.asset.uid, is_point(&hit.asset.kind)))
            .collect();
        let near = |tasks: Vec<TaskRow>| {
            let nearest = tasks.into_iter().next()?;
            (nearest.metres? <= q.radius_m).then_some(nearest.task.uid)
        };
        let open = near(self.open_places(Some(q.at)));
        let done = || near(self.done_places(Some(q.at)));
        let met = match touched(open, &assets, done) {
            Touched::Task(uid) => self
                .task_detail(uid)
                .map(|detail| Tapped::Task(Box::new(detail))),
            Touched::Asset(uid) => self
                .asset_detail(&uid)
                .map(|detail| Tapped::Asset(Box::new(detail))),
            Touched::Ground => None,
        };
        Ok(met.unwrap_or(Tapped::Ground))
    }

    pub(super) fn nearest(&mut self, q: Nearest) -> Result<Near, Trouble> {
        let filter = Filter::layers(q.visible);
        Ok(self.city.nearest(q.at, q.count, q.within, &filter))
    }

    pub(super) fn search(&mut self, q: &Search) -> Result<Searched, Trouble> {
        Ok(self.city.search(&q.text, q.limit, q.near))
    }

    pub(super) fn asset_card(&mut self, q: &AssetCard) -> Result<Option<AssetDetail>, Trouble> {
        Ok(self.asset_detail(&q.uid))
    }

    fn asset_detail(&self, uid: &AssetUid) -> Option<AssetDetail> {
        let there = self.city.asset(uid);
        let is_there = there.is_some();
        let asset = there.or_else(|| self.remembered(*uid))?;
        let work = self
            .catalog()
            .work_for_asset(&asset.summary.kind)
            .filter(|_| is_there && self.may("plotted"))
            .map(|w| w.id.clone());
        let work = work.collect();
        let tasks = self.tasks_of(uid);
        let mark = self.mark_of(uid);
        let said = Packed::of(&self.said_of(&asset.summary, is_there));
        Some(AssetDetail {
            asset,
            tasks,
            work,
            mark,
            said,
            is_whole: self.has_all(),
        })
    }

    pub(super) fn place_card(&mut self, q: &PlaceCard) -> Result<PlaceDetail, Trouble> {
        let line: Vec<LonLat> = q
            .shape
            .positions()
            .iter()
            .copied()
            .map(LonLat::from)
            .collect();
        let (length_m, area_m2, place) = match q.shape {
            Shape::Point(_) => (None, None, PlaceType::Point),
            Shape::Line(_) => (Some(geodesy::length_m(&line)), None, PlaceType::Line),
            Shape::Polygon(_) => (
                None,
                Some(geodesy::area_m2(std::slice::from_ref(&line))),
                PlaceType::Polygon,
            ),
        };
        let measure = |value: f64| geodesy::round_measure(value, 2).map(|d| d.to_string());
        let here = line
            .first()
            .map(|at| self.city.where_is(*at))
            .unwrap_or_default();
        Ok(PlaceDetail {
            length_m: length_m.and_then(measure),
            area_m2: area_m2.and_then(measure),
            street: here.street,
            community: here.community,
            work: self
                .catalog()
                .work_for_place(place)
                .filter(|_| self.may("plotted"))
                .map(|w| w.id.clone())
                .collect(),
            kinds: match q.shape {
                Shape::Point(_) => self.kinds_to_add(),
                _ => Vec::new(),
            },
        })
    }

    pub(super) fn task_card(&mut self, q: &TaskCard) -> Result<Option<TaskDetail>, Trouble> {
        Ok(self.task_detail(q.uid))
    }
}
