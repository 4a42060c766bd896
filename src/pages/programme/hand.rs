//! Saying how far a trade has come, with a word about it and the way to take it back.

use crate::{
    components::trouble::sentence,
    locales::{Words, t_string, use_words},
    state::{acts::Acts, announce::Announcer, session::Session, toasts::Toasts},
    worker::protocol::{Packed, SetTrade, Traded, Trading},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{
    ids::{AssetUid, EventId},
    programme::Refusal,
};

/// The hand that says it.
#[derive(Clone, Copy)]
pub struct Hand {
    session: Session,
    toasts: Toasts,
    announcer: Announcer,
    acts: Acts,
    words: Words,
    /// What is wrong with what was said last.
    pub fault: RwSignal<Option<String>>,
}

impl Hand {
    /// Puts one where the parts of the page find it.
    pub fn offer() -> Hand {
        let hand = Hand {
            session: expect_context(),
            toasts: expect_context(),
            announcer: expect_context(),
            acts: expect_context(),
            words: use_words(),
            fault: RwSignal::new(None),
        };
        provide_context(hand);
        hand
    }

    /// Says it; `kept` is said of it once it is on the disk.
    pub fn set(self, asset: AssetUid, trading: Trading, kept: String) {
        if let Trading::Set { on, .. } = &trading
            && on.is_empty()
        {
            self.fault
                .set(Some(t_string!(self.words, programme.no_day).into()));
            return;
        }
        let end = move |said: Result<Traded, String>| match said {
            Ok(Traded::Kept(event)) => {
                self.fault.try_set(None);
                let undo = Callback::new(move |()| self.take_back(asset, event));
                self.toasts.show(kept, Some(undo));
            }
            // What is so already was not worth a word.
            Ok(Traded::Refused(Refusal::NoChange)) => {
                self.fault.try_set(None);
            }
            Ok(Traded::Refused(refusal)) => {
                self.fault.try_set(Some(self.refused(refusal)));
            }
            Err(failed) => {
                self.fault.try_set(Some(failed));
            }
        };
        self.ask(trading, Box::new(end));
    }

    /// Takes back what was said.
    pub fn take_back(self, asset: AssetUid, event: EventId) {
        let end = move |said: Result<Traded, String>| {
            let text = match said {
                Ok(Traded::Kept(_)) => t_string!(self.words, task.undone).to_owned(),
                Ok(Traded::Refused(refusal)) => self.refused(refusal),
                Err(failed) => failed,
            };
            self.toasts.show(text.clone(), None);
            self.announcer.say(&text);
        };
        self.ask(Trading::TakeBack { asset, event }, Box::new(end));
    }

    fn ask(self, trading: Trading, end: Box<dyn FnOnce(Result<Traded, String>)>) {
        // A second press meanwhile does nothing.
        if self.acts.busy.get_untracked() {
            return;
        }
        self.acts.busy.set(true);
        spawn_local(async move {
            let of = Packed::of(&trading);
            let answer = self.session.ask(SetTrade { of }).await;
            self.acts.busy.set(false);
            let garbled = || t_string!(self.words, trouble.garbled).to_owned();
            let said = match answer {
                Ok(packed) => packed.read().ok_or_else(garbled),
                Err(trouble) => Err(sentence(self.words, &trouble)),
            };
            untrack(|| end(said));
        });
    }

    /// Why it was refused, and what to do.
    fn refused(self, refusal: Refusal) -> String {
        let words = self.words;
        match refusal {
            Refusal::ReadOnly => t_string!(words, programme.read_only),
            Refusal::NoTrade => t_string!(words, programme.no_trade),
            Refusal::NoChange => t_string!(words, trouble.r_no_change),
            Refusal::ToCome => t_string!(words, programme.to_come),
            Refusal::NotSaid => t_string!(words, programme.not_said),
        }
        .into()
    }
}
