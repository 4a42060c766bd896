//! Effects, boxed: the framework compiles its whole loop again for each type of
//! closure, and so does it only once.

use leptos::prelude::*;

/// Runs now (on the next turn) and again whenever a signal in it changes.
pub fn effect(run: impl FnMut() + 'static) {
    fn start(mut run: Box<dyn FnMut()>) {
        Effect::new(move |_: Option<()>| run());
    }
    start(Box::new(run));
}

/// Runs `then`, which listens to nothing, whenever a signal in `hear` has changed.
pub fn on_change(hear: impl Fn() + 'static, mut then: impl FnMut() + 'static) {
    let mut first = true;
    effect(move || {
        hear();
        if !std::mem::take(&mut first) {
            untrack(&mut then);
        }
    });
}
