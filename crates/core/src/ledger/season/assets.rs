//! The assets of a season, by number.

use crate::catalog::AssetKindId;
use crate::city::{City, Placed};
use crate::geodesy::LonLat;
use crate::ids::AssetUid;
use std::collections::BTreeMap;

/// The assets that seasons are about, numbered in the order in which they came. Seasons of the
/// same assets are told apart by nothing but their days, and share one of these.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    pub(super) all: Vec<Known>,
    numbers: BTreeMap<AssetUid, u32>,
    pub(super) streets: Names<String>,
    pub(super) communities: Names<AssetUid>,
}

/// What is kept of an asset; street and community by their numbers.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) uid: AssetUid,
    pub(super) kind: usize,
    pub(super) at: LonLat,
    pub(super) street: Option<u32>,
    pub(super) community: Option<u32>,
    pub(super) length_mm: Option<u64>,
}

/// Different things, numbered as they came.
#[derive(Debug, Clone)]
pub(super) struct Names<T> {
    pub(super) all: Vec<T>,
    numbers: BTreeMap<T, u32>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Names {
            all: Vec::new(),
            numbers: BTreeMap::new(),
        }
    }
}

impl<T: Ord + Clone> Names<T> {
    pub(super) fn number(&mut self, name: T) -> u32 {
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.all.push(name.clone());
        self.numbers.insert(name, number);
        number
    }
}

impl Assets {
    /// The assets of a city that a kind of work is done to, as far as they count, by layer and row.
    pub fn of(city: &City, kinds: &[AssetKindId]) -> Assets {
        let mut assets = Assets::default();
        city.placed(kinds, &mut |placed| assets.put(placed));
        assets
    }

    /// Adds an asset; one that is there already stays as it is.
    pub fn put(&mut self, placed: Placed<'_>) {
        let number = self.all.len() as u32;
        if self.numbers.contains_key(&placed.uid) {
            return;
        }
        self.numbers.insert(placed.uid, number);
        let street = placed.street.map(|s| self.streets.number(s.into_owned()));
        let community = placed.community.map(|c| self.communities.number(c));
        self.all.push(Known {
            uid: placed.uid,
            kind: placed.kind,
            at: placed.at,
            street,
            community,
            length_mm: placed.length_mm,
        });
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// An asset's number.
    pub fn number(&self, uid: &AssetUid) -> Option<usize> {
        self.numbers.get(uid).map(|number| *number as usize)
    }

    /// The street of a number, by name.
    pub fn street(&self, number: usize) -> Option<&str> {
        let street = self.all.get(number)?.street?;
        self.streets.all.get(street as usize).map(String::as_str)
    }

    /// The community that the asset of a number lies in.
    pub fn community(&self, number: usize) -> Option<AssetUid> {
        let community = self.all.get(number)?.community?;
        self.communities.all.get(community as usize).copied()
    }

    /// The uid of a number.
    pub fn uid(&self, number: usize) -> Option<AssetUid> {
        self.all.get(number).map(|known| known.uid)
    }
}
