//! What becomes of a piece of work: most is done, told and verified; some is told twice, sent
//! back, called off or forgotten, as it is in any year.

use super::calendar::{Day, LAST_DAY};
use super::habits::Make;
use super::jobs::Job;
use crate::demo::rng::Rng;
use crate::log::{Quantity, WorkLine};
use rust_decimal::Decimal;

/// What becomes of a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Told on the day, and verified.
    Plain,
    /// Done after it was due.
    Late,
    /// Told some days after it was done.
    BackDated,
    /// Sent back once; told anew and verified.
    SentBack,
    /// Both phones of the crew told the same without knowing of each other.
    ToldTwice,
    /// They told different amounts; a supervisor chose.
    Disagreed,
    /// Told while a supervisor called it off; then it was found to be done.
    CalledOffTooLate,
    /// Told wrongly, taken back and told anew.
    Retyped,
    /// What does not count, from here on. Done in the last days of the year before.
    Before,
    /// Never verified.
    Unverified,
    /// Sent back, and not done since.
    NotMended,
    /// Called off before it was done.
    Cancelled,
    /// Told and called off at once; nobody has decided yet.
    InConflict,
    /// The report was taken back.
    TakenBack,
    /// Plotted by mistake.
    Mistaken,
    /// Given to a crew and not begun.
    Waiting,
    /// Begun, and as far as it goes ticked.
    HalfDone,
}

/// Fates of work that counts, by how often they come.
const COUNTED: [(Fate, usize); 8] = [
    (Fate::Plain, 760),
    (Fate::Late, 70),
    (Fate::BackDated, 55),
    (Fate::SentBack, 50),
    (Fate::ToldTwice, 12),
    (Fate::Disagreed, 15),
    (Fate::CalledOffTooLate, 8),
    (Fate::Retyped, 30),
];
/// Fates of work that does not, in most of the year.
const UNCOUNTED: [(Fate, usize); 6] = [
    (Fate::Cancelled, 45),
    (Fate::Unverified, 20),
    (Fate::NotMended, 10),
    (Fate::InConflict, 6),
    (Fate::TakenBack, 9),
    (Fate::Mistaken, 10),
];
/// The same in its last weeks, of which much is still open.
const AT_LAST: [(Fate, usize); 4] = [
    (Fate::Unverified, 55),
    (Fate::Waiting, 20),
    (Fate::HalfDone, 20),
    (Fate::NotMended, 5),
];
/// From this day on it is the last weeks.
const LAST_WEEKS: Day = 286;

fn drawn(from: &[(Fate, usize)], rng: &mut Rng) -> Fate {
    let mut at = rng.below(from.iter().map(|(_, often)| often).sum());
    for (fate, often) in from {
        if at < *often {
            return *fate;
        }
        at -= often;
    }
    Fate::Plain
}

/// What becomes of work that is to count.
pub(super) fn counted(job: &Job, rng: &mut Rng) -> Fate {
    match drawn(&COUNTED, rng) {
        _ if matches!(job.habit.make, Make::Entered | Make::Heating) => Fate::Plain,
        // There is no other day to write it down on, or no smaller amount to be mistaken for it.
        Fate::BackDated if job.day + 6 > LAST_DAY => Fate::Plain,
        Fate::SentBack if job.day + 12 > LAST_DAY => Fate::Plain,
        Fate::SentBack | Fate::Disagreed | Fate::Retyped if less(&job.lines).is_none() => {
            Fate::Plain
        }
        fate => fate,
    }
}

/// What becomes of work that is not to count.
pub(super) fn uncounted(job: &Job, rng: &mut Rng) -> Fate {
    match job.day > LAST_WEEKS {
        true => drawn(&AT_LAST, rng),
        false => drawn(&UNCOUNTED, rng),
    }
}

/// The same lines with less of the first one: what somebody wrote who had not counted all.
pub(super) fn less(lines: &[WorkLine]) -> Option<Vec<WorkLine>> {
    let mut lines = lines.to_vec();
    let first = lines.first_mut()?;
    let nine_tenths = first.quantity.0 * Decimal::new(9, 1);
    let quantity = nine_tenths.trunc_with_scale(first.quantity.0.scale());
    first.quantity = Quantity(quantity);
    (quantity > Decimal::ZERO).then_some(lines)
}
