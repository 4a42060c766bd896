//! Kinds of work and the families they are grouped by.

use super::id::word_id;
use super::json::members;
use super::{AssetKindId, ChecklistId, Cycle, Label, PrecheckId, Target, TimeLimit, UnitId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

word_id!(/// Identifies a work kind, for example `drain-clear`.
    WorkKindId);
word_id!(/// Identifies a family of work, for example `road`.
    FamilyId);

/// A family of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Its id.
    pub id: FamilyId,
    /// Its name.
    pub label: Label,
    /// One of the families shown first; the rest is folded away.
    #[serde(default)]
    pub heart: bool,
}

members!(Family { id, label; heart });

/// A kind of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkKind {
    /// Its id.
    pub id: WorkKindId,
    /// The family it belongs to.
    pub family: FamilyId,
    /// Its name: 清掏雨漏.
    pub label: Label,
    /// What the button that closes it says, without a number: 清掏完成.
    pub action: Label,
    /// Unit of its quantity.
    pub unit: UnitId,
    /// Asset kinds it is done to.
    #[serde(default)]
    pub applies_to: Vec<AssetKindId>,
    /// Shapes of drawn places it is done at.
    #[serde(default)]
    pub places: Vec<PlaceType>,
    /// How quantities add up.
    pub counts: Counting,
    /// What the figure means over a period.
    #[serde(default)]
    pub nature: Nature,
    /// The kind this one is a subset of ("of which").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<WorkKindId>,
    /// That it is found by looking at assets one by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observes: Option<Observes>,
    /// How often it falls due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<Cycle>,
    /// How long it may take, by occasion.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<TimeLimit>,
    /// Rates it is meant to reach.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// Planned quantity by calendar year.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub plan: BTreeMap<u16, Decimal>,
    /// Counts only once verified (where there is a server).
    #[serde(default)]
    pub verify: bool,
    /// Safety checks asked before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prechecks: Vec<PrecheckId>,
    /// What is looked at when it is reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checklist: Option<ChecklistId>,
    /// A line of the published yearly ledger.
    #[serde(default)]
    pub published: bool,
    /// How that line is put into words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<Printed>,
    /// Property of the asset that holds a calendar year, as of whose end it counts: the programme
    /// by which a community was renovated. For a cumulative kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_from: Option<String>,
    /// Property of the asset by whose values the line is told in parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_by: Option<String>,
    /// Quantity offered first where the drawing gives none: 1 for counted things.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_quantity: Option<Decimal>,
    /// Property of the asset that holds the quantity offered first, such as the
    /// swept area of a street. Goes before what the geometry measures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity_from: Option<String>,
    /// Above this a quantity is improbable for one report, and the app asks again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub improbable_above: Option<Decimal>,
    /// The same for a report on one asset: one drain has a few grates, not sixty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub improbable_at_one: Option<Decimal>,
}

impl WorkKind {
    /// What is usually the most in one report, on one asset or elsewhere.
    pub fn usual_most(&self, on_one_asset: bool) -> Option<Decimal> {
        let at_one = self.improbable_at_one.filter(|_| on_one_asset);
        at_one.or(self.improbable_above)
    }
}

/// How a line of the ledger stands in a printed report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// The words, with `{n}` where the figure stands: `清掏检查井{n}`, `{n} manholes cleared`. In
    /// Chinese the figure has its unit; in English where that is no thing that is counted, and
    /// `{s}` is an s unless the figure is one.
    pub text: Label,
    /// The figure is printed as at least so many, or so many times that: 1000多.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Decimal>,
    /// The mean of a month is printed in the place of the sum, where there are whole months.
    #[serde(default)]
    pub monthly: bool,
}

members!(Printed { text; at_least, monthly });

/// A figure that is found by looking at assets one by one, such as the share of lamps lit: what is
/// amiss needs work of another kind, and what nobody says anything of is well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observes {
    /// The work that is needed where something is amiss. Looked at are the assets it is done to.
    pub work: WorkKindId,
    /// What those are that are well: 亮, lit.
    pub well: Label,
    /// What those are that are amiss: 不亮, dark.
    pub amiss: Label,
}

members!(Observes { work, well, amiss; });

members!(WorkKind { id, family, label, action, unit, counts;
    applies_to, places, nature, within, observes, cycle, limits, targets, plan, verify, prechecks,
    checklist, published, printed, year_from, split_by, default_quantity, quantity_from, improbable_above, improbable_at_one
});

/// Shape of a place drawn on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceType {
    /// A bare place.
    Point,
    /// A drawn line; its length is offered.
    Line,
    /// A drawn area; its area is offered.
    Polygon,
}

/// How the quantities of a work kind add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Quantities are summed.
    Sum,
    /// Each asset counts once in the period, however often it was worked on.
    Distinct,
    /// Each stretch of a line counts once in the period.
    CoveredOnce,
    /// A figure that is entered, such as a rate.
    Entered,
}

/// What a figure means over a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Work done in the period.
    #[default]
    Flow,
    /// Under care at the period's end.
    Stock,
    /// Everything up to the period's end.
    Cumulative,
}
