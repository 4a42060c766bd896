//! Which of many keys came before.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::borrow::Cow;
use std::hash::BuildHasher;

/// Keys, and where each came first.
#[derive(Debug, Default)]
pub(super) struct Keys<'a> {
    /// None as long as each key is greater than the one before, as in files that are sorted by it:
    /// such keys need no table. The lower half of each key's hash and the key's number: what is
    /// looked at of keys that are not meant stays small.
    table: Option<HashTable<[u32; 2]>>,
    all: Vec<(Cow<'a, str>, usize)>,
}

impl<'a> Keys<'a> {
    /// Where a key came first; `here` where that is now.
    pub(super) fn first(&mut self, key: Cow<'a, str>, here: usize) -> usize {
        if self.table.is_none() {
            if self.all.last().is_none_or(|(last, _)| *last < key) {
                self.all.push((key, here));
                return here;
            }
            for (key, first) in std::mem::take(&mut self.all) {
                self.look_up(key, first);
            }
        }
        self.look_up(key, here)
    }

    /// How many different ones there were.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    fn look_up(&mut self, key: Cow<'a, str>, here: usize) -> usize {
        let lower = FixedState::with_seed(7).hash_one(key.as_bytes()) as u32;
        let all = &mut self.all;
        let table = self.table.get_or_insert_default();
        let is_it = |&[hash, n]: &[u32; 2]| {
            hash == lower && all.get(n as usize).is_some_and(|(known, _)| *known == key)
        };
        match table.entry(spread(lower), is_it, |&[hash, _]| spread(hash)) {
            Entry::Occupied(found) => {
                let [_, n] = *found.get();
                all.get(n as usize).map_or(here, |(_, first)| *first)
            }
            Entry::Vacant(place) => {
                place.insert([lower, all.len() as u32]);
                all.push((key, here));
                here
            }
        }
    }
}

/// The table wants its upper bits, too.
fn spread(lower: u32) -> u64 {
    u64::from(lower).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn each_key_says_where_it_was_first(
            mut keys in prop::collection::vec("[ab\u{8def}]{0,3}", 0..200),
            sorted in 0..200_usize,
        ) {
            let sorted = sorted.min(keys.len());
            keys[..sorted].sort_unstable();
            let mut plain = HashMap::new();
            let mut ours = Keys::default();
            for (here, key) in keys.iter().enumerate() {
                let first = *plain.entry(key).or_insert(here);
                prop_assert_eq!(ours.first(Cow::Borrowed(key), here), first);
            }
        }
    }
}
