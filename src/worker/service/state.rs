//! What the worker knows: the city, the log, and who works here.

use super::{completion::Shown, sync::Before};
use crate::{
    storage::{Device, Kept, Storage},
    sync::remote::Person,
    worker::protocol::{LayerState, Me, Stale},
};
use jiff::civil::Date;
use mendmap_core::{
    account::{Whose, may},
    catalog::{Catalog, CrewId, LayerFile},
    city::City,
    ids::DeviceId,
    log::{Event, Log, salvage_segment},
    proposal::Proposals,
    task::{Context, Task, Tasks, is_news},
};
use std::{collections::BTreeSet, rc::Rc};

/// The worker's whole state.
pub(super) struct State {
    /// The assets.
    pub(super) city: City,
    /// Every event that is known.
    pub(super) log: Log,
    /// What they add up to.
    pub(super) tasks: Tasks,
    /// What is said of assets that the layers do not have so.
    pub(super) proposals: Proposals,
    /// Which tiles are stale besides those whose marks turn: the city is said to be otherwise.
    pub(super) stale: Stale,
    /// What stands for events that are not in memory.
    pub(super) before: Before,
    /// The completion layer that is shown.
    pub(super) shown: Option<Shown>,
    /// The browser's storage; without it work lasts as long as the page.
    pub(super) storage: Option<Rc<Storage>>,
    /// What was merged and is not in the storage yet.
    pub(super) unkept: Vec<Event>,
    /// What the tasks add to the ledger, once a desk has asked for it ([`super::ledger`]).
    pub(super) journal: super::ledger::Kept,
    /// Figures of other days that were taken in.
    pub(super) published: super::published::Published,
    /// The catalogue's file, and what was set over it.
    pub(super) set: super::settings::Set,
    /// The networks that were asked last; a layer that comes makes them anew.
    pub(super) networks: super::along::Asked,
    /// What reading the layers said.
    pub(super) layers: Vec<LayerState>,
    /// The file that was looked at last.
    pub(super) waiting: Option<Box<super::files::Waiting>>,
    /// How many files were looked at.
    pub(super) looks: u32,
    /// Who works here.
    pub(super) crew: Option<CrewId>,
    /// Who is logged in, where there is a server.
    pub(super) person: Option<Person>,
    /// Whether work is given to crews and checked on this device, where no server says who does.
    pub(super) is_desk: bool,
    /// The last measured distance to the server's clock, in milliseconds.
    pub(super) offset_ms: i64,
    base: String,
    device: DeviceId,
}

impl State {
    pub(super) fn new(catalog: Catalog, base: String, device: Device) -> Self {
        State {
            log: Log::new(&catalog.city.id),
            city: City::new(catalog),
            tasks: Tasks::default(),
            proposals: Proposals::default(),
            stale: Stale::Nowhere,
            before: Before::default(),
            shown: None,
            storage: None,
            unkept: Vec::new(),
            journal: None,
            published: super::published::Published::default(),
            set: super::settings::Set::default(),
            networks: Vec::new(),
            layers: Vec::new(),
            waiting: None,
            looks: 0,
            crew: device.crew.map(CrewId),
            person: device.person,
            is_desk: false,
            offset_ms: 0,
            base,
            device: device.id,
        }
    }

    pub(super) fn catalog(&self) -> &Catalog {
        self.city.catalog()
    }

    /// Address of a layer's file.
    pub(super) fn url_of(&self, file: &LayerFile) -> String {
        format!("{}{}", self.base, file.file)
    }

    pub(super) fn device(&self) -> DeviceId {
        self.device
    }

    /// From now on this device writes, for this person.
    pub(super) fn be(&mut self, device: DeviceId, person: Option<Person>) {
        self.device = device;
        self.person = person;
    }

    /// Whether who is here may append events of this kind. Without a server everybody may.
    pub(super) fn may(&self, kind: &str) -> bool {
        let role = self.person.as_ref().map(|person| person.role);
        role.is_none_or(|role| may(role, kind, Whose::Own))
    }

    /// Where there is a server, work is given to crews and reports are checked; without one where
    /// this device is said to be the desk.
    pub(super) fn context(&self) -> Context {
        let decides = self.person.is_some() || self.is_desk;
        Context {
            verification: decides,
            dispatch: decides,
        }
    }

    pub(super) fn today(&self) -> Date {
        self.now().map_or(Date::ZERO, |now| now.local_date())
    }

    pub(super) fn me(&self) -> Me {
        // A first view has none of what is said of assets.
        let said = (!self.proposals.is_empty()).then(|| self.waiting());
        Me {
            device: self.device,
            crew: self.crew.clone(),
            events: self
                .log
                .everything()
                .count()
                .saturating_sub(self.unkept.len()),
            news: self.news() + said.map_or(0, |(_, others)| others),
            said: said.map(|(all, _)| all),
            to_check: self.to_check(),
            may_set: self.may_set(),
            offset_ms: self.offset_ms,
        }
    }

    fn news(&self) -> usize {
        let told = |task: &Task| is_news(task, self.crew.as_ref());
        self.tasks.iter().filter(|task| told(task)).count()
    }

    /// Takes up what the storage kept. A damaged segment gives what can be read of it.
    pub(super) fn take_log(&mut self, kept: Kept) {
        for bytes in &kept.segments {
            self.log.merge(salvage_segment(bytes));
        }
        self.log.merge(kept.events.into_iter().map(Event::read));
        if let Some((snapshot, at)) = kept.begun {
            self.take_snapshot(&snapshot, at);
        }
        self.tasks = Tasks::from_log(&self.log, BTreeSet::new());
        // A first visit has nothing of it, and none of the program for it yet.
        if !self.log.is_empty() {
            self.proposals = Proposals::from_log(&self.log, BTreeSet::new());
            self.city.amend(self.proposals.amendments());
            self.take_settings();
        }
    }
}
