//! Units of quantities.

use super::Label;
use super::id::word_id;
use super::json::members;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

word_id!(/// Identifies a unit, for example `m2`.
    UnitId);

/// A unit of quantities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// As printed behind a number: 平方米, m².
    pub label: Label,
    /// Decimal places a person may type; 0 for things that are counted.
    pub decimals: u32,
    /// What it measures, and so what a drawing can offer.
    #[serde(default)]
    pub measures: Measure,
    /// How many metres (for a length) or square metres (for an area) one of it is.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub size: Decimal,
}

members!(Unit { id, label, decimals; measures, size = one() });

/// What a unit measures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Things.
    #[default]
    Count,
    /// Metres, or multiples of them.
    Length,
    /// Square metres, or multiples of them.
    Area,
    /// Mass, which no drawing gives.
    Mass,
    /// A share, which is entered.
    Rate,
}

impl Unit {
    /// A measured length in metres, or area in square metres, in this unit and
    /// rounded half up to its decimals. `None` where the number overflows or the
    /// unit's size is zero. This is the one rounding a measured quantity sees.
    pub fn from_base(&self, metres: Decimal) -> Option<Decimal> {
        metres.checked_div(self.size).map(|quantity| {
            quantity.round_dp_with_strategy(self.decimals, RoundingStrategy::MidpointAwayFromZero)
        })
    }

    /// True where the quantity has no more decimals than a person may type.
    pub fn allows(&self, quantity: Decimal) -> bool {
        quantity.normalize().scale() <= self.decimals
    }
}

fn one() -> Decimal {
    Decimal::ONE
}

fn is_one(size: &Decimal) -> bool {
    *size == Decimal::ONE
}
