//! A few words in a pill.

use super::{
    icon::{Icon, Lucide},
    live::or_nothing,
};
use leptos::prelude::*;

/// A chip.
#[component]
pub fn Chip(
    /// An icon before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// True where the words warn.
    #[prop(optional)]
    warn: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <span class=if warn { "chip warn" } else { "chip" }>
            {or_nothing(icon.map(|icon| view! { <Lucide icon=icon small=true /> }))}
            {children()}
        </span>
    }
}
