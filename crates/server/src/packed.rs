//! The app's own files, compressed once and kept as long as the server runs: a morning brings many
//! phones, and each of them the same two megabytes of program.
//!
//! A file goes out as it is compressed quickly. One whose name has its hash, which is the program,
//! is then compressed as well as can be, beside everything else, for all who come later.

use crate::media::{Coding, WORTH_IT};
use crate::problem::Problem;
use crate::routes::files::has_hash;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use tokio::sync::Semaphore;

/// Of the eleven, while somebody waits; see `layers::form`.
const QUICKLY: u32 = 5;
/// The program of 2.3 MB is a fifth smaller than so, after some seconds of one core.
const WELL: u32 = 11;

/// Larger files go out as they are: a city's layers may be as large.
const LARGEST: u64 = crate::LAYER_BYTES as u64;

/// What of the app's files was compressed.
pub(crate) struct Packed {
    kept: Arc<Mutex<Kept>>,
    /// One at a time is compressed.
    turn: Semaphore,
    better: Mutex<Option<Sender<Job>>>,
}

/// By path and coding.
type Kept = HashMap<(String, Coding), Form>;

#[derive(Clone)]
struct Form {
    /// The validator of the file it was made of.
    tag: HeaderValue,
    bytes: Bytes,
}

/// A file that is to be compressed well.
struct Job {
    path: String,
    plain: Form,
}

impl Default for Packed {
    fn default() -> Packed {
        Packed {
            kept: Arc::default(),
            turn: Semaphore::new(1),
            better: Mutex::default(),
        }
    }
}

impl Packed {
    /// The answer with the file at a path, compressed where that is worth it.
    ///
    /// Its validator is a weak one then: it says that the file is the same, not the bytes on
    /// the line (RFC 9110, 8.8.1), and so a file that is known in one coding is in the other.
    pub(crate) async fn of(&self, answer: Response, path: &str, coding: Coding) -> Response {
        let (mut parts, body) = answer.into_parts();
        let headers = &mut parts.headers;
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        let Some(name) = coding.name() else {
            return Response::from_parts(parts, body);
        };
        let tag = headers.get(ETAG).cloned();
        if parts.status == StatusCode::NOT_MODIFIED {
            weaken(headers);
            return Response::from_parts(parts, body);
        }
        let is_whole = parts.status == StatusCode::OK && is_plain(path) && is_worth_it(headers);
        let (Some(tag), true) = (tag, is_whole) else {
            return Response::from_parts(parts, body);
        };
        let bytes = match self.form(path, coding, tag, body).await {
            Ok(bytes) => bytes,
            Err(problem) => return problem.into_response(),
        };
        weaken(headers);
        headers.remove(ACCEPT_RANGES);
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        Response::from_parts(parts, Body::from(bytes))
    }

    async fn form(
        &self,
        path: &str,
        coding: Coding,
        tag: HeaderValue,
        body: Body,
    ) -> Result<Bytes, Problem> {
        let key = (path.to_owned(), coding);
        let known = || {
            let kept = locked(&self.kept);
            let form = kept.get(&key).filter(|form| form.tag == tag);
            form.map(|form| form.bytes.clone())
        };
        if let Some(bytes) = known() {
            return Ok(bytes);
        }
        let _turn = self.turn.acquire().await.map_err(|_| Problem::Internal)?;
        if let Some(bytes) = known() {
            return Ok(bytes);
        }
        let plain = to_bytes(body, usize::MAX).await;
        let plain = plain.map_err(|error| broken(&error))?;
        let whole = plain.clone();
        let packing = tokio::task::spawn_blocking(move || coding.applied(&whole, QUICKLY));
        let bytes = packing.await.map_err(|error| broken(&error))?;
        let bytes = bytes.map_err(|error| broken(&error))?;
        let form = |bytes| Form {
            tag: tag.clone(),
            bytes,
        };
        locked(&self.kept).insert(key.clone(), form(bytes.clone()));
        if coding == Coding::Brotli && has_hash(path) {
            let (path, plain) = (key.0, form(plain));
            self.improve(Job { path, plain });
        }
        Ok(bytes)
    }

