//! The real program over a real socket on the loopback interface.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

#[path = "kit/http.rs"]
mod http;
mod kit;
#[path = "kit/program.rs"]
mod program;

use kit::{event, events, ndjson};
use mendmap_core::log::Event;
use mendmap_core::sync::Item;
use program::Program;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::time::Instant;

struct Ground {
    folder: tempfile::TempDir,
}

impl Ground {
    fn new() -> Ground {
        let folder = tempfile::tempdir().unwrap();
        kit::dist(&folder.path().join("dist"));
        Ground { folder }
    }

    fn dist(&self) -> PathBuf {
        self.folder.path().join("dist")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn start(&self) -> Program {
        Program::start(&self.dist(), &self.data())
    }
}

fn hand_over(at: SocketAddr, events: &[Event]) {
    let media = "Content-Type: application/x-ndjson\r\n";
    let answer = http::ask(at, "POST /api/v1/events", media, &ndjson(events)).unwrap();
    assert_eq!(
        answer.status,
        200,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
}

/// A stream of server-sent events.
struct Stream(BufReader<TcpStream>);

impl Stream {
    fn open(at: SocketAddr, path: &str, headers: &str) -> Stream {
        let connection = http::open(at, &format!("GET {path}"), headers, b"").unwrap();
        let mut reader = BufReader::new(connection);
        let head = http::head(&mut reader).unwrap().to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        Stream(reader)
    }

    /// The next event: its id, and what it carries. `None` once the stream has ended.
    fn next(&mut self) -> Option<(u64, Vec<u8>)> {
        let (mut id, mut data) = (None, None);
        let began = Instant::now();
        loop {
            // Its pulse keeps a silent stream from running into the socket's own limit.
            assert!(began.elapsed() < http::PATIENCE, "no event comes");
            let mut line = String::new();
            if self.0.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            // Between them stand the lengths of the chunks.
            match line.trim_end().split_once(": ") {
                Some(("id", place)) => id = Some(place.parse().unwrap()),
                Some(("data", json)) => data = Some(json.to_owned()),
                _ => {}
            }
            if let (Some(id), Some(data)) = (id, &data) {
                let item: Item = serde_json::from_str(data).unwrap();
                assert_eq!(item.place, id);
                return Some((id, item.event.0.into_owned()));
            }
        }
    }

    fn expect(&mut self, place: u64, event: &Event) {
        assert_eq!(self.next().unwrap(), (place, event.raw().to_vec()));
    }
}

#[test]
fn a_stream_gives_what_was_and_what_comes_and_goes_on_where_it_was() {
    let ground = Ground::new();
    let program = ground.start();
    let e = events(1, 5);
    hand_over(program.at, &e[..2]);
    let mut all = Stream::open(program.at, "/api/v1/stream", "");
    let mut some = Stream::open(program.at, "/api/v1/stream?after=1", "");
    all.expect(1, &e[0]);
    all.expect(2, &e[1]);
    some.expect(2, &e[1]);
    // Behind a gap nothing is told; then all of it, in its order.
    hand_over(program.at, &e[3..4]);
    hand_over(program.at, &[event(2, 1)]);
    hand_over(program.at, &e[2..3]);
    for stream in [&mut all, &mut some] {
        stream.expect(3, &event(2, 1));
        stream.expect(4, &e[2]);
        stream.expect(5, &e[3]);
    }
    drop(some);
    hand_over(program.at, &e[4..]);
    let mut again = Stream::open(program.at, "/api/v1/stream?after=1", "Last-Event-ID: 4\r\n");
    again.expect(5, &e[3]);
    again.expect(6, &e[4]);
    all.expect(6, &e[4]);
}

#[test]
fn it_ends_when_it_is_told_to_and_goes_on_where_it_was() {
    let ground = Ground::new();
    let program = ground.start();
    let at = program.at;
    hand_over(at, &events(1, 3));
    let mut stream = Stream::open(at, "/api/v1/stream?after=3", "");
    let status = program.terminate();
    assert!(
        status.success(),
        "{status}: a stream that is open keeps it from ending"
    );
    assert_eq!(stream.next(), None);
    assert!(TcpStream::connect(at).is_err());

    let program = ground.start();
    let answer = http::ask(program.at, "GET /readyz", "", b"").unwrap();
    let ready: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(ready, serde_json::json!({"city": kit::CITY, "place": 3}));
    let page = http::ask(program.at, "GET /index.html", "", b"").unwrap();
    assert_eq!(page.body, b"this is index.html");
    assert!(
        page.head
            .to_ascii_lowercase()
            .contains("x-content-type-options: nosniff")
    );
}

/// What it says before it gives up.
fn refusal(ground: &Ground, more: &[&str]) -> String {
    let command = program::command(&ground.dist(), &ground.data(), more);
    let output = program::output(command);
    assert!(!output.status.success());
    assert_eq!(output.stdout, b"", "no address is said");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn without_accounts_only_this_machine_is_listened_to() {
    let ground = Ground::new();
    for host in ["0.0.0.0", "::", "192.0.2.1"] {
        let said = refusal(&ground, &["--host", host, "--port", "0"]);
        assert!(said.contains("there are no accounts yet"), "{said}");
        assert!(said.contains(host), "{said}");
    }
    assert!(!ground.data().exists(), "nothing was made");
}

#[test]
fn it_says_what_is_missing() {
    let ground = Ground::new();
    let program = ground.start();
    let said = refusal(&ground, &["--port", "0"]);
    assert!(said.contains("another mendmap-server works in"), "{said}");
    let port = program.at.port().to_string();
    let elsewhere = ground.folder.path().join("other");
    let said = refusal(
        &ground,
        &["--data", elsewhere.to_str().unwrap(), "--port", &port],
    );
    assert!(said.contains("cannot listen at"), "{said}");
    program.terminate();
    std::fs::remove_file(ground.dist().join("index.html")).unwrap();
    let said = refusal(&ground, &["--port", "0"]);
    assert!(said.contains("cargo xtask build"), "{said}");
}
