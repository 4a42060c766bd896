//! The uids of a layer's rows. Minting one is a hash of its key, which is much of what reading a
//! large file would take: so a layer mints those that its file does not have when the first of them
//! is asked for.

use super::{Columns, Layer, Span, scalar_text};
use crate::geodesy::{Bbox, LonLat};
use crate::ids::AssetUid;
use crate::order;
use foldhash::fast::FixedState;
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::OnceLock;

/// The uids of a layer's rows.
#[derive(Debug, Default)]
pub(crate) struct Uids {
    of_rows: OnceLock<Vec<AssetUid>>,
    /// Rows by uid.
    by_uid: OnceLock<Vec<u32>>,
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
        let unminted = &self.uids.unminted;
        self.uids.of_rows.get_or_init(|| {
            let [city, layer] = &unminted.ids;
            unminted.mint(&self.text, &self.columns, &mut Mint::new(city, layer))
        })
    }

    /// The uid of a row.
    pub fn uid(&self, row: u32) -> AssetUid {
        self.uids()[row as usize]
    }

    /// The row of an asset.
    pub fn row_of(&self, uid: &AssetUid) -> Option<u32> {
        let uids = self.uids();
        let by_uid = self
            .uids
            .by_uid
            .get_or_init(|| order::ranked(uids.len(), &mut |a, b| uids[a].cmp(&uids[b])));
        let uid_at = |&row: &u32| uids[row as usize];
        let found = by_uid.binary_search_by_key(uid, uid_at).ok()?;
        by_uid.get(found).copied()
    }

    /// Gives rows the uids of the assets that they are. No two rows may have one uid then.
    pub fn take_over(&mut self, uids: impl Iterator<Item = (u32, AssetUid)>) {
        let mut of_rows = self.uids().to_vec();
        for (row, uid) in uids {
            of_rows[row as usize] = uid;
        }
        self.uids = Uids::of(of_rows);
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

    /// The uid of the next feature with this key.
    pub(crate) fn mint(&mut self, key: &str) -> AssetUid {
        let first = AssetUid::minted(self.city, self.layer, key);
        let mut uid = first;
        while !self.take(uid) {
            // The same key again: the second is `key 2`, the third `key 3`.
            let occurrence = self.taken.entry(first).or_default();
            *occurrence += 1;
            let key = format!("{key}\u{1f}{occurrence}");
            uid = AssetUid::minted(self.city, self.layer, &key);
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
    /// The ids of the rows that have no code, ascending by row.
    pub named: Vec<(u32, Span)>,
}

impl Unminted {
    /// Mints the uids of all rows, in the order of the file.
    pub(crate) fn mint(&self, text: &str, columns: &Columns, mint: &mut Mint<'_>) -> Vec<AssetUid> {
        let mut named = self.named.iter().peekable();
        let uids = (0..columns.len() as u32).map(|row| {
            let id = named
                .next_if(|(of, _)| *of == row)
                .map(|(_, id)| id.of(text));
            let code = columns.codes[row as usize].of(text);
            let key = scalar_text(code).or_else(|| scalar_text(id.unwrap_or("")));
            let key = key.unwrap_or_else(|| Cow::Owned(self.place_key(row, columns)));
            mint.mint(&key)
        });
        uids.collect()
    }

    fn place_key(&self, row: u32, columns: &Columns) -> String {
        let number = columns.kinds[row as usize];
        let kind = self.kinds.iter().find(|(known, _)| *known == number);
        let kind = kind.map_or("", |(_, id)| id);
        place_key(kind, columns.geometry(row).coords())
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
