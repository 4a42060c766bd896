//! Being told beside the app: what a crew's group robot, or a phone, says of the log, and when.
//!
//! What is news is a pure function of the tasks, of which events have come, and of the clock.
//! [`Told`] is how far one robot, or one phone, was told: it goes ahead before anything is said, and
//! comes back where it was said no. So each event is told at most once, whatever ends in between; what is
//! in the log is in the app all the same.
//!
//! * **What**: work that was given to a crew and that nobody of it has taken, work that was sent
//!   back, a defect that has to be guarded at once, and what was not done in time. Only of what is
//!   still so when it is said.
//! * **When**: at once; what falls into the [`Quiet`] hours waits and is told as one at their end,
//!   but for what is dangerous. Several that wait are one message.
//! * **Nothing about people**: no name, no account and no words that somebody typed go out, but
//!   the name of a place.

mod news;
mod phone;
mod quiet;
mod step;
mod text;

#[cfg(test)]
mod tests;

pub use news::{Audience, News, Scene, What};
pub use phone::{Telling, Ways};
pub use quiet::{NotQuiet, Quiet};
pub use step::{Answer, GAP_MS, LEASE_MS, Reach, Step, Told};
pub(crate) use text::place_of;
pub use text::{Language, Notice, Wording, notice, text};
