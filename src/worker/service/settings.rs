//! What is set of the catalogue: taken up wherever the log says so, and set by who may.

use super::{Service, state::State};
use crate::worker::protocol::{
    Configured, Configuring, SettingRow, SettingsList, Stale, Trouble, Unset,
};
use mendmap_core::{
    catalog::Catalog,
    ids::EventId,
    log::{Draft, Subject},
    settings::{Setting, Settings, Standing, Step, What, over, set, take_back},
};
use std::{cell::RefCell, collections::BTreeSet, pin::Pin, rc::Rc};

/// The catalogue's file, and what was set over it.
#[derive(Debug, Default)]
pub(super) struct Set {
    /// The bytes of the file.
    pub(super) file: Vec<u8>,
    /// Where the catalogue is another now than the page has: its bytes.
    pub(super) news: Option<Vec<u8>>,
    settings: Settings,
    /// The catalogue with what was set, as the bytes of a file, and what each setting did.
    over: Option<(Vec<u8>, Vec<Step>)>,
    refused: BTreeSet<EventId>,
}

impl Service {
    /// Sets something, or takes it back: what this answers is on the disk.
    /// Boxed and never inlined: what is inlined into the answers comes with them.
    #[inline(never)]
    pub(super) fn configure(
        self: &Rc<Self>,
        configuring: Option<Configuring>,
    ) -> Pin<Box<dyn Future<Output = Result<Configured, Trouble>>>> {
        let service = Rc::clone(self);
        Box::pin(async move { service.configured(configuring).await })
    }

    async fn configured(
        self: &Rc<Self>,
        configuring: Option<Configuring>,
    ) -> Result<Configured, Trouble> {
        let nothing = || Trouble::NotThere {
            what: "setting".into(),
        };
        let configuring = configuring.ok_or_else(nothing)?;
        // A refusal is an answer, and no trouble.
        let refused = Rc::new(RefCell::new(None));
        let why = Rc::clone(&refused);
        let draft = move |state: &State, _| {
            state.configuring(configuring).map_err(|unset| {
                *why.borrow_mut() = Some(unset);
                nothing()
            })
        };
        let appended = self.append(Vec::new(), Box::new(draft)).await;
        let unset = refused.borrow_mut().take();
        match (appended, unset) {
            (_, Some(unset)) => Ok(Configured::Refused(unset)),
            (Ok((event, _)), None) => Ok(Configured::Kept(event)),
            (Err(trouble), None) => Err(trouble),
        }
    }
}

impl State {
    fn configuring(&self, configuring: Configuring) -> Result<Draft, Unset> {
        let settings = &self.set.settings;
        Ok(match configuring {
            Configuring::TakeBack { event } => take_back(self.log.city(), settings, event)?,
            Configuring::Set { what, json } => {
                let over = self.set.over.as_ref();
                let now = over.map_or(&self.set.file, |(bytes, _)| bytes);
                set(now, settings, &what.path(), &json)?
            }
            Configuring::Account { id, deed } => self.deed(&id, deed)?,
            Configuring::TakeBackDeed { event } => self.deed_back(event)?,
        })
    }

    /// All that was set, the last first.
    pub(super) fn settings_list(&self) -> SettingsList {
        let steps = self.set.over.as_ref().map_or(&[][..], |(_, steps)| steps);
        let rows = self.set.settings.all.iter().zip(steps).rev();
        let row = |(setting, step): (&Setting, &Step)| SettingRow {
            event: setting.event,
            what: What::of(&setting.said.path),
            was: step.was.clone(),
            is: setting.said.value.0.get().to_owned(),
            by: setting.by.to_string(),
            at: setting.at,
            standing: setting.standing,
            is_idle: setting.standing == Standing::Stands && step.odd.is_some(),
        };
        SettingsList {
            rows: rows.map(row).collect(),
            may_set: self.may_set(),
        }
    }

    /// Whether who is here may set something: an administrator, or the desk where there is no server.
    pub(super) fn may_set(&self) -> bool {
        match self.person {
            Some(_) => self.may("configured"),
            None => self.is_desk,
        }
    }

    /// Takes up what the log says of the catalogue, where some of these subjects are the city.
    pub(super) fn heed(&mut self, subjects: &[Subject]) {
        if subjects.iter().any(|s| matches!(s, Subject::City(_))) {
            self.take_settings();
        }
    }

    /// Whether an event counts, by the server's verdict.
    pub(super) fn heed_verdict(&mut self, event: EventId, refused: bool) {
        let subject = self.log.get(event).and_then(|event| event.subject());
        if !matches!(subject, Some(Subject::City(_))) {
            return;
        }
        match refused {
            true => self.set.refused.insert(event),
            false => self.set.refused.remove(&event),
        };
        self.take_settings();
    }

    /// Takes up what was set of the catalogue. Never inlined: what is inlined into opening the city comes
    /// with a first view (see hooks/lib/late.mjs).
    #[inline(never)]
    pub(super) fn take_settings(&mut self) {
        let settings = Settings::from_log(&self.log, &self.set.refused);
        if settings == self.set.settings {
            return;
        }
        // The file was read before; where it could not be, there is no city.
        if let Ok(over) = over(&self.set.file, &settings) {
            self.go_by(over.catalog);
            self.set.news = Some(over.bytes.clone());
            self.set.over = Some((over.bytes, over.steps));
        }
        self.set.settings = settings;
    }

    fn go_by(&mut self, catalog: Catalog) {
        self.city.go_by(catalog);
        self.mark_all();
        self.stale = Stale::Everywhere;
    }
}
