//! Safety before work: what is asked of a task, what was answered, and whether that lets
//! anybody enter.
//!
//! The catalogue says which checks a kind of work asks for. One for chambers is asked of
//! each asset, any other once. An answer holds until somebody who knew it gives another. Of
//! answers that were given without knowledge of each other the one that forbids goes before
//! the one that allows: nobody climbs down past a bad reading that another phone took.
//! Nothing here ever keeps an answer from being written down.

use super::{Refusal, Standing, State, Task};
use crate::catalog::{Catalog, Precheck, PrecheckId};
use crate::ids::{AssetUid, DeviceId, EventId};
use crate::log::{ActorId, Event, Kind, MadeSafe, Moment, Quantity, Target};
use serde::{Deserialize, Serialize};

/// A check that is asked of a task, and what was answered last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Which check of the catalogue.
    pub precheck: PrecheckId,
    /// Of which chamber, where it is asked for each.
    pub asset: Option<AssetUid>,
    /// The answer that counts; none where nobody gave one.
    pub answer: Option<Answer>,
}

/// An answer to a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The event.
    pub event: EventId,
    /// Who gave it.
    pub actor: ActorId,
    /// On which device.
    pub device: DeviceId,
    /// When, by the corrected clock.
    pub at: Moment,
    /// The chamber of a round, by its name or code as they were when the round was made.
    pub place: Option<String>,
    /// What was said.
    pub said: Said,
    /// What keeps it from allowing entry, the gravest first. Nothing: it allows.
    pub lacks: Vec<Lack>,
}

/// What an answer says, ready to be sent across the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Which check; none says that the place was guarded.
    pub precheck: Option<PrecheckId>,
    /// Of which chamber.
    pub asset: Option<AssetUid>,
    /// Numbers of the ticked items, from 0.
    pub items: Vec<u16>,
    /// Gas readings: the catalogue's id and the value, in the unit that it names.
    pub readings: Vec<(String, Quantity)>,
    /// Who keeps watch.
    pub watcher: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// Why an answer does not allow entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lack {
    /// An item was not ticked; its number, from 0.
    Item(u16),
    /// A reading was not taken; its id.
    Unread(String),
    /// A reading lies outside what allows entry.
    Bad {
        /// Its id.
        reading: String,
        /// What was read, in the unit that the catalogue names.
        value: Quantity,
        /// The smallest value that allows.
        min: Option<Quantity>,
        /// The largest.
        max: Option<Quantity>,
    },
}

impl Check {
    /// True where the answer that counts does not allow entry.
    pub fn forbids(&self) -> bool {
        let answer = self.answer.as_ref();
        answer.is_some_and(|answer| !answer.lacks.is_empty())
    }
}

/// What keeps an answer to a check from allowing entry: each reading that is not allowed, then
/// each that was not taken, then each item that is not ticked. Of a reading that was taken twice
/// each counts.
pub fn lacks(precheck: &Precheck, safe: &MadeSafe) -> Vec<Lack> {
    let (mut bad, mut unread) = (Vec::new(), Vec::new());
    for reading in &precheck.readings {
        let mut taken = safe.readings.iter().filter(|t| t.id == reading.id);
        match taken.clone().find(|taken| !reading.allows(taken.value.0)) {
            Some(taken) => bad.push(Lack::Bad {
                reading: reading.id.clone(),
                value: taken.value,
                min: reading.min.map(Quantity),
                max: reading.max.map(Quantity),
            }),
            None if taken.next().is_none() => unread.push(Lack::Unread(reading.id.clone())),
            None => {}
        }
    }
    let items = (0_u16..).zip(&precheck.items);
    let unticked = items.filter(|(n, _)| !safe.items.contains(n));
    let mut lacks = bad;
    lacks.extend(unread);
    lacks.extend(unticked.map(|(n, _)| Lack::Item(n)));
    lacks
}

impl Task {
    /// The checks that are asked of the whole task: once, or of the one asset that it is on.
    /// Those that a round asks at each stop are [`Task::checks_at`].
    pub fn checks(&self, catalog: &Catalog) -> Vec<Check> {
        let target = self.target.any().map(|target| &**target);
        let place = |check: &Precheck| match target {
            Some(Target::Round(_)) if check.each_chamber => None,
            Some(Target::Asset(asset)) if check.each_chamber => Some(Some(asset.uid)),
            _ => Some(None),
        };
        let asked = self.asked(catalog);
        asked
            .filter_map(|check| Some(self.check(check, place(check)?)))
            .collect()
    }

    /// The checks that a round asks at one of its assets; none where it is no round.
    pub fn checks_at(&self, asset: AssetUid, catalog: &Catalog) -> Vec<Check> {
        match self.target.any().map(|target| &**target) {
            Some(Target::Round(round)) if round.assets.iter().any(|a| a.uid == asset) => {}
            _ => return Vec::new(),
        }
        let asked = self.asked(catalog).filter(|check| check.each_chamber);
        asked.map(|check| self.check(check, Some(asset))).collect()
    }

    /// All answers to checks, in causal order: those that count no more, too. One that names no
    /// check of the catalogue lacks nothing.
    pub fn answers_given(&self, catalog: &Catalog) -> Vec<Answer> {
        let given = self.events.iter().filter_map(|entry| {
            let Some(Kind::MadeSafe(safe)) = entry.event.kind() else {
                return None;
            };
            let precheck = safe.precheck.as_ref().and_then(|id| catalog.precheck(id));
            answer(self, &entry.event, precheck)
        });
        given.collect()
    }

