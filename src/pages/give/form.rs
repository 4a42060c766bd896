//! The form: of what, to whom, until when, and how large a round is. What was typed is kept until it
//! is given out.

use crate::{
    mode::{Mode, Screen},
    state::{drafts, effect::on_change},
    worker::protocol::{Draft, Giving, PartBy, PlannedFrom, RoundPlan, Trouble},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{CrewId, WorkKindId},
    ids::AssetUid,
    ledger::due::Area,
    task::Moved,
};

/// How many assets a round has at most if nobody says otherwise: a day of two people.
const MOST: &str = "40";

// What a share is told in, where that is not in rounds.
pub(super) const STREETS: &str = "streets";
pub(super) const ASSETS: &str = "assets";

// The fields by the names under which they are kept.
const WORK: &str = "work";
const MANY: &str = "most";
const DUE: &str = "due";
const PRIORITY: &str = "priority";
const NOTE: &str = "note";
const COMMUNITIES: &str = "communities";
const PLACE: &str = "place";
const NOWHERE: &str = "nowhere";
const CREW: &str = "crew";
/// And the crew behind it.
const MOVED: &str = "moved ";

/// The fields, as they are typed, and what the worker says of them.
#[derive(Clone, Copy)]
pub struct PlanForm {
    pub(super) work: RwSignal<String>,
    pub(super) by: RwSignal<Area>,
    /// Of what falls due, at which places.
    pub(super) names: RwSignal<Vec<Option<String>>>,
    pub(super) crews: RwSignal<Vec<CrewId>>,
    pub(super) moved: RwSignal<Vec<Moved>>,
    pub(super) most: RwSignal<String>,
    pub(super) due: RwSignal<String>,
    /// How pressing: 1 to 3, or not said.
    pub(super) priority: RwSignal<String>,
    pub(super) note: RwSignal<String>,
    /// Whose share is looked at, to correct it; nobody's where it is empty.
    pub(super) whose: RwSignal<String>,
    /// In which parts: [`STREETS`], [`ASSETS`], or rounds.
    pub(super) parts: RwSignal<String>,
    pub(super) plan: RwSignal<Option<RoundPlan>>,
    pub(super) trouble: RwSignal<Option<Trouble>>,
    pub(super) busy: RwSignal<bool>,
    key: StoredValue<String>,
}

impl PlanForm {
    /// The form of a screen, as it was left.
    pub(super) fn of(mode: Mode) -> PlanForm {
        let screen = Screen {
            mode,
            ..Screen::default()
        };
        let key = format!("draft:{}", screen.to_hash());
        let form = PlanForm {
            work: RwSignal::default(),
            by: RwSignal::new(Area::Street),
            names: RwSignal::default(),
            crews: RwSignal::default(),
            moved: RwSignal::default(),
            most: RwSignal::new(MOST.to_owned()),
            due: RwSignal::default(),
            priority: RwSignal::default(),
            note: RwSignal::default(),
            whose: RwSignal::default(),
            parts: RwSignal::default(),
            plan: RwSignal::new(None),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
            key: StoredValue::new(key.clone()),
        };
        for (name, typed) in drafts::load_check(&key).into_iter().flat_map(|d| d.lines) {
            form.take(&name, typed);
        }
        on_change(
            move || drop(form.lines()),
            move || {
                let lines = form.lines();
                let draft = Draft {
                    lines,
                    ..Draft::default()
                };
                drafts::save_check(&key, &draft);
            },
        );
        form
    }

    /// What is kept: a line a field, of what there are several of one each.
    fn lines(self) -> Vec<(String, String)> {
        let fields = [
            (WORK, self.work),
            (MANY, self.most),
            (DUE, self.due),
            (PRIORITY, self.priority),
            (NOTE, self.note),
        ];
        let field = |(name, field): (&str, RwSignal<String>)| (name.to_owned(), field.get());
        let mut lines: Vec<(String, String)> = fields.map(field).into();
        if self.by.get() == Area::Community {
            lines.push((COMMUNITIES.into(), String::new()));
        }
        for name in self.names.get() {
            lines.push(match name {
                Some(name) => (PLACE.into(), name),
                None => (NOWHERE.into(), String::new()),
            });
        }
        for crew in self.crews.get() {
            lines.push((CREW.into(), crew.0));
        }
        for Moved { assets, to } in self.moved.get() {
            let uids: Vec<String> = assets.iter().map(AssetUid::to_string).collect();
            lines.push((format!("{MOVED}{to}"), uids.join(" ")));
        }
        lines
    }

    /// Reads a line of what is kept; one that this version has no field for is passed over.
    fn take(self, name: &str, typed: String) {
        match name {
            WORK => self.work.set(typed),
            MANY => self.most.set(typed),
            DUE => self.due.set(typed),
            PRIORITY => self.priority.set(typed),
            NOTE => self.note.set(typed),
            COMMUNITIES => self.by.set(Area::Community),
            PLACE => self.names.update(|names| names.push(Some(typed))),
            NOWHERE => self.names.update(|names| names.push(None)),
            CREW => self.crews.update(|crews| crews.push(CrewId(typed))),
            _ => {
                let Some(to) = name.strip_prefix(MOVED) else {
                    return;
                };
                let uids = typed.split(' ').filter_map(|uid| uid.parse().ok());
                let (assets, to) = (uids.collect(), CrewId(to.to_owned()));
                self.moved.update(|moved| moved.push(Moved { assets, to }));
            }
        }
    }

    /// Whose share is looked at, and in which parts.
    pub(super) fn parted(self) -> Option<(CrewId, PartBy)> {
        let crew = self.whose.get();
        let by = self.parts.with(|parts| match parts.as_str() {
            STREETS => PartBy::Street,
            ASSETS => PartBy::Asset,
            _ => PartBy::Round,
        });
        (!crew.is_empty()).then_some((CrewId(crew), by))
    }

    /// Under which it is kept.
    pub(super) fn key(self) -> String {
        self.key.get_value()
    }

    /// What is to be given out, as it stands in the form.
    pub(super) fn giving(self, from: Option<PlannedFrom>) -> Option<Giving> {
        let work = self.work.get();
        let most = self.most.get().trim().parse().ok();
        Some(Giving {
            work: (!work.is_empty()).then_some(WorkKindId(work))?,
            from: from?,
            crews: self.crews.get(),
            moved: self.moved.get(),
            most: most.filter(|most| *most > 0)?,
            due: self.due.get(),
            priority: self.priority.get(),
            note: self.note.get(),
        })
    }
}
