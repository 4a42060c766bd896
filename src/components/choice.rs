//! One of a few, and on or off.

use super::live::live;
use leptos::prelude::*;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

/// Segments of which one is chosen: radio buttons, so arrow keys work.
#[component]
pub fn Segments<T>(
    /// What is chosen from, with its words.
    options: Vec<(T, Signal<String>)>,
    /// What is chosen.
    #[prop(into)]
    chosen: Signal<T>,
    /// Chooses another.
    #[prop(into)]
    on_choose: Callback<T>,
    /// What the choice is about, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (values, words): (Vec<T>, Vec<_>) = options.into_iter().unzip();
    let values: Arc<[T]> = values.into();
    let known = values.clone();
    let chosen = Signal::derive(move || chosen.with(|c| known.iter().position(|v| v == c)));
    let choose = Callback::new(move |at: usize| {
        if let Some(value) = values.get(at) {
            on_choose.run(value.clone());
        }
    });
    segments(words, chosen, choose, label)
}

/// The segments by their places, whatever is chosen: compiled once.
fn segments(
    words: Vec<Signal<String>>,
    chosen: Signal<Option<usize>>,
    on_choose: Callback<usize>,
    label: Signal<String>,
) -> impl IntoView {
    let group = unique("segments");
    let segments: Vec<_> = words
        .into_iter()
        .enumerate()
        .map(|(at, words)| {
            let is_on = Signal::derive(move || chosen.get() == Some(at));
            view! {
                <label class="segment" class:on=is_on>
                    <input
                        type="radio"
                        name=group.clone()
                        prop:checked=is_on
                        on:change=move |_| on_choose.run(at)
                    />
                    {words}
                </label>
            }
        })
        .collect();
    view! {
        <div class="segments" role="radiogroup" aria-label=label>
            {segments}
        </div>
    }
}

/// A row with a switch at its end; the whole row is the target.
#[component]
pub fn SwitchRow(
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Turns it.
    #[prop(into)]
    on_turn: Callback<bool>,
    /// What it switches.
    children: Children,
) -> impl IntoView {
    view! {
        <label class="switch-row">
            {children()}
            <input
                class="switch"
                type="checkbox"
                role="switch"
                prop:checked=on
                on:change:target=move |ev| on_turn.run(ev.target().checked())
            />
        </label>
    }
}

/// Something to tick; the whole row is the target.
#[component]
pub fn TickRow(
    /// Whether it is ticked.
    #[prop(into)]
    on: Signal<bool>,
    /// Ticks it, or takes that back.
    #[prop(into)]
    on_turn: Callback<bool>,
    /// What is ticked.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <label class="tick-row">
            <input
                type="checkbox"
                prop:checked=on
                on:change:target=move |ev| on_turn.run(ev.target().checked())
            />
            {label}
        </label>
    }
}

/// A group of options with its name, each option a value and its words.
pub type Group = (String, Vec<(String, String)>);

/// A drop-down list of groups.
#[component]
pub fn Select(
    /// Its `id`, which its label points to.
    id: &'static str,
    /// The groups. Options of one without a name stand by themselves.
    #[prop(into)]
    groups: Signal<Vec<Group>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Chooses another.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let option = move |(key, words): (String, String)| {
        let this = key.clone();
        view! { <option value=key selected=move || value.with(|v| *v == this)>{words}</option> }
    };
    let options = live(move || {
        groups
            .get()
            .into_iter()
            .map(|(name, options)| {
                let options: Vec<_> = options.into_iter().map(option).collect();
                if name.is_empty() {
                    options.into_any()
                } else {
                    view! { <optgroup label=name>{options}</optgroup> }.into_any()
                }
            })
            .collect_view()
    });
    view! {
        <select id=id class="input" on:change:target=move |ev| on_choose.run(ev.target().value())>
            {options}
        </select>
    }
}

/// A name that no other element of the page has.
pub(crate) fn unique(what: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{what}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
