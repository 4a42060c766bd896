//! A season: how every asset stands for one kind of work, day by day through a period.
//!
//! It says of each day what *the log says now* of it, not what was known on it: a report that
//! comes in late moves the day on which the work was done, and what was taken back or called off
//! counts on no day. An asset wears the first of these marks that is so:
//!
//! 1. **done** from the first day on of which a report counts: [`Mark::Verified`] where one of them was
//!    checked, else [`Mark::Done`]. What is done stays done to the end of the period, so that the
//!    assets done on a day are those of [`super::completion`] from the period's beginning to it;
//! 2. **conflict** from the first of the days between which people decided differently;
//! 3. **reported** from the day of a report of the period that has still to be verified; also of
//!    one that was sent back, until that day;
//! 4. **sent back**, **under way**, **open** as far as a task for it had come by that day, until
//!    the day on which it was done. A round's asset is under way once it was ticked;
//! 5. **due** from one cycle of the catalogue after the last time that it was done before the
//!    period, and **overdue** from a further twelfth of the cycle after that: a month of a year, the
//!    day after for what is done daily. Neither begins in a month in which nothing falls due;
//! 6. **never**: nothing of all this, or not due yet.
//!
//! Of closed tasks of which only a [`super::Cell`] is known, what came before their report is not.
//!
//! [`Season`] is built once and holds for each asset the few days on which its mark changes, and
//! for each day the assets that change on it. A step from one day to another costs what changes
//! between them; [`Playhead`] keeps count meanwhile, of all and of each street, community or cell.
//!
//! [`Mark::Verified`]: crate::task::Mark::Verified
//! [`Mark::Done`]: crate::task::Mark::Done

mod assets;
mod behind;
mod buckets;
mod build;
mod counts;
mod cycle;
mod days;
mod grid;
mod grouping;
mod lengths;
mod play;
mod playhead;
mod side;
mod way;

pub use assets::Assets;
pub use counts::{Counts, is_done, is_open};
pub use grid::{Grid, GridCell};
pub use grouping::{GroupKey, Grouping};
pub use lengths::Covered;
pub use play::{Left, Season, Step};
pub use playhead::Playhead;
pub use side::{SideBySide, Sides};

#[cfg(test)]
mod tests;
