//! Which row has a uid. Uids are hashes nearly always, so that their first bits say nearly where in
//! the order of all of them each is, and a row is found at the first look.

use crate::ids::AssetUid;
use crate::order;

/// About so many rows share the first bits of their uids.
const SHARE: usize = 4;

/// Rows by uid, made in steps.
#[derive(Debug)]
pub(super) struct Ranks {
    /// Ascending by uid.
    rows: Vec<u32>,
    /// Where among them each bucket of first bits starts, and behind all where the last ends.
    starts: Vec<u32>,
    bits: u32,
    step: Step,
    at: usize,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    /// How many rows are in each bucket.
    Count,
    /// Each row into its bucket.
    Place,
    /// Each bucket by itself: of uids that are no hashes one may hold all.
    Sort,
    Done,
}

impl Ranks {
    /// What ranks these uids, which has done nothing yet.
    pub(super) fn of(uids: &[AssetUid]) -> Self {
        let bits = (uids.len() / SHARE).max(1).ilog2();
        Ranks {
            rows: vec![0; uids.len()],
            starts: vec![0; (1 << bits) + 1],
            bits,
            step: Step::Count,
            at: 0,
        }
    }

    /// Goes on for about so many of the uids it was made for; false where nothing is left to do.
    pub(super) fn more(&mut self, uids: &[AssetUid], count: usize) -> bool {
        let (from, to) = (self.at, self.at.saturating_add(count).min(uids.len()));
        self.at = to;
        match self.step {
            Step::Count => {
                for uid in &uids[from..to] {
                    self.starts[bucket(uid, self.bits)] += 1;
                }
            }
            // From the last on, so that an end becomes a start.
            Step::Place => {
                for row in (uids.len() - to..uids.len() - from).rev() {
                    let start = &mut self.starts[bucket(&uids[row], self.bits)];
                    *start -= 1;
                    self.rows[*start as usize] = row as u32;
                }
            }
            Step::Sort => self.at = self.sort(uids, from, to),
            Step::Done => return false,
        }
        if self.at == uids.len() {
            self.at = 0;
            self.step = match self.step {
                Step::Count => {
                    let mut end = 0;
                    for place in &mut self.starts {
                        end += *place;
                        *place = end;
                    }
                    Step::Place
                }
                Step::Place => Step::Sort,
                Step::Sort | Step::Done => Step::Done,
            };
        }
        true
    }

    /// Sorts the buckets that begin at these places, and gives where the last of them ends.
    fn sort(&mut self, uids: &[AssetUid], from: usize, to: usize) -> usize {
        let mut at = from;
        while at < to {
            let (_, end) = self.around(bucket(&uids[self.rows[at] as usize], self.bits));
            let compare = &mut |a: usize, b: usize| uids[a].cmp(&uids[b]);
            order::sort_numbers(&mut self.rows[at..end], compare);
            at = end;
        }
        at
    }

    /// Where a bucket begins and ends.
    fn around(&self, bucket: usize) -> (usize, usize) {
        (
            self.starts[bucket] as usize,
            self.starts[bucket + 1] as usize,
        )
    }

    /// The row with this uid, once all is done.
    pub(super) fn find(&self, uids: &[AssetUid], uid: &AssetUid) -> Option<u32> {
        let (from, to) = self.around(bucket(uid, self.bits));
        let rows = &self.rows[from..to];
        let found = rows.binary_search_by_key(uid, |&row| uids[row as usize]);
        rows.get(found.ok()?).copied()
    }
}

/// The first bits of a uid.
fn bucket(uid: &AssetUid, bits: u32) -> usize {
    let [a, b, c, d, ..] = *uid.0.as_bytes();
    let first = u64::from(u32::from_be_bytes([a, b, c, d]));
    (first >> (32 - bits)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_uid_has_its_row_and_no_other_has_one(
            // Hashes, and such as begin alike.
            numbers in prop::collection::hash_set(prop_oneof![any::<u128>(), 0..300_u128], 0..200),
            others in prop::collection::vec(prop_oneof![any::<u128>(), 0..300_u128], 0..20),
            stride in 1..250_usize,
        ) {
            let uids: Vec<AssetUid> = numbers.iter().map(|&n| AssetUid(Uuid::from_u128(n))).collect();
            let mut ranks = Ranks::of(&uids);
            while ranks.more(&uids, stride) {}
            for (row, uid) in (0..).zip(&uids) {
                prop_assert_eq!(ranks.find(&uids, uid), Some(row));
            }
            for n in others.into_iter().filter(|n| !numbers.contains(n)) {
                prop_assert_eq!(ranks.find(&uids, &AssetUid(Uuid::from_u128(n))), None);
            }
        }
    }
}
