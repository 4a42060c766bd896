//! What a list of tasks is narrowed to.

use super::{State, Task};
use crate::catalog::{CrewId, WorkKindId};
use crate::geodesy::{Bbox, LonLat};
use crate::log::{Position, Target};

/// What a list of tasks is narrowed to. An empty list and `None` narrow nothing. A field in
/// conflict fits by any of its values, so that nobody's task is missing in a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Where it stands.
    pub states: Vec<State>,
    /// What is to be done.
    pub works: Vec<WorkKindId>,
    /// Who is to do it.
    pub crews: Vec<CrewId>,
    /// Where it is: an asset of its target lies inside, or the box around what was drawn
    /// shares at least a border.
    pub within: Option<Bbox>,
}

impl Filter {
    /// Whether a task stays in the list.
    pub fn admits(&self, task: &Task) -> bool {
        let one_of = |crew: &Option<CrewId>| crew.as_ref().is_some_and(|c| self.crews.contains(c));
        let (works, crews) = (task.work.written(), task.crew.written());
        let mut targets = task.target.written().iter();
        (self.states.is_empty() || self.states.contains(&task.state))
            && (self.works.is_empty() || works.iter().any(|w| self.works.contains(&w.value)))
            && (self.crews.is_empty() || crews.iter().any(|w| one_of(&w.value)))
            && self
                .within
                .is_none_or(|bbox| targets.any(|w| lies_in(&w.value, &bbox)))
    }
}

fn lies_in(target: &Target, bbox: &Bbox) -> bool {
    let place = |at: Position| LonLat::from(<[f64; 2]>::from(at.degrees()));
    match target {
        Target::Place(drawn) => {
            let around = Bbox::around(drawn.shape.positions().map(place));
            around.is_some_and(|around| around.touches(bbox))
        }
        Target::Asset(_) | Target::Round(_) => {
            let mut assets = target.assets().iter();
            assets.any(|asset| bbox.contains(place(asset.at)))
        }
    }
}