    /// What was called off asks for nothing; what is done shows what was answered.
    fn asked<'a>(&self, catalog: &'a Catalog) -> impl Iterator<Item = &'a Precheck> + use<'a> {
        let work = self.work.any().filter(|_| self.state != State::Cancelled);
        let kind = work.and_then(|work| catalog.work_kind(work));
        let ids = kind.into_iter().flat_map(|kind| &kind.prechecks);
        ids.filter_map(|id| catalog.precheck(id))
    }

    fn check(&self, precheck: &Precheck, asset: Option<AssetUid>) -> Check {
        let events = self.answers.get(&(precheck.id.clone(), asset));
        let answers = events.into_iter().flatten();
        let mut answers: Vec<Answer> = answers
            .filter_map(|id| answer(self, self.event(*id)?, Some(precheck)))
            .collect();
        // Which of several is shown, where they come to the same.
        crate::order::sort_by_key(&mut answers, |answer| (answer.at, answer.event));
        let forbids = answers.iter().rposition(|answer| !answer.lacks.is_empty());
        let counts = forbids.or(answers.len().checked_sub(1));
        Check {
            precheck: precheck.id.clone(),
            asset,
            answer: counts.map(|at| answers.swap_remove(at)),
        }
    }
}

/// An event as an answer to a check.
fn answer(task: &Task, event: &Event, precheck: Option<&Precheck>) -> Option<Answer> {
    let envelope = event.envelope()?;
    let Some(Kind::MadeSafe(safe)) = event.kind() else {
        return None;
    };
    let chamber = safe.asset.and_then(|uid| match &**task.target.any()? {
        round @ Target::Round(_) => round.asset(uid),
        _ => None,
    });
    Some(Answer {
        event: envelope.id,
        actor: envelope.actor.clone(),
        device: envelope.device,
        at: envelope.corrected(),
        place: chamber.and_then(|asset| asset.name.clone().or(asset.code.clone())),
        said: Said::from(&**safe),
        lacks: precheck.map_or_else(Vec::new, |check| lacks(check, safe)),
    })
}

/// Whether the task and the catalogue know what an answer speaks of. Whether the readings are
/// good is not asked.
pub(super) fn answer_fits(task: &Task, safe: &MadeSafe, catalog: &Catalog) -> Result<(), Refusal> {
    let targets = || task.target.written().iter().map(|w| &*w.value);
    if let Some(asset) = safe.asset
        && !targets().any(|target| target.asset(asset).is_some())
    {
        return Err(Refusal::UnknownAsset { line: 0, asset });
    }
    let precheck = match &safe.precheck {
        Some(id) => Some(known(task, id, catalog)?),
        None => None,
    };
    let asks_items = precheck.map_or(0, |check| check.items.len());
    if let Some(&item) = safe.items.iter().find(|n| usize::from(**n) >= asks_items) {
        return Err(Refusal::UnknownItem { item });
    }
    let is_asked = |id: &str| {
        let readings = precheck.map_or(&[][..], |check| &check.readings);
        readings.iter().any(|reading| reading.id == id)
    };
    if let Some(taken) = safe.readings.iter().find(|taken| !is_asked(&taken.id)) {
        let reading = taken.id.clone();
        return Err(Refusal::UnknownReading { reading });
    }
    // Once is of no chamber; of each chamber is of one.
    let each = precheck.is_some_and(|check| check.each_chamber);
    let has_assets = targets().any(|target| !target.assets().is_empty());
    match (precheck, safe.asset) {
        (Some(check), Some(_)) if !each => Err(wrong_place(check)),
        (Some(check), None) if each && has_assets => Err(wrong_place(check)),
        _ => Ok(()),
    }
}

fn wrong_place(check: &Precheck) -> Refusal {
    Refusal::CheckNotThere {
        precheck: check.id.clone(),
    }
}

/// The check, if the catalogue has it and the task's work asks for it.
fn known<'a>(task: &Task, id: &PrecheckId, catalog: &'a Catalog) -> Result<&'a Precheck, Refusal> {
    let kinds = task.work.written().iter();
    let mut kinds = kinds.filter_map(|w| catalog.work_kind(&w.value));
    let asked = kinds.any(|kind| kind.prechecks.contains(id));
    let found = catalog.precheck(id).filter(|_| asked);
    found.ok_or_else(|| Refusal::UnknownCheck {
        precheck: id.clone(),
    })
}

/// True if the task has such an answer, or tick, that holds and can be taken back by itself.
pub(super) fn is_said(task: &Task, event: EventId) -> bool {
    task.events.iter().any(|entry| {
        let kind = entry.event.kind();
        let alone = matches!(kind, Some(Kind::MadeSafe(_) | Kind::Ticked(_)));
        alone && entry.standing == Standing::Holds && entry.event.id() == Some(event)
    })
}

impl From<&MadeSafe> for Said {
    fn from(safe: &MadeSafe) -> Self {
        let readings = safe.readings.iter();
        Said {
            precheck: safe.precheck.clone(),
            asset: safe.asset,
            items: safe.items.clone(),
            readings: readings.map(|t| (t.id.clone(), t.value)).collect(),
            watcher: safe.watcher.clone(),
            note: safe.note.clone(),
        }
    }
}
