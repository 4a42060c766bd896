//! How pressing work is, as whoever gives it out says it.

use crate::{
    components::choice::Segments,
    locales::{t, use_words},
};
use leptos::prelude::*;

/// How pressing work is.
#[component]
pub fn Priority(
    /// 1 to 3; empty where nobody says.
    chosen: RwSignal<String>,
) -> impl IntoView {
    let words = use_words();
    let options = vec![
        (String::new(), t!(words, desk.p_none)),
        ("1".to_owned(), t!(words, desk.p_1)),
        ("2".to_owned(), t!(words, desk.p_2)),
        ("3".to_owned(), t!(words, desk.p_3)),
    ];
    view! {
        <Segments
            options=options
            chosen=chosen
            on_choose=move |to| chosen.set(to)
            label=t!(words, desk.priority)
        />
    }
}
