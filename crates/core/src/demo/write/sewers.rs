//! Lids, drains, pumps and pipes.

use super::{NOTHING, Writer, metres};
use crate::demo::drainage::Carries;
use crate::demo::kerb;
use crate::demo::record::{Layer, Record, code, kinds, line, point};
use crate::demo::waters::PUMPS;
use geojson::JsonValue;

impl Writer<'_> {
    pub(super) fn manholes(&self) -> Layer {
        let mut layer = Layer::new("manholes", self.seed);
        let serials = self.manhole_serials();
        for (m, &serial) in self.town.sewers.manholes.iter().zip(&serials) {
            let (kind, word) = match m.carries {
                Carries::Sewage => (kinds::MANHOLE_SEWAGE, "污水井W"),
                Carries::Storm => (kinds::MANHOLE_STORM, "雨水井Y"),
            };
            let record = Record {
                kind,
                serial,
                name: format!("{}{word}{serial}", self.street(m.street)),
                street: self.street(m.street),
                year: m.year,
                at: m.at,
            };
            layer.push(record, point(m.at), NOTHING);
        }
        self.spots(
            &mut layer,
            &self.town.lamp_lids,
            kinds::MANHOLE_LAMP,
            "路灯井",
        );
        self.spots(
            &mut layer,
            &self.town.heat_lids,
            kinds::MANHOLE_HEAT,
            "热力井",
        );
        layer
    }

    /// Serial number of each manhole within its kind.
    fn manhole_serials(&self) -> Vec<usize> {
        let mut next = [0; 2];
        self.town
            .sewers
            .manholes
            .iter()
            .map(|m| {
                let n = &mut next[usize::from(m.carries == Carries::Storm)];
                *n += 1;
                *n
            })
            .collect()
    }

    pub(super) fn drains(&self) -> Layer {
        let mut layer = Layer::new("storm-drains", self.seed);
        self.spots(&mut layer, &self.town.drains, kinds::STORM_DRAIN, "雨箅子");
        layer
    }

    pub(super) fn pumps(&self) -> Layer {
        let mut layer = Layer::new("pump-stations", self.seed);
        let roots = &self.town.roots;
        let sewage = roots.sewage.iter().zip(PUMPS).enumerate();
        let sewage = sewage.map(|(i, (r, p))| (kinds::PUMP_SEWAGE, i, r.0, p.0, "污水"));
        let storm = roots.storm.iter().filter(|r| r.1.is_none());
        let storm = storm.zip(["辽河路地道桥", "中山路地道桥"]).enumerate();
        let storm = storm.map(|(i, (r, name))| (kinds::PUMP_STORM, i, r.0, name, "雨水"));
        for (kind, i, node, name, word) in sewage.chain(storm) {
            let Some(spot) = kerb::roadside(&self.town.net, &self.town.ground, node) else {
                continue;
            };
            let record = Record {
                kind,
                serial: i + 1,
                name: format!("{name}{word}泵站"),
                street: self.street(spot.street),
                year: self.year(spot.street).max(1998),
                at: spot.at,
            };
            let m3_per_h = [400, 600, 800, 1_200][i % 4];
            layer.push(record, point(spot.at), [("capacity_m3_h", m3_per_h)]);
        }
        layer
    }

    pub(super) fn pipes(&self) -> Layer {
        let mut layer = Layer::new("pipes", self.seed);
        let manholes = &self.town.sewers.manholes;
        let serials = self.manhole_serials();
        let mut next = [0; 2];
        for p in &self.town.sewers.pipes {
            let (kind, lid, word) = match p.carries {
                Carries::Sewage => (kinds::PIPE_SEWAGE, kinds::MANHOLE_SEWAGE, "污水管"),
                Carries::Storm => (kinds::PIPE_STORM, kinds::MANHOLE_STORM, "雨水管"),
            };
            let n = &mut next[usize::from(p.carries == Carries::Storm)];
            *n += 1;
            let (a, b) = (manholes[p.up].at, manholes[p.down].at);
            let extra: [(&str, JsonValue); 5] = [
                ("diameter_mm", p.diameter_mm.into()),
                ("length_m", metres(a.geographic().metres_to(b.geographic()))),
                ("material", material(p.diameter_mm, p.year).into()),
                ("upstream", code(lid, serials[p.up]).into()),
                ("downstream", code(lid, serials[p.down]).into()),
            ];
            let record = Record {
                kind,
                serial: *n,
                name: format!("{}{word}{}", self.street(p.street), *n),
                street: self.street(p.street),
                year: p.year,
                at: a,
            };
            layer.push(record, line(&[a, b]), extra);
        }
        layer
    }
}

fn material(diameter_mm: u32, year: i16) -> &'static str {
    match (diameter_mm, year) {
        (..=600, 2005..) => "HDPE双壁波纹管",
        (..=400, ..1994) => "混凝土管",
        _ => "钢筋混凝土管",
    }
}
