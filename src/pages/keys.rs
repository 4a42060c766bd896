//! The list of keys.

use crate::{
    components::dialog::Dialog,
    locales::{t, t_string, use_words},
};
use leptos::prelude::*;

/// The list of keys, over everything.
#[component]
pub fn KeyList(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let rows = move || {
        [
            ("/", t_string!(words, common.key_search)),
            ("1 – 5", t_string!(words, common.key_tabs)),
            ("A", t_string!(words, common.key_add)),
            ("L", t_string!(words, common.key_locate)),
            ("Ctrl ⏎", t_string!(words, common.key_primary)),
            ("Ctrl Z", t_string!(words, common.key_undo)),
            ("Esc", t_string!(words, common.key_escape)),
            ("?", t_string!(words, common.key_help)),
        ]
        .map(|(key, does)| view! { <dt><kbd>{key}</kbd></dt><dd>{does}</dd> })
        .collect_view()
    };
    view! {
        <Dialog open=open title=t!(words, common.keys_title)>
            <dl class="keys">{rows}</dl>
        </Dialog>
    }
}
