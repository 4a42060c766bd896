//! Records: the standard fields of a component, its code and its line of GeoJSON.

use super::plane::Pt;
use super::rng::Rng;
use crate::ids::AssetUid;
use geojson::{Geometry, JsonObject, JsonValue, Position};

/// Administrative code of Shuangliao.
pub(super) const CITY: &str = "220382";
/// What every record says it is.
const SOURCE: &str = "演示数据";

/// A kind of asset as the demonstration writes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    pub(super) id: &'static str,
    /// Major and minor class of its codes. Classes from 9001 on are local: no
    /// national list has them.
    pub(super) class: &'static str,
    /// Authority, owner, maintainer: code and name.
    departments: [(&'static str, &'static str); 3],
}

const HOUSING: (&str, &str) = ("01", "市住建局");
const WATER: (&str, &str) = ("02", "市水利局");
const SANITATION: (&str, &str) = ("03", "市环卫处");
const MUNICIPAL: (&str, &str) = ("04", "市政管理处");
const DRAIN_CREW: (&str, &str) = ("0401", "排水养护队");
const ROAD_CREW: (&str, &str) = ("0402", "道路养护队");
const LAMP_CREW: (&str, &str) = ("0403", "路灯养护队");
const PUMP_CREW: (&str, &str) = ("0404", "泵站运行班");
const HEATING: (&str, &str) = ("05", "阳光供热公司");
const PROPERTY: (&str, &str) = ("06", "社区物业");
const ECOLOGY: (&str, &str) = ("07", "市生态环境局");

const fn kind(
    id: &'static str,
    class: &'static str,
    departments: [(&'static str, &'static str); 3],
) -> Kind {
    Kind {
        id,
        class,
        departments,
    }
}

/// Kinds of assets, by the ids the catalogue knows them by.
pub(super) mod kinds {
    use super::*;
    const DRAINAGE: [(&str, &str); 3] = [HOUSING, MUNICIPAL, DRAIN_CREW];
    const ROADS: [(&str, &str); 3] = [HOUSING, MUNICIPAL, ROAD_CREW];
    const LIGHTS: [(&str, &str); 3] = [HOUSING, MUNICIPAL, LAMP_CREW];
    const PUMPS: [(&str, &str); 3] = [HOUSING, MUNICIPAL, PUMP_CREW];
    const HEAT: [(&str, &str); 3] = [HOUSING, HEATING, HEATING];

    pub(in super::super) const MANHOLE_SEWAGE: Kind = kind("manhole-sewage", "0102", DRAINAGE);
    pub(in super::super) const MANHOLE_STORM: Kind = kind("manhole-storm", "0103", DRAINAGE);
    pub(in super::super) const STORM_DRAIN: Kind = kind("storm-drain", "0104", DRAINAGE);
    pub(in super::super) const MANHOLE_LAMP: Kind = kind("manhole-lamp", "0106", LIGHTS);
    pub(in super::super) const MANHOLE_HEAT: Kind = kind("manhole-heat", "0110", HEAT);
    pub(in super::super) const STREET_LAMP: Kind = kind("street-lamp", "0118", LIGHTS);
    pub(in super::super) const TOILET: Kind =
        kind("public-toilet", "0301", [HOUSING, SANITATION, SANITATION]);
    pub(in super::super) const ROAD_ARTERIAL: Kind = kind("road-arterial", "9001", ROADS);
    pub(in super::super) const ROAD_COLLECTOR: Kind = kind("road-collector", "9002", ROADS);
    pub(in super::super) const ROAD_LOCAL: Kind = kind("road-local", "9003", ROADS);
    pub(in super::super) const PUMP_SEWAGE: Kind = kind("pump-sewage", "9004", PUMPS);
    pub(in super::super) const PUMP_STORM: Kind = kind("pump-storm", "9005", PUMPS);
    pub(in super::super) const RENOVATED: Kind =
        kind("community-renovated", "9006", [HOUSING, PROPERTY, PROPERTY]);
    pub(in super::super) const HEATED: Kind = kind("community-heated", "9007", HEAT);
    pub(in super::super) const OUTFALL: Kind = kind("outfall", "9008", [ECOLOGY, WATER, WATER]);
    pub(in super::super) const PIPE_STORM: Kind = kind("pipe-storm", "9009", DRAINAGE);
    pub(in super::super) const PIPE_SEWAGE: Kind = kind("pipe-sewage", "9010", DRAINAGE);
    pub(in super::super) const WATER_BODY: Kind = kind("water", "9011", [WATER, WATER, WATER]);
    pub(in super::super) const RAILWAY: Kind = kind("railway", "9012", [HOUSING; 3]);
    pub(in super::super) const PARK: Kind = kind("park", "9013", [HOUSING, MUNICIPAL, MUNICIPAL]);
}

/// The 16-digit code: county, class, serial number from 1.
pub(super) fn code(kind: Kind, serial: usize) -> String {
    format!("{CITY}{}{serial:06}", kind.class)
}

