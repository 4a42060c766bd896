//! What goes out compressed, and what does not.

use crate::kit::{events, ndjson};
use crate::{Answered, Site, site};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use flate2::read::GzDecoder;
use std::io::Read;

const PROGRAM: &str = "mendmap-8d0e673ac7b5b220_bg.wasm";
const BROWSER: &str = "gzip, deflate, br, zstd";

impl Site {
    async fn offering(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answered {
        let request = Request::builder().method(method).uri(path);
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn coded(&self, path: &str, offered: &str) -> Answered {
        self.offering("GET", path, &[("accept-encoding", offered)])
            .await
    }
}

/// What an answer says, whatever it is compressed by.
fn opened(answered: &Answered) -> Vec<u8> {
    let mut opened = Vec::new();
    let mut body = &*answered.body;
    match answered.header("content-encoding") {
        "br" => brotli::Decompressor::new(body, 4096).read_to_end(&mut opened),
        "gzip" => GzDecoder::new(body).read_to_end(&mut opened),
        _ => body.read_to_end(&mut opened),
    }
    .unwrap();
    opened
}

/// A site whose program is long enough to be worth it.
async fn with_program() -> (Site, Vec<u8>) {
    let site = site().await;
    let program: Vec<u8> = (0..9_000u32)
        .flat_map(|n| (n % 977).to_le_bytes())
        .collect();
    std::fs::write(site.folder.path().join(PROGRAM), &program).unwrap();
    (site, program)
}

#[tokio::test]
async fn who_takes_a_coding_gets_it_and_the_same_bytes() {
    let (site, program) = with_program().await;
    site.hand_over(&events(1, 30)).await;
    let path = format!("/{PROGRAM}");
    let long = [
        &*path,
        "/city/catalog.json",
        "/api/v1/events",
        "/api/v1/openapi.json",
    ];
    for path in long {
        let plain = site.get(path).await;
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        for (offered, coding) in [
            (BROWSER, "br"),
            ("gzip", "gzip"),
            ("br;q=0", ""),
            ("identity", ""),
        ] {
            let answered = site.coded(path, offered).await;
            assert_eq!(answered.status, StatusCode::OK, "{path}");
            assert_eq!(
                answered.header("content-encoding"),
                coding,
                "{path} {offered}"
            );
            assert!(
                answered.header("vary").contains("accept-encoding"),
                "{path}"
            );
            assert_eq!(opened(&answered), plain.body, "{path} {offered}");
            let is_less = answered.body.len() < plain.body.len() / 2;
            assert_eq!(is_less, !coding.is_empty(), "{path} {offered}");
            for header in [
                "content-type",
                "cache-control",
                "x-content-type-options",
                "link",
            ] {
                assert_eq!(answered.header(header), plain.header(header), "{path}");
            }
        }
    }
    assert_eq!(site.get(&path).await.body, program);
    let place = site.coded("/tasks/7a5c", BROWSER).await;
    assert_eq!(place.body, site.get("/index.html").await.body, "too short");
}

#[tokio::test]
async fn a_file_that_was_changed_is_compressed_anew() {
    let (site, program) = with_program().await;
    let path = format!("/{PROGRAM}");
    assert_eq!(opened(&site.coded(&path, "br").await), program);
    let other = [&program[..], b"and more"].concat();
    std::fs::write(site.folder.path().join(PROGRAM), &other).unwrap();
    assert_eq!(opened(&site.coded(&path, "br").await), other);
}

#[tokio::test]
async fn what_is_known_is_not_sent_again_in_whichever_coding() {
    let (site, _) = with_program().await;
    let path = format!("/{PROGRAM}");
    let plain = site.get(&path).await.header("etag").to_owned();
    let weak = site.coded(&path, BROWSER).await.header("etag").to_owned();
    assert_eq!(weak, format!("W/{plain}"));
    for tag in [&plain, &weak] {
        for (offered, own) in [(BROWSER, &weak), ("identity", &plain)] {
            let headers = [("accept-encoding", offered), ("if-none-match", tag)];
            let answered = site.offering("GET", &path, &headers).await;
            assert_eq!(answered.status, StatusCode::NOT_MODIFIED, "{tag} {offered}");
            assert_eq!(answered.header("etag"), own);
            assert_eq!(answered.header("content-encoding"), "");
            assert!(answered.body.is_empty());
        }
    }
}

#[tokio::test]
async fn a_head_says_what_the_answer_would_and_a_part_is_one_of_the_plain_bytes() {
    let (site, program) = with_program().await;
    let path = format!("/{PROGRAM}");
    for offered in [BROWSER, "identity"] {
        let whole = site.coded(&path, offered).await;
        let head = site
            .offering("HEAD", &path, &[("accept-encoding", offered)])
            .await;
        assert_eq!(head.status, StatusCode::OK);
        assert!(head.body.is_empty());
        assert_eq!(head.header("content-length"), whole.body.len().to_string());
        for header in [
            "content-encoding",
            "content-type",
            "etag",
            "vary",
            "cache-control",
        ] {
            assert_eq!(head.header(header), whole.header(header), "{header}");
        }
        let asked = [("accept-encoding", offered), ("range", "bytes=4-11")];
        let part = site.offering("GET", &path, &asked).await;
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
        assert_eq!(part.header("content-encoding"), "");
        assert_eq!(part.body, program[4..12]);
    }
}

#[tokio::test]
async fn photos_and_short_answers_and_streams_go_out_as_they_are() {
    let site = site().await;
    std::fs::write(site.folder.path().join("icons/large.png"), vec![0; 9_000]).unwrap();
    let paths = [
        "/icons/large.png",
        "/icons/icon.svg",
        "/api/v1/me",
        "/api/v1/nowhere",
    ];
    for path in paths {
        let answered = site.coded(path, BROWSER).await;
        assert_eq!(answered.header("content-encoding"), "", "{path}");
    }
    site.hand_over(&events(1, 30)).await;
    let request = Request::get("/api/v1/stream").header("accept-encoding", BROWSER);
    let request = request.body(Body::empty()).unwrap();
    let stream = tower::ServiceExt::oneshot(site.router.clone(), request)
        .await
        .unwrap();
    assert!(!stream.headers().contains_key("content-encoding"));
}

#[tokio::test]
async fn receipts_of_many_events_are_compressed_too() {
    let site = site().await;
    let request = Request::post("/api/v1/events")
        .header("content-type", "application/x-ndjson")
        .header("accept-encoding", BROWSER);
    let request = request.body(ndjson(&events(1, 30)).into()).unwrap();
    let answered = site.send(request).await;
    assert_eq!(answered.header("content-encoding"), "br");
    let said: serde_json::Value = serde_json::from_slice(&opened(&answered)).unwrap();
    assert_eq!(said["receipts"].as_array().unwrap().len(), 30);
}
