//! The rounds of what a crew gets: its way, cut.

use crate::ids::AssetUid;
use crate::task::{MOST_STOPS, round_name};
use serde::{Deserialize, Serialize};

/// So many tasks nobody makes by mistake and takes back by hand.
const MANY: usize = 20;

/// Whether so many tasks are made at once that a person is asked first.
pub fn is_many(tasks: usize) -> bool {
    tasks > MANY
}

/// A round that is yet to be put on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundDraft {
    /// What it is called.
    pub name: Option<String>,
    /// Its assets, in walking order.
    pub assets: Vec<AssetUid>,
}

/// The rounds of a way, and what makes none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounds {
    /// The rounds.
    pub rounds: Vec<RoundDraft>,
    /// Assets that are a task each: lines and areas, at which one cannot stand, and single ones.
    pub alone: Vec<AssetUid>,
}

/// Cuts a way into rounds.
///
/// A round has at most `most` assets, and never more than a round may have. Of more there are as few
/// rounds as can be, as large as each other but for one asset, each a stretch of the way. A round is
/// called by the streets that its assets stand on; of several that would be called the same each has
/// its number.
pub fn rounds_along(
    way: &[AssetUid],
    most: usize,
    is_stop: &dyn Fn(AssetUid) -> bool,
    street: &dyn Fn(AssetUid) -> Option<String>,
) -> Rounds {
    let (stops, alone): (Vec<AssetUid>, Vec<AssetUid>) = way.iter().partition(|uid| is_stop(**uid));
    let mut out = Rounds {
        rounds: Vec::new(),
        alone,
    };
    let parts = stops.len().div_ceil(most.clamp(1, MOST_STOPS));
    for part in 0..parts {
        let at = |part: usize| stops.len() * part / parts;
        let run = &stops[at(part)..at(part + 1)];
        if let [only] = run {
            out.alone.push(*only);
            continue;
        }
        let streets: Vec<String> = run.iter().filter_map(|uid| street(*uid)).collect();
        out.rounds.push(RoundDraft {
            name: round_name(streets.iter().map(String::as_str)),
            assets: run.to_vec(),
        });
    }
    number(&mut out.rounds);
    out
}

/// Numbers rounds that are called the same.
fn number(rounds: &mut [RoundDraft]) {
    let names: Vec<Option<String>> = rounds.iter().map(|round| round.name.clone()).collect();
    for (at, round) in rounds.iter_mut().enumerate() {
        let alike = |among: &[Option<String>]| among.iter().filter(|n| **n == names[at]).count();
        let (n, all) = (alike(&names[..=at]), alike(&names));
        if let Some(name) = &mut round.name
            && all > 1
        {
            *name = format!("{name} {n}/{all}");
        }
    }
}

/// A way street by street, in the order in which it first comes to each; none is what is on none.
pub fn along_streets(
    way: &[AssetUid],
    street: &dyn Fn(AssetUid) -> Option<String>,
) -> Vec<(Option<String>, Vec<AssetUid>)> {
    let mut streets: Vec<(Option<String>, Vec<AssetUid>)> = Vec::new();
    for uid in way {
        let name = street(*uid);
        match streets.iter_mut().find(|(known, _)| *known == name) {
            Some((_, uids)) => uids.push(*uid),
            None => streets.push((name, vec![*uid])),
        }
    }
    streets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;
    use proptest::prelude::*;

    fn uid(n: usize) -> AssetUid {
        AssetUid(Uuid::from_u128(n as u128))
    }

    fn uids(of: impl IntoIterator<Item = usize>) -> Vec<AssetUid> {
        of.into_iter().map(uid).collect()
    }

    fn cut(way: usize, most: usize) -> Vec<(Option<String>, Vec<AssetUid>)> {
        let street = |_| Some("辽河路".to_owned());
        let rounds = rounds_along(&uids(0..way), most, &|_| true, &street).rounds;
        rounds.into_iter().map(|r| (r.name, r.assets)).collect()
    }

    #[test]
    fn a_way_becomes_one_round_and_a_long_one_several_that_are_numbered() {
        let named = |name: &str, uids| (Some(name.to_owned()), uids);
        assert_eq!(cut(7, 100), [named("辽河路", uids(0..7))]);
        assert_eq!(
            cut(7, 4),
            [
                named("辽河路 1/2", uids(0..3)),
                named("辽河路 2/2", uids(3..7))
            ]
        );
        assert_eq!(cut(0, 4), []);
        assert_eq!(
            cut(1100, usize::MAX).len(),
            3,
            "no more than a round may have"
        );
    }

    #[test]
    fn only_rounds_that_are_called_the_same_are_numbered() {
        let street =
            |asset| (asset < uid(8)).then(|| if asset < uid(4) { "b" } else { "a" }.into());
        let rounds = rounds_along(&uids(0..12), 2, &|_| true, &street).rounds;
        let names: Vec<_> = rounds.iter().map(|round| round.name.as_deref()).collect();
        let named = ["b 1/2", "b 2/2", "a 1/2", "a 2/2"].map(Some);
        assert_eq!(names[..4], named);
        assert_eq!(names[4..], [None, None]);
    }

    #[test]
    fn what_one_cannot_stand_at_and_what_is_single_is_alone() {
        let is_stop = |asset| asset != uid(1);
        let of = |most| rounds_along(&uids(0..3), most, &is_stop, &|_| None);
        assert_eq!(of(9).alone, uids([1]));
        assert_eq!(of(9).rounds[0].assets, uids([0, 2]));
        assert_eq!((of(0).alone, of(1).rounds), (uids([1, 0, 2]), Vec::new()));
    }

    #[test]
    fn a_way_is_told_street_by_street() {
        let street = |asset: AssetUid| match asset.0.as_u128() {
            0 | 3 => Some("b".to_owned()),
            1 => Some("a".to_owned()),
            _ => None,
        };
        assert_eq!(
            along_streets(&uids(0..4), &street),
            [
                (Some("b".to_owned()), uids([0, 3])),
                (Some("a".to_owned()), uids([1])),
                (None, uids([2]))
            ]
        );
    }

    proptest! {
        #[test]
        fn as_few_rounds_as_can_be_as_large_as_each_other(way in 0..3000usize, most in 2..700usize) {
            let rounds = rounds_along(&uids(0..way), most, &|_| true, &|_| None);
            let all = rounds.rounds.iter().flat_map(|round| &round.assets).chain(&rounds.alone);
            prop_assert_eq!(crate::order::distinct(all.copied()), uids(0..way));
            let most = most.min(MOST_STOPS);
            let sizes: Vec<usize> = rounds.rounds.iter().map(|round| round.assets.len()).collect();
            prop_assert_eq!(rounds.alone.len(), usize::from(way == 1 || most == 2 && way % 2 == 1));
            prop_assert_eq!(sizes.len() + rounds.alone.len(), way.div_ceil(most));
            if let (Some(least), Some(largest)) = (sizes.iter().min(), sizes.iter().max()) {
                prop_assert!(largest - least <= 1 && *largest <= most, "{:?}", sizes);
            }
        }
    }
}
