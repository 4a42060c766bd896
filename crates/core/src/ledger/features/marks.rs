//! The assets of a completion, each with how it stands.

use super::{collection, feature, json, label};
use crate::catalog::{Catalog, WorkKindId};
use crate::city::City;
use crate::ids::AssetUid;
use crate::ledger::season::Season;
use crate::told::Language;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A completion as of a day.
#[derive(Debug, Clone, Copy)]
pub struct Completed<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// The assets as they lie.
    pub city: &'a City,
    /// The kind of work.
    pub work: &'a WorkKindId,
    /// How the assets stand, day by day.
    pub season: &'a Season,
    /// The day; the nearest one of the period.
    pub day: Date,
}

/// All assets of a completion, in the order of their numbers, as a GeoJSON file. `mark` is how an asset
/// stands on the day (`as_of`), by its id in [`crate::task::Mark`]; `last_done` the last day by then on which the work was
/// done, also before the period. The geometry is the layer's; null where the asset is not on the map any
/// more.
pub fn mark_features(of: &Completed<'_>, language: Language) -> String {
    let Completed {
        catalog,
        city,
        season,
        ..
    } = *of;
    let assets = season.assets();
    let work = catalog.work_kind(of.work);
    let work = work.map(|kind| label(language, &kind.label));
    // Asked once for each: it is looked for inside an area.
    let mut names: BTreeMap<AssetUid, Option<String>> = BTreeMap::new();
    let mut community = |uid: AssetUid| {
        let name = names.entry(uid);
        let name = name.or_insert_with(|| city.summary(&uid).and_then(|a| a.name.or(a.code)));
        name.clone()
    };
    let numbered = (0..assets.len()).filter_map(|number| Some((number, assets.uid(number)?)));
    let one = |(number, uid): (usize, AssetUid)| {
        let asset = city.summary(&uid);
        let asset = asset.as_ref();
        let kind = asset.and_then(|asset| catalog.asset_kind(&asset.kind));
        let last = season.last_done(number, of.day);
        let community = assets.community(number).and_then(&mut community);
        let properties = [
            ("uid", json(&uid)),
            ("kind", json(&kind.map(|kind| &kind.id))),
            (
                "kind_name",
                json(&kind.map(|kind| label(language, &kind.label))),
            ),
            ("code", json(&asset.and_then(|asset| asset.code.as_ref()))),
            ("name", json(&asset.and_then(|asset| asset.name.as_ref()))),
            ("street", json(&assets.street(number))),
            ("community", json(&community)),
            ("work", json(of.work)),
            ("work_name", json(&work)),
            ("as_of", json(&of.day.to_string())),
            ("mark", json(&season.mark(number, of.day))),
            ("last_done", json(&last.map(|day| day.to_string()))),
        ];
        feature(city.outline(&uid), &properties)
    };
    let features: Vec<String> = numbered.map(one).collect();
    collection(&features)
}
