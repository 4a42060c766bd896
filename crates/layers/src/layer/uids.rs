//! The uids of a layer's rows. Minting one is a hash of its key, which is much of what reading a
//! large file would take: so a layer mints those that its file does not have when the first of them
//! is asked for, or before, in many small steps.

use super::ranks::Ranks;
use super::{Columns, Layer, Said, Texts, scalar_text};
use crate::geodesy::{Bbox, LonLat};
use crate::ids::AssetUid;
use foldhash::fast::FixedState;
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::OnceLock;

/// So many rows, or positions, are made ready between two pauses: a millisecond or two. Few in tests, whose
/// layers are small.
const STRIDE: usize = if cfg!(test) { 7 } else { 2000 };

/// The uids of a layer's rows.
#[derive(Debug, Default)]
pub(crate) struct Uids {
    of_rows: OnceLock<Vec<AssetUid>>,
    by_uid: OnceLock<Ranks>,
    unminted: Unminted,
}

impl Uids {
    /// One a row.
    pub(crate) fn of(all: Vec<AssetUid>) -> Self {
        Uids {
            of_rows: all.into(),
            ..Uids::default()
        }
    }

    /// None yet.
    pub(crate) fn unminted(unminted: Unminted) -> Self {
        Uids {
            unminted,
            ..Uids::default()
        }
    }
}

impl Layer {
    /// The uids of all rows, minted now where nobody asked for one before.
    fn uids(&self) -> &[AssetUid] {
        self.uids.of_rows.get_or_init(|| {
            let mut minting = self.uids.unminted.minting();
            minting.more(&self.said, &self.columns, usize::MAX);
            minting.uids
        })
    }

    /// The uid of a row.
    pub fn uid(&self, row: u32) -> AssetUid {
        self.uids()[row as usize]
    }

    /// The row of an asset.
    pub fn row_of(&self, uid: &AssetUid) -> Option<u32> {
        let uids = self.uids();
        let ranks = self.uids.by_uid.get_or_init(|| {
            let mut ranks = Ranks::of(uids);
            while ranks.more(uids, usize::MAX) {}
            ranks
        });
        ranks.find(uids, uid)
    }

    /// Gives rows the uids of the assets that they are. No two rows may have one uid then.
    pub fn take_over(&mut self, uids: impl Iterator<Item = (u32, AssetUid)>) {
        let mut of_rows = self.uids().to_vec();
        for (row, uid) in uids {
            of_rows[row as usize] = uid;
        }
        self.uids = Uids::of(of_rows);
    }

    /// Makes ready now what would be made when somebody first asks for it, which in a large layer takes
    /// longer than a tap may wait. `pause` is awaited every few milliseconds.
    pub async fn settle(&self, pause: &mut impl AsyncFnMut()) {
        self.columns.project(STRIDE, pause).await;
        if self.uids.of_rows.get().is_none() {
            let mut minting = self.uids.unminted.minting();
            while minting.more(&self.said, &self.columns, STRIDE) {
                pause().await;
            }
            let _ = self.uids.of_rows.set(minting.uids);
        }
        if self.uids.by_uid.get().is_none() {
            let uids = self.uids();
            let mut ranks = Ranks::of(uids);
            while ranks.more(uids, STRIDE) {
                pause().await;
            }
            let _ = self.uids.by_uid.set(ranks);
        }
    }
}

/// Mints uids from keys, each at most once.
#[derive(Debug)]
pub(crate) struct Mint<'a> {
    city: &'a str,
    layer: &'a str,
    /// Uids, and how many features have asked for each.
    taken: HashMap<AssetUid, u32, FixedState>,
}

impl<'a> Mint<'a> {
    /// For a layer of a city.
    pub(crate) fn new(city: &'a str, layer: &'a str) -> Self {
        Mint {
            city,
            layer,
            taken: HashMap::with_hasher(FixedState::with_seed(7)),
        }
    }

    /// Takes a uid; false where an earlier feature has it.
    pub(crate) fn take(&mut self, uid: AssetUid) -> bool {
        match self.taken.entry(uid) {
            Entry::Occupied(_) => false,
            Entry::Vacant(free) => {
                free.insert(1);
                true
            }
        }
    }

