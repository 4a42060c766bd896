//! What totals are asked of.

use super::Period;
use crate::account::Members;
use crate::catalog::{Catalog, CrewId, WorkKindId};
use crate::task::{Crewed, Task, crew_of};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What totals are asked of. An empty list narrows nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The days on which the work was done.
    pub period: Period,
    /// The day up to which a period that is not over counts ([`Scope::counted`]); none for one that
    /// is over.
    pub today: Option<Date>,
    /// Who is of which crew, for work that nobody gave out ([`crew_of`]).
    pub members: Members,
    /// Crews whose work it is ([`crew_of`]). A task of which that is in conflict counts for none of them
    /// until a person has ended that.
    pub crews: Vec<CrewId>,
    /// Kinds of work to have lines of.
    pub works: Vec<WorkKindId>,
    /// Streets it was done on, as the reports have them.
    pub streets: Vec<String>,
    /// Communities it was done in, as the reports have them.
    pub communities: Vec<String>,
    /// Grid cells it was done in, as the reports have them.
    pub grids: Vec<String>,
    /// Which reports count.
    pub state: Wanted,
}

/// Which of the reports that stand count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Those that count by the catalogue: verified ones where the kind of work asks for it.
    #[default]
    Counted,
    /// All, verified or not.
    Reported,
    /// Verified ones only: what is published.
    Verified,
}

impl Scope {
    /// All that was done in a period and counts by the catalogue.
    pub fn of(period: Period) -> Scope {
        Scope {
            period,
            today: None,
            members: Members::default(),
            crews: Vec::new(),
            works: Vec::new(),
            streets: Vec::new(),
            communities: Vec::new(),
            grids: Vec::new(),
            state: Wanted::Counted,
        }
    }

    /// The days that count: of a period that is not over those up to today, so that a year that is
    /// half over stands beside half of the one before. None of one that has not begun, of which the
    /// last day lies before the first.
    pub fn counted(&self) -> Period {
        let Period { from, to } = self.period;
        let to = self.today.map_or(to, |today| to.min(today));
        Period { from, to }
    }

    /// What is printed: the whole city's work in the same days, whatever crew or place was asked
    /// for, and what is verified where the city verifies; where it does not, what was asked for.
    pub fn printed(&self, verification: bool) -> Scope {
        Scope {
            today: self.today,
            state: match verification {
                true => Wanted::Verified,
                false => self.state,
            },
            ..Scope::of(self.period)
        }
    }

    /// Whether it is narrowed to no crew and no place.
    pub(super) fn is_of_all(&self) -> bool {
        let places = [&self.streets, &self.communities, &self.grids];
        self.crews.is_empty() && places.iter().all(|names| names.is_empty())
    }

    /// The same for other days, which are over.
    pub(super) fn over(&self, period: Period) -> Scope {
        Scope {
            period,
            today: None,
            ..self.clone()
        }
    }

    /// Whose work a task is.
    pub(super) fn crew_of<'a>(&'a self, task: &'a Task, catalog: &'a Catalog) -> Crewed<'a> {
        crew_of(task, catalog, &self.members)
    }

    /// Whether something there is asked for.
    pub(super) fn is_place(
        &self,
        street: &Option<String>,
        community: &Option<String>,
        grid: &Option<String>,
    ) -> bool {
        let admits = |wanted: &[String], name: &Option<String>| {
            wanted.is_empty() || name.as_ref().is_some_and(|name| wanted.contains(name))
        };
        admits(&self.streets, street)
            && admits(&self.communities, community)
            && admits(&self.grids, grid)
    }
}
