//! Cards that are not there, or not yet.

use crate::{
    components::{
        icon::lu,
        notice::Empty,
        panel::{Leave, Panel},
    },
    locales::{t_string, use_i18n},
};
use leptos::prelude::*;

/// On its way.
#[component]
pub fn Opening() -> impl IntoView {
    let words = use_i18n();
    view! {
        <Panel title=Signal::derive(move || t_string!(words, task.loading).to_string()) leave=Leave::Close>
            <progress aria-label=move || t_string!(words, task.loading)></progress>
        </Panel>
    }
}

/// Not on this device.
#[component]
pub fn Missing() -> impl IntoView {
    let words = use_i18n();
    let title = Signal::derive(move || t_string!(words, task.not_found).to_string());
    view! {
        <Panel title=title leave=Leave::Close>
            <Empty
                icon=lu::LuCircleHelp
                title=title
                hint=Signal::derive(move || t_string!(words, task.not_found_hint).to_string())
            />
        </Panel>
    }
}
