//! The five places.

use super::{
    icon::{Icon, Lucide, lu},
    live::maybe,
};
use crate::{
    locales::{Word, keys::common, t, t_string, use_words},
    mode::{Screen, Step, Tab},
    state::{format, nav::Nav, prefs::Prefs, session::Session},
};
use leptos::prelude::*;

/// The navigation, in the order of its keys 1 to 5.
pub const TABS: [Tab; 5] = [
    Tab::Map,
    Tab::Work,
    Tab::Completion,
    Tab::Layers,
    Tab::Settings,
];

fn icon(tab: Tab) -> Icon {
    match tab {
        Tab::Map => lu::LuMap,
        Tab::Work => lu::LuClipboardList,
        Tab::Completion => lu::LuChartPie,
        Tab::Layers => lu::LuLayers,
        Tab::Settings => lu::LuSettings,
    }
}

/// What a place is called.
pub fn name(tab: Tab) -> Word {
    match tab {
        Tab::Map => common::tab_map,
        Tab::Work => common::tab_work,
        Tab::Completion => common::tab_completion,
        Tab::Layers => common::tab_layers,
        Tab::Settings => common::tab_settings,
    }
}

/// The navigation: along the lower edge of a phone, at the side of a desk.
#[component]
pub fn NavBar() -> impl IntoView {
    let words = use_words();
    let links = TABS.map(|tab| view! { <li><NavLink tab=tab /></li> });
    view! {
        <nav class="nav" aria-label=t!(words, common.nav)>
            <ul>{links.collect_view()}</ul>
        </nav>
    }
}

#[component]
fn NavLink(tab: Tab) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    // A real address, so that it can be opened in a new tab.
    let address = Screen::default()
        .after(Step::Go(tab))
        .map_or("#/".into(), |(s, _)| s.to_hash());
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let news = move || session.me.with(|me| me.as_ref().map_or(0, |me| me.news));
    let badge = move || {
        let count = move || format::count(locale.get(), news());
        view! {
            <span class="badge" aria-hidden="true">{count}</span>
            <span class="visually-hidden">
                {move || t_string!(words, common.news_count, n = count())}
            </span>
        }
    };
    view! {
        <a
            class="nav-link"
            href=address
            aria-current=move || (nav.mode.with(|m| m.tab()) == tab).then_some("page")
            on:click=move |ev| {
                if !(ev.ctrl_key() || ev.meta_key() || ev.shift_key()) {
                    ev.prevent_default();
                    nav.take(Step::Go(tab));
                }
            }
        >
            <Lucide icon=icon(tab) />
            {words.live(name(tab))}
            {maybe(move || (tab == Tab::Work && news() > 0).then(badge))}
        </a>
    }
}
