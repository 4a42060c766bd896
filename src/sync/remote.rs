//! Requests to a server, and its answers as the machine wants them.

use gloo_net::http::{Headers, Method, Request, RequestBuilder};
use mendmap_core::{
    account::Role,
    ids::DeviceId,
    log::Event,
    sync::{
        Answer, Head, Item,
        device::{Failure, Page},
        write_line,
    },
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;
use std::{pin::Pin, sync::Arc};
use wasm_bindgen::JsValue;

/// A server's programming interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// Its address, with a slash at its end.
    pub(super) base: String,
}

/// Who is logged in, as a server says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The account's id; none where the server has no accounts yet.
    pub account: Option<String>,
    /// Their name.
    pub name: String,
    /// What they are there for.
    pub role: Role,
}

/// Why somebody is not logged in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum LogInError {
    /// No answer came.
    #[error("no answer")]
    Network,
    /// No such account, or another password.
    #[error("not this account and password")]
    Wrong,
    /// The account is locked.
    #[error("locked")]
    Locked,
    /// Too many tries; how many seconds to wait.
    #[error("too many tries")]
    TooMany {
        /// So many.
        seconds: u64,
    },
    /// This device writes for another account.
    #[error("another account's device")]
    AnothersDevice,
    /// The login has run out.
    #[error("logged in no more")]
    Expired,
    /// Something else.
    #[error("the server could not do it")]
    Server,
}

/// An answer, with the server's clock in milliseconds since 1970.
pub type Timed<T> = Result<(T, i64), Failure>;

/// What a problem says of itself (RFC 9457), as far as it is read here.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Problem {
    code: String,
    head: u64,
}

impl Remote {
    /// The server that a response points to by a `Link` to its description
    /// (`rel="service-desc"`, RFC 8631), if it does. `url` is where the response came from.
    pub fn named_in(headers: &Headers, url: &str) -> Option<Remote> {
        let link = headers.get("link")?;
        let (target, rel) = link.split_once(';')?;
        let target = target.trim().strip_prefix('<')?.strip_suffix('>')?;
        let base = target.strip_suffix("openapi.json")?;
        rel.contains("service-desc").then_some(())?;
        let url = web_sys::Url::new_with_base(base, url).ok()?;
        Some(Remote { base: url.href() })
    }

    /// Where its stream is to be had from this place on; of places alone, since events come page
    /// by page.
    pub fn stream(&self, after: u64) -> String {
        format!("{}stream?part=places&after={after}", self.base)
    }

    /// Who is logged in; nobody is [`Failure::Unauthorised`].
    pub async fn me(&self) -> Result<Person, Failure> {
        self.ask("GET", "me", None).await?.read()
    }

    /// Logs in, as this device.
    pub async fn log_in(
        &self,
        account: &str,
        password: &str,
        device: DeviceId,
    ) -> Result<Person, LogInError> {
        let body = json!({ "account": account, "password": password, "device": device });
        let body = (JSON, body.to_string().into());
        let answer = self.ask("POST", "session", Some(body)).await;
        let answer = answer.map_err(|_| LogInError::Network)?;
        if answer.is_good() {
            return answer.read().map_err(|_| LogInError::Server);
        }
        Err(match &*answer.problem().code {
            "wrong-password" => LogInError::Wrong,
            "locked" => LogInError::Locked,
            "anothers-device" => LogInError::AnothersDevice,
            "too-many-tries" => LogInError::TooMany {
                seconds: answer.retry_after_s.unwrap_or(60),
            },
            _ => LogInError::Server,
        })
    }

    /// Gives somebody else's account a password; false where the server does not know it, or not yet.
    pub async fn give_password(&self, account: &str, password: &str) -> Result<bool, Failure> {
        let path = format!("accounts/{account}/password");
        let body = json!({ "password": password }).to_string();
        let answer = self.ask("PUT", &path, Some((JSON, body.into()))).await?;
        if answer.status == 404 {
            return Ok(false);
        }
        answer.failure()?;
        Ok(true)
    }

    /// Logs out, and has this device told no more.
    pub async fn log_out(&self, device: DeviceId) -> Result<(), Failure> {
        let path = format!("session?device={device}");
        self.ask("DELETE", &path, None).await?.failure()
    }

    /// Hands events over.
    pub async fn push(&self, events: &[Arc<Event>]) -> Timed<Vec<Answer>> {
        #[derive(Deserialize)]
        struct Receipts {
            receipts: Vec<Answer>,
        }
        let mut body = Vec::new();
        for event in events {
            write_line(event.raw(), &mut body);
        }
        let body = (LINES, js_sys::Uint8Array::from(&*body).into());
        let answer = self.ask("POST", "events", Some(body)).await?;
        let Receipts { receipts } = answer.read()?;
        Ok((receipts, answer.server_ms))
    }

