//! The real program, three of it on one database.

use crate::http;
use crate::kit::{self, about, event, events, plotted, task};
use crate::postgres::Database;
use crate::program::{Log, Program};
use crate::stream::{Stream, hand_over};
use mendmap_core::sync::content;
use std::io::Cursor;
use std::path::Path;

fn start(dist: &Path, database: &Database) -> Program {
    Program::start(dist, &Log::Database(database.url.clone()))
}

#[test]
fn an_event_that_one_server_takes_in_comes_out_of_every_stream() {
    let Some(database) = Database::new() else {
        return;
    };
    let dist = tempfile::tempdir().unwrap();
    kit::dist(dist.path());
    let servers: Vec<_> = (0..3).map(|_| start(dist.path(), &database)).collect();
    let mut streams: Vec<_> = servers
        .iter()
        .map(|server| Stream::open(server.at, "/api/v1/stream", ""))
        .collect();
    let mut place = 0;
    // Each in turn, so that each hears of the others between two events of its own.
    for seq in 1..=4 {
        for (n, server) in (1..).zip(&servers) {
            let event = event(n, seq);
            hand_over(server.at, std::slice::from_ref(&event));
            place += 1;
            for stream in &mut streams {
                stream.expect(place, &event);
            }
        }
    }
}

/// Everybody writes everywhere at once: what a server told of its own and what it heard of
/// the others must come out as the one order.
#[test]
fn every_stream_gives_the_same_order_while_all_of_them_take_events_in() {
    const EACH: u64 = 40;
    let Some(database) = Database::new() else {
        return;
    };
    let dist = tempfile::tempdir().unwrap();
    kit::dist(dist.path());
    let servers: Vec<_> = (0..3).map(|_| start(dist.path(), &database)).collect();
    let orders: Vec<Vec<_>> = std::thread::scope(|scope| {
        let streams: Vec<_> = servers
            .iter()
            .map(|server| {
                let mut stream = Stream::open(server.at, "/api/v1/stream", "");
                scope.spawn(move || (0..3 * EACH).map(|_| stream.next().unwrap()).collect())
            })
            .collect();
        for (n, server) in (1..).zip(&servers) {
            scope.spawn(move || {
                for part in events(n, EACH).chunks(3) {
                    hand_over(server.at, part);
                }
            });
        }
        let orders = streams.into_iter().map(|stream| stream.join().unwrap());
        orders.collect()
    });
    let places: Vec<u64> = orders[0].iter().map(|(place, _)| *place).collect();
    assert_eq!(places, (1..=3 * EACH).collect::<Vec<_>>());
    assert_eq!(orders[0], orders[1]);
    assert_eq!(orders[0], orders[2]);
}

#[test]
fn servers_come_and_go_and_the_order_goes_on() {
    let Some(database) = Database::new() else {
        return;
    };
    let dist = tempfile::tempdir().unwrap();
    kit::dist(dist.path());
    let a = start(dist.path(), &database);
    let b = start(dist.path(), &database);
    let e = events(1, 4);
    let mut stream = Stream::open(b.at, "/api/v1/stream", "");
    hand_over(a.at, &e[..1]);
    stream.expect(1, &e[0]);
    a.kill();
    hand_over(b.at, &e[1..2]);
    stream.expect(2, &e[1]);
    let c = start(dist.path(), &database);
    hand_over(c.at, &e[2..3]);
    stream.expect(3, &e[2]);
    // A stream that nobody reads from, and one at each of them, do not keep it from ending.
    let _unread = Stream::open(b.at, "/api/v1/stream?after=3", "");
    let status = b.terminate();
    assert!(status.success(), "{status}");
    assert_eq!(stream.next(), None);
    let mut again = Stream::open(c.at, "/api/v1/stream?after=3", "Last-Event-ID: 2\r\n");
    hand_over(c.at, &e[3..]);
    again.expect(3, &e[2]);
    again.expect(4, &e[3]);
    let page = http::ask(c.at, "GET /api/v1/events", "", b"").unwrap();
    let page: serde_json::Value = serde_json::from_slice(&page.body).unwrap();
    assert_eq!(page["head"]["place"], 4);
    assert!(c.terminate().success());
}

#[test]
fn what_one_server_took_in_is_in_the_tasks_of_every_other_at_once() {
    let Some(database) = Database::new() else {
        return;
    };
    let dist = tempfile::tempdir().unwrap();
    kit::dist(dist.path());
    let servers: Vec<_> = (0..3).map(|_| start(dist.path(), &database)).collect();
    let tasks = |n: usize| {
        let page = http::ask(servers[n].at, "GET /api/v1/tasks", "", b"").unwrap();
        let page: serde_json::Value = serde_json::from_slice(&page.body).unwrap();
        let tasks = page["tasks"].as_array().unwrap().clone();
        (page["head"]["place"].as_u64().unwrap(), tasks)
    };
    for n in 1..=12_u8 {
        let plotted = plotted("drain-clear", 123.5, 43.5);
        let event = about(task(n.into()), n, 1, plotted, &[]);
        hand_over(servers[usize::from(n) % 3].at, &[event]);
        // The next one heard of it by a hint, which may not have come yet.
        let asked = usize::from(n + 1) % 3;
        assert_eq!(tasks(asked).0, u64::from(n));
    }
    let (_, first) = tasks(0);
    assert_eq!(first.len(), 12);
    assert_eq!((&tasks(1).1, &tasks(2).1), (&first, &first));
}

#[test]
fn a_photo_comes_to_one_server_and_goes_on_at_another() {
    let Some(database) = Database::new() else {
        return;
    };
    let dist = tempfile::tempdir().unwrap();
    kit::dist(dist.path());
    let servers: Vec<_> = (0..3).map(|_| start(dist.path(), &database)).collect();
    let mut bytes = Cursor::new(Vec::new());
    let picture = image::DynamicImage::new_rgb8(300, 300);
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    let bytes = bytes.into_inner();
    let (path, half) = (
        format!("/api/v1/photos/{}", content(&bytes)),
        bytes.len() / 2,
    );
    let append = |server: &Program, offset: usize, last: &str, body: &[u8]| {
        let headers = format!(
            "Content-Type: application/partial-upload\r\nUpload-Offset: {offset}\r\n\
             Upload-Complete: ?{last}\r\n"
        );
        http::status(server.at, &format!("PATCH {path}"), &headers, body).unwrap()
    };
    assert_eq!(append(&servers[0], 0, "0", &bytes[..half]), 204);
    assert_eq!(append(&servers[1], half, "1", &bytes[half..]), 201);
    let read = http::ask(servers[2].at, &format!("GET {path}"), "", b"").unwrap();
    assert_eq!((read.status, read.body), (200, bytes));
    let erased = http::status(servers[2].at, &format!("DELETE {path}"), "", b"");
    assert_eq!(erased.unwrap(), 204);
    for server in &servers {
        let gone = http::status(server.at, &format!("GET {path}"), "", b"");
        assert_eq!(gone.unwrap(), 410);
    }
}
