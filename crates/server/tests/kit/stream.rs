//! What a device does with a server: it hands over, and it listens.
#![allow(
    dead_code,
    reason = "each test is a program of its own and uses a part"
)]

use crate::http;
use crate::kit::ndjson;
use mendmap_core::log::Event;
use mendmap_core::sync::Item;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

/// Hands events over to a server, which takes them.
pub(crate) fn hand_over(at: SocketAddr, events: &[Event]) {
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
pub(crate) struct Stream(BufReader<TcpStream>);

impl Stream {
    pub(crate) fn open(at: SocketAddr, path: &str, headers: &str) -> Stream {
        let connection = http::open(at, &format!("GET {path}"), headers, b"").unwrap();
        let mut reader = BufReader::new(connection);
        let head = http::head(&mut reader).unwrap().to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        Stream(reader)
    }

    /// The next event: its id, and what it carries. `None` once the stream has ended.
    pub(crate) fn next(&mut self) -> Option<(u64, Vec<u8>)> {
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

    pub(crate) fn expect(&mut self, place: u64, event: &Event) {
        assert_eq!(self.next().unwrap(), (place, event.raw().to_vec()));
    }
}
