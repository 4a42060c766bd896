//! Communities, and the country the town lies in.

use super::{NOTHING, Writer};
use crate::demo::homes::Home;
use crate::demo::plane::Pt;
use crate::demo::record::{Kind, Layer, Record, kinds, line, point, polygon};
use crate::demo::waters::OutfallKind;
use geojson::JsonValue;

impl<'a> Writer<'a> {
    pub(super) fn renovated(&self) -> Layer {
        let mut layer = Layer::new("communities", self.seed);
        let homes = self.town.land.homes.iter();
        for (i, (home, year)) in homes.filter_map(|h| Some((h, h.programme?))).enumerate() {
            let extra: [(&str, JsonValue); 4] = [
                ("programme_year", year.into()),
                ("trades", trades(home, i).into()),
                ("built", home.built.into()),
                ("area_m2", (home.area as u64).into()),
            ];
            layer.push(
                self.home(home, kinds::RENOVATED, i),
                polygon(&home.outline),
                extra,
            );
        }
        layer
    }

    pub(super) fn heated(&self) -> Layer {
        let mut layer = Layer::new("heated-communities", self.seed);
        let homes = self.town.land.homes.iter();
        for (i, home) in homes.filter(|h| h.heated).enumerate() {
            let extra: [(&str, JsonValue); 3] = [
                ("company", "阳光供热公司".into()),
                ("built", home.built.into()),
                ("area_m2", (home.area as u64).into()),
            ];
            layer.push(
                self.home(home, kinds::HEATED, i),
                polygon(&home.outline),
                extra,
            );
        }
        layer
    }

    fn home(&self, home: &Home, kind: Kind, i: usize) -> Record<'a> {
        Record {
            kind,
            serial: i + 1,
            name: home.name.clone(),
            street: self.street(home.street),
            year: home.built,
            at: home.middle,
        }
    }

    pub(super) fn outfalls(&self) -> Layer {
        let mut layer = Layer::new("outfalls", self.seed);
        for (i, o) in self.town.outfalls.iter().enumerate() {
            let kind = match o.kind {
                OutfallKind::Industrial => "industrial",
                OutfallKind::SewageWorks => "sewage_works",
                OutfallKind::Irrigation => "irrigation",
                OutfallKind::Rain => "rain",
                OutfallKind::Mixed => "mixed",
                OutfallKind::Rural => "rural",
            };
            let river = [
                ("outfall_kind", JsonValue::from(kind)),
                ("in_order", o.in_order.into()),
                ("river", "西辽河".into()),
            ];
            let street = if o.sewer.is_some() {
                self.street(0)
            } else {
                ""
            };
            let record = self.background(kinds::OUTFALL, i, &o.name, street, o.at);
            layer.push(record, point(o.at), river);
        }
        layer
    }

    pub(super) fn waters(&self) -> Layer {
        let mut layer = Layer::new("water", self.seed);
        let river = self.town.river.outline();
        let waters = [("西辽河", &river), ("新开河", &self.town.tributary)];
        for (i, (name, ring)) in waters.into_iter().enumerate() {
            let record = self.background(kinds::WATER_BODY, i, name, "", ring[0]);
            layer.push(record, polygon(ring), NOTHING);
        }
        layer
    }

    pub(super) fn railway(&self) -> Layer {
        let mut layer = Layer::new("railway", self.seed);
        for (i, (name, points)) in self.town.railway.iter().enumerate() {
            let record = self.background(kinds::RAILWAY, i, name, "", points[0]);
            layer.push(record, line(points), NOTHING);
        }
        layer
    }

    pub(super) fn parks(&self) -> Layer {
        let mut layer = Layer::new("parks", self.seed);
        for (i, ring) in self.town.land.parks.iter().enumerate() {
            let words = [
                "人民",
                "郑家屯",
                "文化",
                "儿童",
                "向阳",
                "柳林",
                "滨河",
                "铁路",
                "湿地",
                "劳动",
            ];
            let name = match i / words.len() {
                0 => format!("{}公园", words[i]),
                n => format!("{}游园{}", words[i % words.len()], n),
            };
            let record = self.background(kinds::PARK, i, &name, "", ring[0]);
            layer.push(record, polygon(ring), NOTHING);
        }
        layer
    }

    fn background<'b>(
        &self,
        kind: Kind,
        i: usize,
        name: &str,
        street: &'b str,
        at: Pt,
    ) -> Record<'b> {
        Record {
            kind,
            serial: i + 1,
            name: name.into(),
            street,
            year: 2005,
            at,
        }
    }
}

/// Trades of the renovation programmes.
const TRADES: [&str; 9] = [
    "道路",
    "给排水",
    "强弱电",
    "屋面防水",
    "楼道",
    "供热",
    "燃气",
    "监控",
    "物业用房",
];

/// What was done in a renovated community: roads and pipes nearly always, the
/// rest as its age asked for it.
fn trades(home: &Home, i: usize) -> Vec<&'static str> {
    let age = 2023 - home.built;
    TRADES
        .iter()
        .enumerate()
        .filter(|&(t, _)| match t {
            0 | 1 => i % 11 != t,
            3 | 4 => age > 24 || (i + t).is_multiple_of(3),
            5 => home.heated && (i + t).is_multiple_of(2),
            _ => (i * 7 + t * 3) % 5 < 2,
        })
        .map(|(_, &name)| name)
        .collect()
}
