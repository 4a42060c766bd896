//! Photos in a bucket: the real program, and something that speaks S3.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

#[path = "kit/bucket.rs"]
mod bucket;
#[path = "kit/http.rs"]
mod http;
mod kit;
#[path = "kit/program.rs"]
mod program;

use mendmap_core::sync::content;
use program::{Log, Program};
use std::io::Cursor;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

fn command(folder: &Path, at: SocketAddr) -> Command {
    let dist = folder.join("dist");
    kit::dist(&dist);
    let log = Log::Folder(folder.join("data"));
    let more = ["--photos", "s3://city/photos/", "--port", "0"];
    let mut command = program::command(&dist, &log, &more);
    command
        .env("AWS_ENDPOINT", format!("http://{at}"))
        .env("AWS_ALLOW_HTTP", "true")
        .env("AWS_REGION", "here")
        .env("AWS_ACCESS_KEY_ID", "crew")
        .env("AWS_SECRET_ACCESS_KEY", "secret");
    command
}

#[test]
fn photos_lie_in_a_bucket_as_in_a_folder() {
    let (at, objects) = bucket::start("city");
    let folder = tempfile::tempdir().unwrap();
    let program = Program::run(command(folder.path(), at));
    let mut bytes = Cursor::new(Vec::new());
    let picture = image::DynamicImage::new_rgb8(900, 900);
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    let bytes = bytes.into_inner();
    let (name, half) = (content(&bytes).to_string(), bytes.len() / 2);
    let path = format!("/api/v1/photos/{name}");
    let ask = |program: &Program, method: &str, more: &str, headers: &str, body: &[u8]| {
        let request = format!("{method} {path}{more}");
        http::ask(program.at, &request, headers, body).unwrap()
    };
    let append = |program: &Program, offset: usize, last: &str, body: &[u8]| {
        let headers = format!(
            "Content-Type: application/partial-upload\r\nUpload-Offset: {offset}\r\n\
             Upload-Complete: ?{last}\r\n"
        );
        http::status(program.at, &format!("PATCH {path}"), &headers, body).unwrap()
    };
    assert_eq!(ask(&program, "GET", "", "", b"").status, 404);
    assert_eq!(append(&program, 0, "0", &bytes[..half]), 204);
    assert_eq!(append(&program, 0, "0", &bytes[..half]), 409);
    program.kill();
    let program = Program::run(command(folder.path(), at));
    assert_eq!(append(&program, half, "1", &bytes[half..]), 201);
    assert_eq!(ask(&program, "PUT", "", "", &bytes).status, 200);
    assert_eq!(ask(&program, "GET", "", "", b"").body, bytes);
    let part = ask(&program, "GET", "", "Range: bytes=3-9\r\n", b"");
    assert_eq!((part.status, &part.body[..]), (206, &bytes[3..10]));
    let beyond = ask(&program, "GET", "", "Range: bytes=9999999-\r\n", b"");
    assert_eq!(beyond.status, 416);
    assert_eq!(ask(&program, "GET", "?size=thumb", "", b"").status, 200);
    assert_eq!(ask(&program, "PUT", "/private", "", b"{}").status, 201);
    assert_eq!(ask(&program, "PUT", "/private", "", b"{}").status, 200);
    assert_eq!(ask(&program, "PUT", "/private", "", b"[]").status, 409);
    let keys = || objects.lock().unwrap().keys().cloned().collect::<Vec<_>>();
    let under = |kind: &str| format!("photos/{kind}/{}/{name}", &name[..2]);
    assert_eq!(keys(), ["private", "thumbs", "whole"].map(under));
    let erased = http::status(program.at, &format!("DELETE {path}"), "", b"");
    assert_eq!(erased.unwrap(), 204);
    assert_eq!(keys(), [under("erased")]);
    assert_eq!(ask(&program, "PUT", "", "", &bytes).status, 410);
}

#[test]
fn the_key_of_a_bucket_is_in_the_environment_or_nothing_starts() {
    let (at, _) = bucket::start("city");
    let folder = tempfile::tempdir().unwrap();
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
        for value in [None, Some("")] {
            let mut command = command(folder.path(), at);
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
            let output = program::output(command);
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(!output.status.success());
            assert!(said.contains(&format!("{name} is not set")), "{said}");
        }
    }
}

#[test]
fn a_bucket_that_is_not_there_or_does_not_let_us_in_is_told_of_at_the_start() {
    for bucket in ["another", ""] {
        let (at, _) = bucket::start(bucket);
        let folder = tempfile::tempdir().unwrap();
        let output = program::output(command(folder.path(), at));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{bucket}");
        assert!(
            said.contains("the place for photos s3://city/photos"),
            "{said}"
        );
        assert!(said.contains("may be read and written"), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }
}
