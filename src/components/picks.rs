//! Words that were said before, to be taken over with a tap, or left out with another.

use leptos::prelude::*;

/// What is offered, each with its words, and which of it is taken.
#[component]
pub fn Picks(
    /// The values, and how they are said.
    options: Vec<(String, Signal<String>)>,
    /// Whether a value is taken now.
    is_on: Callback<String, bool>,
    /// Takes one, or leaves it out.
    on_tap: Callback<String>,
    /// What they are about, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let picks: Vec<_> = options
        .into_iter()
        .map(|(value, words)| {
            let tapped = value.clone();
            let pressed = move || is_on.run(value.clone()).to_string();
            view! {
                <button
                    type="button"
                    class="pick"
                    aria-pressed=pressed
                    on:click=move |_| on_tap.run(tapped.clone())
                >
                    {words}
                </button>
            }
        })
        .collect();
    view! {
        <div class="picks" role="group" aria-label=label>
            {picks}
        </div>
    }
}

/// Values that are their own words.
pub fn plain(values: impl IntoIterator<Item = String>) -> Vec<(String, Signal<String>)> {
    let said = |value: String| (value.clone(), Signal::stored(value));
    values.into_iter().map(said).collect()
}
