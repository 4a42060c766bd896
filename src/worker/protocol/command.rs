//! What a person can do, as the page says it: with texts as typed. The worker
//! turns them into drafts by the core's rules.

use super::Shape;
use mendmap_core::{
    catalog::{PrecheckId, WorkKindId},
    ids::{AssetUid, EventId, TaskUid},
    log::{Choice, Measured, Stretch, TrackPoint},
    photo,
    task::Finding,
};
use serde::{Deserialize, Serialize};

/// Something to do to a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Put one on the map.
    Plot {
        /// What is to be done.
        work: WorkKindId,
        /// Where.
        place: Place,
        /// In words.
        note: String,
    },
    /// Say that a defect was found.
    Find {
        /// The work it needs.
        work: WorkKindId,
        /// Where.
        place: Place,
        /// What is wrong, in words.
        defect: String,
        /// How bad it is: the id of one of the catalogue's severities, or nothing.
        severity: String,
        /// It must be guarded at once.
        dangerous: bool,
        /// Photos by their names, a space between.
        photos: String,
    },
    /// Give it to a crew.
    Dispatch {
        /// Which.
        task: TaskUid,
        /// The crew's id; empty for nobody.
        crew: String,
        /// Until when, `2024-05-03T17:30` in the device's zone; empty for what the catalogue says.
        due: String,
        /// How urgent it is, 1 to 3; empty for nothing to say.
        priority: String,
        /// How much is expected, as typed; empty for nothing to say.
        planned: String,
        /// In words.
        note: String,
    },
    /// Find its report good.
    Verify {
        /// Which.
        task: TaskUid,
    },
    /// Send its report back.
    Return {
        /// Which.
        task: TaskUid,
        /// Why.
        reason: String,
        /// Photos by their names, a space between.
        photos: String,
    },
    /// Take it.
    Accept {
        /// Which.
        task: TaskUid,
    },
    /// Begin.
    Start {
        /// Which.
        task: TaskUid,
    },
    /// Tick an asset of a round off, or say why it could not be done.
    Tick {
        /// Which round.
        task: TaskUid,
        /// Which asset.
        asset: AssetUid,
        /// Why it could not be done; empty where it was.
        unreached: String,
        /// What was done, where that is more than once the round's own work.
        lines: Vec<LineEntry>,
        /// In words.
        note: String,
        /// Photos by their names, a space between.
        photos: String,
    },
    /// Take back what was ticked of an asset.
    Untick {
        /// Which round.
        task: TaskUid,
        /// Which asset.
        asset: AssetUid,
    },
    /// Say of an asset of a round that observes whether it is amiss.
    Observe {
        /// Which round.
        round: TaskUid,
        /// Which asset.
        asset: AssetUid,
        /// Whether it is; else that is taken back.
        amiss: bool,
    },
    /// Answer a safety check.
    MakeSafe {
        /// Of which task.
        task: TaskUid,
        /// Which check.
        precheck: PrecheckId,
        /// Of which chamber, where it is asked for each.
        asset: Option<AssetUid>,
        /// Numbers of the ticked items, from 0.
        items: Vec<u16>,
        /// Readings: the catalogue's id and what was typed. Empty is not taken.
        readings: Vec<(String, String)>,
        /// Who keeps watch.
        watcher: String,
        /// In words.
        note: String,
    },
    /// Say that it is done.
    Report {
        /// Which.
        task: TaskUid,
        /// What was done.
        lines: Vec<LineEntry>,
        /// On which day, `2024-05-03`; today where it is empty.
        done_on: String,
        /// Who was there, a comma between.
        with: String,
        /// On whose behalf it is entered; empty for nobody else's.
        on_behalf: String,
        /// What was found by the checklist.
        checked: Vec<Finding>,
        /// In words.
        note: String,
        /// Photos by their names, a space between.
        photos: String,
    },
    /// Keep a leg of a recorded track.
    Track {
        /// Of which task.
        task: TaskUid,
        /// When recording began, in milliseconds since 1970.
        began_ms: i64,
        /// Whether it was driven.
        is_driven: bool,
        /// Where the phone was.
        leg: Vec<TrackPoint>,
    },
    /// Take back the last step.
    Undo {
        /// Which.
        task: TaskUid,
    },
    /// Take back one event, if it is the last step, or a tick or an answer to a safety check: the moment's "undo" never
    /// takes back what somebody else did meanwhile.
    UndoEvent {
        /// Which.
        task: TaskUid,
        /// The event.
        event: EventId,
    },
    /// Call it off.
    Cancel {
        /// Which.
        task: TaskUid,
        /// Why.
        reason: String,
    },
    /// Make a remark.
    Note {
        /// Which.
        task: TaskUid,
        /// The remark.
        text: String,
    },
    /// End conflicts by choosing.
    Resolve {
        /// Which.
        task: TaskUid,
        /// What was chosen, field by field.
        choices: Vec<Choice>,
    },
}

/// Where a task is put.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Place {
    /// On an asset.
    Asset(AssetUid),
    /// At a place drawn on the map.
    Drawn(Shape),
    /// On several assets, to be ticked one by one.
    Round {
        /// What the round is called, such as its street.
        name: Option<String>,
        /// The assets.
        assets: Vec<AssetUid>,
    },
}

/// A line of a report, as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineEntry {
    /// The kind of work.
    pub work: WorkKindId,
    /// How much, as typed.
    pub quantity: String,
    /// How the amount is known.
    pub measured: Measured,
    /// What it was done with; empty for nothing to say.
    pub material: String,
    /// The patches that make it up, where it is known from them: length and width in metres, as
    /// typed.
    pub patches: Vec<(String, String)>,
    /// The stretches of lines that it was measured along.
    pub covered: Vec<Stretch>,
}

impl Command {
    /// The entries of its photos. Of what was done one shows how it is now, where nobody said that
    /// it shows how it was.
    pub fn photos(&self) -> Vec<String> {
        let (photos, usual) = match self {
            // Where nobody came to nothing was done.
            Command::Tick {
                photos, unreached, ..
            } if !unreached.trim().is_empty() => (&**photos, None),
            Command::Report { photos, .. } | Command::Tick { photos, .. } => {
                (&**photos, Some(photo::AFTER))
            }
            Command::Find { photos, .. } | Command::Return { photos, .. } => (&**photos, None),
            _ => ("", None),
        };
        let entries = photos.split(' ').filter(|entry| !entry.is_empty());
        let entry = |entry: &str| {
            let (name, role) = photo::named(entry);
            photo::entry_of(name, role.or(usual))
        };
        entries.map(entry).collect()
    }

    /// The task it is about; none for one that is yet to be, or is found at an asset of a round.
    pub fn task(&self) -> Option<TaskUid> {
        match self {
            Command::Plot { .. } | Command::Find { .. } | Command::Observe { .. } => None,
            Command::Accept { task }
            | Command::Dispatch { task, .. }
            | Command::Verify { task }
            | Command::Return { task, .. }
            | Command::Start { task }
            | Command::Tick { task, .. }
            | Command::Untick { task, .. }
            | Command::MakeSafe { task, .. }
            | Command::Report { task, .. }
            | Command::Track { task, .. }
            | Command::Undo { task }
            | Command::UndoEvent { task, .. }
            | Command::Cancel { task, .. }
            | Command::Note { task, .. }
            | Command::Resolve { task, .. } => Some(*task),
        }
    }
}
