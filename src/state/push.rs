//! Being told on this phone while the app is closed: what its browser says and does. What all of it
//! means is `core::told::Ways`'.

use super::session::Session;
use crate::{
    components::in_wechat,
    locales::Locale,
    sync::push::{PhoneChange, PhoneTold},
    worker::protocol::{TellPhone, Trouble},
};
use js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::prelude::window;
use mendmap_core::told::{Telling, Ways};
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How it stands, and the server's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// How it stands.
    pub telling: Telling,
    /// The server's key, where it has one.
    pub key: String,
}

/// Why it did not go on.
#[derive(Debug, Clone, PartialEq)]
pub enum NotOn {
    /// The owner did not say yes; whether the browser asks again another time.
    NotAllowed,
    /// The browser has no way to its maker's service.
    NoService,
    /// The server could not be told.
    Server(Trouble),
}

type Later<T> = Pin<Box<dyn Future<Output = T>>>;

/// Looks how it stands. What only one side knows of is ended, and the language is the one of now.
pub fn look(session: Session, locale: Locale) -> Later<Result<Stands, Trouble>> {
    Box::pin(async move {
        let change = PhoneChange::Nothing;
        let mut told = session.ask(TellPhone { change }).await?;
        let subscribed = subscription().await;
        match &subscribed {
            // Another account's, or for another key of the server.
            Some(one) if !told.on => end(one).await,
            Some(one) if told.language.as_deref() != Some(language(locale)) => {
                told = put(session, one, locale).await?;
            }
            _ => {}
        }
        Ok(stands(told, subscribed.is_some()))
    })
}

/// Asks the browser, and thereby its owner where they were not asked yet, and then the server. Has to
/// be called when somebody presses something: a browser asks nobody otherwise.
pub fn turn_on(session: Session, key: String, locale: Locale) -> Later<Result<Stands, NotOn>> {
    Box::pin(async move {
        let one = subscribe(&key).await.map_err(|_| match permission() {
            permission if permission == "granted" => NotOn::NoService,
            _ => NotOn::NotAllowed,
        })?;
        let told = put(session, &one, locale).await;
        match told {
            Ok(told) => Ok(stands(told, true)),
            Err(trouble) => {
                end(&one).await;
                Err(NotOn::Server(trouble))
            }
        }
    })
}

/// Ends it here and at the server. Where that cannot be reached it finds out by itself: what it sends
/// to an address that was given up comes back.
pub fn turn_off(session: Session) -> Later<Option<Stands>> {
    Box::pin(async move {
        forget().await;
        let change = PhoneChange::Off;
        let told = session.ask(TellPhone { change }).await.ok()?;
        Some(stands(told, false))
    })
}

/// Ends it here, as after logging out.
pub async fn forget() {
    if let Some(one) = subscription().await {
        end(&one).await;
    }
}

fn stands(told: PhoneTold, is_subscribed: bool) -> Stands {
    let ways = Ways {
        has_key: told.key.is_some(),
        is_secure: window().is_secure_context(),
        is_wechat: in_wechat::is_here(),
        has_push: has_push(),
        is_denied: permission() == "denied",
        is_subscribed,
        is_told: told.on,
    };
    Stands {
        telling: ways.telling(),
        key: told.key.unwrap_or_default(),
    }
}

async fn put(session: Session, one: &JsValue, locale: Locale) -> Result<PhoneTold, Trouble> {
    let said = said(one, locale).unwrap_or_default();
    let change = PhoneChange::On(said);
    session.ask(TellPhone { change }).await
}

/// What a subscription says of itself, with the language.
fn said(one: &JsValue, locale: Locale) -> Option<String> {
    let json = method(one, "toJSON")?.call0(one).ok()?;
    Reflect::set(&json, &"language".into(), &language(locale).into()).ok()?;
    JSON::stringify(&json).ok().map(String::from)
}

fn language(locale: Locale) -> &'static str {
    match locale {
        Locale::Zh => "zh",
        Locale::En => "en",
    }
}

/// What somebody has said to notifications here: `granted`, `denied`, or not asked yet.
fn permission() -> String {
    let said = member(&window(), "Notification").and_then(|all| member(&all, "permission"));
    said.and_then(|said| said.as_string()).unwrap_or_default()
}

fn has_push() -> bool {
    let has = |name| member(&window(), name).is_some();
    has("PushManager") && has("Notification") && service_worker().is_some() && is_kept()
}

/// Whether this build has a service worker that could be told: a development build has none.
fn is_kept() -> bool {
    let page = leptos::prelude::document();
    let named = page.query_selector("meta[name='mendmap:service-worker']");
    named.ok().flatten().is_some()
}

fn service_worker() -> Option<JsValue> {
    member(&window().navigator(), "serviceWorker")
}

/// The browser's subscription, where it has one.
async fn subscription() -> Option<JsValue> {
    let registered = call(&service_worker()?, "getRegistration", &[])
        .await
        .ok()?;
    let manager = member(&registered, "pushManager")?;
    let one = call(&manager, "getSubscription", &[]).await.ok()?;
    one.is_object().then_some(one)
}

async fn subscribe(key: &str) -> Result<JsValue, JsValue> {
    let missing = || JsValue::from("no push");
    let worker = service_worker().ok_or_else(missing)?;
    let ready = member(&worker, "ready").ok_or_else(missing)?;
    let registered = JsFuture::from(Promise::resolve(&ready)).await?;
    let manager = member(&registered, "pushManager").ok_or_else(missing)?;
    let options = Object::new();
    Reflect::set(&options, &"userVisibleOnly".into(), &true.into())?;
    Reflect::set(&options, &"applicationServerKey".into(), &key.into())?;
    call(&manager, "subscribe", &[options.into()]).await
}

async fn end(one: &JsValue) {
    // What was not ended here is ended when the server tells it something.
    let _ = call(one, "unsubscribe", &[]).await;
}

fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    let found = Reflect::get(of, &name.into()).ok()?;
    (!found.is_undefined() && !found.is_null()).then_some(found)
}

fn method(of: &JsValue, name: &str) -> Option<Function> {
    member(of, name)?.dyn_into().ok()
}

/// Calls a method that promises something, and waits for it. Boxed: it is the same code for all.
fn call<'a>(
    of: &'a JsValue,
    name: &'a str,
    with: &'a [JsValue],
) -> Pin<Box<dyn Future<Output = Result<JsValue, JsValue>> + 'a>> {
    Box::pin(async move {
        let method = method(of, name).ok_or(JsValue::UNDEFINED)?;
        let said = method.apply(of, &with.iter().collect())?;
        JsFuture::from(Promise::resolve(&said)).await
    })
}