    /// The uid of the one feature with this key.
    fn of(&self, key: &str) -> AssetUid {
        AssetUid::minted(self.city, self.layer, key)
    }

    /// The uid of the next feature with this key.
    pub(crate) fn mint(&mut self, key: &str) -> AssetUid {
        let first = self.of(key);
        let mut uid = first;
        while !self.take(uid) {
            // The same key again: the second is `key 2`, the third `key 3`.
            let occurrence = self.taken.entry(first).or_default();
            *occurrence += 1;
            let key = format!("{key}\u{1f}{occurrence}");
            uid = self.of(&key);
        }
        uid
    }
}

/// What a layer without uids needs in order to mint them.
#[derive(Debug, Default)]
pub(crate) struct Unminted {
    /// Of the city and of the layer.
    pub ids: [String; 2],
    /// Ids of kinds, by their positions in the catalogue.
    pub kinds: Vec<(u16, String)>,
    /// The rows that have an id and no code, ascending, and their ids.
    pub named: (Vec<u32>, Texts),
    /// Whether each row has a code that no other has: then none needs to be looked up.
    pub is_distinct: bool,
}

impl Unminted {
    fn minting(&self) -> Minting<'_, '_> {
        let [city, layer] = &self.ids;
        Minting::new(self, Mint::new(city, layer))
    }

    fn place_key(&self, row: u32, columns: &Columns) -> String {
        let number = columns.kinds[row as usize];
        let kind = self.kinds.iter().find(|(known, _)| *known == number);
        let kind = kind.map_or("", |(_, id)| id);
        place_key(kind, columns.geometry(row).coords())
    }
}

/// Uids in the making, in the order of the file.
#[derive(Debug)]
pub(crate) struct Minting<'u, 'a> {
    unminted: &'u Unminted,
    /// How many of the rows without a code were passed.
    passed: usize,
    /// What mints them.
    pub mint: Mint<'a>,
    /// Those of the first rows.
    pub uids: Vec<AssetUid>,
}

impl<'u, 'a> Minting<'u, 'a> {
    /// None yet.
    pub(crate) fn new(unminted: &'u Unminted, mint: Mint<'a>) -> Self {
        Minting {
            unminted,
            passed: 0,
            mint,
            uids: Vec::new(),
        }
    }

    /// Mints those of so many rows more; false where no row is left.
    pub(crate) fn more(&mut self, said: &Said, columns: &Columns, count: usize) -> bool {
        let from = self.uids.len();
        let to = from.saturating_add(count).min(columns.len());
        self.uids.reserve_exact(columns.len() - from);
        for row in from..to {
            let code = scalar_text(said.field(row, 0));
            let uid = match code {
                Some(code) if self.unminted.is_distinct => self.mint.of(&code),
                Some(code) => self.mint.mint(&code),
                None => {
                    let key = self.named(row as u32);
                    let place = || self.unminted.place_key(row as u32, columns);
                    self.mint.mint(&key.unwrap_or_else(|| Cow::Owned(place())))
                }
            };
            self.uids.push(uid);
        }
        to < columns.len()
    }

    /// The id of the row, if it is the next that has one.
    fn named(&mut self, row: u32) -> Option<Cow<'u, str>> {
        let (rows, ids) = &self.unminted.named;
        if *rows.get(self.passed)? != row {
            return None;
        }
        self.passed += 1;
        scalar_text(ids.get(self.passed - 1))
    }
}

/// A key from the kind and the middle of the box around it, to about 0.1 m, so
/// that turning or mending a ring does not change it.
pub(crate) fn place_key(kind: &str, coords: &[LonLat]) -> String {
    let bbox = Bbox::around(coords.iter().copied());
    let LonLat { lon, lat } = bbox.map_or(LonLat::default(), |b| b.center());
    // In whole millionths of a degree there is no -0.
    let millionths = |degrees: f64| (degrees * 1e6).round() as i64;
    format!("{kind}@{},{}", millionths(lon), millionths(lat))
}
