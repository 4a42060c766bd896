//! What lies over the map's upper edge: search, what is saved, what must be known.

use super::search::Search;
use crate::{
    components::{
        chip::Chip,
        icon::{Lucide, lu},
        live::{When, live},
    },
    locales::{t, t_string, use_words},
    mode::{Screen, Step, Tab},
    state::{format, nav::Nav, prefs::Prefs, session::Session},
};
use leptos::prelude::*;

/// The upper edge.
#[component]
pub fn Top() -> impl IntoView {
    view! {
        <header class="top">
            <Search />
            <Saved />
            <Notices />
        </header>
    }
}

/// How much is kept on this device; always in sight.
#[component]
fn Saved() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let locale = expect_context::<Prefs>().locale;
    let session = expect_context::<Session>();
    let failed = Signal::derive(move || session.storage.with(Option::is_some));
    let kept = move || session.me.with(|me| me.as_ref().map_or(0, |me| me.events));
    let count = move || format::count(locale.get(), kept());
    let short = Signal::derive(move || {
        if failed.get() {
            t_string!(words, common.not_saved).to_string()
        } else {
            t_string!(words, common.saved_short, n = count())
        }
    });
    let long = Signal::derive(move || {
        let state = if failed.get() {
            t_string!(words, common.not_saved).to_string()
        } else if kept() == 0 {
            t_string!(words, common.saved_none).to_string()
        } else {
            t_string!(words, common.saved, n = count())
        };
        format!("{state}. {}", t_string!(words, common.saved_why))
    });
    let address = Screen::default()
        .after(Step::Go(Tab::Settings))
        .map(|(s, _)| s.to_hash());
    view! {
        <a
            class="saved"
            class:failed=failed
            href=address
            aria-label=long
            title=long
            on:click=move |ev| {
                ev.prevent_default();
                nav.take(Step::Go(Tab::Settings));
            }
        >
            {live(move || {
                let icon = if failed.get() { lu::LuTriangleAlert } else { lu::LuHardDrive };
                view! { <Lucide icon=icon /> }
            })}
            <span>{short}</span>
        </a>
    }
}

/// What must be known: that the data is invented, that the network is away.
#[component]
fn Notices() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let demonstration = move || {
        session
            .catalog
            .with(|c| c.as_ref().is_some_and(|c| c.city.demonstration))
    };
    let online = online();
    view! {
        <div class="notices">
            <When is=demonstration>
                <Chip warn=true icon=lu::LuInfo>
                    {t!(words, common.demo)}
                </Chip>
            </When>
            <When is=move || !online.get()>
                <Chip icon=lu::LuWifiOff>{t!(words, common.offline)}</Chip>
            </When>
        </div>
    }
}

/// Whether the browser believes that there is a network.
fn online() -> RwSignal<bool> {
    let online = RwSignal::new(window().navigator().on_line());
    let came = window_event_listener(leptos::ev::online, move |_| online.set(true));
    let went = window_event_listener(leptos::ev::offline, move |_| online.set(false));
    on_cleanup(move || {
        came.remove();
        went.remove();
    });
    online
}
