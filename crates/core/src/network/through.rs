//! The way through several taps.

use super::{Network, NoWay, Way};
use crate::coverage;
use crate::geodesy::LonLat;
use crate::log::Stretch;

/// What lies along some taps, one after the other.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Through {
    /// To draw: a line from each tap to the next.
    pub lines: Vec<Vec<LonLat>>,
    /// The length of what it runs along, in millimetres; what it runs along twice counts once.
    pub length_mm: u128,
    /// What of the assets it runs along.
    pub stretches: Vec<Stretch>,
    /// How many ways the last two taps may mean, from 1; 0 where there are no two.
    pub ways: usize,
}

impl Network {
    /// The way through some taps: between each and the next the most probable one (see
    /// [`Network::between`]), or the one chosen for that pair, from 0; more of them than there
    /// are begin anew.
    ///
    /// # Errors
    /// Where there is no way between two of them.
    pub fn through(
        &self,
        taps: &[LonLat],
        chosen: &[usize],
        tolerance_m: f64,
    ) -> Result<Through, NoWay> {
        let mut through = Through::default();
        for (n, pair) in taps.windows(2).enumerate() {
            let ways = self.between(pair[0], pair[1], tolerance_m)?;
            let choice = chosen.get(n).copied().unwrap_or(0) % ways.len().max(1);
            through.ways = ways.len();
            if let Some(Way {
                line, stretches, ..
            }) = ways.into_iter().nth(choice)
            {
                through.lines.push(line);
                through.stretches.extend(stretches);
            }
        }
        through.stretches = coverage::union(through.stretches);
        through.length_mm = coverage::length_mm(through.stretches.iter().copied());
        Ok(through)
    }
}