/// A layer as it is written, feature by feature.
#[derive(Debug)]
pub(super) struct Layer {
    id: &'static str,
    lines: Vec<String>,
    dice: Rng,
}

/// What every record holds.
pub(super) struct Record<'a> {
    pub(super) kind: Kind,
    pub(super) serial: usize,
    pub(super) name: String,
    /// Street it stands on; empty for what stands on none.
    pub(super) street: &'a str,
    /// Year it was built.
    pub(super) year: i16,
    /// Where its grid cell is taken.
    pub(super) at: Pt,
}

impl Layer {
    pub(super) fn new(id: &'static str, seed: u64) -> Self {
        Layer {
            id,
            lines: Vec::new(),
            dice: Rng::stream(seed, id),
        }
    }

    /// Appends a feature.
    pub(super) fn push<V: Into<JsonValue>>(
        &mut self,
        record: Record<'_>,
        geometry: Geometry,
        extra: impl IntoIterator<Item = (&'static str, V)>,
    ) {
        let code = code(record.kind, record.serial);
        let mut p = JsonObject::new();
        let mut put = |key: &str, value: JsonValue| p.insert(key.into(), value);
        put(
            "uid",
            AssetUid::minted(CITY, self.id, &code).to_string().into(),
        );
        put("kind", record.kind.id.into());
        put("ObjID", code.into());
        put("ObjName", record.name.into());
        if !record.street.is_empty() {
            put("street", record.street.into());
        }
        for (key, value) in extra {
            put(key, value.into());
        }
        for (n, (code, name)) in record.kind.departments.into_iter().enumerate() {
            put(["DeptCode1", "DeptCode2", "DeptCode3"][n], code.into());
            put(["DeptName1", "DeptName2", "DeptName3"][n], name.into());
        }
        put("ObjState", self.state().into());
        let (laid, changed) = self.dates(record.year);
        put("ORDate", laid.into());
        put("CHDate", changed.into());
        put("BGID", grid_cell(record.at).into());
        put("DataSource", SOURCE.into());
        let feature = geojson::Feature {
            geometry: Some(geometry),
            properties: Some(p),
            ..Default::default()
        };
        self.lines.push(feature.to_string());
    }

    fn state(&mut self) -> &'static str {
        match self.dice.below(40) {
            0 => "破损",
            _ => "完好",
        }
    }

    /// Day of building in that year, and of the last survey since.
    fn dates(&mut self, year: i16) -> (String, String) {
        let mut day = |year: i16, first: usize, last: usize| {
            let month = first + self.dice.below(last - first + 1);
            let day = 1 + self.dice.below(28);
            format!("{year}-{month:02}-{day:02}")
        };
        // Ground is broken between thaw and frost.
        let laid = day(year.min(2022), 5, 10);
        let surveyed = day(2023, 3, 11);
        (laid, surveyed)
    }

    /// The file: a FeatureCollection, one feature a line.
    pub(super) fn finish(self, seed: u64) -> (String, String) {
        let head = serde_json::json!({
            "type": "FeatureCollection",
            "name": self.id,
            "generated": format!("cargo xtask city (mendmap_core::demo, seed {seed})"),
            "notice": {
                "zh": "演示数据:按种子生成的虚构城市,并非双辽市的真实设施。",
                "en": "Demonstration data: an invented city made from a seed, not the real assets of Shuangliao.",
            },
        })
        .to_string();
        let open = head.strip_suffix('}').unwrap_or(&head);
        let body = self.lines.join(",\n");
        let text = format!("{open},\"features\":[\n{body}\n]}}\n");
        (format!("{}.geojson", self.id), text)
    }
}

/// The 15-digit cell of the management grid: county, subdistrict, neighbourhood, cell.
fn grid_cell(at: Pt) -> String {
    let col = ((at.x + 6_000.0) / 250.0).clamp(0.0, 47.0) as u32;
    let row = ((at.y + 6_000.0) / 250.0).clamp(0.0, 47.0) as u32;
    let subdistrict = match (at.x > 1_050.0, at.y > 500.0, at.x < -700.0) {
        (true, _, _) => 2,
        (_, true, _) => 4,
        (_, _, true) => 1,
        _ => 3,
    };
    let neighbourhood = row / 4 * 12 + col / 4 + 1;
    let cell = row % 4 * 4 + col % 4 + 1;
    format!("{CITY}{subdistrict:03}{neighbourhood:03}{cell:03}")
}

fn position(p: Pt) -> Position {
    p.geographic().degrees().into()
}

/// A point.
pub(super) fn point(p: Pt) -> Geometry {
    Geometry::new_point(position(p))
}

/// A line.
pub(super) fn line(points: &[Pt]) -> Geometry {
    Geometry::new_line_string(points.iter().map(|&p| position(p)))
}

/// A polygon from its open ring.
pub(super) fn polygon(ring: &[Pt]) -> Geometry {
    let closed = ring.iter().chain(ring.first()).map(|&p| position(p));
    Geometry::new_polygon([closed])
}
