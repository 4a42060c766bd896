//! A robot that writes down what it is told, and answers as it is told to.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{HeaderName, LOCATION};
use axum::http::{StatusCode, Uri};
use serde_json::Value;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

/// What stands in its address; nowhere else.
pub(crate) const TOKEN: &str = "hush-7d1c";

/// An answer.
#[derive(Clone, Copy)]
pub(crate) enum Says {
    Code(i64),
    Status(u16),
    Noise,
    /// All is well, but after a while.
    Late(Duration),
}

#[derive(Default)]
struct Heard {
    /// Query and body of each request.
    requests: Vec<(String, Value)>,
    answers: VecDeque<Says>,
}

/// It answers that all is well unless it is told to say something else first.
pub(crate) struct Fake {
    at: SocketAddr,
    heard: Arc<Mutex<Heard>>,
}

impl Fake {
    pub(crate) async fn new(answers: &[Says]) -> Fake {
        let heard = Heard {
            answers: answers.iter().copied().collect(),
            ..Heard::default()
        };
        let heard = Arc::new(Mutex::new(heard));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(heard.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Fake { at, heard }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/robot/send?access_token={TOKEN}", self.at)
    }

    /// Query and body of each request so far.
    pub(crate) fn requests(&self) -> Vec<(String, Value)> {
        self.heard.lock().unwrap().requests.clone()
    }

    /// The texts it was told so far.
    pub(crate) fn texts(&self) -> Vec<String> {
        let texts = self.requests().into_iter();
        let texts = texts.map(|(_, body)| body["text"]["content"].as_str().unwrap().to_owned());
        texts.collect()
    }
}

async fn answer(
    State(heard): State<Arc<Mutex<Heard>>>,
    uri: Uri,
    body: Bytes,
) -> (StatusCode, [(HeaderName, &'static str); 1], String) {
    let says = {
        let mut heard = heard.lock().unwrap();
        let query = uri.query().unwrap_or_default().to_owned();
        let body = serde_json::from_slice(&body).unwrap_or_default();
        heard.requests.push((query, body));
        heard.answers.pop_front().unwrap_or(Says::Code(0))
    };
    let code = |code| (200, format!(r#"{{"errcode":{code},"errmsg":"…"}}"#));
    let (status, body) = match says {
        Says::Code(n) => code(n),
        Says::Status(status) => (status, String::new()),
        Says::Noise => (200, "<html>".into()),
        Says::Late(pause) => {
            tokio::time::sleep(pause).await;
            code(0)
        }
    };
    // Where a status sends one elsewhere, it is here: who goes there is heard.
    let status = StatusCode::from_u16(status).unwrap();
    (status, [(LOCATION, "/elsewhere")], body)
}
