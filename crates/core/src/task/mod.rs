//! Tasks: what the events about one piece of work add up to.
//!
//! A [`Task`] is a pure function of the set of its events. Every field keeps its
//! *maximal* writes, those that no later writer knew of: one value, or several
//! different ones, which is a conflict that a person ends. No clock and no
//! server's order decides anything.
//!
//! * **Progress and decisions.** Dispatched, accepted and started are progress: it
//!   joins by its furthest point, yields to any decision, and does not open what its
//!   author knew closed. Reported, verified, returned and cancelled are decisions:
//!   different ones taken without knowledge of each other conflict; one taken
//!   knowingly stands, however odd, and a [`FoldNote`] says so.
//! * **Reports** are equal if they count the same on the same day; who was there,
//!   remarks and pictures add up.
//! * **Undo** and what else [`fold`] decides is told there.

mod action;
mod agenda;
mod attended;
mod check;
mod checklist;
mod crew;
mod deadline;
mod favourites;
mod filter;
mod find;
mod finish;
mod fold;
mod folding;
mod history;
mod mark;
mod note;
mod observe;
mod offer;
mod patches;
mod review;
mod round;
mod safety;
mod sense;
mod split;
mod stage;
mod store;
mod suggest;
mod touch;
mod value;
mod view;
pub(crate) mod writes;
mod years;

#[cfg(test)]
mod tests;

pub use action::{
    accept, cancel, dispatch, edit, make_safe, move_to, note, plot, report, resolve, return_report,
    start, take_back, tick, track, undo, untick, verify,
};
pub use agenda::{Errand, Urgency, agenda, concerns, is_news, urgency};
pub use attended::{Today, are_names, names, on_behalf, turned, turned_line, used};
pub use check::{Drafted, Refusal, Warning};
pub use checklist::{Finding, checked, checklist};
pub(crate) use crew::CrewSaid;
pub use crew::{Crewed, crew_of};
pub(crate) use deadline::holding;
pub use deadline::{clock_start, deadline, guard_by, severity, time_limit};
pub use favourites::{favourites, plotted_now};
pub use filter::Filter;
pub use find::{alike, find};
pub use fold::fold;
pub use history::{Fact, HistoryEntry, history};
pub use mark::{Mark, mark_of};
pub use note::FoldNote;
pub use observe::{Seen, say_amiss, say_well, says_amiss};
pub use offer::{Action, Context, offered};
pub use patches::{area_of, is_a_patch};
pub use review::{Remark, Review, reviews, sample, waits};
pub use round::{
    MOST_STOPS, RoundOffer, Stop, is_stop, nearest_first, round_name, round_offer, round_offers,
};
pub use safety::{Answer, Check, Lack, Said, lacks};
pub use split::{
    CrewLoad, Moved, RoundDraft, Rounds, Share, Split, Spot, along_streets, is_many, rounds_along,
    split,
};
pub use stage::{Stage, State};
pub use store::{Changed, Tasks};
pub use suggest::{TakenBack, assets_told, expected, suggested_lines, taken_back};
pub use touch::{Touched, touched};
pub use value::{Value, Written};
pub use view::{
    AlternativeView, ConflictView, LineView, ReportView, TargetView, TaskSummary, TaskView,
};
pub use years::{YearOf, by_year};

use crate::catalog::{CrewId, PrecheckId, WorkKindId};
use crate::ids::{AssetUid, EventId, TaskUid};
use crate::log::{Event, Moment, Quantity, Reported, Target};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A task, folded from its events.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Its uid.
    pub uid: TaskUid,
    /// What is to be done.
    pub work: Value<WorkKindId>,
    /// To what.
    pub target: Value<Arc<Target>>,
    /// Who is to do it.
    pub crew: Value<Option<CrewId>>,
    /// Until when.
    pub due: Value<Option<Moment>>,
    /// How urgent it is; 1 is most urgent.
    pub priority: Value<Option<u8>>,
    /// How much is expected, in the work kind's unit.
    pub planned: Value<Option<Quantity>>,
    /// What it is about, in words.
    pub note: Value<Option<String>>,
    /// How far it has come, by each decision that nobody has overruled.
    pub stage: Value<Stage>,
    /// What was done.
    pub report: Value<Arc<Reported>>,
    /// To whom it was given when it was reported, for each report that anybody wrote; by report.
    pub given: Vec<Given>,
    /// Assets of a round that were ticked. A set: it never conflicts.
    pub ticks: BTreeMap<AssetUid, Tick>,
    /// Answers to safety checks, by check and chamber: those that nobody who answered knew of,
    /// ascending.
    pub answers: BTreeMap<(PrecheckId, Option<AssetUid>), Vec<EventId>>,
    /// Where it stands.
    pub state: State,
    /// When it came to be, by the corrected clock of who plotted it.
    pub created: Option<Moment>,
    /// The latest of its events, by corrected clocks. For display only.
    pub changed: Option<Moment>,
    /// True if a newer version wrote about it: nobody should write on top of what
    /// they cannot see.
    pub read_only: bool,
    /// All events about it, in causal order, with what became of each.
    pub events: Vec<Entry>,
    /// What the fold has to say about events that made no sense.
    pub notes: Vec<FoldNote>,
}

/// To whom a task was given when a report of it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// The report.
    pub report: EventId,
    /// The crew, as far as who reported knew; several where that was in conflict, none where nobody
    /// had given it to anybody. Ascending.
    pub crews: Vec<Option<CrewId>>,
}

/// An asset of a round that was ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// True if it was done; false if all who were there could not reach it.
    pub done: bool,
    /// The events that say so.
    pub events: Vec<EventId>,
}

/// An event about a task, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The event.
    pub event: Arc<Event>,
    /// What became of it.
    pub standing: Standing,
}

/// What became of an event in the fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It holds.
    Holds,
    /// It was taken back.
    Undone,
    /// The server refused it; it counts nowhere.
    Refused,
    /// It is kept but has no effect; a note says why.
    Inert,
}

impl Task {
    /// The event with this id among the task's own.
    pub fn event(&self, id: EventId) -> Option<&Arc<Event>> {
        let mut events = self.events.iter().map(|e| &e.event);
        events.find(|e| e.id() == Some(id))
    }

    /// The report that stands, if the task is closed by one and nothing about it
    /// is in conflict.
    pub fn standing_report(&self) -> Option<&Arc<Reported>> {
        match self.state {
            State::Reported | State::Verified => self.report.one(),
            _ => None,
        }
    }

    /// True if somebody has still something to do about it.
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }
}
