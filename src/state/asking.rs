//! Questions to the worker that follow signals, latest answer only.

use super::{effect::effect, session::Session};
use crate::worker::protocol::{Question, Trouble};
use leptos::{prelude::*, task::spawn_local};
use std::pin::Pin;

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
    ask_latest(Box::new(move || {
        let question = question()?;
        Some(Box::pin(async move {
            let said = session.ask(question).await;
            let tell: Told = Box::new(move || drop(answer.try_set(Some(said))));
            tell
        }))
    }));
    answer
}

/// Tells an answer to those who wait for it.
type Told = Box<dyn FnOnce()>;

/// A question on its way.
type Asked = Pin<Box<dyn Future<Output = Told>>>;

/// Asks what `ask` begins whenever a signal in it changes; tells the latest only.
fn ask_latest(ask: Box<dyn Fn() -> Option<Asked>>) {
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

/// The answer where it is a good one.
pub fn good<T>(answer: Answer<T>) -> Memo<Option<T>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| answer.with(|a| a.as_ref()?.as_ref().ok().cloned()))
}
