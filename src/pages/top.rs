//! What lies over the map's upper edge: search, what is saved, what must be known.

use super::search::Search;
use crate::{
    components::{
        chip::Chip,
        icon::{Lucide, lu},
        live::{When, live},
        standing::{needs_a_person, status_icon, status_words},
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

/// Where the work is that was done here: on this device, or sent; always in sight.
#[component]
fn Saved() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let locale = expect_context::<Prefs>().locale;
    let session = expect_context::<Session>();
    let failed = Signal::derive(move || {
        let unsaved = session
            .syncing
            .with(|s| s.as_ref().is_some_and(|s| s.storage_failed));
        unsaved || session.storage.with(Option::is_some)
    });
    let kept = move || session.me.with(|me| me.as_ref().map_or(0, |me| me.events));
    let count = move || format::count(locale.get(), kept());
    // How sending stands is said by the rest of the program.
    let sync = move || {
        session.whole.get().then_some(())?;
        session.syncing.get().filter(|s| s.status.is_some())
    };
    let sent = move || status_words(words, &sync()?);
    let short = Signal::derive(move || match (failed.get(), sent()) {
        (true, _) => t_string!(words, common.not_saved).to_string(),
        (false, Some(sent)) => sent,
        (false, None) => t_string!(words, common.saved_short, n = count()),
    });
    let long = Signal::derive(move || {
        let state = if failed.get() {
            t_string!(words, common.not_saved).to_string()
        } else if let Some(sent) = sent() {
            return sent;
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
            class:failed=move || failed.get() || sync().and_then(|s| s.status).is_some_and(needs_a_person)
            href=address
            aria-label=long
            title=long
            on:click=move |ev| {
                ev.prevent_default();
                nav.take(Step::Go(Tab::Settings));
            }
        >
            {live(move || {
                let icon = if failed.get() {
                    lu::LuTriangleAlert
                } else {
                    sync().map_or(lu::LuHardDrive, |s| status_icon(&s))
                };
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