    /// Has it compressed well. In a thread of its own: a server that is told to end does not
    /// wait for it.
    fn improve(&self, job: Job) {
        let mut better = locked(&self.better);
        let jobs = better.get_or_insert_with(|| {
            let (sender, receiver) = channel();
            let kept = self.kept.clone();
            thread::spawn(move || improve(&receiver, &kept));
            sender
        });
        // Without the thread there is still what was made quickly.
        let _ = jobs.send(job);
    }
}

fn improve(jobs: &Receiver<Job>, kept: &Mutex<Kept>) {
    for Job { path, plain } in jobs {
        let Ok(bytes) = Coding::Brotli.applied(&plain.bytes, WELL) else {
            continue;
        };
        let mut kept = locked(kept);
        let form = kept.get_mut(&(path, Coding::Brotli));
        if let Some(form) =
            form.filter(|form| form.tag == plain.tag && form.bytes.len() > bytes.len())
        {
            form.bytes = bytes;
        }
    }
}

/// Whether a path is written as plainly as it can be, so that a file is not kept once more under
/// each of the names that percents and slashes can give it.
fn is_plain(path: &str) -> bool {
    let needed = |escape: &str| {
        let mut digits = escape.bytes();
        let first = digits
            .next()
            .is_some_and(|b| matches!(b, b'8' | b'9' | b'A'..=b'F'));
        first
            && digits
                .next()
                .is_some_and(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F'))
    };
    path.is_ascii() && !path.contains("//") && path.split('%').skip(1).all(needed)
}

/// Whether it is text, or a program, and neither short nor larger than would be kept.
fn is_worth_it(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let length = text(CONTENT_LENGTH).and_then(|length| length.parse().ok());
    let media = text(CONTENT_TYPE).unwrap_or("");
    let media = media.split(';').next().unwrap_or("").trim();
    let is_text = media.starts_with("text/")
        || ["/json", "+json", "/javascript", "/wasm", "+xml", "/xml"]
            .iter()
            .any(|end| media.ends_with(end));
    is_text && length.is_some_and(|length: u64| (WORTH_IT..=LARGEST).contains(&length))
}

fn weaken(headers: &mut HeaderMap) {
    let tag = headers.get(ETAG).and_then(|tag| tag.to_str().ok());
    let weak = tag
        .filter(|tag| !tag.starts_with("W/"))
        .map(|tag| format!("W/{tag}"));
    if let Some(Ok(weak)) = weak.map(|weak| HeaderValue::from_str(&weak)) {
        headers.insert(ETAG, weak);
    }
}

/// The cause is logged here and goes no further.
fn broken(error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%error, "a file cannot be read, or compressed");
    Problem::Internal
}

/// What is under it is whole, whoever fell while holding it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_plain_path() {
        for plain in ["/", "/a-1.js", "/city/%E9%81%93.geojson"] {
            assert!(is_plain(plain), "{plain}");
        }
        for other in ["//a.js", "/city//a", "/%61.js", "/%e9%81%93", "/a%", "/a%E"] {
            assert!(!is_plain(other), "{other}");
        }
    }

    #[test]
    fn the_program_is_compressed_well_for_those_who_come_later() {
        let path = "/mendmap-8d0e673ac7b5b220_bg.wasm";
        let tag = HeaderValue::from_static("\"1\"");
        let plain: Bytes = (0..40_000u32)
            .flat_map(|n| (n * n % 1009).to_le_bytes())
            .collect();
        let quick = Coding::Brotli.applied(&plain, QUICKLY).unwrap();
        let (kept, jobs) = (Mutex::new(Kept::new()), channel());
        let form = |bytes: &Bytes| Form {
            tag: tag.clone(),
            bytes: bytes.clone(),
        };
        let key = (path.to_owned(), Coding::Brotli);
        kept.lock().unwrap().insert(key.clone(), form(&quick));
        let plain = form(&plain);
        jobs.0
            .send(Job {
                path: path.into(),
                plain,
            })
            .unwrap();
        drop(jobs.0);
        improve(&jobs.1, &kept);
        assert!(kept.lock().unwrap()[&key].bytes.len() < quick.len());
    }
}
