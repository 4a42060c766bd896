//! Which of many keys came before.

use crate::layer::{Span, scalar_text};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::BuildHasher;

/// Keys, and where each came first. They stand in a text, as JSON, which is given with each question.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// None as long as each key is greater than the one before, as in files that are sorted by it:
    /// such keys need no table. The lower half of each key's hash and the key's number: what is
    /// looked at of keys that are not meant stays small.
    table: Option<HashTable<[u32; 2]>>,
    all: Vec<(Span, usize)>,
}

impl Keys {
    /// Where a key came first; `here` where that is now. It is what the piece of the text at `span`
    /// stands for.
    pub(super) fn first(&mut self, text: &str, span: Span, key: &str, here: usize) -> usize {
        if self.table.is_none() {
            let last = self.all.last();
            if last
                .is_none_or(|(last, _)| scalar_text(last.of(text)).is_none_or(|last| *last < *key))
            {
                self.all.push((span, here));
                return here;
            }
            for (span, first) in std::mem::take(&mut self.all) {
                let key = scalar_text(span.of(text)).unwrap_or_default();
                self.look_up(text, span, &key, first);
            }
        }
        self.look_up(text, span, key, here)
    }

    /// How many different ones there were.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    fn look_up(&mut self, text: &str, span: Span, key: &str, here: usize) -> usize {
        let lower = FixedState::with_seed(7).hash_one(key.as_bytes()) as u32;
        let all = &mut self.all;
        let table = self.table.get_or_insert_default();
        let is_key = |span: Span| scalar_text(span.of(text)).is_some_and(|known| *known == *key);
        let is_it = |&[hash, n]: &[u32; 2]| {
            hash == lower && all.get(n as usize).is_some_and(|(known, _)| is_key(*known))
        };
        match table.entry(spread(lower), is_it, |&[hash, _]| spread(hash)) {
            Entry::Occupied(found) => {
                let [_, n] = *found.get();
                all.get(n as usize).map_or(here, |(_, first)| *first)
            }
            Entry::Vacant(place) => {
                place.insert([lower, all.len() as u32]);
                all.push((span, here));
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
            mut keys in prop::collection::vec("[ab\u{8def}]{1,3}", 0..200),
            sorted in 0..200_usize,
        ) {
            let sorted = sorted.min(keys.len());
            keys[..sorted].sort_unstable();
            let text = keys.iter().map(|key| format!("\"{key}\" ")).collect::<String>();
            let pieces = text.split(' ');
            let mut plain = HashMap::new();
            let mut ours = Keys::default();
            for (here, (key, piece)) in keys.iter().zip(pieces).enumerate() {
                let first = *plain.entry(key).or_insert(here);
                let span = Span::find(&text, piece);
                prop_assert_eq!(ours.first(&text, span, key, here), first);
            }
        }
    }
}
