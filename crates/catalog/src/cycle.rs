//! How often work falls due, how long it may take, what rate it should reach.

use super::json::members;
use super::{AssetKindId, Label};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How often a kind of work falls due at an asset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// Times a year, as this city does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_year: Option<Decimal>,
    /// Days from one time to the next for single kinds of assets, as this city
    /// does it: grades of road differ. Goes before `per_year`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub every_days: BTreeMap<AssetKindId, u32>,
    /// Times a year by class of a numeric property, as this city does it. Goes before `per_year`,
    /// which holds where an asset has no such property.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_class: Option<CycleByClass>,
    /// Months (1–12) in which nothing falls due, because of frost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_in_months: Vec<u8>,
    /// Times a year that a norm asks for, where it differs; shown, not applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub norm_per_year: Option<Decimal>,
    /// What a norm asks for by class of a numeric property; shown, not applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub norm_by_class: Option<CycleByClass>,
    /// Where the norm's figure comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

members!(Cycle { ; per_year, every_days, by_class, not_in_months, norm_per_year, norm_by_class, source });

impl Cycle {
    /// Whole days from one time to the next at an asset of this kind of which nothing else is
    /// known, at least 1; `None` where nothing falls due there.
    pub fn interval_days(&self, kind: &AssetKindId) -> Option<u32> {
        self.interval_at(kind, &|_| None)
    }

    /// The same at an asset whose properties that are numbers are told by `number`.
    pub fn interval_at(
        &self,
        kind: &AssetKindId,
        number: &dyn Fn(&str) -> Option<Decimal>,
    ) -> Option<u32> {
        let by_class = self.by_class.as_ref();
        let classed = by_class.and_then(|c| c.for_value(number(&c.property)?));
        let days = match self.every_days.get(kind) {
            Some(days) => *days,
            None => Decimal::from(365)
                .checked_div(classed.or(self.per_year)?)?
                .to_u32()?,
        };
        Some(days.max(1))
    }
}

/// Times a year by class of a numeric property, such as a pipe's diameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleByClass {
    /// The property.
    pub property: String,
    /// Largest value of each class but the last, ascending; the last is open.
    pub bounds: Vec<Decimal>,
    /// Times a year for each class: one more than bounds.
    pub per_year: Vec<Decimal>,
}

members!(CycleByClass { property, bounds, per_year; });

impl CycleByClass {
    /// Times a year for this value of the property.
    pub fn for_value(&self, value: Decimal) -> Option<Decimal> {
        let class = self.bounds.iter().take_while(|b| value > **b).count();
        self.per_year.get(class).copied()
    }
}

/// How long a piece of work may take on an occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeLimit {
    /// The occasion: 井盖缺失.
    pub when: Label,
    /// Hours until it must be guarded, counted from dispatch; 0 is at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guard_hours: Option<u32>,
    /// Hours until it must be done, counted from dispatch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u32>,
    /// Working days until it must be done, counted from dispatch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_days: Option<u32>,
    /// Where the limit comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

members!(TimeLimit { when; guard_hours, hours, working_days, source });

/// A rate that work is meant to reach, such as the share of lamps that are lit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Where it applies: 主干路.
    pub label: Label,
    /// Smallest rate that reaches it, in the unit of the work kind.
    pub at_least: Decimal,
    /// Where the target comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

members!(Target { label, at_least; source });
