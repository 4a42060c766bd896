//! What was erased stays erased.

use super::{at, is, jpeg};
use crate::site;
use axum::http::{Method, StatusCode};
use mendmap_core::sync::content;
use std::time::SystemTime;

#[tokio::test]
async fn an_erased_photo_never_comes_back() {
    let site = site().await;
    let bytes = jpeg();
    let (path, private) = (at(&bytes), format!("{}/private", at(&bytes)));
    site.put(&path, &bytes).await;
    site.put(&private, b"{}").await;
    let thumb = format!("{path}?size=thumb");
    assert_eq!(site.get(&thumb).await.status, StatusCode::OK);
    for _ in 0..2 {
        let erased = site.say(Method::DELETE, &path, &[], b"").await;
        assert_eq!(erased.status, StatusCode::NO_CONTENT);
    }
    for path in [&path, &thumb, &private] {
        is(&site.get(path).await, 410, "erased");
    }
    let etag = format!("\"{}\"", content(&bytes));
    let known = [("if-none-match", &*etag)];
    is(
        &site.say(Method::GET, &path, &known, b"").await,
        410,
        "erased",
    );
    assert_eq!(site.head(&path).await.status, StatusCode::GONE);
    is(&site.put(&path, &bytes).await, 410, "erased");
    is(&site.append(&path, 0, false, &bytes).await, 410, "erased");
    is(&site.put(&private, b"{}").await, 410, "erased");
    assert_eq!(kept(&site).await.len(), 1, "the mark, and nothing else");
}

#[tokio::test]
async fn what_has_come_in_part_or_not_at_all_can_be_erased() {
    let site = site().await;
    let bytes = jpeg();
    let path = at(&bytes);
    site.append(&path, 0, false, &bytes[..100]).await;
    site.say(Method::DELETE, &path, &[], b"").await;
    is(
        &site.append(&path, 100, true, &bytes[100..]).await,
        410,
        "erased",
    );
    let never = at(b"never");
    site.say(Method::DELETE, &never, &[], b"").await;
    is(&site.put(&never, b"never").await, 410, "erased");
    assert_eq!(kept(&site).await.len(), 2, "the marks, and nothing else");
}

#[tokio::test]
async fn a_private_part_is_erased_alone() {
    let site = site().await;
    let bytes = jpeg();
    let (path, private) = (at(&bytes), format!("{}/private", at(&bytes)));
    site.put(&path, &bytes).await;
    site.put(&private, b"{\"salt\":1}").await;
    site.say(Method::DELETE, &private, &[], b"").await;
    is(&site.get(&private).await, 410, "erased");
    is(&site.put(&private, b"{\"salt\":1}").await, 410, "erased");
    assert_eq!(site.get(&path).await.body, bytes);
}

#[tokio::test]
async fn what_a_crash_has_left_of_an_erased_photo_is_erased_at_the_next_start() {
    let site = site().await;
    let bytes = jpeg();
    let (path, private) = (at(&bytes), format!("{}/private", at(&bytes)));
    site.put(&path, &bytes).await;
    site.put(&private, b"{}").await;
    let before = kept(&site).await;
    site.say(Method::DELETE, &path, &[], b"").await;
    let marks = kept(&site).await;
    for left in &before {
        leave(left, &bytes);
    }
    is(&site.get(&path).await, 410, "erased");
    site.app.photos().sweep(SystemTime::now()).await.unwrap();
    assert_eq!(kept(&site).await, marks);
    let alone = at(b"alone");
    let private = format!("{alone}/private");
    site.put(&private, b"{}").await;
    let mut with_part = kept(&site).await;
    with_part.retain(|path| !marks.contains(path));
    site.say(Method::DELETE, &private, &[], b"").await;
    let marks = kept(&site).await;
    leave(&with_part[0], b"left");
    site.app.photos().sweep(SystemTime::now()).await.unwrap();
    assert_eq!(kept(&site).await, marks);
}

/// Puts a file back whose folder went with it.
fn leave(path: &std::path::Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// The names of all files there.
async fn kept(site: &crate::Site) -> Vec<std::path::PathBuf> {
    let mut folders = vec![site.folder.path().join("photos")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => files.push(path),
            }
        }
    }
    files.sort();
    files
}
