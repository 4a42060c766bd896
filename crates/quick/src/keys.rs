//! Which of many keys came before.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::borrow::Cow;
use std::hash::BuildHasher;

/// Keys, and where each came first.
#[derive(Debug, Default)]
pub struct Keys<'a> {
    /// The lower half of each key's hash and the key's number: what is looked at of keys that
    /// are not meant stays small.
    table: HashTable<[u32; 2]>,
    all: Vec<(Cow<'a, str>, usize)>,
}

impl<'a> Keys<'a> {
    /// Where a key came first; `here` where that is now.
    pub fn first(&mut self, key: Cow<'a, str>, here: usize) -> usize {
        let lower = FixedState::with_seed(7).hash_one(key.as_bytes()) as u32;
        let (table, all) = (&mut self.table, &mut self.all);
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
        fn each_key_says_where_it_was_first(keys in prop::collection::vec("[ab\u{8def}]{0,3}", 0..200)) {
            let mut plain = HashMap::new();
            let mut ours = Keys::default();
            for (here, key) in keys.iter().enumerate() {
                let first = *plain.entry(key).or_insert(here);
                prop_assert_eq!(ours.first(Cow::Borrowed(key), here), first);
            }
        }
    }
}
