//! What the layers hold, as far as a ledger asks: a stock is what is under care, whether anybody
//! worked on it or not.

use super::{By, Scope};
use crate::catalog::{Catalog, Nature, WorkKind, WorkKindId};
use crate::city::{Asset, City};
use crate::ids::AssetUid;
use std::collections::{BTreeMap, BTreeSet};

/// The property by which a record of the 数字城管 lineage names its grid cell.
const GRID: &str = "BGID";

/// An asset of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The asset.
    pub uid: AssetUid,
    /// The calendar year as of whose end it counts, where the catalogue names a property for it.
    pub year: Option<i16>,
    /// The value by which the catalogue tells the line in parts.
    pub part: Option<String>,
    /// The street it stands on.
    pub street: Option<String>,
    /// The community it lies in.
    pub community: Option<String>,
    /// Its grid cell.
    pub grid: Option<String>,
}

/// What the layers hold for each kind of work whose figure needs them: stocks, what is
/// cumulative, and what is told in parts; none for a kind of which no asset was loaded. The layers know
/// no past: a stock is that of today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holdings {
    held: BTreeMap<WorkKindId, Vec<Holding>>,
    /// Only what is at no place of this sort counts.
    nowhere: Option<By>,
}

impl Holdings {
    /// What a city's layers hold; of what is only proposed nothing.
    pub fn of(city: &City) -> Holdings {
        let kinds = city.catalog().work_kinds.iter();
        let asked = kinds.filter(|kind| kind.nature != Nature::Flow || kind.split_by.is_some());
        let held = |kind: &WorkKind| {
            let uids = city.uids_of(&kind.applies_to);
            let assets = uids.filter_map(|uid| city.asset(&uid));
            assets
                .map(|asset| Holding::of(city, kind, &asset))
                .collect()
        };
        Holdings::from_parts(asked.map(|kind| (kind.id.clone(), held(kind))).collect())
    }

    /// The same from what is known of each.
    pub fn from_parts(held: BTreeMap<WorkKindId, Vec<Holding>>) -> Holdings {
        let known = held.into_iter().filter(|(_, held)| !held.is_empty());
        Holdings {
            held: known.collect(),
            nowhere: None,
        }
    }

    /// The same, of which only counts what is at no place of a sort.
    pub(super) fn nowhere(&self, by: By) -> Holdings {
        Holdings {
            held: self.held.clone(),
            nowhere: Some(by),
        }
    }

    /// What is held for a kind of work; none where the layers were not asked.
    pub(super) fn all(&self, work: &WorkKindId) -> Option<&[Holding]> {
        self.held.get(work).map(Vec::as_slice)
    }

    /// What of it is the figure of a stock, or of what is cumulative, in a scope.
    ///
    /// None where the layers cannot say: for flows, where no asset of it was loaded, and where
    /// crews are asked for, since an asset has none.
    pub(super) fn counted(&self, kind: &WorkKind, scope: &Scope) -> Option<Vec<&Holding>> {
        let all = self.all(&kind.id)?;
        if kind.nature == Nature::Flow || !scope.crews.is_empty() {
            return None;
        }
        let end = scope.counted().to;
        let by_then = |holding: &&Holding| match (kind.nature, &kind.year_from) {
            (Nature::Cumulative, Some(_)) => holding.year.is_some_and(|year| {
                // As of the year's last day.
                end.year() > year || (end.year() == year && end == end.last_of_year())
            }),
            _ => true,
        };
        let here =
            |holding: &&Holding| scope.is_place(&holding.street, &holding.community, &holding.grid);
        let nowhere = |holding: &&Holding| {
            let at = self.nowhere.and_then(|by| holding.at(by));
            at.is_none_or(Option::is_none)
        };
        let all = all.iter().filter(by_then).filter(here).filter(nowhere);
        Some(all.collect())
    }

