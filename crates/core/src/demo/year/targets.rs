//! What a year of work is to come to.

use crate::catalog::WorkKindId;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What the verified work of a year is to come to, by kind of work and in its unit. Of a kind
/// that is not named nothing is done that counts.
///
/// A *stock* says how many assets are looked after in the year; the figure in print comes from the
/// layers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Targets(BTreeMap<WorkKindId, Decimal>);

/// The figures that the city published for January to October 2024, to the unit and the decimal.
/// Three are ours: of bills (「每月1000多条」) and of toilet waste (「1000多吨」) only the least is
/// in print, and stocks and what is cumulative are the layers' own.
const PUBLISHED: [(&str, i64, u32); 21] = [
    ("pothole-patch", 6_500, 0),
    ("crack-seal", 210_000, 0),
    ("sidewalk-pave", 139_584, 2),
    ("kerb-replace", 8_205, 1),
    ("lamp-repair", 1_099, 0),
    ("pipe-patrol", 146, 0),
    ("manhole-clear", 3_258, 0),
    ("manhole-repair", 120, 0),
    ("drain-clear", 3_846, 0),
    ("drain-repair", 304, 0),
    ("pump-sewage-keep", 12, 0),
    ("pump-storm-keep", 2, 0),
    ("sweep", 1_800_000, 0),
    ("bill-remove", 10_431, 0),
    ("toilet-keep", 57, 0),
    ("toilet-pump", 102_475, 2),
    ("refuse-rate", 100, 0),
    ("heating-renovate", 12, 0),
    ("outfall-inspect", 39, 0),
    ("outfall-regulate", 7, 0),
    // Work without a figure in print, of which a city has some all the same.
    ("lid-replace", 46, 0),
];

impl Targets {
    /// Nothing at all.
    pub fn none() -> Targets {
        Targets::default()
    }

    /// What was published.
    pub fn published() -> Targets {
        let all = PUBLISHED.iter();
        let all = all.map(|(work, digits, scale)| {
            (WorkKindId((*work).into()), Decimal::new(*digits, *scale))
        });
        Targets(all.collect())
    }

    /// The same with another figure for one kind of work.
    #[must_use]
    pub fn with(mut self, work: &str, quantity: Decimal) -> Targets {
        self.0.insert(WorkKindId(work.into()), quantity);
        self
    }

    /// The figure for a kind of work, where there is one.
    pub fn get(&self, work: &str) -> Option<Decimal> {
        self.0.get(&WorkKindId(work.into())).copied()
    }

    /// All figures, by kind of work.
    pub fn iter(&self) -> impl Iterator<Item = (&WorkKindId, Decimal)> {
        self.0.iter().map(|(work, quantity)| (work, *quantity))
    }
}
