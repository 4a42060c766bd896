//! Numbers for what is said over and over.

use super::super::along::Along;
use crate::catalog::WorkKindId;
use crate::ids::AssetUid;
use crate::log::Snapshot;
use crate::task::CrewSaid;
use std::collections::HashMap;
use std::hash::Hash;

/// The number of an asset.
pub(super) type Asset = u32;
/// The number of what a report says of where it was.
pub(super) type Place = u32;

/// All that rows name by numbers.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) assets: Numbered<AssetUid>,
    pub(super) places: Places,
    /// What tasks say of whose they are.
    pub(super) crews: Numbered<CrewSaid>,
    /// Kinds that the catalogue does not have.
    pub(super) unknown: Numbered<WorkKindId>,
    /// What was done along a stretch of an asset.
    pub(super) along: Numbered<(Asset, Along)>,
    /// Stretches of assets that were covered, in millimetres.
    pub(super) stretches: Numbered<(Asset, u64, u64)>,
}

/// Things by their numbers, and back.
#[derive(Debug)]
pub(super) struct Numbered<T> {
    all: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Numbered {
            all: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Numbered<T> {
    /// The number of a thing, which it has from now on.
    pub(super) fn number(&mut self, thing: T) -> u32 {
        if let Some(number) = self.numbers.get(&thing) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.all.push(thing.clone());
        self.numbers.insert(thing, number);
        number
    }

    /// The thing of a number.
    pub(super) fn get(&self, number: u32) -> Option<&T> {
        self.all.get(number as usize)
    }

    /// All, by number.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.all.iter()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }
}

/// Places, of which each is a street, a community and a cell, or none of these.
#[derive(Debug, Default)]
pub(super) struct Places {
    names: HashMap<String, u32>,
    numbers: HashMap<[u32; 3], Place>,
    all: Vec<Snapshot>,
}

impl Places {
    /// The number of where a report was.
    pub(super) fn number(&mut self, at: &Snapshot) -> Place {
        let names = [&at.street, &at.community, &at.grid];
        let key = names.map(|name| name.as_deref().map_or(0, |name| self.name(name)));
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.all.push(Snapshot {
            catalog: None,
            ..at.clone()
        });
        self.numbers.insert(key, number);
        number
    }

    /// The number of a name, from one on.
    fn name(&mut self, name: &str) -> u32 {
        if let Some(number) = self.names.get(name) {
            return *number;
        }
        let number = self.names.len() as u32 + 1;
        self.names.insert(name.to_owned(), number);
        number
    }

    /// The place of a number.
    pub(super) fn get(&self, place: Place) -> Option<&Snapshot> {
        self.all.get(place as usize)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }
}
