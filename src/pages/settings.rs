//! Language, look, crew, records, and what this device can do.

use super::{
    account::Account,
    crews::crews,
    desk::{DeskSwitch, GovernWay},
    device::Device,
    phone::Phone,
    records::Records,
};
use crate::{
    components::{
        button::Button,
        choice::{Segments, Select, SwitchRow},
        field::Field,
        icon::{Lucide, lu},
        live::When,
        panel::Panel,
        trouble::TroubleThere,
    },
    locales::{Locale, keys, t, t_string, use_words},
    state::{keys::Dialogs, prefs::Prefs, session::Session, theme::Theme},
    worker::protocol::SetCrew,
};
use leptos::{prelude::*, task::spawn_local};

/// The settings page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    view! {
        <Panel
            title=t!(words, settings.title)
            name="settings"
        >
            <div class="stack roomy">
                <TroubleThere trouble=session.storage />
                <Account />
                <Phone />
                <Look />
                <Crew />
                <GovernWay />
                <Records />
                <Device />
                <About />
            </div>
        </Panel>
    }
}

#[component]
fn Look() -> impl IntoView {
    let words = use_words();
    let prefs = expect_context::<Prefs>();
    let theme = prefs.theme();
    // Each language by its own name, so that it is found whatever is shown.
    let languages = vec![
        (Locale::Zh, Signal::stored("中文".to_string())),
        (Locale::En, Signal::stored("English".to_string())),
    ];
    let themes = vec![
        (Theme::System, t!(words, settings.theme_system)),
        (Theme::Light, t!(words, settings.theme_light)),
        (Theme::Dark, t!(words, settings.theme_dark)),
        (Theme::Outdoor, t!(words, settings.theme_outdoor)),
    ];
    view! {
        <section class="section">
            <h3>{t!(words, settings.language)}</h3>
            <Segments
                options=languages
                chosen=prefs.locale
                on_choose=move |locale| prefs.locale.set(locale)
                label=t!(words, settings.language)
            />
        </section>
        <section class="section">
            <h3>{t!(words, settings.theme)}</h3>
            <Segments
                options=themes
                chosen=theme
                on_choose=move |chosen| theme.set(chosen)
                label=t!(words, settings.theme)
            />
        </section>
        <section class="section">
            <h3>{t!(words, settings.touch)}</h3>
            <SwitchRow on=prefs.large on_turn=move |on| prefs.large.set(on)>
                <span class="grow">{t!(words, settings.large)}</span>
            </SwitchRow>
            <SwitchRow on=prefs.left on_turn=move |on| prefs.left.set(on)>
                <span class="grow">{t!(words, settings.left)}</span>
            </SwitchRow>
            <DeskSwitch />
        </section>
    }
}

#[component]
fn Crew() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let groups = crews(keys::settings::crew_none);
    let value = Signal::derive(move || {
        session
            .me
            .with(|me| me.as_ref()?.crew.clone())
            .map(|c| c.0)
            .unwrap_or_default()
    });
    let choose = move |crew: String| {
        spawn_local(async move {
            match session.ask(SetCrew { crew }).await {
                Ok(me) => session.is(me),
                Err(trouble) => session.trouble.set(Some(trouble)),
            }
        });
    };
    view! {
        <Field
            id="crew"
            label=t!(words, settings.crew)
            help=t!(words, settings.crew_hint)
        >
            <Select id="crew" groups=groups value=value on_choose=choose />
        </Field>
    }
}

#[component]
fn About() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let prefs = expect_context::<Prefs>();
    let keys = expect_context::<Dialogs>().keys;
    let demonstration = move || {
        session
            .catalog
            .with(|c| c.as_ref().is_some_and(|c| c.city.demonstration))
    };
    view! {
        <section class="section">
            <h3>{t!(words, settings.about)}</h3>
            <p>{t!(words, settings.about_text)}</p>
            <When is=demonstration>
                <p>{t!(words, settings.about_demo)}</p>
            </When>
            <p class="small muted">
                {move || t_string!(words, settings.version, v = env!("CARGO_PKG_VERSION"))}
            </p>
            <dl class="facts small">
                <dt>{t!(words, settings.browsers)}</dt>
                <dd>{t!(words, settings.browsers_list)}</dd>
            </dl>
            <details class="fold">
                <summary>
                    <Lucide icon=lu::LuChevronRight small=true />
                    {t!(words, settings.licences)}
                </summary>
                <ul class="bullets small">
                    <li>"MapLibre GL JS: BSD-3-Clause"</li>
                    <li>"Lucide: ISC"</li>
                    <li>"Leptos: MIT"</li>
                    <li>"geo, geojson, rstar, serde, jiff, uuid, wasm-bindgen, gloo-net: MIT / Apache-2.0"</li>
                    <li>"rust_decimal, indexed_db_futures: MIT"</li>
                </ul>
            </details>
            <div class="buttons">
                <Button icon=lu::LuKeyboard on_press=move |()| keys.set(true)>
                    {t!(words, settings.keys)}
                </Button>
                <Button icon=lu::LuInfo on_press=move |()| prefs.hint.set(true)>
                    {t!(words, settings.hints)}
                </Button>
            </div>
        </section>
    }
}