    /// Whether the figure of a kind in a scope is what there is today, whatever the period: nobody
    /// knows what there was then.
    pub(super) fn is_of_today(&self, kind: &WorkKind, scope: &Scope) -> bool {
        let has_years = kind.nature == Nature::Cumulative && kind.year_from.is_some();
        !has_years && self.counted(kind, scope).is_some()
    }

    /// The first and the last year of the programmes by which a kind counts, as the layers name them.
    pub(super) fn programme(&self, kind: &WorkKind) -> Option<(i16, i16)> {
        kind.year_from.as_ref()?;
        let years = self.all(&kind.id)?.iter().filter_map(|held| held.year);
        years.clone().min().zip(years.max())
    }

    /// Assets of which the layers name the year as of whose end they count. Where one is held several
    /// times its first word holds.
    pub(super) fn dated(&self, kind: &WorkKind) -> BTreeSet<AssetUid> {
        let mut years = BTreeMap::new();
        for held in self.all(&kind.id).unwrap_or_default() {
            years.entry(held.uid).or_insert(held.year);
        }
        let dated = years.into_iter().filter(|(_, year)| year.is_some());
        dated.map(|(asset, _)| asset).collect()
    }
}

impl Holding {
    /// Where it is, in the words of a sort of places; none for what is no place.
    pub(super) fn at(&self, by: By) -> Option<&Option<String>> {
        match by {
            By::Street => Some(&self.street),
            By::Community => Some(&self.community),
            By::Grid => Some(&self.grid),
            By::Crew | By::Month | By::State => None,
        }
    }

    fn of(city: &City, kind: &WorkKind, asset: &Asset) -> Holding {
        let of = |name: &str| {
            let mut all = asset.properties.iter();
            let found = all.find(|(key, _)| key == name);
            found.map(|(_, value)| value.clone())
        };
        let year = kind.year_from.as_deref().and_then(of);
        let here = city.where_is(asset.summary.at);
        Holding {
            uid: asset.summary.uid,
            year: year.and_then(|year| year.parse().ok()),
            part: kind.split_by.as_deref().and_then(of),
            street: asset.summary.street.clone().or(here.street),
            community: here.community,
            grid: of(GRID),
        }
    }
}

/// A part of a line, by the value that the catalogue tells it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The value, as it stands in the files; none for assets that have none, and what was done
    /// elsewhere.
    pub value: Option<String>,
    /// How many assets, or tasks elsewhere.
    pub count: u64,
}

/// So many assets by their parts, the largest part last of equal names; what has no value last.
pub(super) fn split(
    catalog: &Catalog,
    kind: &WorkKind,
    holdings: &Holdings,
    assets: &BTreeSet<AssetUid>,
    elsewhere: u64,
) -> Vec<Split> {
    let Some(property) = &kind.split_by else {
        return Vec::new();
    };
    let held = holdings.all(&kind.id).unwrap_or_default();
    let parts: BTreeMap<_, _> = held.iter().map(|h| (h.uid, &h.part)).collect();
    let mut counts: BTreeMap<Option<&str>, u64> = BTreeMap::new();
    for asset in assets {
        let part = parts.get(asset).and_then(|part| part.as_deref());
        *counts.entry(part).or_default() += 1;
    }
    if elsewhere > 0 {
        *counts.entry(None).or_default() += elsewhere;
    }
    // In the order in which the catalogue names the values, then by the value.
    let named = catalog.property(property).map_or(&[][..], |p| &p.values);
    let rank = |value: &Option<&str>| {
        let place = named.iter().position(|v| Some(&*v.value) == *value);
        (value.is_none(), place.unwrap_or(named.len()))
    };
    let mut split: Vec<_> = counts.into_iter().collect();
    crate::order::sort_by_key(&mut split, |(value, _)| (rank(value), *value));
    let part = |(value, count): (Option<&str>, u64)| Split {
        value: value.map(str::to_owned),
        count,
    };
    split.into_iter().map(part).collect()
}
