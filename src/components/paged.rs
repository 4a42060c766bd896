//! Long lists in portions, so that thousands of lines cost nothing until wanted.

use super::{
    button::{Button, Weight},
    keyed::{Keyed, Line},
    live::When,
};
use crate::locales::{t_string, use_words};
use leptos::prelude::*;
use std::sync::Arc;

/// Lines shown at first, and added by each press.
const PORTION: usize = 50;

/// The first lines of a list, and a button for more.
#[component]
pub fn Paged<T, F, V>(
    /// The lines.
    #[prop(into)]
    lines: Signal<Vec<T>>,
    /// What a line is and says: it is made anew when that is new.
    key: fn(&T) -> String,
    /// Shows one.
    show: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoAny + 'static,
{
    let shown = RwSignal::new(PORTION);
    let show = Arc::new(show);
    let first = Signal::derive(move || {
        let line = |line: &T| {
            let (show, line) = (Arc::clone(&show), line.clone());
            Line {
                key: key(&line),
                make: Arc::new(move || show(line.clone()).into_any()),
            }
        };
        lines.with(|lines| lines.iter().take(shown.get()).map(line).collect())
    });
    let total = Signal::derive(move || lines.with(Vec::len));
    view! {
        <ul class="rows">
            <Keyed lines=first />
        </ul>
        <More total=total shown=shown portion=PORTION />
    }
}

/// The button for more of a list, where there is more.
#[component]
pub fn More(
    /// How many lines there are.
    total: Signal<usize>,
    /// How many of them are shown, or asked for.
    shown: RwSignal<usize>,
    /// How many a press adds.
    portion: usize,
) -> impl IntoView {
    let words = use_words();
    let left = Memo::new(move |_| total.get().saturating_sub(shown.get()));
    view! {
        <When is=move || { left.get() > 0 }>
            <Button weight=Weight::Plain on_press=move |()| shown.update(|n| *n += portion)>
                {move || t_string!(words, common.show_more, n = left.get().min(portion))}
            </Button>
        </When>
    }
}
