//! Questions to the worker that follow signals, latest answer only.

use super::session::Session;
use crate::worker::protocol::{Question, Trouble};
use leptos::{prelude::*, task::spawn_local};

/// An answer, once there is one; the last one stays until the next has come.
pub type Answer<T> = RwSignal<Option<Result<T, Trouble>>>;

/// Asks what `question` says now, and again whenever a signal in it changes.
/// Asks nothing while it says `None`.
pub fn follow<Q>(session: Session, question: impl Fn() -> Option<Q> + 'static) -> Answer<Q::Answer>
where
    Q: Question + PartialEq + 'static,
    Q::Answer: Send + Sync,
{
    let answer = RwSignal::new(None);
    let latest = StoredValue::new(0_u32);
    Effect::new(move || {
        let Some(question) = question() else { return };
        let turn = latest.get_value().wrapping_add(1);
        latest.set_value(turn);
        spawn_local(async move {
            let said = session.ask(question).await;
            // The page that asked may be gone, or have asked something newer.
            if latest.try_get_value() == Some(turn) {
                answer.try_set(Some(said));
            }
        });
    });
    answer
}

/// The answer where it is a good one.
pub fn good<T>(answer: Answer<T>) -> Memo<Option<T>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| answer.with(|a| a.as_ref()?.as_ref().ok().cloned()))
}