    /// Asks for the page after a place.
    pub async fn pull(&self, after: Head) -> Timed<Page> {
        #[derive(Deserialize)]
        struct Items {
            events: Vec<Item<'static>>,
            head: Head,
        }
        let path = format!("events?after={}", after.place);
        let answer = self.ask("GET", &path, None).await?;
        let mut page = Page {
            events: Vec::new(),
            next: after,
            head: after,
        };
        let problem = answer.problem();
        if problem.code == "unknown-place" {
            // Its order ends before the place: the machine knows what that means.
            page.head.place = problem.head;
            return Ok((page, answer.server_ms));
        }
        let read: Items = answer.read()?;
        page.head = read.head;
        for item in read.events {
            page.next = Head {
                place: item.place,
                chain: item.chain,
            };
            page.events
                .push(Arc::new(Event::read(item.event.0.into_owned())));
        }
        Ok((page, answer.server_ms))
    }

    /// A snapshot to begin with, as far as work needs it; none where the server has none.
    pub async fn snapshot(&self) -> Result<Option<Vec<u8>>, Failure> {
        self.part("snapshot?part=work").await
    }

    /// What closed tasks add to a ledger, by the server's latest snapshot.
    pub async fn cells(&self) -> Result<Option<Vec<u8>>, Failure> {
        self.part("snapshot?part=cells").await
    }

    async fn part(&self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let answer = self.ask("GET", path, None).await?;
        answer.failure()?;
        Ok(Some(answer.body).filter(|body| !body.is_empty()))
    }

    /// The part of the order after one place, as far as it fits in a segment, but not beyond
    /// another.
    pub async fn segment(&self, after: u64, to: u64) -> Result<Vec<u8>, Failure> {
        let path = format!("segments?after={after}&to={to}");
        let answer = self.ask("GET", &path, None).await?;
        answer.failure()?;
        Ok(answer.body)
    }

    /// Asks anything. Boxed: each request is the same code.
    pub(super) fn ask<'a>(
        &'a self,
        method: &'static str,
        path: &'a str,
        body: Option<(&'a Named<'a>, JsValue)>,
    ) -> Pin<Box<dyn Future<Output = Result<Said, Failure>> + 'a>> {
        Box::pin(async move {
            let url = format!("{}{path}", self.base);
            let request = match method {
                "POST" => Request::post(&url),
                "DELETE" => Request::delete(&url),
                "PUT" => Request::put(&url),
                "PATCH" => Request::patch(&url),
                "HEAD" => RequestBuilder::new(&url).method(Method::HEAD),
                _ => Request::get(&url),
            };
            let request = match body {
                Some((headers, body)) => {
                    let named = headers.iter();
                    let request = named.fold(request, |request, (name, value)| {
                        request.header(name, value)
                    });
                    request.body(body)
                }
                None => request.build(),
            };
            let request = request.map_err(|_| Failure::Garbled)?;
            let response = request.send().await.map_err(|_| Failure::Network)?;
            let headers = response.headers();
            let body = response.binary().await.map_err(|_| Failure::Network)?;
            Ok(Said {
                status: response.status(),
                server_ms: server_ms(&headers),
                retry_after_s: number(&headers, "retry-after"),
                offset: number(&headers, "upload-offset"),
                body,
            })
        })
    }
}

/// Headers with their values.
pub(super) type Named<'a> = [(&'static str, &'a str)];

pub(super) const JSON: &Named<'static> = &[("content-type", "application/json")];
const LINES: &Named<'static> = &[("content-type", "application/x-ndjson")];

/// What a server said.
pub(super) struct Said {
    pub(super) status: u16,
    server_ms: i64,
    retry_after_s: Option<u64>,
    /// How far an upload has come.
    pub(super) offset: Option<u64>,
    body: Vec<u8>,
}

impl Said {
    fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Why it is of no use, if it is not.
    pub(super) fn failure(&self) -> Result<(), Failure> {
        Err(match self.status {
            200..=299 => return Ok(()),
            401 => Failure::Unauthorised,
            413 => Failure::TooLarge,
            429 | 500..=599 => Failure::Server {
                retry_after_ms: self.retry_after_s.map(|s| s * 1000),
            },
            _ => Failure::Garbled,
        })
    }

    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        self.failure()?;
        serde_json::from_slice(&self.body).map_err(|_| Failure::Garbled)
    }

    /// What a problem says; nothing where it is none.
    fn problem(&self) -> Problem {
        let body = if self.is_good() {
            &b"{}"[..]
        } else {
            &self.body
        };
        serde_json::from_slice(body).unwrap_or_default()
    }
}

fn number(headers: &Headers, name: &str) -> Option<u64> {
    headers.get(name)?.parse().ok()
}

/// The server's clock by its `Date`, in the middle of the second that it names; this
/// device's own where it names none.
fn server_ms(headers: &Headers) -> i64 {
    let date = headers.get("date").map(|date| js_sys::Date::parse(&date));
    match date {
        Some(ms) if ms.is_finite() => ms as i64 + 500,
        _ => js_sys::Date::now() as i64,
    }
}
