//! Which of many codes came before.

use crate::layer::{Said, scalar_text};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::borrow::Cow;
use std::hash::BuildHasher;

/// Codes of rows, and where in the file each came first. What they are the rows say, which are given with
/// each question.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// None as long as each code is greater than the one before, as in files that are sorted by it:
    /// such codes need no table. The lower half of each code's hash and its number: what is
    /// looked at of codes that are not meant stays small.
    table: Option<HashTable<[u32; 2]>>,
    /// The row, and where that is in the file.
    all: Vec<[u32; 2]>,
    /// The code that came last, as long as there is no table.
    last: String,
}

impl Keys {
    /// Where the code of a row came first; `here` where that is now.
    pub(super) fn first(&mut self, said: &Said, row: usize, code: &str, here: usize) -> usize {
        // Neither is more than the bytes of the file.
        let [row, here] = [row, here].map(|n| n as u32);
        if self.table.is_none() {
            if self.all.is_empty() || *self.last < *code {
                self.all.push([row, here]);
                self.last.clear();
                self.last.push_str(code);
                return here as usize;
            }
            for [row, first] in std::mem::take(&mut self.all) {
                let code = self::code(said, row as usize).unwrap_or_default();
                self.look_up(said, row, &code, first);
            }
        }
        self.look_up(said, row, code, here) as usize
    }

    /// How many different ones there were.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Makes room for so many times what there is.
    pub(super) fn expect(&mut self, times: f64) {
        let more = self.all.len() as f64 * (times - 1.0);
        self.all.reserve_exact(more as usize);
    }

    fn look_up(&mut self, said: &Said, row: u32, code: &str, here: u32) -> u32 {
        let lower = FixedState::with_seed(7).hash_one(code.as_bytes()) as u32;
        let all = &mut self.all;
        let table = self.table.get_or_insert_default();
        let is_code =
            |row: u32| self::code(said, row as usize).is_some_and(|known| *known == *code);
        let is_it = |&[hash, n]: &[u32; 2]| {
            hash == lower && all.get(n as usize).is_some_and(|&[row, _]| is_code(row))
        };
        match table.entry(spread(lower), is_it, |&[hash, _]| spread(hash)) {
            Entry::Occupied(found) => {
                let [_, n] = *found.get();
                all.get(n as usize).map_or(here, |&[_, first]| first)
            }
            Entry::Vacant(place) => {
                place.insert([lower, all.len() as u32]);
                all.push([row, here]);
                here
            }
        }
    }
}

fn code(said: &Said, row: usize) -> Option<Cow<'_, str>> {
    scalar_text(said.field(row, 0))
}

/// The table wants its upper bits, too.
fn spread(lower: u32) -> u64 {
    u64::from(lower).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::LOOSE;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn each_key_says_where_it_was_first(
            mut keys in prop::collection::vec("[ab\u{8def}]{1,3}", 0..200),
            sorted in 0..200_usize,
        ) {
            let sorted = sorted.min(keys.len());
            keys[..sorted].sort_unstable();
            let mut said = Said::default();
            let mut plain = HashMap::new();
            let mut ours = Keys::default();
            for (row, key) in keys.iter().enumerate() {
                let here = row * 2;
                let first = *plain.entry(key).or_insert(here);
                let json = format!("\"{key}\"");
                said.push(LOOSE, ["{}", &*json, "", "", ""].into_iter());
                prop_assert_eq!(ours.first(&said, row, key, here), first);
            }
        }
    }
}
