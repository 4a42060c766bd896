//! What came of something, brought into sight: on a phone it would come below the edge.

use crate::state::effect::effect;
use leptos::{html, prelude::*};

/// A result that shows itself.
#[component]
pub fn Outcome(
    /// What came of it.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(node) = node.get() {
            // Once it has its height.
            request_animation_frame(move || node.scroll_into_view_with_bool(false));
        }
    });
    view! { <div node_ref=node>{children()}</div> }
}
