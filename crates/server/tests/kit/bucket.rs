//! As much of S3 as photos need, on the loopback interface: one bucket, in memory.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Query, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

const HEADER_TIME: &str = "Fri, 03 May 2024 01:12:44 GMT";
/// So late that nothing is old enough to be tidied away.
const LIST_TIME: &str = "2999-05-03T01:12:44.000Z";

pub(crate) type Objects = Arc<Mutex<BTreeMap<String, Bytes>>>;

/// Begins to answer; where, and what lies in the bucket. Ends with the test. A bucket without a
/// name lets nobody in.
pub(crate) fn start(bucket: &'static str) -> (SocketAddr, Objects) {
    let objects = Objects::default();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let at = listener.local_addr().unwrap();
    let router = Router::new()
        .fallback(answer)
        .with_state((bucket, objects.clone()));
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
    });
    (at, objects)
}

async fn answer(
    State((bucket, objects)): State<(&'static str, Objects)>,
    Query(query): Query<HashMap<String, String>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let header = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok());
    let signed = header("authorization").is_some_and(|v| v.starts_with("AWS4-HMAC-SHA256 "));
    let path = parts.uri.path().trim_start_matches('/');
    if !signed || bucket.is_empty() {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(key) = path.strip_prefix(bucket) else {
        // What is asked by HEAD is told nothing but the status.
        let none = "<Error><Code>NoSuchBucket</Code></Error>";
        return (StatusCode::NOT_FOUND, none).into_response();
    };
    let key = key.trim_start_matches('/').to_owned();
    let range = header("range").map(str::to_owned);
    let create = header("if-none-match") == Some("*");
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let mut objects = objects.lock().unwrap();
    match parts.method {
        Method::PUT if create && objects.contains_key(&key) => {
            StatusCode::PRECONDITION_FAILED.into_response()
        }
        Method::PUT => {
            objects.insert(key, body);
            [("etag", "\"1\"")].into_response()
        }
        Method::POST if query.contains_key("delete") => {
            let text = String::from_utf8(body.to_vec()).unwrap();
            let keys = text.split("<Key>").skip(1);
            let keys = keys.filter_map(|key| key.split("</Key>").next());
            let gone = keys.map(|key| {
                objects.remove(key);
                format!("<Deleted><Key>{key}</Key></Deleted>")
            });
            let gone: String = gone.collect();
            format!("<DeleteResult>{gone}</DeleteResult>").into_response()
        }
        Method::GET if query.contains_key("list-type") => {
            let prefix = query.get("prefix").map_or("", |prefix| prefix);
            let found = objects.iter().filter(|(key, _)| key.starts_with(prefix));
            let found: String = found
                .map(|(key, bytes)| {
                    let size = bytes.len();
                    format!(
                        "<Contents><Key>{key}</Key><LastModified>{LIST_TIME}</LastModified>\
                         <ETag>1</ETag><Size>{size}</Size></Contents>"
                    )
                })
                .collect();
            format!("<ListBucketResult>{found}</ListBucketResult>").into_response()
        }
        Method::GET | Method::HEAD => match objects.get(&key) {
            Some(bytes) => object(bytes, range.as_deref()),
            None => StatusCode::NOT_FOUND.into_response(),
        },
        _ => StatusCode::NOT_IMPLEMENTED.into_response(),
    }
}

fn object(bytes: &Bytes, range: Option<&str>) -> Response {
    let headers = [("etag", "\"1\""), ("last-modified", HEADER_TIME)];
    let size = bytes.len();
    let Some(range) = range else {
        return (headers, Body::from(bytes.clone())).into_response();
    };
    let (from, to) = range
        .strip_prefix("bytes=")
        .unwrap()
        .split_once('-')
        .unwrap();
    let (from, end) = match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) => (from, size.min(to + 1)),
        (Ok(from), Err(_)) => (from, size),
        (Err(_), Ok(last)) => (size - last.min(size), size),
        _ => panic!("{range}"),
    };
    if from >= end {
        return StatusCode::RANGE_NOT_SATISFIABLE.into_response();
    }
    let said = format!("bytes {from}-{}/{size}", end - 1);
    let part = Body::from(bytes.slice(from..end));
    let status = StatusCode::PARTIAL_CONTENT;
    (status, headers, [("content-range", said)], part).into_response()
}
