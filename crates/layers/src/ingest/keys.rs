//! Which of many codes came before.

use crate::known::{Known, half_hash};
use crate::layer::{Said, scalar_text};
use std::borrow::Cow;

/// Codes of rows, and where in the file each came first. What they are the rows say, which are given with
/// each question.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// None as long as each code is greater than the one before, as in files that are sorted by it:
    /// such codes need no table.
    table: Option<Known>,
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
        let all = &self.all;
        let is_it = |n: u32| {
            let known = all
                .get(n as usize)
                .and_then(|&[row, _]| self::code(said, row as usize));
            known.is_some_and(|known| *known == *code)
        };
        let table = self.table.get_or_insert_default();
        let half = half_hash(code.as_bytes());
        if let Some(n) = table.find(half, is_it) {
            return all.get(n as usize).map_or(here, |&[_, first]| first);
        }
        table.add(half, all.len() as u32);
        self.all.push([row, here]);
        here
    }
}

fn code(said: &Said, row: usize) -> Option<Cow<'_, str>> {
    scalar_text(said.field(row, 0))
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
