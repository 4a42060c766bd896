//! A total as it is shared out.

use super::YearError;
use super::habits::Habit;
use crate::catalog::{Measure, UnitId, WorkKindId};
use crate::log::{Measured, Quantity, WorkLine};
use rust_decimal::Decimal;

/// The total of a kind of work in the smallest parts of its unit, and what is said with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole<'c> {
    pub(super) habit: &'static Habit,
    pub(super) parts: u64,
    pub(super) decimals: u32,
    pub(super) measures: Measure,
    pub(super) unit: &'c UnitId,
}

impl Whole<'_> {
    /// The most of one report: a fiftieth of all where it is an area or a length.
    pub(super) fn most(&self) -> u64 {
        match self.measures {
            Measure::Area | Measure::Length => (self.parts / 50).max(1),
            _ => u64::MAX,
        }
    }

    pub(super) fn quantity(&self, parts: u64) -> Quantity {
        let parts = i64::try_from(parts).unwrap_or(i64::MAX);
        Quantity(Decimal::new(parts, self.decimals).normalize())
    }

    pub(super) fn line(&self, parts: u64, measured: Measured) -> WorkLine {
        WorkLine {
            work: WorkKindId(self.habit.work.into()),
            quantity: self.quantity(parts),
            unit: self.unit.clone(),
            material: None,
            measured,
            covered: Vec::new(),
            patches: Vec::new(),
            assets: Vec::new(),
        }
    }

    /// That there is not enough of what it is done to.
    pub(super) fn beyond(&self, most: usize) -> YearError {
        YearError::Beyond {
            work: WorkKindId(self.habit.work.into()),
            wanted: self.quantity(self.parts).0,
            most: most.into(),
        }
    }
}
