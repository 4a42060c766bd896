//! Doing things: one at a time, with a word about what was done and the way to
//! take it back.

use super::{announce::Announcer, session::Session, toasts::Toasts};
use crate::{
    components::trouble::sentence,
    locales::{Word, Words, t_string},
    worker::protocol::{Act, Acted, Command, Packed, Propose, Said, Saying, Trouble},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::ids::{AssetUid, EventId};

/// How long the phone trembles when something was kept, in milliseconds.
const BUZZ_MS: u32 = 15;

/// The hand that acts.
#[derive(Clone, Copy)]
pub struct Acts {
    session: Session,
    toasts: Toasts,
    announcer: Announcer,
    words: Words,
    /// True while something is being written down: a second tap does nothing.
    pub busy: RwSignal<bool>,
}

impl Acts {
    /// A hand that rests.
    pub fn start(session: Session, toasts: Toasts, announcer: Announcer, words: Words) -> Self {
        Acts {
            session,
            toasts,
            announcer,
            words,
            busy: RwSignal::new(false),
        }
    }

    /// Acts; when it is on the disk goes on with `then`, and there says `said`, with
    /// "undo". What the rules refuse is said and changes nothing.
    pub fn act(
        self,
        command: Command,
        said: impl Fn() -> String + 'static,
        then: impl FnOnce(&Acted) + 'static,
    ) {
        let refused = move |trouble: Trouble| self.say(&trouble);
        self.act_or(command, said, then, refused);
    }

    /// Like [`Acts::act`], with the refusal handed to `refused`.
    pub fn act_or(
        self,
        command: Command,
        said: impl Fn() -> String + 'static,
        then: impl FnOnce(&Acted) + 'static,
        refused: impl FnOnce(Trouble) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let acted = self.session.ask(Act { command }).await;
            self.busy.set(false);
            match acted {
                Ok(acted) => {
                    buzz();
                    let (task, event) = (acted.task.summary.uid, acted.event);
                    let undo =
                        Callback::new(move |()| self.undo(Command::UndoEvent { task, event }));
                    let said = untrack(&said);
                    then(&acted);
                    self.toasts.show(said, Some(undo));
                }
                Err(trouble) => refused(trouble),
            }
        });
    }

    /// Acts without a word; when it is on the disk goes on with `then`.
    pub fn quietly(self, command: Command, then: impl FnOnce() + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let acted = self.session.ask(Act { command }).await;
            self.busy.set(false);
            match acted {
                Ok(_) => then(),
                Err(trouble) => self.say(&trouble),
            }
        });
    }

    /// Says something of an asset; when it is on the disk goes on with `then`, and there says
    /// `said`, with "undo". What the rules refuse is handed to `refused`.
    pub fn propose(
        self,
        question: Propose,
        said: Word,
        then: Box<dyn FnOnce(Said)>,
        refused: Box<dyn FnOnce(Trouble)>,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let done = self.session.ask(question).await;
            self.busy.set(false);
            match done {
                Ok(done) => {
                    buzz();
                    let Said { asset, event } = done;
                    let undo = Callback::new(move |()| self.unsay(asset, event));
                    then(done);
                    self.toasts
                        .show(untrack(|| self.words.say(said)), Some(undo));
                }
                Err(trouble) => refused(trouble),
            }
        });
    }

    /// Takes back what was said of an asset, by a new event, and says so.
    pub fn unsay(self, asset: AssetUid, event: EventId) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let question = Propose {
                saying: Packed::of(&Saying::TakeBack { asset, event }),
                note: String::new(),
                photos: String::new(),
            };
            let undone = self.session.ask(question).await;
            self.busy.set(false);
            match undone {
                Ok(_) => {
                    let text = untrack(|| t_string!(self.words, task.undone));
                    self.toasts.show(text, None);
                    self.announcer.say(text);
                }
                Err(trouble) => self.say(&trouble),
            }
        });
    }

    /// Takes something back, by a new event, and says so.
    pub fn undo(self, command: Command) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let undone = self.session.ask(Act { command }).await;
            self.busy.set(false);
            match undone {
                Ok(_) => {
                    let text = untrack(|| t_string!(self.words, task.undone));
                    self.toasts.show(text, None);
                    self.announcer.say(text);
                }
                Err(trouble) => self.say(&trouble),
            }
        });
    }

    /// Says what failed and what to do.
    fn say(self, trouble: &Trouble) {
        self.toasts
            .show(untrack(|| sentence(self.words, trouble)), None);
    }
}

/// Felt in a glove. Firefox and Safari know no such thing, where asking for it would be an error.
fn buzz() {
    let navigator = window().navigator();
    if js_sys::Reflect::has(&navigator, &"vibrate".into()) == Ok(true) {
        // A phone that cannot, or may not before the first touch, says so by nothing.
        let _ = navigator.vibrate_with_duration(BUZZ_MS);
    }
}
