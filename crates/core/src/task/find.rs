//! Defects: saying that one was found, and what may be the same one.

use super::check::{self, Drafted, Refusal};
use super::{Standing, Task};
use crate::catalog::{Catalog, WorkKindId};
use crate::geodesy::{LonLat, length_m};
use crate::ids::TaskUid;
use crate::log::{Draft, Found, Kind, Photo, Position, Subject, Target};
use crate::order::sort_by;

/// Within so many metres two defects may be one: as exactly as a phone knows where it is.
const SAME_PLACE_M: f64 = 25.0;
/// No more than so many are asked about.
const MOST_ALIKE: usize = 5;

/// Says that a defect was found.
///
/// # Errors
/// If the target is not whole, the catalogue does not do such work to it, or nothing is said of
/// it: neither by the kind of work nor in words nor by a photo.
pub fn find(uid: TaskUid, found: Found, catalog: &Catalog) -> Result<Drafted, Refusal> {
    check::target_whole(&found.target)?;
    if let Some(work) = &found.work {
        check::work_fits(catalog, work, &found.target)?;
    }
    let defect = found.defect.filter(|text| !text.trim().is_empty());
    if found.work.is_none() && defect.is_none() && found.photos.is_empty() {
        return Err(Refusal::Empty);
    }
    let found = Found { defect, ..found };
    Ok(Draft::new(Subject::Task(uid), found).into())
}

/// Open tasks that may be about the same defect, the nearest first: of the same kind of work,
/// or of none that is known, on the same asset or within 25 m.
pub fn alike<'a>(
    tasks: impl Iterator<Item = &'a Task>,
    target: &Target,
    work: &WorkKindId,
) -> Vec<&'a Task> {
    let mut alike: Vec<(f64, &Task)> = tasks
        .filter(|task| task.is_open() && may_be(task, work))
        .filter_map(|task| {
            let targets = task.target.written().iter();
            let metres = targets.filter_map(|w| apart(&w.value, target));
            let nearest = metres.min_by(f64::total_cmp)?;
            (nearest <= SAME_PLACE_M).then_some((nearest, task))
        })
        .collect();
    sort_by(&mut alike, |a, b| a.0.total_cmp(&b.0));
    alike
        .into_iter()
        .map(|(_, task)| task)
        .take(MOST_ALIKE)
        .collect()
}

pub(super) fn may_be(task: &Task, work: &WorkKindId) -> bool {
    let works = task.work.written();
    works.is_empty() || works.iter().any(|w| w.value == *work)
}

/// Metres between two targets: 0 where they share an asset.
pub(super) fn apart(one: &Target, other: &Target) -> Option<f64> {
    if other
        .assets()
        .iter()
        .any(|asset| one.asset(asset.uid).is_some())
    {
        return Some(0.0);
    }
    let others = places(other);
    let pairs = places(one)
        .into_iter()
        .flat_map(|a| others.iter().map(move |b| [a, *b]));
    pairs.map(|pair| length_m(&pair)).min_by(f64::total_cmp)
}

/// Metres from a place to the nearest corner or asset of a target.
pub(super) fn metres_from(target: &Target, from: Position) -> Option<f64> {
    let from = lon_lat(from);
    let metres = places(target).into_iter().map(|at| length_m(&[from, at]));
    metres.min_by(f64::total_cmp)
}

fn places(target: &Target) -> Vec<LonLat> {
    match target {
        Target::Place(place) => place.shape.positions().map(lon_lat).collect(),
        _ => (target.assets().iter())
            .map(|asset| lon_lat(asset.at))
            .collect(),
    }
}

fn lon_lat(position: Position) -> LonLat {
    LonLat::from(<[f64; 2]>::from(position.degrees()))
}

impl Task {
    /// The pictures of what was found or is to be done.
    pub fn found_photos(&self) -> Vec<&Photo> {
        let entries = self.events.iter();
        let holding = entries.filter(|entry| entry.standing == Standing::Holds);
        let photos = holding.filter_map(|entry| match entry.event.kind()? {
            Kind::Found(found) => Some(&found.photos),
            Kind::Plotted(plotted) => Some(&plotted.photos),
            _ => None,
        });
        photos.flatten().collect()
    }

    /// Whether who found it said that it must be guarded at once.
    pub fn is_dangerous(&self) -> bool {
        let entries = self.events.iter();
        let mut holding = entries.filter(|entry| entry.standing == Standing::Holds);
        holding.any(|e| matches!(e.event.kind(), Some(Kind::Found(found)) if found.dangerous))
    }
}
