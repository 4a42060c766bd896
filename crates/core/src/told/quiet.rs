//! The hours in which nobody is disturbed.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use std::fmt;
use std::str::FromStr;

/// Hours of the day, on the city's clocks: from, and up to but without. They may go over midnight;
/// from one time to the same are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    from: Time,
    to: Time,
}

/// A text that says no hours of the day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} are no hours: write them as 21:00-06:30")]
pub struct NotQuiet(pub String);

impl Quiet {
    /// Whether it is quiet then, in a zone.
    pub fn holds(&self, at: Timestamp, zone: &TimeZone) -> bool {
        let time = zone.to_datetime(at).time();
        match self.from <= self.to {
            true => self.from <= time && time < self.to,
            false => self.from <= time || time < self.to,
        }
    }
}

impl FromStr for Quiet {
    type Err = NotQuiet;

    /// Reads `21:00-06:30`.
    fn from_str(text: &str) -> Result<Quiet, NotQuiet> {
        let read = || {
            let (from, to) = text.split_once('-')?;
            Some(Quiet {
                from: time(from)?,
                to: time(to)?,
            })
        };
        read().ok_or_else(|| NotQuiet(text.to_owned()))
    }
}

fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let number = |text: &str| {
        let is_one = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_one.then(|| text.parse().ok()).flatten()
    };
    Time::new(number(hour)?, number(minute)?, 0, 0).ok()
}

impl fmt::Display for Quiet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Quiet { from, to } = self;
        let [a, b] = [from, to].map(|time| format!("{:02}:{:02}", time.hour(), time.minute()));
        write!(f, "{a}-{b}")
    }
}
