//! A push service that writes down what it is handed, and answers as it is told to.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{HeaderName, LOCATION};
use axum::http::{HeaderMap, StatusCode, Uri};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;

/// An answer.
#[derive(Clone, Copy)]
pub(crate) enum Says {
    Status(u16),
    /// It has it, but says so after a while.
    Late(Duration),
}

/// A message that it was handed.
#[derive(Clone)]
pub(crate) struct Message {
    pub(crate) path: String,
    headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Message {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap().to_str().unwrap()
    }
}

#[derive(Default)]
struct Heard {
    messages: Vec<Message>,
    answers: VecDeque<Says>,
}

/// It takes what it is handed unless it is told to say something else first.
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

    /// By which it is reached.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.at)
    }

    /// What it was handed so far.
    pub(crate) fn messages(&self) -> Vec<Message> {
        self.heard.lock().unwrap().messages.clone()
    }

    /// How often it was asked so far.
    pub(crate) fn count(&self) -> usize {
        self.heard.lock().unwrap().messages.len()
    }
}

/// A push service that nobody reaches, and that does not say so: its queue is full.
pub(crate) struct Unreached {
    pub(crate) origin: String,
    _queue: (TcpListener, Vec<TcpStream>),
}

impl Unreached {
    pub(crate) async fn new() -> Unreached {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        let listener = socket.listen(1).unwrap();
        let at = listener.local_addr().unwrap();
        let mut waiting = Vec::new();
        let pause = Duration::from_millis(100);
        while let Ok(one) = timeout(pause, TcpStream::connect(at)).await {
            waiting.push(one.unwrap());
        }
        Unreached {
            origin: format!("http://{at}"),
            _queue: (listener, waiting),
        }
    }
}

async fn answer(
    State(heard): State<Arc<Mutex<Heard>>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, [(HeaderName, &'static str); 1]) {
    let says = {
        let mut heard = heard.lock().unwrap();
        heard.messages.push(Message {
            path: uri.path().to_owned(),
            headers,
            body: body.to_vec(),
        });
        heard.answers.pop_front().unwrap_or(Says::Status(201))
    };
    let status = match says {
        Says::Status(status) => status,
        Says::Late(pause) => {
            tokio::time::sleep(pause).await;
            201
        }
    };
    // Where a status sends one elsewhere, it is here: who goes there is heard.
    let status = StatusCode::from_u16(status).unwrap();
    (status, [(LOCATION, "/elsewhere")])
}
