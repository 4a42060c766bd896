//! Being told on this phone while the app is closed: what its browser says and does. What all of it
//! means is `core::told::Ways`'.

use super::{
    effect::effect,
    session::Session,
    stored::{read, write},
};
use crate::{
    components::in_wechat,
    locales::Locale,
    sync::push::{PhoneChange, PhoneTold},
    worker::protocol::{SyncStatus, TellPhone, Trouble},
};
use js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::told::{Telling, Ways};
use std::{cell::Cell, pin::Pin, rc::Rc};
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
    /// The owner has said no.
    NotAllowed,
    /// The owner has said nothing, and is asked again another time.
    NotAnswered,
    /// The browser keeps no part of the app that could be told.
    NotKept,
    /// The browser has no way to its maker's service.
    NoService,
    /// The server could not be told.
    Server(Trouble),
}

type Later<T> = Pin<Box<dyn Future<Output = T>>>;

/// Where it is remembered for which account and which key of the server this browser is to be told.
const WANTED: &str = "told";

thread_local! {
    /// Counts how often it was switched: who looked before that knows nothing any more.
    static TURNS: Cell<u32> = const { Cell::new(0) };
}

/// Who hears how it stands, or why that cannot be seen.
pub type Shown = Rc<dyn Fn(Result<Stands, Trouble>)>;

/// Who is logged in.
pub fn account(session: Session) -> Option<String> {
    let of = session.syncing;
    of.with(|s| s.as_ref()?.person.as_ref()?.account.clone())
}

/// Looks how it stands, and again once that may be otherwise or could not be seen. Without anybody
/// who is shown that it is only kept up: nobody is asked where it was never wanted.
pub fn follow(session: Session, locale: RwSignal<Locale>, shown: Option<Shown>) {
    let looked = StoredValue::new(None);
    effect(move || {
        let status = session.syncing.with(|s| s.as_ref().and_then(|s| s.status));
        let has_expired = status == Some(SyncStatus::LoginNeeded);
        let Some(account) = account(session) else {
            return looked.set_value(None);
        };
        let now = (account, locale.get(), has_expired);
        let is_known = looked.with_value(|looked| looked.as_ref() == Some(&now));
        if is_known || shown.is_none() && read(WANTED).is_none() {
            return;
        }
        looked.set_value(Some(now.clone()));
        let shown = shown.clone();
        spawn_local(async move {
            let turns = TURNS.get();
            let found = look(session, &now.0, now.1).await;
            if found.is_err() {
                looked.try_set_value(None);
            }
            // Where it was switched meanwhile, that is shown.
            if let (Some(shown), Some(found), true) =
                (shown, found.transpose(), turns == TURNS.get())
            {
                shown(found);
            }
        });
    });
}

/// Looks how it stands; nothing where it was switched meanwhile. What is wanted here is said to the
/// server again, whatever either side has lost of it, and in the language of now. What is another
/// account's, or for another key, is ended.
fn look(session: Session, account: &str, locale: Locale) -> Later<Result<Option<Stands>, Trouble>> {
    let account = account.to_owned();
    Box::pin(async move {
        let turns = TURNS.get();
        let change = PhoneChange::Nothing;
        let mut told = session.ask(TellPhone { change }).await?;
        let mut subscribed = subscription().await;
        if turns != TURNS.get() {
            return Ok(None);
        }
        if let Some(key) = told.key.clone() {
            let mine = wanted(&account, &key);
            let is_remembered = read(WANTED).as_ref() == Some(&mine);
            if is_remembered && subscribed.is_none() && permission() == "granted" {
                // The browser has given it up by itself.
                subscribed = subscribe(&key).await.ok();
            }
            match &subscribed {
                _ if turns != TURNS.get() => return Ok(None),
                Some(one) if is_remembered || told.on => {
                    write(WANTED, Some(&mine));
                    told = put(session, one, locale).await?;
                }
                Some(one) => {
                    write(WANTED, None);
                    end(one).await;
                }
                None => {}
            }
        }
        let is_subscribed = subscription().await.is_some();
        Ok(Some(stands(told, is_subscribed)))
    })
}

/// Asks the browser, and thereby its owner where they were not asked yet, and then the server. Has to
/// be called when somebody presses something: a browser asks nobody otherwise.
pub fn turn_on(
    session: Session,
    account: String,
    key: String,
    locale: Locale,
) -> Later<Result<Stands, NotOn>> {
    Box::pin(async move {
        TURNS.set(TURNS.get() + 1);
        // Before anything else: who looks meanwhile ends nothing.
        write(WANTED, Some(&wanted(&account, &key)));
        let one = match subscribe(&key).await {
            Ok(one) => one,
            Err(why) => {
                write(WANTED, None);
                return Err(why);
            }
        };
        match put(session, &one, locale).await {
            Ok(told) => Ok(stands(told, subscription().await.is_some())),
            Err(trouble) => {
                forget().await;
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
    TURNS.set(TURNS.get() + 1);
    write(WANTED, None);
    if let Some(one) = subscription().await {
        end(&one).await;
    }
}

/// What is remembered of an account and a key.
fn wanted(account: &str, key: &str) -> String {
    [account, key].join(" ")
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
        has_crews: told.has_crews != Some(false),
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

/// Whether this build has a service worker that could be told: a development build names none.
fn is_kept() -> bool {
    let named = document().query_selector("meta[name='mendmap:service-worker']:not([content=''])");
    named.ok().flatten().is_some()
}

fn service_worker() -> Option<JsValue> {
    member(&window().navigator(), "serviceWorker")
}

/// The browser's subscription, where it has one.
async fn subscription() -> Option<JsValue> {
    let manager = manager().await?;
    let one = call(&manager, "getSubscription", &[]).await.ok()?;
    one.is_object().then_some(one)
}

async fn subscribe(key: &str) -> Result<JsValue, NotOn> {
    if permission() == "denied" {
        return Err(NotOn::NotAllowed);
    }
    let manager = manager().await.ok_or(NotOn::NotKept)?;
    let options = Object::new();
    for (name, value) in [
        ("userVisibleOnly", true.into()),
        ("applicationServerKey", key.into()),
    ] {
        // A plain object takes everything.
        let _ = Reflect::set(&options, &name.into(), &value);
    }
    let one = call(&manager, "subscribe", &[options.into()]).await;
    one.map_err(|_| match &*permission() {
        "granted" => NotOn::NoService,
        "denied" => NotOn::NotAllowed,
        _ => NotOn::NotAnswered,
    })
}

/// Who is asked for subscriptions, once there is a service worker that could be told. One is not waited
/// for: where its installation fails there is never any.
async fn manager() -> Option<JsValue> {
    let registered = call(&service_worker()?, "getRegistration", &[]).await;
    let registered = registered.ok()?;
    member(&registered, "active")?;
    member(&registered, "pushManager")
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
