//! Setting something, with a word about it and the way to take it back.

use crate::{
    components::trouble::sentence,
    locales::{Words, t_string, use_words},
    state::{acts::Acts, announce::Announcer, session::Session, toasts::Toasts},
    worker::protocol::{Configure, Configured, Configuring, Packed, Unset},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{ids::EventId, settings::What};

/// The hand that sets.
#[derive(Clone, Copy)]
pub struct Hand {
    session: Session,
    toasts: Toasts,
    announcer: Announcer,
    acts: Acts,
    words: Words,
}

impl Hand {
    /// Puts one where the parts of the page find it.
    pub fn offer() {
        provide_context(Hand {
            session: expect_context(),
            toasts: expect_context(),
            announcer: expect_context(),
            acts: expect_context(),
            words: use_words(),
        });
    }

    /// Sets something; `then` hears what is wrong with it, or nothing once it is on the disk.
    pub fn set(self, what: What, json: String, then: impl FnOnce(Option<String>) + 'static) {
        let end = move |said: Result<Configured, String>| match said {
            Ok(Configured::Kept(event)) => {
                then(None);
                let undo = Callback::new(move |()| self.take_back(event));
                self.toasts
                    .show(t_string!(self.words, govern.kept), Some(undo));
            }
            // What stands there already was not worth a word.
            Ok(Configured::Refused(Unset::NoChange)) => then(None),
            Ok(Configured::Refused(unset)) => then(Some(unset_words(self.words, &unset))),
            Err(failed) => then(Some(failed)),
        };
        self.ask(Configuring::Set { what, json }, Box::new(end));
    }

    /// Takes back what was set.
    pub fn take_back(self, event: EventId) {
        let end = move |said: Result<Configured, String>| {
            let text = match said {
                Ok(Configured::Kept(_)) => t_string!(self.words, task.undone).to_owned(),
                Ok(Configured::Refused(unset)) => unset_words(self.words, &unset),
                Err(failed) => failed,
            };
            self.toasts.show(text.clone(), None);
            self.announcer.say(&text);
        };
        self.ask(Configuring::TakeBack { event }, Box::new(end));
    }

    fn ask(self, configuring: Configuring, end: Box<dyn FnOnce(Result<Configured, String>)>) {
        self.acts.busy.set(true);
        spawn_local(async move {
            let of = Packed::of(&configuring);
            let answer = self.session.ask(Configure { of }).await;
            self.acts.busy.set(false);
            let garbled = || t_string!(self.words, trouble.garbled).to_owned();
            let said = match answer {
                Ok(packed) => packed.read().ok_or_else(garbled),
                Err(trouble) => Err(sentence(self.words, &trouble)),
            };
            untrack(|| end(said));
        });
    }
}

/// Why something was not set, and what to do.
fn unset_words(words: Words, unset: &Unset) -> String {
    match unset {
        Unset::NoChange => t_string!(words, trouble.r_no_change).into(),
        Unset::ReadOnly => t_string!(words, trouble.r_read_only).into(),
        Unset::TooSmall => t_string!(words, govern.too_small).into(),
        Unset::TooLarge { most } => t_string!(words, govern.too_large, most = most),
        Unset::TooFine { decimals } => t_string!(words, trouble.r_fine, n = decimals),
        Unset::Blank => t_string!(words, govern.blank).into(),
        Unset::NoRhythm => t_string!(words, govern.no_rhythm).into(),
        Unset::BadId => t_string!(words, govern.bad_id).into(),
        Unset::Other { detail } => t_string!(words, govern.other, detail = detail),
    }
}
