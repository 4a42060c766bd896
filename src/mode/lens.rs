//! The completion that the map is coloured by, as an address holds it.

use crate::worker::protocol::GroupBy;
use mendmap_core::catalog::WorkKindId;

/// The kind of work and the days that the map shows the completion of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// The kind of work.
    pub work: WorkKindId,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day.
    pub to: String,
    /// What else is looked at.
    pub aside: Aside,
}

/// What is looked at beside the marks of a kind of work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Aside {
    /// The day, `YYYY-MM-DD`; the last one that can be looked at where there is none.
    pub on: Option<String>,
    /// The places that are told apart.
    pub by: Option<GroupBy>,
    /// The first and the last day of the period that stands beside it.
    pub beside: Option<(String, String)>,
}
