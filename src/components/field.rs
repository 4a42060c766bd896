//! A question with its answer, its help and, where the answer cannot be used,
//! what to do about it.

use super::{
    icon::{Lucide, lu},
    live::{maybe, or_nothing},
};
use leptos::prelude::*;

/// A label over an input. The input carries `id`, and `{id}-error` in its
/// `aria-describedby` (see [`describes`]).
#[component]
pub fn Field(
    /// The `id` of the input.
    id: &'static str,
    /// The question.
    #[prop(into)]
    label: Signal<String>,
    /// A line of help.
    #[prop(optional, into)]
    help: Option<Signal<String>>,
    /// What to do about the answer; none where it is good.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// The input.
    children: Children,
) -> impl IntoView {
    let message = move || error.and_then(|error| error.get());
    view! {
        <div class="field" class:invalid=move || message().is_some()>
            <label for=id>{label}</label>
            {or_nothing(help.map(|help| view! { <span class="help" id=format!("{id}-help")>{help}</span> }))}
            <FieldError id=format!("{id}-error") error=Signal::derive(message) />
            {children()}
        </div>
    }
}

/// The line that says what to do about an answer that cannot be used.
#[component]
pub fn FieldError(
    /// Its `id`, which describes the input.
    id: String,
    /// What it says; none where the answer is good.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <span id=id aria-live="polite">
            {maybe(move || {
                error
                    .get()
                    .map(|text| {
                        view! {
                            <span class="error">
                                <Lucide icon=lu::LuTriangleAlert small=true />
                                {text}
                            </span>
                        }
                    })
            })}
        </span>
    }
}

/// What describes the input of a field, for `aria-describedby`.
pub fn describes(id: &str) -> String {
    format!("{id}-help {id}-error")
}
