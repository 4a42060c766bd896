//! Who works here: one device of this browser an account.

use crate::{
    storage::{Storage, StorageError},
    sync::{
        push::PhoneTold,
        remote::{LogInError, Person},
    },
    worker::{
        protocol::{LogIn, Notice, Stale, TellPhone, Trouble},
        service::{Service, world},
    },
};
use mendmap_core::{
    ids::DeviceId,
    sync::device::{Failure, Input},
};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

impl Service {
    /// Takes down who the server says is here; gives the device that has a session, as far
    /// as is known.
    pub(super) async fn greet(
        &self,
        storage: &Storage,
        found: &Result<Person, Failure>,
    ) -> Result<Option<DeviceId>, StorageError> {
        let known = self.with(|state| Ok((state.device(), state.person.clone())));
        let Ok((device, before)) = known else {
            return Ok(None);
        };
        let Ok(person) = found else {
            // An expired session shows when it is next needed; without signal nobody knows.
            return Ok(before.map(|_| device));
        };
        if before.as_ref() != Some(person) {
            // Somebody else's session, as from another browser tab's login, is its own device.
            let account = person.account.as_deref();
            let own = match account {
                Some(account) => storage.device_for(account).await?,
                None => Some(device),
            };
            let Some(own) = own else {
                return Ok(None);
            };
            self.take_person(storage, own, person.clone()).await?;
            return Ok(Some(own));
        }
        Ok(Some(device))
    }

    async fn take_person(
        &self,
        storage: &Storage,
        device: DeviceId,
        person: Person,
    ) -> Result<(), StorageError> {
        storage.log_in(device, &person).await?;
        self.be(device, Some(person));
        self.show_sync();
        Ok(())
    }

    /// From now on this device writes, for this person.
    fn be(&self, device: DeviceId, person: Option<Person>) {
        let me = self.with(|state| {
            state.be(device, person);
            Ok(state.me())
        });
        if let Ok(me) = me {
            let stale = Stale::Nowhere;
            self.notify(Notice::Changed { stale, me });
        }
    }

    /// Logs somebody in: their device of this browser, or a new one, writes from now on.
    pub(in crate::worker::service) async fn log_in(
        self: &Rc<Self>,
        q: LogIn,
    ) -> Result<(), Trouble> {
        let failed = |error| Trouble::LogIn { error };
        let remote = self.remote().ok_or(failed(LogInError::Network))?;
        let storage = self.storage()?;
        let own = storage.device_for(&q.account).await?;
        let mut device = own.unwrap_or_else(|| world::fresh(DeviceId));
        let mut found = remote.log_in(&q.account, &q.password, device).await;
        if found == Err(LogInError::AnothersDevice) {
            device = world::fresh(DeviceId);
            found = remote.log_in(&q.account, &q.password, device).await;
        }
        let person = found.map_err(failed)?;
        self.take_person(&storage, device, person).await?;
        self.tell_session();
        self.logged_in(device);
        Ok(())
    }

    fn logged_in(self: &Rc<Self>, device: DeviceId) {
        self.feed(Input::LoggedIn { device });
        self.hear_news();
    }

    /// Logs out. What was not sent stays here, and waits for its account.
    pub(in crate::worker::service) async fn log_out(self: &Rc<Self>) -> Result<(), Trouble> {
        let error = LogInError::Network;
        let remote = self.remote().ok_or(Trouble::LogIn { error })?;
        let device = self.with(|state| Ok(state.device()))?;
        if remote.log_out(device).await.is_err() {
            let error = LogInError::Network;
            return Err(Trouble::LogIn { error });
        }
        self.storage()?.log_out().await?;
        self.forget_person();
        self.tell_session();
        Ok(())
    }

    /// How this device is told what is news while the app is closed, once that was changed.
    pub(in crate::worker::service) async fn tell_phone(
        &self,
        q: TellPhone,
    ) -> Result<PhoneTold, Trouble> {
        let failed = |error| Trouble::LogIn { error };
        let remote = self.remote().ok_or(failed(LogInError::Network))?;
        let device = self.with(|state| Ok(state.device()))?;
        let told = remote.phone(device, q.change).await;
        told.map_err(|failure| match failure {
            Failure::Network => failed(LogInError::Network),
            Failure::Unauthorised => failed(LogInError::Expired),
            _ => failed(LogInError::Server),
        })
    }

    fn forget_person(self: &Rc<Self>) {
        if let Ok(device) = self.with(|state| Ok(state.device())) {
            self.be(device, None);
        }
        if let Some(sync) = self.sync.borrow_mut().as_mut() {
            sync.stream = None;
        }
        self.feed(Input::LoggedOut);
        self.show_sync();
    }

    /// In another tab somebody logged in or out: the storage says who.
    pub(in crate::worker::service) fn session_changed(self: &Rc<Self>) {
        let service = Rc::clone(self);
        spawn_local(async move {
            let Ok(storage) = service.storage() else {
                return;
            };
            let Ok(device) = storage.device(world::fresh(DeviceId)).await else {
                return;
            };
            match device.person {
                None => service.forget_person(),
                Some(person) => {
                    service.be(device.id, Some(person));
                    service.logged_in(device.id);
                    service.show_sync();
                }
            }
        });
    }
}
