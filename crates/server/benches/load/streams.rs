//! Streams that say nothing for hours, and then all at once.

use crate::http;
use crate::kit::{self, event, ndjson};
use crate::program::{Log, Program};
use std::fmt;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Streams at once.
const STREAMS: usize = 1_000;
/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What it took.
pub(crate) struct Streams {
    /// Resident memory of the server with all of them open, in megabytes.
    pub(crate) megabytes: f64,
    /// The same with none.
    alone: f64,
    /// From handing an event over until the last one had it.
    pub(crate) slowest: Duration,
}

impl fmt::Display for Streams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{STREAMS} idle streams: the server takes {:.0} MB ({:.0} with none), and an event is \
             with all of them after {:.2} s",
            self.megabytes,
            self.alone,
            self.slowest.as_secs_f64()
        )
    }
}

pub(crate) async fn measure() -> Streams {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path().join("dist");
    kit::dist(&dist);
    let program = Program::start(&dist, &Log::Folder(folder.path().join("data")));
    let alone = program.resident_mb();
    let mut opening = JoinSet::new();
    for _ in 0..STREAMS {
        opening.spawn(open(program.at));
    }
    let streams = opening.join_all().await;
    assert_eq!(streams.len(), STREAMS);
    // Idle for a moment, as they will be for hours.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let megabytes = program.resident_mb();

    let word = event(1, 1);
    let id = word.id().unwrap().to_string();
    let mut hearing = JoinSet::new();
    for stream in streams {
        hearing.spawn(hears(stream, id.clone()));
    }
    let (at, began) = (program.at, Instant::now());
    let media = "Content-Type: application/x-ndjson\r\n";
    let said = tokio::task::spawn_blocking(move || {
        http::ask(at, "POST /api/v1/events", media, &ndjson([&word])).unwrap()
    });
    assert_eq!(said.await.unwrap().status, 200);
    let heard = hearing.join_all().await;
    let last = heard.iter().max().unwrap();
    assert_eq!(heard.len(), STREAMS);
    Streams {
        megabytes,
        alone,
        slowest: last.duration_since(began),
    }
}

/// Opens one, and reads its head.
async fn open(at: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(at).await.unwrap();
    let request = format!("GET /api/v1/stream?after=0 HTTP/1.1\r\nHost: {at}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    let read = async {
        while !head.windows(4).any(|end| end == b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
    };
    tokio::time::timeout(PATIENCE, read).await.unwrap();
    assert!(
        head.starts_with(b"HTTP/1.1 200"),
        "{}",
        String::from_utf8_lossy(&head)
    );
    stream
}

/// Reads on until the event has come; when it had.
async fn hears(mut stream: TcpStream, id: String) -> Instant {
    let mut all = Vec::new();
    let read = async {
        let mut part = [0; 4096];
        while !String::from_utf8_lossy(&all).contains(&id) {
            let n = stream.read(&mut part).await.unwrap();
            assert!(n > 0, "the stream ended");
            all.extend_from_slice(&part[..n]);
        }
    };
    tokio::time::timeout(PATIENCE, read).await.unwrap();
    Instant::now()
}
