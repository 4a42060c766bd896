//! The city and its base map.

use super::{Findings, Named};
use crate::{BaseMap, BaseMapKind, CatalogError, City, Fault, Remedy};

/// Judges the city, without which there is no catalogue.
pub(super) fn city(mut city: City, findings: &mut Findings) -> Result<City, CatalogError> {
    if city.id.len() != 6 || !city.id.bytes().all(|b| b.is_ascii_digit()) {
        return Err(CatalogError::CityId { id: city.id });
    }
    if city.zone.trim().is_empty() {
        return Err(CatalogError::CityZone);
    }
    let [lng, lat] = city.center;
    if !is_place(lng, lat) {
        return Err(no_place("center", &city.center));
    }
    let [west, south, east, north] = city.bounds;
    if !(is_place(west, south) && is_place(east, north) && west < east && south < north) {
        return Err(no_place("bounds", &city.bounds));
    }
    let id = city.id.clone();
    findings.mend_label("/city/label".to_owned(), &id, city.label());
    Ok(city)
}

/// Judges the base map; without a usable address it is left out.
pub(super) fn base_map(map: BaseMap, findings: &mut Findings) -> Option<BaseMap> {
    let mut lacks: Vec<&str> = match map.kind {
        BaseMapKind::Xyz | BaseMapKind::Wmts => ["{z}", "{x}", "{y}"]
            .into_iter()
            .filter(|part| !map.url.contains(part))
            .collect(),
        BaseMapKind::Pmtiles => Vec::new(),
    };
    if map.url.contains("{key}") && map.key.is_none() {
        lacks.push("key");
    }
    if map.url.trim().is_empty() {
        lacks = vec!["url"];
    }
    for part in &lacks {
        let fault = Fault::BaseMapAddress {
            part: (*part).to_owned(),
        };
        findings.say("/base_map/url".to_owned(), "", Remedy::EntryLeftOut, fault);
    }
    lacks.is_empty().then_some(map)
}

fn is_place(lng: f64, lat: f64) -> bool {
    (-180.0..=180.0).contains(&lng) && (-90.0..=90.0).contains(&lat)
}

fn no_place(member: &str, value: &[f64]) -> CatalogError {
    CatalogError::CityPlace {
        member: member.to_owned(),
        // As JSON writes them: the standard library's writer is 16 kB of WebAssembly. A number
        // beyond all bounds is none in JSON.
        value: value
            .iter()
            .map(|number| match number.is_finite() {
                true => serde_json::to_string(number).unwrap_or_default(),
                false => "∞".to_owned(),
            })
            .collect(),
    }
}
