//! The `crs` member of GeoJSON before RFC 7946.

use super::scan::excerpt;
use serde_json::Value;

/// What a file says its coordinates are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Crs {
    /// Longitude and latitude that can be taken for WGS 84.
    Wgs84,
    /// Anything else, by its name.
    Unknown(String),
}

/// Names, authority and code, of what can be taken for WGS 84: WGS 84 itself
/// in either order of its axes (files hold longitude first all the same), and
/// CGCS2000, which agrees with it to centimetres.
const WGS84: [(&str, &str); 3] = [("OGC", "CRS84"), ("EPSG", "4326"), ("EPSG", "4490")];

impl Crs {
    /// Reads the JSON text of the member.
    pub(super) fn read(json: &str) -> Self {
        match Crs::name(json) {
            _ if json == "null" => Crs::Wgs84,
            Some(name) if is_wgs84(&name) => Crs::Wgs84,
            Some(name) => Crs::Unknown(excerpt(&name)),
            None => Crs::Unknown(excerpt(json)),
        }
    }

    /// The name in the JSON text of the member.
    pub(super) fn name(json: &str) -> Option<String> {
        let value: Value = serde_json::from_str(json).ok()?;
        let properties = &value["properties"];
        let code = match &properties["code"] {
            Value::Number(code) => Some(format!("EPSG:{code}")),
            Value::String(code) => Some(format!("EPSG:{code}")),
            _ => None,
        };
        let name = [&properties["name"], &properties["href"]]
            .into_iter()
            .find_map(|v| v.as_str().map(str::to_owned));
        name.or(code)
    }
}

/// Knows `EPSG:4326`, `urn:ogc:def:crs:OGC:1.3:CRS84`,
/// `http://www.opengis.net/def/crs/EPSG/0/4490` and the like.
fn is_wgs84(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let mut parts = name.rsplit([':', '/']).map(str::trim);
    let code = parts.next().unwrap_or("");
    let rest: Vec<_> = parts.collect();
    WGS84
        .iter()
        .any(|(authority, known)| code == *known && rest.contains(authority))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Crs {
        Crs::read(&format!(
            r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#
        ))
    }

    #[test]
    fn known_names_are_honoured() {
        for name in [
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "urn:ogc:def:crs:OGC::CRS84",
            "OGC:CRS84",
            "EPSG:4326",
            "epsg:4490",
            "urn:ogc:def:crs:EPSG::4490",
            "http://www.opengis.net/def/crs/EPSG/0/4326",
        ] {
            assert_eq!(named(name), Crs::Wgs84, "{name}");
        }
        assert_eq!(Crs::read("null"), Crs::Wgs84);
        assert_eq!(
            Crs::read(r#"{"type":"EPSG","properties":{"code":4326}}"#),
            Crs::Wgs84
        );
    }

    #[test]
    fn others_are_refused_by_name() {
        for name in [
            "EPSG:2437",
            "urn:ogc:def:crs:EPSG::4547",
            "ESRI:4326",
            "4326",
        ] {
            assert_eq!(named(name), Crs::Unknown(name.into()));
        }
        for odd in ["7", "{}", "[", r#"{"properties":{"name":5}}"#] {
            assert!(matches!(Crs::read(odd), Crs::Unknown(_)), "{odd}");
        }
    }
}
