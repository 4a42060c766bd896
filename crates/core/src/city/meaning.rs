//! What a file holds, for a person to look at before a layer is put in place. [`super::guess`] has what its
//! properties seem to mean.

use super::loaded::AssetRef;
use super::{Arrival, AssetSummary, Meant};
use crate::catalog::Catalog;
use crate::layer::Layer;
use serde_json::Value;

/// So many features are looked at.
const LOOKED_AT: u32 = 200;
/// Digits of a code: six of the district, four of the class, six of the asset (the lineage of CJ/T 214).
const CODE_DIGITS: usize = 16;
/// So many examples of odd codes are given.
const EXAMPLES: usize = 5;

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

    /// Its first assets as they would be listed, with what their cards would say of them. `catalog` is the
    /// one it was read with.
    pub fn sample(&self, catalog: &Catalog, count: u32) -> Vec<(AssetSummary, Vec<Meant>)> {
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
            fields: loaded.fields.as_ref().unwrap_or(&file.fields),
            ordinal: 0,
            layer,
            row,
        };
        (0..layer.len().min(count))
            .map(|row| (asset(row).summary(), asset(row).meant()))
            .collect()
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

    pub(super) fn first_properties(&self) -> Vec<Vec<(String, Value)>> {
        let Some(loaded) = &self.loaded else {
            return Vec::new();
        };
        let layer = &loaded.layer;
        (0..layer.len().min(LOOKED_AT))
            .map(|row| layer.properties(row))
            .collect()
    }
}

pub(super) fn is_code(text: &str) -> bool {
    text.len() == CODE_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
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
