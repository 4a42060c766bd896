//! One message to one phone.

use super::config::{Push, PushError};
use super::outside::Outside;
use super::seal::{TEXT_BYTES, seal};
use crate::store::Subscription;
use jiff::Timestamp;
use mendmap_core::told::{Answer, Notice};
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// So long a push service keeps a message for a phone that is off, seconds: a shift. What is older is
/// in the app, and much of it is done by then.
const KEPT: u32 = 8 * 60 * 60;

/// So often in a row a phone's service may say no to the same before it is left at that: over an hour.
const TRIES: u32 = 8;

/// How long a service is to keep what the phone does not take (RFC 8030, 5.2).
const TTL: HeaderName = HeaderName::from_static("ttl");

/// Whether to wake a phone that saves its battery (RFC 8030, 5.3).
const URGENCY: HeaderName = HeaderName::from_static("urgency");

/// What became of a message, without a word that could hold an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The phone's service has it.
    Sent,
    /// The phone is told no more: it was thrown away, or its owner has said so there.
    Gone,
    /// Nobody could be asked.
    Unreached,
    /// The service said no: an HTTP status.
    Refused(u16),
    /// It did not answer.
    Unclear,
    /// The message could not be written for it.
    Unsealed,
}

impl Outcome {
    /// What that is for the one who keeps count, after so many tries.
    pub(super) fn answer(self, tries: u32) -> Answer {
        match self {
            Outcome::Unreached | Outcome::Refused(_) if tries + 1 < TRIES => Answer::Refused,
            Outcome::Sent => Answer::Took,
            _ => Answer::Unclear,
        }
    }

    /// Its name in the metrics.
    pub(super) fn name(self) -> &'static str {
        match self {
            Outcome::Sent => "sent",
            Outcome::Gone => "gone",
            Outcome::Unreached => "unreached",
            Outcome::Refused(_) | Outcome::Unsealed => "refused",
            Outcome::Unclear => "unclear",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Refused(status) => write!(f, "status {status}"),
            Outcome::Unsealed => f.write_str("it could not be written for that phone"),
            other => f.write_str(other.name()),
        }
    }
}

/// What the service worker is told (`public/sw.js`).
#[derive(Serialize)]
struct Shown<'a> {
    title: &'a str,
    body: &'a str,
    /// The screen that it opens.
    at: String,
    /// Whether it stays until somebody has looked.
    danger: bool,
}

/// What is sent, before it is sealed.
fn written(notice: &Notice) -> Option<Vec<u8>> {
    let shown = Shown {
        title: &notice.title,
        body: &notice.body,
        at: match notice.task {
            Some(task) => format!("#/task/{task}"),
            None => "#/work".to_owned(),
        },
        danger: notice.is_dangerous,
    };
    serde_json::to_vec(&shown).ok()
}

/// Whether there is room for it: names may hold what JSON writes as two bytes.
pub(super) fn fits(notice: &Notice) -> bool {
    written(notice).is_some_and(|text| text.len() <= TEXT_BYTES)
}

/// A client for all phones. It goes nowhere but outside, follows nobody elsewhere, and asks no proxy,
/// which might go anywhere. It keeps no connection: one that had gone stale would leave it unclear
/// what became of a message.
pub(super) fn client(push: &Push) -> Result<Client, PushError> {
    // reqwest asks for the one of the process. That there is one already is no error.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .https_only(!push.is_here())
        .dns_resolver(Arc::new(Outside))
        .pool_max_idle_per_host(0)
        // Well before: of what was not reached it is sure that it was told nothing.
        .connect_timeout(push.patience / 2)
        .timeout(push.patience)
        .build()
        .map_err(|_| PushError::Client)
}

/// Tells a phone something.
pub(super) async fn send(
    client: &Client,
    push: &Push,
    phone: &Subscription,
    notice: &Notice,
    now: Timestamp,
) -> Outcome {
    // Its form is looked at again: what was taken in by another version is no reason to go there.
    let Some(endpoint) = push.endpoint(&phone.endpoint) else {
        return Outcome::Unsealed;
    };
    let sealed = written(notice).and_then(|text| seal(&text, &phone.p256dh, &phone.auth).ok());
    let said = push.keys.authorization(&endpoint, &push.contact, now);
    let (Some(sealed), Ok(said)) = (sealed, said) else {
        return Outcome::Unsealed;
    };
    let urgency = if notice.is_dangerous {
        "high"
    } else {
        "normal"
    };
    let request = client
        .post(endpoint)
        .header(AUTHORIZATION, said)
        .header(CONTENT_TYPE, "application/octet-stream")
        .header(CONTENT_ENCODING, "aes128gcm")
        .header(TTL, KEPT)
        .header(URGENCY, urgency)
        .body(sealed);
    match request.send().await {
        Ok(response) => match response.status() {
            status if status.is_success() => Outcome::Sent,
            StatusCode::NOT_FOUND | StatusCode::GONE => Outcome::Gone,
            status => Outcome::Refused(status.as_u16()),
        },
        Err(error) if error.is_connect() || error.is_builder() => Outcome::Unreached,
        Err(_) => Outcome::Unclear,
    }
}
