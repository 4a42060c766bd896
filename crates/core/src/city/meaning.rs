//! What the properties of a file seem to mean, for a person to confirm before a layer is put in place.

use super::loaded::AssetRef;
use super::{Arrival, AssetSummary};
use crate::catalog::{Catalog, Fields, LayerId};
use crate::layer::Layer;
use serde_json::Value;

/// So many features are looked at.
const LOOKED_AT: u32 = 200;
/// Digits of a code: six of the district, four of the class, six of the asset (the lineage of CJ/T 214).
const CODE_DIGITS: usize = 16;
/// So many examples of odd codes are given.
const EXAMPLES: usize = 5;

/// What a code, a name and a street are called, lower case, the surest first.
const CODES: [&str; 12] = [
    "objid",
    "部件编码",
    "部件标识码",
    "标识码",
    "编码",
    "部件编号",
    "设施编号",
    "code",
    "编号",
    "objectcode",
    "bjbm",
    "bh",
];
const NAMES: [&str; 9] = [
    "objname",
    "部件名称",
    "设施名称",
    "名称",
    "name",
    "title",
    "mc",
    "名字",
    "title_zh",
];
const STREETS: [&str; 10] = [
    "street",
    "所在道路",
    "所在街道",
    "道路名称",
    "街道",
    "道路",
    "road",
    "addr:street",
    "路名",
    "dlmc",
];
/// What the name of a street ends in.
const STREET_ENDS: [&str; 9] = [
    "路", "街", "大道", "巷", "胡同", "大街", "street", "road", "avenue",
];

/// Codes that are not as the standard has them.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OddCodes {
    /// How many.
    pub count: usize,
    /// The first of them.
    pub first: Vec<String>,
}

impl Arrival {
    /// The names of the properties of its first features, in the order they are met.
    pub fn property_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (name, _) in self.first_properties().into_iter().flatten() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Its first assets as they would be listed. `catalog` is the one it was read with.
    pub fn sample(&self, catalog: &Catalog, count: u32) -> Vec<AssetSummary> {
        let file = catalog
            .layers
            .iter()
            .find(|file| file.id == self.report.layer);
        let (Some(loaded), Some(file)) = (&self.loaded, file) else {
            return Vec::new();
        };
        let layer = &loaded.layer;
        let asset = |row| AssetRef {
            catalog,
            file,
            ordinal: 0,
            layer,
            row,
        };
        (0..layer.len().min(count))
            .map(|row| asset(row).summary())
            .collect()
    }

    /// The names under which it seems to have code, name and street: those it was read with where a
    /// feature has them, else by what the names or the values are like.
    pub fn likely_fields(&self, read_with: &Fields) -> Fields {
        let names = self.property_names();
        let rows = self.first_properties();
        let values = |name: &str| -> Vec<String> {
            let of_row = |row: &Vec<(String, Value)>| {
                let (_, value) = row.iter().find(|(key, _)| key == name)?;
                Some(plain(value))
            };
            rows.iter()
                .filter_map(of_row)
                .filter(|text| !text.is_empty())
                .collect()
        };
        let mut likely = read_with.clone();
        let taken = |likely: &Fields, name: &str| {
            [&likely.code, &likely.name, &likely.street].contains(&&name.to_owned())
        };
        for (field, known, fits) in [
            (0, &CODES[..], is_code as fn(&str) -> bool),
            (1, &NAMES[..], |_| false),
            (2, &STREETS[..], is_street),
        ] {
            let now = [&likely.code, &likely.name, &likely.street][field].clone();
            if names.contains(&now) {
                continue;
            }
            let free = || names.iter().filter(|name| !taken(&likely, name));
            let named = known
                .iter()
                .find_map(|known| free().find(|name| name.trim().to_lowercase() == **known));
            let found = named.or_else(|| {
                free().find(|name| {
                    let values = values(name);
                    let fitting = values.iter().filter(|value| fits(value)).count();
                    fitting > 0 && fitting * 2 >= values.len()
                })
            });
            if let Some(found) = found.cloned() {
                *[&mut likely.code, &mut likely.name, &mut likely.street][field] = found;
            }
        }
        likely
    }

    /// The codes that are not 16 digits of this city and of their asset's class. `catalog` is the one it
    /// was read with.
    pub fn odd_codes(&self, catalog: &Catalog) -> OddCodes {
        let mut odd = OddCodes::default();
        let layer = self.loaded.as_ref().map(|loaded| &loaded.layer);
        let rows = layer
            .into_iter()
            .flat_map(|layer| (0..layer.len()).map(move |row| (layer, row)));
        for (layer, row) in rows {
            let Some(code) = layer
                .code(row)
                .filter(|code| !is_in_order(code, layer, row, catalog))
            else {
                continue;
            };
            odd.count += 1;
            if odd.first.len() < EXAMPLES {
                odd.first.push(code.into_owned());
            }
        }
        odd
    }

    fn first_properties(&self) -> Vec<Vec<(String, Value)>> {
        let Some(loaded) = &self.loaded else {
            return Vec::new();
        };
        let layer = &loaded.layer;
        (0..layer.len().min(LOOKED_AT))
            .map(|row| layer.properties(row))
            .collect()
    }
}

impl Catalog {
    /// The layer that a file of this name seems to be for: the one whose id, file or name stands in it,
    /// the longest of several.
    pub fn layer_named(&self, file_name: &str) -> Option<&LayerId> {
        let stem = |name: &str| -> String {
            let name = name.to_lowercase();
            let name = name.split('.').next().unwrap_or_default();
            name.chars()
                .map(|c| if c == '_' || c == ' ' { '-' } else { c })
                .collect()
        };
        let given = stem(file_name);
        let called = self.layers.iter().flat_map(|layer| {
            let label = &layer.label;
            let kinds = layer.kinds.iter().filter_map(|kind| self.asset_kind(kind));
            let kinds = kinds.flat_map(|kind| [&kind.id.0, &kind.label.zh, &kind.label.en]);
            let own = [&layer.id.0, &layer.file, &label.zh, &label.en];
            own.into_iter()
                .chain(kinds)
                .map(move |name| (stem(name), &layer.id))
        });
        let standing = called.filter(|(name, _)| !name.is_empty() && given.contains(&**name));
        // Of equals the first, as the catalogue has them.
        let longest = standing.min_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        longest.map(|(_, id)| id)
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn is_code(text: &str) -> bool {
    text.len() == CODE_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_street(text: &str) -> bool {
    let text = text.to_lowercase();
    STREET_ENDS
        .iter()
        .any(|end| text.ends_with(end) && text.len() > end.len())
}

fn is_in_order(code: &str, layer: &Layer, row: u32, catalog: &Catalog) -> bool {
    let kind = catalog.asset_kinds.get(layer.kind(row));
    let class = kind
        .and_then(|kind| kind.code.as_ref())
        .map_or("", |code| &*code.class);
    let district = &*catalog.city.id;
    is_code(code)
        && code.starts_with(district)
        && code
            .get(district.len()..)
            .is_some_and(|rest| rest.starts_with(class))
}
