//! What came before, by its hash.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::{BuildHasher, Hash};

/// Numbers of things that are told apart elsewhere. Beside each stands the half of its hash: what is
/// looked at of things that are not meant stays small.
#[derive(Debug, Default)]
pub(crate) struct Known(HashTable<[u32; 2]>);

/// The lower half of a hash.
#[inline]
pub(crate) fn half_hash(key: impl Hash) -> u32 {
    FixedState::with_seed(7).hash_one(key) as u32
}

impl Known {
    /// The number of the thing with this half of a hash of which `is_it` is true.
    #[inline]
    pub(crate) fn find(&self, half: u32, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let is_it = |&[hash, n]: &[u32; 2]| hash == half && is_it(n);
        self.0.find(spread(half), is_it).map(|&[_, n]| n)
    }

    /// Knows a thing that it did not know before.
    pub(crate) fn add(&mut self, half: u32, n: u32) {
        let again = |&[half, _]: &[u32; 2]| spread(half);
        self.0.insert_unique(spread(half), [half, n], again);
    }
}

/// The table wants the upper bits of a hash, too.
#[inline]
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
