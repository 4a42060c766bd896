//! Long lists in portions, so that thousands of lines cost nothing until wanted.

use super::{
    button::{Button, Weight},
    live::{When, live},
};
use crate::locales::{t_string, use_words};
use leptos::prelude::*;

/// Lines shown at first, and added by each press.
const PORTION: usize = 50;

/// The first lines of a list, and a button for more.
#[component]
pub fn Paged<T, F, V>(
    /// The lines.
    #[prop(into)]
    lines: Signal<Vec<T>>,
    /// Shows one.
    show: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    F: Fn(T) -> V + Send + 'static,
    V: IntoAny + 'static,
{
    let words = use_words();
    let shown = RwSignal::new(PORTION);
    let first = live(move || {
        lines.with(|lines| {
            lines
                .iter()
                .take(shown.get())
                .map(|line| view! { <li>{show(line.clone()).into_any()}</li> })
                .collect_view()
        })
    });
    let left = Memo::new(move |_| lines.with(Vec::len).saturating_sub(shown.get()));
    view! {
        <ul class="rows">{first}</ul>
        <When is=move || { left.get() > 0 }>
            <Button weight=Weight::Plain on_press=move |()| shown.update(|n| *n += PORTION)>
                {move || t_string!(words, common.show_more, n = left.get().min(PORTION))}
            </Button>
        </When>
    }
}
