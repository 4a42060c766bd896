//! The assets at which work may fall due.

use crate::catalog::{Catalog, Cycle, Locates};
use crate::city::{AssetSummary, City};
use crate::geodesy::LonLat;
use crate::ids::AssetUid;
use crate::order::distinct;
use rust_decimal::Decimal;

use super::AssetKindId;

/// An asset of a layer, as far as cycles ask.
#[derive(Debug, Clone, PartialEq)]
pub struct Maintained {
    /// The asset.
    pub uid: AssetUid,
    /// Its kind.
    pub kind: AssetKindId,
    /// The street it stands on; of a street, itself.
    pub street: Option<String>,
    /// The community it lies in.
    pub community: Option<String>,
    /// A point on it.
    pub at: LonLat,
    /// Those of its properties by which the catalogue has classes, by name.
    pub numbers: Vec<(String, Decimal)>,
}

impl Maintained {
    /// All assets of a city at which work falls due by some cycle; none of what is only proposed.
    pub fn all(city: &City) -> Vec<Maintained> {
        let catalog = city.catalog();
        let with_cycle = catalog
            .work_kinds
            .iter()
            .filter(|kind| kind.cycle.is_some());
        let kinds = distinct(with_cycle.flat_map(|kind| kind.applies_to.iter().cloned()));
        let uids = city.uids_of(&kinds);
        let assets = uids.filter_map(|uid| Some(Maintained::of(city, city.summary(&uid)?)));
        assets.collect()
    }

    fn of(city: &City, asset: AssetSummary) -> Maintained {
        let here = city.where_is(asset.at);
        let kind = city.catalog().asset_kind(&asset.kind);
        let street = match kind.and_then(|kind| kind.locates) {
            Some(Locates::Street) => asset.name,
            _ => asset.street.or(here.street),
        };
        let asked = properties(city.catalog(), &asset.kind);
        let known = (!asked.is_empty())
            .then(|| city.asset(&asset.uid))
            .flatten();
        let known = known.map_or_else(Vec::new, |known| known.properties);
        let numbers = known.into_iter().filter_map(|(name, value)| {
            let is_asked = asked.contains(&name.as_str());
            Some((name, value.parse().ok().filter(|_| is_asked)?))
        });
        Maintained {
            uid: asset.uid,
            street,
            community: here.community,
            at: asset.at,
            numbers: numbers.collect(),
            kind: asset.kind,
        }
    }

    /// A property that is a number.
    pub(super) fn number(&self, name: &str) -> Option<Decimal> {
        let mut numbers = self.numbers.iter();
        numbers.find(|(own, _)| own == name).map(|(_, n)| *n)
    }
}

/// The properties by which the cycles of such assets have classes.
fn properties<'c>(catalog: &'c Catalog, kind: &AssetKindId) -> Vec<&'c str> {
    let works = catalog.work_kinds.iter();
    let works = works.filter(|work| work.applies_to.contains(kind));
    let cycles = works.filter_map(|work| work.cycle.as_ref());
    let property = |cycle: &'c Cycle| Some(cycle.by_class.as_ref()?.property.as_str());
    cycles.filter_map(property).collect()
}
