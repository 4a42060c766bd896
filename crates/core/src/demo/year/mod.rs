//! A year of work in the demonstration city: some twenty-five thousand events by six crews and
//! two supervisors, from January to October 2024, that come to given totals when they are added
//! up. Everything but the totals is invented.
//!
//! The order of the work, each room knowing only those before it: `targets` (what it is to come
//! to) → `habits` (how such work is gone about) → `calendar`, `split` → `ground` (the town) →
//! `whole`, `jobs` with `spots`, `rounds` and `streets` (what is done, where, when and how much) →
//! `fates` (what becomes of it) → `cast`, `script`, `play`, `close` (who says what of it, knowing
//! what) → [`year`], which numbers it.
//!
//! Nothing here adds up what the ledger adds up: it shares a total out, and the ledger must find
//! it again among work that was sent back, taken back, called off, told twice, never verified or
//! done in another year.

mod calendar;
mod cast;
mod close;
mod fates;
mod ground;
mod habits;
mod jobs;
mod play;
mod rounds;
mod script;
mod split;
mod spots;
mod streets;
mod targets;
mod whole;

#[cfg(test)]
pub(crate) mod tests;

pub use calendar::{FIRST, LAST};
pub use targets::Targets;

use super::rng::Rng;
use crate::catalog::WorkKindId;
use crate::city::City;
use crate::log::{Draft, Event, SealError, Stamp};
use calendar::{Hours, Week, moment};
use cast::Cast;
use fates::{Fate, counted, uncounted};
use ground::Ground;
use habits::{Habit, Make, habit_of};
use jobs::Maker;
use play::Play;
use rust_decimal::Decimal;
use script::Step;
use thiserror::Error;

/// Why there can be no such year.
#[derive(Debug, Error)]
pub enum YearError {
    /// The catalogue does not have such work, or nobody in the demonstration does it.
    #[error("nobody in the demonstration city does {}", .work.0)]
    Unknown {
        /// The kind of work.
        work: WorkKindId,
    },
    /// A quantity below zero, or with more decimals than its unit has.
    #[error("{}: {quantity} is no quantity of it", .work.0)]
    Quantity {
        /// The kind of work.
        work: WorkKindId,
        /// What was wanted.
        quantity: Decimal,
    },
    /// The city does not have so much of what the work is done to.
    #[error("{}: {wanted} is more than the {most} that there are in the city", .work.0)]
    Beyond {
        /// The kind of work.
        work: WorkKindId,
        /// What was wanted.
        wanted: Decimal,
        /// What there is.
        most: Decimal,
    },
    /// A part that would be larger than its whole.
    #[error("{} counts within {} and cannot be more", .work.0, .whole.0)]
    Within {
        /// The part.
        work: WorkKindId,
        /// The whole.
        whole: WorkKindId,
    },
    /// An event cannot be written.
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// Of a hundred pieces of work so many are there beside those that count.
const BESIDE: usize = 7;
/// Pieces of work that were done in the last days of the year before.
const BEFORE: usize = 14;

/// Going along the streets to see how they are: in no printed line, and on every workday.
static PATROL: Habit = Habit {
    work: "road-patrol",
    crews: &["road-1"],
    months: [1; 10],
    week: Week::Weekdays,
    hours: Hours::Day,
    mean: 1,
    minutes: 80,
    dispatched: 0,
    make: Make::Pipes,
    materials: &[],
};

/// The events of a year that comes to these totals, once what was verified is added up; in the
/// order in which they were written. The same seed and city give the same bytes.
///
/// `city` is the demonstration city, with all its layers.
///
/// # Errors
/// [`YearError`]: a total that this city or this work cannot come to.
pub fn year(seed: u64, city: &City, targets: &Targets) -> Result<Vec<Event>, YearError> {
    let mut maker = Maker::new(seed, Ground::new(city));
    maker.make(targets)?;
    if !maker.jobs.is_empty() {
        maker.road_patrols(&PATROL);
    }
    let jobs = maker.jobs;
    let mut cast = Cast::new(seed);
    let mut rng = Rng::stream(seed, "year: fates");
    let mut play = Play {
        catalog: city.catalog(),
        cast: &mut cast,
        rng: &mut rng,
    };
    let mut steps = Vec::new();
    for job in &jobs {
        let fate = counted(job, play.rng);
        steps.extend(play.play(job, fate));
        let beside = play.rng.below(100) < BESIDE && habit_of(job.habit.work).is_some();
        if beside && !matches!(job.habit.make, Make::Entered | Make::Heating) {
            let fate = uncounted(job, play.rng);
            steps.extend(play.play(job, fate));
        }
    }
    let in_frost = jobs
        .iter()
        .filter(|job| job.day < 30 && job.habit.months[0] > 0);
    let before = in_frost.filter(|job| matches!(job.habit.make, Make::Single | Make::Spots));
    for job in before.take(BEFORE) {
        let mut job = job.clone();
        job.day = 1 + play.rng.below(3) as i64;
        steps.extend(play.play(&job, Fate::Before));
    }
    written(city, &cast, steps)
}

/// Gives every event its number on its device, and its bytes.
fn written(city: &City, cast: &Cast, mut steps: Vec<Step>) -> Result<Vec<Event>, YearError> {
    crate::order::sort_by_key(&mut steps, |step| (step.ms, step.id));
    let mut numbers = vec![0; cast.devices.len()];
    let mut events = Vec::with_capacity(steps.len());
    for step in steps {
        let (Some(device), Some(number)) = (cast.devices.get(step.who), numbers.get_mut(step.who))
        else {
            continue;
        };
        let Some(at) = moment(cast.clock(step.who, step.ms)) else {
            continue;
        };
        *number += 1;
        let stamp = Stamp {
            id: step.id,
            device: device.id,
            seq: *number,
            actor: device.actor.clone(),
            at,
            offset_ms: device.offset_ms,
        };
        let draft = Draft {
            subject: step.subject,
            kind: step.kind,
        };
        events.push(draft.seal(&city.catalog().city.id, stamp, &step.saw)?);
    }
    Ok(events)
}
