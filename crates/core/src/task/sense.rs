//! Which step makes sense at which stage. One table, read by the fold, which
//! judges what arrives, and by the offer, which is what the screens show.

use super::Stage;

/// A step in the way of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Dispatch,
    Accept,
    Start,
    Tick,
    Report,
    Verify,
    Return,
    Cancel,
}

impl Step {
    /// True for steps on the way; the others decide.
    pub(super) fn is_progress(self) -> bool {
        matches!(self, Step::Dispatch | Step::Accept | Step::Start)
    }
}

/// What a step means to somebody who knows the task at a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sense {
    /// It is offered.
    Fits,
    /// It is not offered; if it arrives, it is applied and noted: a decision taken
    /// knowingly stands, however odd.
    OutOfTurn,
    /// It is not offered; if it arrives, it is kept and noted but changes nothing:
    /// progress does not open what is closed.
    NoEffect,
}

/// Judges a step by the stage its author knew.
pub(super) fn sense(step: Step, stage: Stage) -> Sense {
    use Sense::{Fits, NoEffect, OutOfTurn};
    match (step, stage) {
        (Step::Dispatch, s) if s.is_closed() => NoEffect,
        (Step::Dispatch, _) => Fits,
        (Step::Accept, Stage::Open | Stage::Dispatched | Stage::Returned) => Fits,
        (Step::Accept, _) => NoEffect,
        (Step::Start, Stage::UnderWay) => NoEffect,
        (Step::Start, s) if s.is_closed() => NoEffect,
        (Step::Start, _) => Fits,
        (Step::Tick | Step::Report, s) if s.is_closed() => OutOfTurn,
        (Step::Tick | Step::Report, _) => Fits,
        (Step::Verify, Stage::Reported) => Fits,
        (Step::Verify, _) => OutOfTurn,
        (Step::Return, Stage::Reported | Stage::Verified) => Fits,
        (Step::Return, _) => OutOfTurn,
        (Step::Cancel, Stage::Cancelled) => NoEffect,
        (Step::Cancel, s) if s.is_closed() => OutOfTurn,
        (Step::Cancel, _) => Fits,
    }
}

/// What concurrent stages come to: the decisions among them, or else the furthest
/// progress; ascending.
pub(super) fn join(stages: impl Iterator<Item = Stage>) -> Vec<Stage> {
    let mut stages = crate::order::distinct(stages);
    match stages.last() {
        Some(s) if s.is_decision() => stages.retain(|s| s.is_decision()),
        Some(&furthest) => stages.retain(|s| *s == furthest),
        None => {}
    }
    stages
}
