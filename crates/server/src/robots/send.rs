//! One message to one robot.

use super::config::{Robot, RobotsError, is_here};
use super::form::address;
use jiff::Timestamp;
use mendmap_core::told::Answer;
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde::Deserialize;
use std::fmt;
use std::time::Duration;

/// Of an answer no more is read.
const ANSWER_BYTES: usize = 16 * 1024;

/// What became of a message, without a word that could hold an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is in the group.
    Sent,
    /// Nobody could be asked.
    Unreached,
    /// The robot said no: its `errcode`.
    Code(i64),
    /// An HTTP status that is no answer of a robot.
    Status(u16),
    /// It did not answer, or nothing that a robot says.
    Unclear,
}

impl Outcome {
    /// What that is for the one who keeps count.
    pub(super) fn answer(self) -> Answer {
        match self {
            Outcome::Sent => Answer::Took,
            Outcome::Unreached | Outcome::Code(_) | Outcome::Status(_) => Answer::Refused,
            Outcome::Unclear => Answer::Unclear,
        }
    }

    /// Its name in the metrics.
    pub(super) fn name(self) -> &'static str {
        match self {
            Outcome::Sent => "sent",
            Outcome::Unreached => "unreached",
            Outcome::Code(_) | Outcome::Status(_) => "refused",
            Outcome::Unclear => "unclear",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Code(code) => write!(f, "errcode {code}"),
            Outcome::Status(status) => write!(f, "status {status}"),
            other => f.write_str(other.name()),
        }
    }
}

/// What both kinds answer.
#[derive(Deserialize)]
struct Said {
    errcode: i64,
}

/// A client for one robot. It follows nobody elsewhere, and keeps no connection: one that had gone
/// stale would leave it unclear what became of a message.
pub(super) fn client(robot: &Robot, patience: Duration) -> Result<Client, RobotsError> {
    // reqwest asks for the one of the process. That there is one already is no error.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder()
        .redirect(Policy::none())
        .pool_max_idle_per_host(0)
        .connect_timeout(patience)
        .timeout(patience);
    let client = match is_here(&robot.url) {
        true => client.no_proxy(),
        false => client,
    };
    client.build().map_err(|_| RobotsError::Client)
}

/// Says something in a robot's group.
pub(super) async fn send(
    client: &Client,
    robot: &Robot,
    text: &str,
    calls_all: bool,
    now: Timestamp,
) -> Outcome {
    let body = robot.kind.body(text, calls_all).to_string();
    let request = client
        .post(address(robot, now))
        .header(CONTENT_TYPE, "application/json; charset=utf-8")
        .body(body);
    match request.send().await {
        Ok(response) => heard(response).await,
        Err(error) if error.is_connect() || error.is_builder() => Outcome::Unreached,
        Err(_) => Outcome::Unclear,
    }
}

async fn heard(mut response: Response) -> Outcome {
    if !response.status().is_success() {
        return Outcome::Status(response.status().as_u16());
    }
    let mut bytes = Vec::new();
    while let Ok(Some(piece)) = response.chunk().await {
        bytes.extend_from_slice(&piece);
        if bytes.len() > ANSWER_BYTES {
            return Outcome::Unclear;
        }
    }
    match serde_json::from_slice(&bytes) {
        Ok(Said { errcode: 0 }) => Outcome::Sent,
        Ok(Said { errcode }) => Outcome::Code(errcode),
        Err(_) => Outcome::Unclear,
    }
}
