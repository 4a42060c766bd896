//! How syncing stands, told to the page and to the other tabs.

use crate::worker::{
    protocol::{BackWhy, Notice, PutBack, Syncing, Trouble},
    service::Service,
};
use mendmap_core::{
    log::{Event, Subject},
    sync::photos::Machine as Photos,
};

impl Service {
    /// Says how syncing stands, here and in the other tabs.
    pub(in crate::worker::service) fn show_sync(&self) {
        let person = self.with(|state| Ok(state.person.clone()));
        let person = person.unwrap_or_default();
        let view = match self.sync.borrow().as_ref() {
            Some(sync) if sync.machine.is_some() => Syncing {
                photos: sync.photos.as_ref().map_or(0, Photos::waiting),
                photos_refused: sync.photos.as_ref().map_or(0, Photos::refused),
                ..Syncing::new(sync.shown, person)
            },
            Some(sync) => Syncing {
                person,
                ..sync.heard.clone().unwrap_or_default()
            },
            None => return,
        };
        if self.leads() {
            self.tell_syncing(&view);
        }
        self.notify(Notice::Syncing { view });
    }

    /// Another tab wants to know how it stands.
    pub(in crate::worker::service) fn asked_how_it_stands(&self) {
        if self.leads() {
            self.show_sync();
        }
    }

    /// The tab that leads tells how syncing stands.
    pub(in crate::worker::service) fn hear_syncing(&self, view: Syncing) {
        match self.sync.borrow_mut().as_mut() {
            Some(sync) if sync.machine.is_none() => sync.heard = Some(view),
            _ => return,
        }
        self.show_sync();
    }

    /// Events that came back, with what the server said of them.
    pub(in crate::worker::service) async fn put_back(&self) -> Result<Vec<PutBack>, Trouble> {
        let synced = self.storage()?.synced().await?.unwrap_or_default();
        let rows = synced.outbox.into_iter().filter_map(|(raw, receipt)| {
            let verdict = receipt?.verdict;
            let why = BackWhy::of(&verdict)?;
            let event = Event::read(raw);
            let task = match event.subject() {
                Some(Subject::Task(uid)) => Some(*uid),
                _ => None,
            };
            let at = event.envelope().map(|envelope| envelope.at.to_string());
            Some(PutBack { task, at, why })
        });
        Ok(rows.collect())
    }
}
