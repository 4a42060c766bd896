//! Photos on their way to the server: `core::sync::photos` says what to do.

use crate::{
    storage::Noted,
    worker::service::{Service, world},
};
use mendmap_core::sync::{
    Digest,
    device::{Failure, Input as Beside},
    photos::{Answer, Effect, Input, Machine, Step, Waiting},
};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// What photos hear of that which happens to events.
pub(super) fn beside(input: &Beside) -> Option<Input> {
    Some(match input {
        Beside::Online => Input::Online,
        Beside::Offline => Input::Offline,
        Beside::LoggedIn { device } => Input::LoggedIn { device: *device },
        Beside::LoggedOut => Input::LoggedOut,
        Beside::TryAgain => Input::TryAgain,
        _ => return None,
    })
}

impl Service {
    /// Photos wait that did not: the tab that leads looks at what is stored.
    pub(in crate::worker::service) fn photos_wait(self: &Rc<Self>) {
        self.tell_photos();
        self.load_photos();
    }

    /// Takes up the queue as it is stored, in the tab that leads.
    pub(in crate::worker::service) fn load_photos(self: &Rc<Self>) {
        if !self.leads() {
            return;
        }
        let service = Rc::clone(self);
        spawn_local(async move {
            let Ok(storage) = service.storage() else {
                return;
            };
            // What cannot be read now is read when next there is something to send.
            let Ok(notes) = storage.photo_notes().await else {
                return;
            };
            let is_refused =
                |note: &&Noted| note.status.is_some_and(|status| status != Noted::SENT);
            let refused = notes.iter().filter(is_refused).count();
            let waiting = notes.into_iter().filter_map(|note| {
                let device = note.device?;
                note.status.is_none().then_some(Waiting {
                    photo: note.photo,
                    device,
                    at: note.at,
                })
            });
            let waiting = waiting.collect();
            service.feed_photos(Input::Queue { waiting, refused });
        });
    }

    /// Tells the machine of photos what happened, and does what it says.
    pub(super) fn feed_photos(self: &Rc<Self>, input: Input) {
        let (effects, moved) = {
            let mut sync = self.sync.borrow_mut();
            let machine = sync.as_mut().and_then(|sync| sync.photos.as_mut());
            let Some(machine) = machine else { return };
            let stands = |machine: &Machine| (machine.waiting(), machine.refused());
            let before = stands(machine);
            let effects = machine.take(input, world::now_ms() as i64, world::die());
            (effects, before != stands(machine))
        };
        if moved {
            self.show_sync();
        }
        for effect in effects {
            match effect {
                Effect::WaitUntil { at } => self.wait_until(at, true),
                Effect::Do {
                    ticket,
                    photo,
                    step,
                } => {
                    let service = Rc::clone(self);
                    spawn_local(async move {
                        let answer = service.bring(photo, step).await;
                        service.feed_photos(Input::Answered { ticket, answer });
                    });
                }
            }
        }
    }

    async fn bring(&self, photo: Digest, step: Step) -> Answer {
        let failed = Answer::Failed(Failure::Network);
        let name = photo.to_string();
        let (Ok(storage), Some(remote)) = (self.storage(), self.remote()) else {
            return failed;
        };
        if let Step::Settle { refused } = step {
            let status = refused.unwrap_or(Noted::SENT);
            return match storage.settle_photo(&name, status).await {
                Ok(()) => Answer::Done,
                Err(_) => failed,
            };
        }
        match storage.photo(&name).await {
            Ok(Some((bytes, noted))) => remote.bring(&name, step, &bytes, &noted.private).await,
            // The browser has lost it: nothing will ever bring it.
            Ok(None) => Answer::Refused(GONE_HERE),
            Err(_) => failed,
        }
    }
}

/// Stands where a server's status would, for a photo that this device lost.
const GONE_HERE: u16 = 0;
