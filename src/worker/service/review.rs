//! Reports that wait to be checked.

use super::state::State;
use crate::worker::protocol::{ListReviews, ReviewList};
use mendmap_core::{
    account::Members,
    catalog::CrewId,
    task::{Task, reviews, sample, waits},
};

impl State {
    /// Those of a crew, or of all; or so many of each, drawn by lot.
    pub(super) fn reviews(&self, q: &ListReviews) -> ReviewList {
        let all: Vec<&Task> = self.tasks.iter().map(|task| &**task).collect();
        let crew = (!q.crew.is_empty()).then(|| CrewId(q.crew.clone()));
        let tasks = all.iter().copied();
        let members = Members::from_log(&self.log);
        let mut waiting = reviews(tasks, &all, self.catalog(), &members, crew.as_ref());
        let total = waiting.len();
        if !self.may("verified") {
            waiting.clear();
        }
        if !q.only.is_empty() {
            waiting.retain(|review| q.only.contains(&review.task.uid));
        } else if q.sample > 0 {
            let drawn = sample(&waiting, q.sample, q.seed);
            waiting.retain(|review| drawn.contains(&review.task.uid));
        }
        ReviewList {
            total,
            reviews: waiting,
        }
    }

    /// How many reports wait; none where who is here checks none.
    pub(super) fn to_check(&self) -> Option<usize> {
        let checks = self.context().verification && self.may("verified");
        checks.then(|| self.tasks.iter().filter(|task| waits(task)).count())
    }
}
