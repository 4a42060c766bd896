//! Questions to the worker that follow signals, latest answer only.

use super::{
    effect::effect,
    session::{Asking, Session},
};
use crate::worker::protocol::{Packed, Question, Trouble};
use leptos::{prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;

/// What came of a question; the last answer stays until the next has come.
pub struct Answer<T: Send + Sync + 'static> {
    /// The answer, where it is a good one.
    pub good: RwSignal<Option<T>>,
    /// Why there is none.
    pub trouble: RwSignal<Option<Trouble>>,
}

impl<T: Send + Sync + 'static> Clone for Answer<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Answer<T> {}

impl<T: PartialEq + Send + Sync + 'static> Answer<T> {
    /// Notes what was said; the same again changes nothing.
    fn tell(self, said: Result<T, Trouble>) {
        let (good, trouble) = match said {
            Ok(answer) => (Some(answer), None),
            Err(trouble) => (None, Some(trouble)),
        };
        if self.trouble.try_with_untracked(|now| *now != trouble) == Some(true) {
            self.trouble.set(trouble);
        }
        if self.good.try_with_untracked(|now| *now != good) == Some(true) {
            self.good.set(good);
        }
    }
}

/// Asks what `question` says now, and again whenever a signal in it changes.
/// Asks nothing while it says `None`.
pub fn follow<Q>(session: Session, question: impl Fn() -> Option<Q> + 'static) -> Answer<Q::Answer>
where
    Q: Question + 'static,
    Q::Answer: PartialEq + Send + Sync,
{
    follow_from(session, None, question)
}

/// [`follow`], with an answer to begin with that is already known.
pub fn follow_from<Q>(
    session: Session,
    known: Option<Q::Answer>,
    question: impl Fn() -> Option<Q> + 'static,
) -> Answer<Q::Answer>
where
    Q: Question + 'static,
    Q::Answer: PartialEq + Send + Sync,
{
    let answer = Answer {
        good: RwSignal::new(known),
        trouble: RwSignal::new(None),
    };
    ask_latest(Box::new(move || {
        let asked = session.ask(question()?);
        Some(Box::pin(async move {
            let said = asked.await;
            let tell: Told = Box::new(move || answer.tell(said));
            tell
        }))
    }));
    answer
}

/// [`follow`] where the answer comes packed: it is read as a `T`.
pub fn follow_packed<Q, T>(
    session: Session,
    question: impl Fn() -> Option<Q> + 'static,
) -> Answer<T>
where
    Q: Question<Answer = Packed> + 'static,
    T: DeserializeOwned + PartialEq + Send + Sync,
{
    let answer = Answer {
        good: RwSignal::new(None),
        trouble: RwSignal::new(None),
    };
    ask_latest(Box::new(move || {
        let asked = session.ask(question()?);
        Some(Box::pin(async move {
            let said = asked.await;
            let tell: Told = Box::new(move || match said.map(|packed| packed.read()) {
                Ok(Some(good)) => answer.tell(Ok(good)),
                // What this program wrote, it reads; an answer that came from another is asked again.
                Ok(None) => {}
                Err(trouble) => answer.tell(Err(trouble)),
            });
            tell
        }))
    }));
    answer
}

/// Tells an answer to those who wait for it.
pub type Told = Box<dyn FnOnce()>;

/// Asks what `ask` begins whenever a signal in it changes; tells the latest only.
/// Knows no question's type, and so is compiled once.
pub fn ask_latest(ask: Box<dyn Fn() -> Option<Asking<Told>>>) {
    let latest = StoredValue::new(0_u32);
    effect(move || {
        let Some(asked) = ask() else { return };
        let turn = latest.get_value().wrapping_add(1);
        latest.set_value(turn);
        spawn_local(async move {
            let tell = asked.await;
            // The page that asked may be gone, or have asked something newer.
            if latest.try_get_value() == Some(turn) {
                tell();
            }
        });
    });
}
