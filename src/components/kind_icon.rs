//! The city's own symbols, as the map shows them.

use crate::glyphs::{AssetIcon, MarkIcon};
use leptos::prelude::*;
use mendmap_core::{catalog::AssetKind, task::Mark};

/// The symbol of a kind inside the mark of its state.
#[component]
pub fn KindIcon(
    /// The kind.
    kind: AssetKind,
    /// The state.
    #[prop(default = Mark::None)]
    mark: Mark,
    /// What else is drawn in the kind's colour, beside the symbol.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let AssetKind {
        symbol,
        label,
        colour,
        ..
    } = kind;
    view! {
        <span
            class="mark kind"
            aria-hidden="true"
            style=("--kind-light", colour.light)
            style=("--kind-dark", colour.dark)
        >
            <AssetIcon symbol=symbol label=label.zh mark=mark size=36 />
            {children.map(|more| more())}
        </span>
    }
}

/// The mark of a state by itself.
#[component]
pub fn StateMark(
    /// The state.
    mark: Mark,
) -> impl IntoView {
    view! { <MarkIcon mark=mark /> }
}
