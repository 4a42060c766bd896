//! The real program over a real socket on the loopback interface.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

#[path = "kit/ground.rs"]
mod ground;
#[path = "kit/http.rs"]
mod http;
mod kit;
#[path = "kit/program.rs"]
mod program;
#[path = "kit/stream.rs"]
mod stream;

use ground::Ground;
use kit::{event, events};
use mendmap_core::sync::content;
use program::{Log, Program};
use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};
use stream::{Stream, hand_over};

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
fn a_stream_of_places_carries_no_events() {
    let ground = Ground::new();
    let program = ground.start();
    let e = events(1, 5);
    hand_over(program.at, &e[..3]);
    let request = "GET /api/v1/stream?part=places&after=1";
    let offer = "Accept-Encoding: gzip, br\r\n";
    let connection = http::open(program.at, request, offer, b"").unwrap();
    let mut reader = BufReader::new(connection);
    let head = http::head(&mut reader).unwrap().to_ascii_lowercase();
    assert!(head.contains("content-type: text/event-stream"), "{head}");
    assert!(!head.contains("content-encoding"), "{head}");
    let mut told = |lines: &str| {
        // Between them stand the lengths of the chunks.
        let mut text = String::new();
        while !text.contains(lines) {
            assert!(reader.read_line(&mut text).unwrap() > 0, "{text}");
        }
        assert!(text.len() < 50, "{text}");
    };
    told("id: 3\ndata: 3\n\n");
    hand_over(program.at, &e[3..]);
    told("id: 5\ndata: 5\n\n");
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

#[test]
fn accounts_are_kept_from_the_command_line_while_it_runs() {
    let ground = Ground::new();
    let program = ground.start();
    let user =
        |words: &[&str], input: &str| program::user(&ground.dist(), &ground.log(), words, input);
    let me = |headers: &str| {
        let answer = http::ask(program.at, "GET /api/v1/me", headers, b"").unwrap();
        let said: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        (answer.status, said)
    };
    assert_eq!(me("").0, 200, "nobody has made an account");
    let add = [
        "add", "li", "--role", "crew", "--crew", "drain-1", "--name", "李",
    ];
    assert_eq!(user(&add, "correct horse\n"), Ok(String::new()));
    let twice = user(&add, "correct horse\n").unwrap_err();
    assert!(twice.contains("there is an account li already"), "{twice}");
    let short = user(&["passwd", "li"], "short\n").unwrap_err();
    assert!(short.contains("fewer than 8"), "{short}");
    let king = user(&["add", "wang", "--role", "king"], "correct horse\n").unwrap_err();
    assert!(king.contains("viewer, crew, supervisor"), "{king}");

    assert_eq!(me("").0, 401);
    let key = user(&["token", "li"], "").unwrap();
    let bearer = format!("Authorization: Bearer {}\r\n", key.trim());
    let (status, said) = me(&bearer);
    assert_eq!((status, &said["account"]), (200, &"li".into()));
    assert_eq!(user(&["lock", "li"], ""), Ok(String::new()));
    assert_eq!(me(&bearer).0, 403);
    let list = user(&["list"], "").unwrap();
    assert_eq!(list, "li\tcrew\tdrain-1\t李\tlocked\n");
}

#[test]
fn a_demonstration_has_accounts_that_everybody_may_use() {
    let ground = Ground::new();
    let demo = || Program::start_with(&ground.dist(), &ground.log(), &["--demo"]);
    let program = demo();
    let user = |words: &[&str]| program::user(&ground.dist(), &ground.log(), words, "");
    let list = user(&["list"]).unwrap();
    let roles: Vec<&str> = list.lines().filter_map(|l| l.split('\t').nth(1)).collect();
    for role in ["viewer", "crew", "supervisor", "administrator"] {
        assert!(roles.contains(&role), "{list}");
    }
    let marked = |line: &str| line.starts_with("demo-") && line.contains("演示");
    assert!(list.lines().all(marked), "{list}");
    let login = |password: &str| {
        let said = format!(r#"{{"account":"demo-drain","password":"{password}"}}"#);
        let header = "Content-Type: application/json\r\n";
        let answer = http::ask(program.at, "POST /api/v1/session", header, said.as_bytes());
        answer.unwrap().status
    };
    assert_eq!(login(mendmap_server::demo::PASSWORD), 200);
    assert_eq!(login("something else"), 401);
    program.terminate();
    let program = demo();
    assert_eq!(user(&["list"]).unwrap(), list, "once each");
    program.terminate();
}

#[test]
fn a_demonstrations_accounts_are_nowhere_else() {
    let ground = Ground::new();
    let user = |words: &[&str], input: &str| {
        let log = ground.log();
        program::user(&ground.dist(), &log, words, input)
    };
    let add = ["add", "demo-li", "--role", "crew"];
    let said = user(&add, "correct horse\n").unwrap_err();
    assert!(said.contains("are for demonstrations"), "{said}");

    let origin = ["--port", "0", "--demo", "--origin", "https://city.example"];
    let said = refusal(&ground, &origin);
    assert!(said.contains("--demo goes neither with"), "{said}");
    let address = "postgres://crew:secret@127.0.0.1:1/city";
    let database = Log::Database(address.into());
    let said = refused(program::command(&ground.dist(), &database, &["--demo"]));
    assert!(said.contains("--demo goes neither with"), "{said}");

    // A log of people's does not become a demonstration's, nor the other way round.
    let people = Ground::new();
    let add = ["add", "li", "--role", "crew"];
    program::user(&people.dist(), &people.log(), &add, "correct horse\n").unwrap();
    let said = refusal(&people, &["--port", "0", "--demo"]);
    assert!(said.contains("folder of its own"), "{said}");
    Program::start_with(&ground.dist(), &ground.log(), &["--demo"]).terminate();
    let said = refusal(&ground, &["--port", "0"]);
    assert!(said.contains("Serve it with --demo"), "{said}");
    for demo in mendmap_server::demo::ACCOUNTS {
        assert!(said.contains(demo.id), "{said}");
        user(&["lock", demo.id], "").unwrap();
    }
    // One that is unlocked while it runs, or by an event, lets nobody in all the same.
    let program = ground.start();
    user(&["unlock", "demo-admin"], "").unwrap();
    let said = format!(
        r#"{{"account":"demo-admin","password":"{}"}}"#,
        mendmap_server::demo::PASSWORD
    );
    let header = "Content-Type: application/json\r\n";
    let login = http::ask(program.at, "POST /api/v1/session", header, said.as_bytes());
    assert_eq!(login.unwrap().status, 401);
    let key = user(&["token", "demo-admin"], "").unwrap();
    let bearer = format!("Authorization: Bearer {}\r\n", key.trim());
    let me = http::ask(program.at, "GET /api/v1/me", &bearer, b"").unwrap();
    assert_eq!(me.status, 401);
    program.terminate();
    // A demonstration begins with what it says it begins with.
    user(&["passwd", "demo-drain"], "somebody's own\n").unwrap();
    let program = Program::start_with(&ground.dist(), &ground.log(), &["--demo"]);
    let said = said.replace("demo-admin", "demo-drain");
    let login = http::ask(program.at, "POST /api/v1/session", header, said.as_bytes());
    assert_eq!(login.unwrap().status, 200);
    program.terminate();

    let catalog = people.dist().join("city/catalog.json");
    let text = std::fs::read_to_string(&catalog).unwrap();
    std::fs::write(
        &catalog,
        text.replace("\"demonstration\": true", "\"demonstration\": false"),
    )
    .unwrap();
    let said = refusal(&people, &["--port", "0", "--demo"]);
    assert!(said.contains("is no demonstration"), "{said}");
}

#[test]
fn a_body_that_stops_coming_is_not_waited_for() {
    let ground = Ground::new();
    let program = ground.start();
    let mut slow = TcpStream::connect(program.at).unwrap();
    slow.set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let at = program.at;
    let head = format!(
        "POST /api/v1/events HTTP/1.1\r\nHost: {at}\r\nContent-Type: application/x-ndjson\r\n\
         Content-Length: 4000\r\n\r\n{{\"v\":1,"
    );
    slow.write_all(head.as_bytes()).unwrap();
    let began = Instant::now();
    // Others are served meanwhile.
    hand_over(at, &events(1, 3));
    let mut said = String::new();
    // It may not be read to its end: the connection is closed over a body that lacks.
    let _ = slow.read_to_string(&mut said);
    assert!(said.starts_with("HTTP/1.1 400"), "{said}");
    assert!(said.contains("was not received"), "{said}");
    let seconds = began.elapsed().as_secs();
    assert!((15..50).contains(&seconds), "after {seconds} s");
    let answer = http::ask(at, "GET /readyz", "", b"").unwrap();
    assert!(
        String::from_utf8(answer.body)
            .unwrap()
            .contains("\"place\":3")
    );
}

/// What it says before it gives up.
fn refusal(ground: &Ground, more: &[&str]) -> String {
    refused(program::command(&ground.dist(), &ground.log(), more))
}

fn refused(command: Command) -> String {
    let output = program::output(command);
    assert!(!output.status.success());
    assert_eq!(output.stdout, b"", "no address is said");
    String::from_utf8(output.stderr).unwrap()
}

/// The status of what is asked for a photo, and how much of it is there.
fn photo(program: &Program, request: &str, headers: &str, body: &[u8]) -> (u16, Option<usize>) {
    let headers = format!("Connection: close\r\n{headers}");
    let connection = http::open(program.at, request, &headers, body).unwrap();
    let head = http::head(&mut BufReader::new(connection)).unwrap();
    let head = head.to_ascii_lowercase();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let offset = head
        .lines()
        .find_map(|line| line.strip_prefix("upload-offset: "));
    (status, offset.map(|offset| offset.parse().unwrap()))
}

#[test]
fn a_photo_that_was_cut_off_goes_on_where_it_was_after_a_restart() {
    let ground = Ground::new();
    let program = ground.start();
    let mut bytes = Cursor::new(Vec::new());
    let picture = image::DynamicImage::new_rgb8(900, 900);
    picture
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    let bytes = bytes.into_inner();
    let half = bytes.len() / 2;
    let path = format!("/api/v1/photos/{}", content(&bytes));
    // The signal is gone in the midst of it.
    let mut connection = TcpStream::connect(program.at).unwrap();
    let (at, length) = (program.at, bytes.len());
    let head = format!("PUT {path} HTTP/1.1\r\nHost: {at}\r\nContent-Length: {length}\r\n\r\n");
    connection.write_all(head.as_bytes()).unwrap();
    connection.write_all(&bytes[..half]).unwrap();
    drop(connection);
    let began = Instant::now();
    while photo(&program, &format!("HEAD {path}"), "", b"") != (204, Some(half)) {
        assert!(began.elapsed() < http::PATIENCE, "it is not kept");
        std::thread::sleep(Duration::from_millis(20));
    }
    program.kill();
    let program = ground.start();
    let there = photo(&program, &format!("HEAD {path}"), "", b"");
    assert_eq!(there, (204, Some(half)));
    let rest = format!(
        "Content-Type: application/partial-upload\r\nUpload-Offset: {half}\r\n\
         Upload-Complete: ?1\r\n"
    );
    let ended = photo(&program, &format!("PATCH {path}"), &rest, &bytes[half..]);
    assert_eq!(ended, (201, None));
    program.kill();
    let program = ground.start();
    let read = http::ask(program.at, &format!("GET {path}"), "", b"").unwrap();
    assert_eq!((read.status, read.body), (200, bytes));
    assert!(ground.data().join("photos").is_dir());
}

#[test]
fn only_this_machine_is_listened_to() {
    let ground = Ground::new();
    for host in ["0.0.0.0", "::", "192.0.2.1"] {
        let said = refusal(&ground, &["--host", host, "--port", "0"]);
        assert!(said.contains("nothing here is encrypted"), "{said}");
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

#[test]
fn a_log_lies_in_one_place_that_is_said() {
    let ground = Ground::new();
    let address = "postgres://crew:secret@127.0.0.1:1/city";
    let mut both = program::command(&ground.dist(), &ground.log(), &[]);
    both.env("DATABASE_URL", address);
    let said = refused(both);
    assert!(said.contains("leave --data out"), "{said}");
    assert!(said.contains("unset DATABASE_URL"), "{said}");
    assert!(!ground.data().exists(), "nothing was made");

    let nowhere = Log::Database(String::new());
    let said = refused(program::command(&ground.dist(), &nowhere, &[]));
    assert!(said.contains("give a folder with --data"), "{said}");
    for wrong in ["mysql://127.0.0.1/city", "postgres://crew@host:port/city"] {
        let log = Log::Database(wrong.into());
        let said = refused(program::command(&ground.dist(), &log, &[]));
        assert!(said.contains("DATABASE_URL cannot be read"), "{said}");
    }
    let nobody = Log::Database(address.into());
    let said = refused(program::command(&ground.dist(), &nobody, &["--port", "0"]));
    assert!(
        said.contains("no way into PostgreSQL at 127.0.0.1:1/city"),
        "{said}"
    );
    assert!(!said.contains("secret"), "{said}");
}

#[test]
fn photos_lie_where_all_servers_find_them() {
    let ground = Ground::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendmap-server"));
    command
        .arg("serve")
        .arg("--dist")
        .arg(ground.dist())
        .env("DATABASE_URL", "postgres://crew@127.0.0.1:1/city");
    let said = refused(command);
    assert!(said.contains("say with --photos where"), "{said}");
    let said = refusal(&ground, &["--photos", "photos"]);
    assert!(said.contains("names no place for photos"), "{said}");
    let said = refusal(&ground, &["--photos", "s3://key:secret@city/photos"]);
    assert!(said.contains("AWS_ACCESS_KEY_ID"), "{said}");
    assert!(!said.contains("secret"), "{said}");
    let file = format!("file://{}", ground.dist().join("index.html").display());
    let said = refusal(&ground, &["--photos", &file, "--port", "0"]);
    assert!(said.contains("the folder for photos"), "{said}");
}
