//! What this device keeps, and what is missing at this address.

use crate::{
    components::{
        button::Button,
        icon::lu,
        live::When,
        notice::{Banner, Tone},
    },
    locales::{keys::settings, t, t_string, use_words},
    state::{format, prefs::Prefs},
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How long the browser keeps what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    ForGood,
    AsLongAsThereIsRoom,
    Refused,
    Unknown,
}

/// Storage, installing, and a page that is not secure.
#[component]
pub fn Device() -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let kept = RwSignal::new(Kept::Unknown);
    let room = RwSignal::new(None::<(f64, f64)>);
    spawn_local(async move {
        kept.try_set(persisted().await);
        room.try_set(estimate().await);
    });
    let ask = move |()| {
        spawn_local(async move {
            kept.try_set(persist().await);
        });
    };
    let says = move || {
        let word = match kept.get() {
            Kept::ForGood => settings::storage_persisted,
            Kept::AsLongAsThereIsRoom => settings::storage_best_effort,
            Kept::Refused => settings::storage_refused,
            Kept::Unknown => settings::storage_unknown,
        };
        words.say(word).to_string()
    };
    let used = move || {
        let Some((used, quota)) = room.get() else {
            return String::new();
        };
        let bytes = |n| format::bytes(locale.get(), n);
        t_string!(
            words,
            settings.storage_used,
            used = bytes(used),
            quota = bytes(quota)
        )
    };
    view! {
        <Insecure />
        <section class="section">
            <h3>{t!(words, settings.storage)}</h3>
            <p>{move || says()}</p>
            <p class="small muted number">{move || used()}</p>
            <When is=move || kept.get() == Kept::AsLongAsThereIsRoom>
                <Button icon=lu::LuHardDrive on_press=ask>
                    {t!(words, settings.storage_ask)}
                </Button>
            </When>
        </section>
        <section class="section">
            <h3>{t!(words, settings.install)}</h3>
            <p>
                {if is_installed() {
                    t!(words, settings.installed)
                } else {
                    t!(words, settings.install_hint)
                }}
            </p>
            <When is=|| !is_installed()>
                <p class="small muted">{t!(words, settings.install_how)}</p>
            </When>
        </section>
    }
}

fn is_installed() -> bool {
    let query = window()
        .match_media("(display-mode: standalone)")
        .ok()
        .flatten();
    query.is_some_and(|query| query.matches())
}

/// The browser's storage manager; insecure pages have none.
fn manager() -> Option<web_sys::StorageManager> {
    let navigator = window().navigator();
    let storage = js_sys::Reflect::get(&navigator, &JsValue::from("storage")).ok()?;
    storage.dyn_into().ok()
}

async fn persisted() -> Kept {
    let Some(answer) = manager().and_then(|m| m.persisted().ok()) else {
        return Kept::Unknown;
    };
    match JsFuture::from(answer).await {
        Ok(yes) if yes.is_truthy() => Kept::ForGood,
        Ok(_) => Kept::AsLongAsThereIsRoom,
        Err(_) => Kept::Unknown,
    }
}

async fn persist() -> Kept {
    let Some(answer) = manager().and_then(|m| m.persist().ok()) else {
        return Kept::Unknown;
    };
    match JsFuture::from(answer).await {
        Ok(yes) if yes.is_truthy() => Kept::ForGood,
        _ => Kept::Refused,
    }
}

/// Bytes used, and bytes that may be.
pub(super) async fn estimate() -> Option<(f64, f64)> {
    let answer = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let number = |name: &str| {
        js_sys::Reflect::get(&answer, &JsValue::from(name))
            .ok()?
            .as_f64()
    };
    Some((number("usage")?, number("quota")?))
}

/// Says over plain http what is missing, and how to get it.
#[component]
pub fn Insecure() -> impl IntoView {
    let words = use_words();
    view! {
        <When is=|| !window().is_secure_context()>
            <Banner
                tone=Tone::Warn
                title=t!(words, settings.insecure_title)
            >
                <p>{t!(words, settings.insecure_why)}</p>
            </Banner>
        </When>
    }
}
