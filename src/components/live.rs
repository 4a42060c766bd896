//! What changes while it is shown.
//!
//! A closure has a type of its own, and the framework compiles all that keeps a view
//! in step with its signals again for each type that it is given. Here closures are
//! boxed first, so that this is compiled once. It is a twentieth of the whole page.
//!
//! They are boxed before anything of ours is put around them, too: what a closure does would be
//! inlined into that, and by its name belong here and so to a first view, whatever page it is of
//! (see hooks/lib/late.mjs).

use leptos::prelude::*;
use std::sync::{Arc, Mutex};

/// A part of a view that is made again when a signal in it changes.
pub type Live = Arc<Mutex<dyn FnMut() -> AnyView + Send>>;

/// A part that is made again when a signal in it changes.
pub fn live<V>(view: impl Fn() -> V + Send + 'static) -> Live
where
    V: IntoAny + 'static,
{
    let view: Box<dyn Fn() -> V + Send> = Box::new(view);
    Arc::new(Mutex::new(move || view().into_any()))
}

/// A part that is made again when a signal in it changes, and may be nothing.
pub fn maybe<V>(view: impl Fn() -> Option<V> + Send + 'static) -> Live
where
    V: IntoAny + 'static,
{
    let view: Box<dyn Fn() -> Option<V> + Send> = Box::new(view);
    Arc::new(Mutex::new(move || or_nothing(view())))
}

/// A view, or nothing.
pub fn or_nothing<V: IntoAny>(view: Option<V>) -> AnyView {
    view.map_or_else(|| ().into_any(), IntoAny::into_any)
}

/// Whether something is shown.
pub struct Condition(Box<dyn Fn() -> bool + Send + Sync>);

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Condition {
    fn from(holds: F) -> Self {
        Condition(Box::new(holds))
    }
}

/// Shows its children while something holds; made anew only when that turns.
#[component]
pub fn When(
    /// What has to hold.
    #[prop(into)]
    is: Condition,
    /// What stands there otherwise.
    #[prop(optional, into)]
    otherwise: ViewFn,
    /// What is shown.
    children: ChildrenFn,
) -> impl IntoView {
    let holds = Memo::new(move |_| (is.0)());
    live(move || {
        if holds.get() {
            children()
        } else {
            otherwise.run()
        }
    })
}
