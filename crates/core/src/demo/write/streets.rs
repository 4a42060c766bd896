//! Streets and what stands along them.

use super::{Writer, metres};
use crate::demo::plan::{Grade, Quarter};
use crate::demo::plane::length;
use crate::demo::record::{Layer, Record, kinds, line, point};
use crate::demo::sweeping;
use geojson::JsonValue;

impl Writer<'_> {
    pub(super) fn roads(&self) -> Layer {
        let mut layer = Layer::new("roads", self.seed);
        let swept = sweeping::share_out(&self.town.net, self.seed);
        let mut serials = [0; 3];
        for (i, s) in self.town.net.streets.iter().enumerate() {
            let (kind, grade, n) = match s.grade {
                Grade::Arterial => (kinds::ROAD_ARTERIAL, "I", 0),
                Grade::Collector => (kinds::ROAD_COLLECTOR, "II", 1),
                Grade::Local => (kinds::ROAD_LOCAL, "III", 2),
            };
            serials[n] += 1;
            let points = self.town.net.line(s);
            let mut extra: Vec<(&str, JsonValue)> = vec![
                ("grade", grade.into()),
                ("width_m", (s.width as u32).into()),
                ("length_m", metres(length(&points))),
                ("surface", surface(s.grade, s.quarter, i).into()),
            ];
            if swept[i].m2 > 0 {
                let dm = swept[i].length_dm;
                let long = match dm % 10 {
                    0 => format!("{}", dm / 10),
                    d => format!("{}.{d}", dm / 10),
                };
                extra.push(("swept_width_m", swept[i].width_m.to_string().into()));
                extra.push(("swept_length_m", long.into()));
                extra.push(("swept_m2", swept[i].m2.to_string().into()));
            }
            let record = Record {
                kind,
                serial: serials[n],
                name: s.name.clone(),
                street: &s.name,
                year: s.year,
                at: points[points.len() / 2],
            };
            layer.push(record, line(&points), extra);
        }
        layer
    }

    pub(super) fn lamps(&self) -> Layer {
        let mut layer = Layer::new("street-lamps", self.seed);
        for (i, lamp) in self.town.lamps.iter().enumerate() {
            let (height, watts) = match self.town.net.streets[lamp.street].grade {
                Grade::Arterial => (12, 180),
                Grade::Collector => (9, 120),
                Grade::Local => (6, 60),
            };
            let record = Record {
                kind: kinds::STREET_LAMP,
                serial: i + 1,
                name: format!("{}路灯{}", self.street(lamp.street), i + 1),
                street: self.street(lamp.street),
                year: self.year(lamp.street).max(2009),
                at: lamp.at,
            };
            layer.push(
                record,
                point(lamp.at),
                [("height_m", height), ("power_w", watts)],
            );
        }
        layer
    }

    pub(super) fn toilets(&self) -> Layer {
        let mut layer = Layer::new("toilets", self.seed);
        self.spots(&mut layer, &self.town.toilets, kinds::TOILET, "公厕");
        layer
    }
}

fn surface(grade: Grade, quarter: Quarter, i: usize) -> &'static str {
    match (grade, quarter) {
        (Grade::Local, Quarter::Old) if i.is_multiple_of(3) => "砖",
        (Grade::Local, Quarter::Old | Quarter::South | Quarter::East) => "混凝土",
        (Grade::Local, _) if i.is_multiple_of(2) => "混凝土",
        _ => "沥青",
    }
}
