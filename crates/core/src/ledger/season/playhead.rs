//! Standing on a day of a season, with everything counted.

use super::{Counts, Covered, GroupKey, Grouping, Season};
use crate::task::Mark;
use jiff::civil::Date;

/// A day of a season, and how many assets wear which mark on it: of all, and of each group of some
/// groupings. Going to another day costs what changes in between.
#[derive(Debug, Clone)]
pub struct Playhead {
    season: Season,
    day: Date,
    whole: Counts,
    groupings: Vec<Counted>,
}

#[derive(Debug, Clone)]
struct Counted {
    grouping: Grouping,
    counts: Vec<Counts>,
}

impl Playhead {
    /// Stands on a day, or on the nearest one of the period.
    pub fn new(season: Season, day: Date, groupings: Vec<Grouping>) -> Playhead {
        let marks = season.at(day);
        let mut whole = Counts::default();
        for mark in &marks {
            whole.put(*mark);
        }
        let counted = groupings.into_iter().map(|grouping| {
            let mut counts = vec![Counts::default(); grouping.keys.len()];
            for (group, mark) in grouping.of.iter().zip(&marks) {
                counts[*group as usize].put(*mark);
            }
            Counted { grouping, counts }
        });
        Playhead {
            day,
            whole,
            groupings: counted.collect(),
            season,
        }
    }

    /// The season.
    pub fn season(&self) -> &Season {
        &self.season
    }

    /// The day, as it was asked for.
    pub fn day(&self) -> Date {
        self.day
    }

    /// Goes to another day, forwards or backwards, and tells each asset whose mark is another
    /// now, with that mark.
    pub fn go(&mut self, day: Date, changed: &mut dyn FnMut(usize, Mark)) {
        for step in self.season.steps(self.day, day) {
            self.whole.change(step.from, step.to);
            for Counted { grouping, counts } in &mut self.groupings {
                counts[grouping.of[step.asset] as usize].change(step.from, step.to);
            }
            changed(step.asset, step.to);
        }
        self.day = day;
    }

    /// The mark of an asset on the day.
    pub fn mark(&self, asset: usize) -> Mark {
        self.season.mark(asset, self.day)
    }

    /// How many assets wear which mark.
    pub fn whole(&self) -> Counts {
        self.whole
    }

    /// A grouping, by its place among those that were given.
    pub fn grouping(&self, which: usize) -> Option<&Grouping> {
        self.groupings.get(which).map(|counted| &counted.grouping)
    }

    /// The groups of a grouping, by its place among those that were given, and how many of the
    /// assets of each wear which mark.
    pub fn groups(&self, which: usize) -> impl Iterator<Item = (&GroupKey, Counts)> {
        let counted = self.groupings.get(which).into_iter();
        counted.flat_map(|c| c.grouping.keys.iter().zip(c.counts.iter().copied()))
    }

    /// How much of the assets of each group was covered by the day, as far as
    /// [`Season::covered`] knows of any. Not kept count of: it asks every asset.
    pub fn covered(&self, which: usize) -> Vec<Option<Covered>> {
        let Some(Counted { grouping, counts }) = self.groupings.get(which) else {
            return Vec::new();
        };
        let mut out: Vec<Option<Covered>> = vec![None; counts.len()];
        for (asset, group) in grouping.of.iter().enumerate() {
            if let Some(more) = self.season.covered(asset, self.day) {
                let sum = &mut out[*group as usize];
                *sum = Some(sum.map_or(more, |sum| sum.and(more)));
            }
        }
        out
    }
}
