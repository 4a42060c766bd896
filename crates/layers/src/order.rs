//! Sorting in little code. The standard library's sort is some 4 kB of WebAssembly for
//! every type it sorts; here indices are sorted, by one piece of code, and the items
//! are then put in their places. Not for lists of many thousands that somebody waits
//! for: rows of a layer, which are numbers, sort themselves.

use std::cmp::Ordering;

/// Sorts stably, as [`slice::sort_by`] does.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut order = ranked(
        items.len(),
        &mut |a, b| match (items.get(a), items.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        },
    );
    place(&mut order, &mut |a, b| items.swap(a, b));
}

/// Sorts stably by a key, as [`slice::sort_by_key`] does.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts stably, as [`slice::sort`] does.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// The different ones of some items, ascending.
pub fn distinct<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    sort(&mut items);
    items.dedup();
    items
}

/// The numbers below `len`, sorted stably.
pub fn ranked(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..len as u32).collect();
    sort_numbers(&mut order, compare);
    order
}

/// Sorts numbers of things stably by what the things are.
pub fn sort_numbers(numbers: &mut [u32], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    numbers.sort_by(|&a, &b| compare(a as usize, b as usize));
}

/// Carries out a permutation by swaps: `order[i]` is where what belongs at `i` stands.
fn place(order: &mut [u32], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at as u32) as usize;
            if from == start || from == at {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_standard_librarys_stable_sort(items in prop::collection::vec((0..9u8, any::<u8>()), 0..60)) {
            let mut ours = items.clone();
            let mut theirs = items;
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn of_equal_ones_one_is_left(items in prop::collection::vec(0..9u8, 0..60)) {
            let set: std::collections::BTreeSet<u8> = items.iter().copied().collect();
            prop_assert_eq!(distinct(items), set.into_iter().collect::<Vec<_>>());
        }
    }
}
