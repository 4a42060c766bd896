//! A log of many years.

use mendmap_core::city::City;
use mendmap_core::demo::year::{Targets, YearError, year};
use mendmap_core::log::{Event, Log};

/// Years of the demonstration, each of a seed of its own, so that no two of them know each other.
#[derive(Debug)]
pub struct Years {
    /// All of them.
    pub log: Log,
    /// One more, in the order in which it was written.
    pub further: Vec<Event>,
}

/// As many years as come to `events` events or more, and one that is still to come.
///
/// # Errors
/// Where a year cannot be made of this city.
pub fn years(city: &City, events: usize) -> Result<Years, YearError> {
    let targets = Targets::published();
    let mut log = Log::new(&city.catalog().city.id);
    let mut seed = 1;
    while log.len() < events {
        log.merge(year(seed, city, &targets)?);
        seed += 1;
    }
    let further = year(seed, city, &targets)?;
    Ok(Years { log, further })
}
