//! What is told, once and when.

mod when;
mod words;

use super::*;
use crate::catalog::{Catalog, CrewId, Label, TimeLimit};
use crate::ids::EventId;
use crate::log::testkit::{CITY, Phone, catalog, line, on_asset, plotted, report, task_uid, work};
use crate::log::{
    Accepted, Cancelled, Dispatched, Edited, Event, Found, Kind, Log, MadeSafe, Noted, Place,
    Position, Returned, Shape, Subject, Target,
};
use crate::task::{Task, Tasks};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A server's view: the order as it came, all tasks, and one robot.
struct Desk {
    phone: Phone,
    order: Vec<EventId>,
    catalog: Catalog,
    audience: Audience,
    quiet: Option<Quiet>,
    told: Told,
    now: Timestamp,
}

fn time(text: &str) -> Timestamp {
    format!("2024-05-{text}+08:00").parse().unwrap()
}

fn zone() -> TimeZone {
    TimeZone::fixed(Offset::from_seconds(8 * 3600).unwrap())
}

fn crew(id: &str) -> CrewId {
    CrewId(id.into())
}

/// Drains are cleared within a day, in a danger within six hours and guarded within one.
fn limits() -> Catalog {
    let limit = |hours, guard_hours| TimeLimit {
        when: Label {
            zh: "时".into(),
            en: "time".into(),
        },
        guard_hours,
        hours: Some(hours),
        working_days: None,
        source: None,
    };
    let mut catalog = catalog();
    let mut kinds = catalog.work_kinds.iter_mut();
    let clear = kinds.find(|kind| kind.id.0 == "drain-clear").unwrap();
    clear.limits = vec![limit(24, None), limit(6, Some(1))];
    catalog
}

impl Desk {
    /// Everybody's robot, quiet from nine in the evening, on the morning of the third of May.
    fn new() -> Desk {
        let now = time("03T09:00:00");
        Desk {
            phone: Phone::new(2), // its clock is right
            order: Vec::new(),
            catalog: limits(),
            audience: Audience::Rest {
                but: BTreeSet::new(),
            },
            quiet: Some("21:00-06:30".parse().unwrap()),
            told: Told::begin(0, now),
            now,
        }
    }

    fn on(&mut self, task: u8, kind: impl Into<Kind>) -> EventId {
        let id = self.phone.on_task(task, kind);
        self.order.push(id);
        id
    }

    fn give(&mut self, task: u8, to: &str) -> EventId {
        let given = Dispatched {
            crew: Some(crew(to)),
            ..Default::default()
        };
        self.on(task, given)
    }

    fn plot_and_give(&mut self, task: u8, to: &str) {
        self.on(task, plotted("drain-clear", on_asset(task)));
        self.give(task, to);
    }

    fn find_danger(&mut self, task: u8) {
        let found = Found {
            target: on_asset(task),
            work: Some(work("drain-clear")),
            defect: None,
            severity: None,
            dangerous: true,
            photos: vec![],
        };
        self.on(task, found);
    }

    fn step(&self) -> Step {
        let tasks = Tasks::from_log(&self.phone.log, BTreeSet::new());
        let open: Vec<Arc<Task>> = tasks
            .iter()
            .filter(|task| task.is_open())
            .cloned()
            .collect();
        let zone = zone();
        let from = self.told.read_from(self.quiet.as_ref(), self.now, &zone);
        let places = (1..).zip(&self.order).map(|(place, id)| (*id, place));
        let places: BTreeMap<_, _> = places.filter(|(_, place)| *place > from).collect();
        let scene = Scene {
            open: &open,
            places: &places,
            head: self.order.len() as u64,
            catalog: &self.catalog,
            zone: &zone,
            now: self.now,
        };
        self.told.step(&self.audience, self.quiet.as_ref(), &scene)
    }

    /// What is told now, with the answer, some seconds later.
    fn tell(&mut self, answer: Answer) -> Vec<(u8, What)> {
        match self.step() {
            Step::Tell(claimed, news) => {
                self.now = self
                    .now
                    .checked_add(jiff::SignedDuration::from_secs(4))
                    .unwrap();
                self.told = claimed.answered(&self.told, answer, self.now);
                let number = |n: &News| (1..=9).find(|i| task_uid(*i) == n.task.uid).unwrap();
                let told = news.iter().map(|n| (number(n), n.what)).collect();
                self.now = self.now.max(self.told.not_before);
                told
            }
            Step::Note(noted) => {
                self.told = noted;
                Vec::new()
            }
            Step::Wait(_) | Step::Nothing => Vec::new(),
        }
    }

    fn told_at(&mut self, text: &str) -> Vec<(u8, What)> {
        self.now = time(text);
        self.tell(Answer::Took)
    }

    fn words(&self, language: Language, most_bytes: usize) -> String {
        let Step::Tell(_, news) = self.step() else {
            return String::new();
        };
        self.worded(language, most_bytes, |wording| text(&news, wording))
    }

    fn notice(&self, language: Language, most_bytes: usize) -> Notice {
        let Step::Tell(_, news) = self.step() else {
            panic!("nothing is news")
        };
        self.worded(language, most_bytes, |wording| notice(&news, wording))
    }

    fn worded<T>(
        &self,
        language: Language,
        most_bytes: usize,
        say: impl FnOnce(&Wording<'_>) -> T,
    ) -> T {
        say(&Wording {
            language,
            catalog: &self.catalog,
            zone: &zone(),
            now: self.now,
            origin: Some("https://city.example"),
            with_crew: self.audience.is_mixed(),
            most_bytes,
        })
    }
}
