//! `/api/v1/push/{device}`: whether a phone is told what is news while the app is closed.

use super::openapi::Problems;
use crate::app::App;
use crate::auth::Who;
use crate::problem::Problem;
use crate::push::{PHONES, can_be_told};
use crate::store::{Ended, Subscription};
use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use jiff::Timestamp;
use mendmap_core::ids::DeviceId;
use mendmap_core::told::{Language, Told};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Browsers leave the padding out; others may not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How a phone is told.
#[derive(Serialize, ToSchema)]
pub(super) struct PhonePush {
    /// The server's public key (RFC 8292), in base64url, for the browser's `applicationServerKey`;
    /// null where this server tells no phones.
    #[schema(required)]
    key: Option<String>,
    /// Whether this device is told, by that key.
    on: bool,
    /// In which language; null where it is not told.
    #[schema(required, value_type = Option<String>, pattern = "^(zh|en)$")]
    language: Option<Language>,
    /// Whether its account is in any crew: one that is in none is told nothing.
    has_crews: bool,
}

/// What a browser says of itself, as its `PushSubscription` has it in JSON, and the language.
#[derive(Deserialize, ToSchema)]
pub(super) struct Asks {
    /// Where its push service takes messages: https, at a name, at the usual port.
    endpoint: String,
    keys: BrowserKeys,
    /// `zh` or `en`.
    #[schema(value_type = String, pattern = "^(zh|en)$")]
    language: Language,
}

/// What it takes for a message that only this browser can read (RFC 8291).
#[derive(Deserialize, ToSchema)]
struct BrowserKeys {
    /// Its public point on P-256, not compressed, in base64url.
    p256dh: String,
    /// Its secret of 16 bytes, in base64url.
    auth: String,
}

/// How a device of one's own is told.
#[utoipa::path(
    get,
    path = "/api/v1/push/{device}",
    operation_id = "read_push",
    tag = "push",
    params(("device" = String, Path, format = Uuid, description = "The device.")),
    responses((status = 200, description = "How it is told.", body = inline(PhonePush)), Problems),
)]
pub(super) async fn read(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    device: Result<Path<DeviceId>, PathRejection>,
) -> Result<Json<PhonePush>, Problem> {
    let Path(device) = device.map_err(|_| Problem::NotFound)?;
    let key = app.push().map(|push| push.public_key().to_owned());
    let found = app.store().subscription(device).await?;
    let is_told = |told: &Subscription| {
        Some(&told.account) == who.account() && Some(&told.server_key) == key.as_ref()
    };
    let language = found.filter(is_told).map(|told| told.language);
    Ok(Json(PhonePush {
        on: language.is_some(),
        language,
        key,
        has_crews: matches!(&who, Who::Account(account) if !account.crews.is_empty()),
    }))
}

/// Has a device of one's own told, from now on, what is news to the crews of its account.
///
/// Repeating it with another language or another `endpoint` changes that. Of an account eight phones
/// are told: those that asked last. A phone that its push service does not know any more is
/// forgotten.
#[utoipa::path(
    put,
    path = "/api/v1/push/{device}",
    operation_id = "put_push",
    tag = "push",
    params(("device" = String, Path, format = Uuid, description = "The device.")),
    request_body = inline(Asks),
    responses((status = 204, description = "It is told."), Problems),
)]
pub(super) async fn put(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    device: Result<Path<DeviceId>, PathRejection>,
    said: Result<Json<Asks>, JsonRejection>,
) -> Result<StatusCode, Problem> {
    let account = who.account().ok_or(Problem::NoSession)?;
    let push = app.push().ok_or(Problem::NoPush)?;
    let Path(device) = device.map_err(|_| Problem::NotFound)?;
    let Json(asks) = said.map_err(|e| Problem::Form(e.body_text()))?;
    let endpoint = push.endpoint(&asks.endpoint).ok_or(Problem::PushAddress)?;
    let p256dh = key(&asks.keys.p256dh, "keys.p256dh")?;
    let auth = key(&asks.keys.auth, "keys.auth")?;
    if !can_be_told(&p256dh, &auth) {
        return Err(Problem::Form("keys.p256dh is no point of P-256".into()));
    }
    let store = app.store();
    if store.claim(device, account).await? != *account {
        return Err(Problem::AnothersDevice);
    }
    let subscription = Subscription {
        device,
        account: account.clone(),
        server_key: push.public_key().to_owned(),
        endpoint: endpoint.into(),
        p256dh,
        auth,
        language: asks.language,
    };
    let now = Timestamp::now();
    let begun = Told::begin(store.head().await?.place, now);
    store.subscribe(&subscription, &begun, now, PHONES).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Bytes of one length.
fn key<const N: usize>(text: &str, name: &str) -> Result<[u8; N], Problem> {
    let bytes = BASE64.decode(text).ok();
    let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Problem::Form(format!("{name} is not {N} bytes in base64url")))
}

/// Has a device of one's own told no more.
///
/// That it was not told is no error.
#[utoipa::path(
    delete,
    path = "/api/v1/push/{device}",
    operation_id = "end_push",
    tag = "push",
    params(("device" = String, Path, format = Uuid, description = "The device.")),
    responses((status = 204, description = "It is not told."), Problems),
)]
pub(super) async fn end(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    device: Result<Path<DeviceId>, PathRejection>,
) -> Result<StatusCode, Problem> {
    let Path(device) = device.map_err(|_| Problem::NotFound)?;
    if let Some(account) = who.account() {
        let ended = Ended::Device(account, device);
        app.store().unsubscribe(ended).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
