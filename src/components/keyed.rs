//! Lists whose lines stay as long as what they say stays: a round of forty is not made anew for
//! each tick.

use leptos::prelude::*;
use std::sync::Arc;

/// A line of a list. It is made when its key is new, moved where its key is elsewhere.
#[derive(Clone)]
pub struct Line {
    /// What it is and says; no other line of the list has it.
    pub key: String,
    /// Makes it.
    pub make: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

/// The lines, each a list item. Compiled once, whatever the lines are of.
#[component]
pub fn Keyed(
    /// The lines.
    lines: Signal<Vec<Line>>,
) -> impl IntoView {
    let item = |line: Line| view! { <li>{(line.make)()}</li> }.into_any();
    view! { <For each=move || lines.get() key=|line| line.key.clone() children=item /> }
}
