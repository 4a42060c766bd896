//! Setting something, with a word about it and the way to take it back.

use crate::{
    components::trouble::sentence,
    locales::{Words, t_string, use_words},
    state::{acts::Acts, announce::Announcer, session::Session, toasts::Toasts},
    worker::protocol::{Configure, Configured, Configuring, GivePassword, Packed, Unset},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{
    account::act::{Deed, Refusal, SHORTEST_PASSWORD},
    ids::EventId,
    settings::What,
};

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
        let undo = |event| Configuring::TakeBack { event };
        self.does(Configuring::Set { what, json }, undo, Box::new(then));
    }

    /// Does something with an account; `then` hears the same.
    pub fn deed(self, id: String, deed: Deed, then: impl FnOnce(Option<String>) + 'static) {
        let undo = |event| Configuring::TakeBackDeed { event };
        self.does(Configuring::Account { id, deed }, undo, Box::new(then));
    }

    /// Takes back what was set.
    pub fn take_back(self, event: EventId) {
        self.back(Configuring::TakeBack { event });
    }

    /// Takes back what was done with an account.
    pub fn take_back_deed(self, event: EventId) {
        self.back(Configuring::TakeBackDeed { event });
    }

    /// Whether a password can be given.
    ///
    /// # Errors
    /// What to do about it.
    pub fn sound(self, password: &str) -> Result<(), String> {
        match password.chars().count() < SHORTEST_PASSWORD {
            true => Err(t_string!(
                self.words,
                govern.password_short,
                n = SHORTEST_PASSWORD
            )),
            false => Ok(()),
        }
    }

    /// Gives somebody else the password that was typed; it stays where it was not given, and `wrong` says why.
    pub fn give_password(
        self,
        account: String,
        typed: RwSignal<String>,
        wrong: RwSignal<Option<String>>,
    ) {
        let password = typed.get_untracked();
        if let Err(why) = self.sound(&password) {
            wrong.set(Some(why));
            return;
        }
        self.acts.busy.set(true);
        spawn_local(async move {
            let given = self.session.ask(GivePassword { account, password }).await;
            self.acts.busy.set(false);
            untrack(|| match given {
                Ok(()) => {
                    typed.try_set(String::new());
                    wrong.try_set(None);
                    self.toasts
                        .show(t_string!(self.words, govern.password_given), None);
                }
                Err(trouble) => {
                    let why = sentence(self.words, &trouble);
                    wrong.try_set(Some(t_string!(self.words, govern.password_not, why = why)));
                }
            });
        });
    }

    fn does(
        self,
        configuring: Configuring,
        undo: fn(EventId) -> Configuring,
        then: Box<dyn FnOnce(Option<String>)>,
    ) {
        let end = move |said: Result<Configured, String>| match said {
            Ok(Configured::Kept(event)) => {
                then(None);
                let undo = Callback::new(move |()| self.back(undo(event)));
                self.toasts
                    .show(t_string!(self.words, govern.kept), Some(undo));
            }
            // What stands there already was not worth a word.
            Ok(Configured::Refused(Unset::NoChange)) => then(None),
            Ok(Configured::Refused(unset)) => then(Some(unset_words(self.words, &unset))),
            Err(failed) => then(Some(failed)),
        };
        self.ask(configuring, Box::new(end));
    }

    fn back(self, configuring: Configuring) {
        let end = move |said: Result<Configured, String>| {
            let text = match said {
                Ok(Configured::Kept(_)) => t_string!(self.words, task.undone).to_owned(),
                Ok(Configured::Refused(unset)) => unset_words(self.words, &unset),
                Err(failed) => failed,
            };
            self.toasts.show(text.clone(), None);
            self.announcer.say(&text);
        };
        self.ask(configuring, Box::new(end));
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
        Unset::Account(refusal) => account_words(words, *refusal).into(),
        Unset::Other { detail } => t_string!(words, govern.other, detail = detail),
    }
}

/// Why something was not done with an account, and what to do.
fn account_words(words: Words, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::BadId => t_string!(words, govern.a_bad_id),
        Refusal::Demo => t_string!(words, govern.a_demo),
        Refusal::Exists => t_string!(words, govern.a_exists),
        Refusal::Unknown | Refusal::NotStanding => t_string!(words, govern.a_gone),
        Refusal::BadName => t_string!(words, govern.a_bad_name),
        Refusal::NoChange => t_string!(words, trouble.r_no_change),
        Refusal::Oneself => t_string!(words, govern.a_oneself),
    }
}
