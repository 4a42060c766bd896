//! Two seasons side by side: this year and the last one.

use super::counts::is_done;
use super::{GroupKey, Grouping, Season};
use crate::ids::AssetUid;
use crate::task::Mark;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How many assets are done in which of two seasons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sides {
    /// In both.
    pub both: u32,
    /// In the first alone.
    pub first: u32,
    /// In the second alone.
    pub second: u32,
    /// In neither.
    pub neither: u32,
}

impl Sides {
    fn put(&mut self, (first, second): (Mark, Mark)) {
        *match (is_done(first), is_done(second)) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.first,
            (false, true) => &mut self.second,
            (false, false) => &mut self.neither,
        } += 1;
    }
}

/// The marks of assets in two seasons, each on a day of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideBySide {
    /// By the numbers of the first season. What the second does not have wears
    /// [`Mark::None`] there.
    pub marks: Vec<(Mark, Mark)>,
}

impl SideBySide {
    /// As both seasons end.
    pub fn ends(first: &Season, second: &Season) -> SideBySide {
        SideBySide::at(first, first.period().to, second, second.period().to)
    }

    /// On a day of each. It is the assets of the first that are told.
    pub fn at(first: &Season, day: Date, second: &Season, other: Date) -> SideBySide {
        let (ours, theirs) = (first.at(day), second.at(other));
        let same = Arc::ptr_eq(first.assets(), second.assets());
        let number = |(n, uid): (usize, AssetUid)| match same {
            true => Some(n),
            false => second.assets().number(&uid),
        };
        let uids = first.assets().all.iter().map(|known| known.uid);
        let numbers = uids.enumerate().map(number);
        let theirs = numbers.map(|n| n.and_then(|n| theirs.get(n).copied()));
        let theirs = theirs.map(Option::unwrap_or_default);
        SideBySide {
            marks: ours.into_iter().zip(theirs).collect(),
        }
    }

    /// How many are done in which.
    pub fn whole(&self) -> Sides {
        let mut sides = Sides::default();
        for marks in &self.marks {
            sides.put(*marks);
        }
        sides
    }

    /// The same for each group of the first season's assets.
    pub fn groups<'g>(&self, grouping: &'g Grouping) -> Vec<(&'g GroupKey, Sides)> {
        let mut sides = vec![Sides::default(); grouping.keys.len()];
        for (group, marks) in grouping.of.iter().zip(&self.marks) {
            sides[*group as usize].put(*marks);
        }
        grouping.keys.iter().zip(sides).collect()
    }
}
