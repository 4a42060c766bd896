//! Icons for everything that is not the city's own: lucide, drawn inline.

pub use icondata_lu as lu;

use leptos::prelude::*;

/// An icon's drawing.
pub type Icon = icondata_core::Icon;

/// An icon. Never the only bearer of a meaning: what it stands beside says it too.
#[component]
pub fn Lucide(
    /// Which.
    icon: Icon,
    /// A size for lines of text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    view! {
        <svg
            class=if small { "icon small" } else { "icon" }
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            inner_html=icon.data
        ></svg>
    }
}
