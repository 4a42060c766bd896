//! A task as the ledger sees it.

use super::words::{Asset, Place};
use crate::ids::TaskUid;
use crate::task::State;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A task that was reported.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) uid: TaskUid,
    pub(super) state: State,
    /// Whether its report stands.
    pub(super) stands: bool,
    /// What it says of whose it is.
    pub(super) crew: u32,
    /// What its report says, of several in conflict the first.
    pub(super) said: Said,
    /// What further ones say.
    pub(super) further: Span,
    /// What it adds to each kind of work that it concerns.
    pub(super) adds: Span,
    /// Kinds in its report, if that stands, that the catalogue does not have.
    pub(super) unknown: Span,
}

/// When and where a report says that something was done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) day: Date,
    pub(super) place: Place,
}

/// What a task that concerns a kind of work adds to it.
#[derive(Debug)]
pub(super) struct Adds {
    /// Which of the catalogue's kinds.
    pub(super) kind: u16,
    /// Whether the report that stands has lines of it; else it adds nothing.
    pub(super) has_lines: bool,
    /// Whether a line names no asset.
    pub(super) is_elsewhere: bool,
    /// Lines that were shared out.
    pub(super) shared: u32,
    /// Lines in another unit.
    pub(super) other_units: u32,
    /// To the sum of quantities.
    pub(super) sum: Decimal,
    /// Assets it was done to, each once.
    pub(super) assets: Span,
    /// The most at each spot; of a kind that is entered the figures.
    pub(super) most: Span,
    /// What was done along stretches.
    pub(super) along: Span,
    /// What was covered.
    pub(super) stretches: Span,
}

/// Some neighbours in a pool.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Span {
    from: u32,
    to: u32,
}

impl Span {
    /// Those of it.
    pub(super) fn of<T>(self, pool: &[T]) -> &[T] {
        let (from, to) = (self.from as usize, self.to as usize);
        pool.get(from..to).unwrap_or_default()
    }

    /// Puts some into a pool.
    pub(super) fn put<T>(pool: &mut Vec<T>, all: impl IntoIterator<Item = T>) -> Span {
        let from = pool.len() as u32;
        pool.extend(all);
        let to = pool.len() as u32;
        Span { from, to }
    }
}

/// What rows have of which each has another number.
#[derive(Debug, Default)]
pub(super) struct Pools {
    pub(super) further: Vec<Said>,
    pub(super) adds: Vec<Adds>,
    pub(super) assets: Vec<Asset>,
    /// Amounts at assets; at none where a task is its own spot.
    pub(super) most: Vec<(Option<Asset>, Decimal)>,
    /// By the numbers of [`super::words::Words`], as those below.
    pub(super) along: Vec<u32>,
    pub(super) stretches: Vec<u32>,
    pub(super) unknown: Vec<u32>,
}
