//! Things to press.

use super::{
    icon::{Icon, Lucide},
    live::or_nothing,
};
use leptos::prelude::*;

/// How much a button stands out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do here.
    Primary,
    /// Something else that can be done.
    #[default]
    Quiet,
    /// Like a link.
    Plain,
}

impl Weight {
    fn class(self) -> &'static str {
        match self {
            Weight::Primary => "button primary",
            Weight::Quiet => "button quiet",
            Weight::Plain => "button plain",
        }
    }
}

/// A button that says what it does.
#[component]
pub fn Button(
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
    /// How much it stands out.
    #[prop(optional)]
    weight: Weight,
    /// An icon before the words.
    #[prop(default = None, into)]
    icon: Option<Icon>,
    /// Cannot be pressed now; still found by keyboard and screen reader.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let press = move |_| {
        if !disabled.get_untracked() {
            on_press.run(());
        }
    };
    view! {
        <button
            type="button"
            class=weight.class()
            data-primary=(weight == Weight::Primary).then_some("")
            aria-disabled=move || disabled.get().then_some("true")
            on:click=press
        >
            {or_nothing(icon.map(|icon| view! { <Lucide icon=icon /> }))}
            {children()}
        </button>
    }
}

/// A round button that shows only an icon; its name is for screen readers and
/// for a mouse that rests on it.
#[component]
pub fn IconButton(
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
    /// Its icon.
    icon: Icon,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// Whether it is on, where it can be.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=format!("icon-button {class}")
            aria-label=label
            title=label
            aria-pressed=move || pressed.map(|on| on.get().to_string())
            on:click=move |_| on_press.run(())
        >
            <Lucide icon=icon />
        </button>
    }
}
