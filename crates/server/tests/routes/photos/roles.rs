//! Who may do what with a photo, and its private part.

use super::{at, is, picture};
use crate::{Answered, Site, site};
use axum::http::{Method, StatusCode};
use image::ImageFormat;
use mendmap_core::account::Role;
use mendmap_server::photos::PRIVATE_BYTES;
use mendmap_server::user::{Deed, act};

const PRIVATE: &[u8] = b"{ \"at\": \"2024-05-03\",\n \"salt\":\"x\" }";

/// An account and a program's key for it.
async fn key(site: &Site, id: &str, role: Role) -> String {
    let made = Deed::Add {
        name: id.into(),
        role,
        crews: Vec::new(),
        password: "一二三四五六七八".into(),
    };
    act(&site.app, id, made).await.unwrap();
    let key = act(&site.app, id, Deed::Token { name: "x".into() }).await;
    format!("Bearer {}", key.unwrap().unwrap())
}

async fn ask(site: &Site, key: &str, method: Method, path: &str, body: &[u8]) -> Answered {
    let headers = [
        ("authorization", key),
        ("content-type", "application/partial-upload"),
        ("upload-offset", "0"),
        ("upload-complete", "?1"),
    ];
    site.say(method, path, &headers, body).await
}

#[tokio::test]
async fn each_role_may_do_its_own() {
    let roles = [
        Role::Viewer,
        Role::Crew,
        Role::Supervisor,
        Role::Administrator,
    ];
    // What is answered to whom, in this order; by another account than the one that put it.
    let photo = [
        (Method::PUT, [403, 201, 201, 201]),
        (Method::PATCH, [403, 201, 201, 201]),
        (Method::HEAD, [200, 200, 200, 200]),
        (Method::GET, [200, 200, 200, 200]),
        (Method::DELETE, [403, 403, 403, 204]),
    ];
    let private = [
        (Method::PUT, [403, 201, 201, 201]),
        (Method::GET, [403, 403, 200, 200]),
        (Method::DELETE, [403, 403, 403, 204]),
    ];
    let site = site().await;
    let other = key(&site, "other", Role::Crew).await;
    let mut width = 8;
    for (n, role) in roles.into_iter().enumerate() {
        let own = key(&site, role.name(), role).await;
        let matrix = photo.iter().map(|case| ("", case));
        let private = private.iter().map(|case| ("/private", case));
        for (part, (method, wanted)) in matrix.chain(private) {
            // A photo of its own for each.
            width += 1;
            let bytes = picture(ImageFormat::Png, width, 8);
            let (photo, path) = (at(&bytes), format!("{}{part}", at(&bytes)));
            let brings = [Method::PUT, Method::PATCH].contains(method);
            if !brings {
                ask(&site, &other, Method::PUT, &photo, &bytes).await;
                let private = format!("{photo}/private");
                ask(&site, &other, Method::PUT, &private, PRIVATE).await;
            }
            let body = match (brings, part) {
                (false, _) => &[],
                (true, "") => &bytes[..],
                (true, _) => PRIVATE,
            };
            let answered = ask(&site, &own, method.clone(), &path, body).await;
            let case = format!("{role:?} {method} {part}");
            assert_eq!(answered.status.as_u16(), wanted[n], "{case}");
            if answered.status == StatusCode::FORBIDDEN {
                assert_eq!(answered.problem(), "not-allowed", "{case}");
            }
            let nobody = site.say(method.clone(), &path, &[], body).await;
            assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{case}");
        }
    }
}

#[tokio::test]
async fn a_private_part_is_its_accounts_own_and_is_kept_byte_for_byte() {
    let site = site().await;
    let li = key(&site, "li", Role::Crew).await;
    let wang = key(&site, "wang", Role::Crew).await;
    let path = format!("{}/private", at(b"any"));
    is(
        &ask(&site, &li, Method::GET, &path, b"").await,
        404,
        "no-photo",
    );
    let put = async |key: &str, body: &[u8]| ask(&site, key, Method::PUT, &path, body).await;
    assert_eq!(put(&li, PRIVATE).await.status, StatusCode::CREATED);
    assert_eq!(put(&li, PRIVATE).await.status, StatusCode::OK, "again");
    is(&put(&li, b"{}").await, 409, "private-taken");
    is(&put(&wang, b"{}").await, 409, "private-taken");
    // An answer that was lost is asked for again, also after another login.
    assert_eq!(put(&wang, PRIVATE).await.status, StatusCode::OK);
    let read = ask(&site, &li, Method::GET, &path, b"").await;
    assert_eq!((read.status, &read.body[..]), (StatusCode::OK, PRIVATE));
    assert_eq!(read.header("content-type"), "application/json");
    assert_eq!(read.header("cache-control"), "no-store");
    let theirs = ask(&site, &wang, Method::GET, &path, b"").await;
    is(&theirs, 403, "not-allowed");
    // Who is no crew any more reads nothing of it, not even its own.
    let viewer = Deed::Change {
        role: Some(Role::Viewer),
        crews: None,
    };
    act(&site.app, "li", viewer).await.unwrap();
    let after = ask(&site, &li, Method::GET, &path, b"").await;
    is(&after, 403, "not-allowed");
}

#[tokio::test]
async fn a_private_part_is_a_small_json() {
    let site = site().await;
    let path = format!("{}/private", at(b"any"));
    for body in [&b""[..], b"{", b"{} {}", &b"[".repeat(4000)] {
        is(&site.put(&path, body).await, 400, "form");
    }
    let long = format!("\"{}\"", "x".repeat(PRIVATE_BYTES));
    is(
        &site.put(&path, long.as_bytes()).await,
        413,
        "private-too-large",
    );
    let most = format!("\"{}\"", "x".repeat(PRIVATE_BYTES - 2));
    let put = site.put(&path, most.as_bytes()).await;
    assert_eq!(put.status, StatusCode::CREATED);
}

#[tokio::test]
async fn what_was_captured_before_a_lock_or_another_role_still_comes() {
    let site = site().await;
    let change = async |id: &str, deed: Deed| act(&site.app, id, deed).await.unwrap();
    let locked = key(&site, "li", Role::Crew).await;
    change("li", Deed::Lock(true)).await;
    let reads_now = key(&site, "wang", Role::Crew).await;
    let viewer = Deed::Change {
        role: Some(Role::Viewer),
        crews: None,
    };
    change("wang", viewer).await;
    for (width, (key, code)) in [(&locked, "locked"), (&reads_now, "not-allowed")]
        .into_iter()
        .enumerate()
    {
        let bytes = picture(ImageFormat::Png, 20 + width as u32, 8);
        let (photo, private) = (at(&bytes), format!("{}/private", at(&bytes)));
        let put = ask(&site, key, Method::PUT, &photo, &bytes).await;
        assert_eq!(put.status, StatusCode::CREATED, "{code}");
        let put = ask(&site, key, Method::PUT, &private, PRIVATE).await;
        assert_eq!(put.status, StatusCode::CREATED, "{code}");
        let other = picture(ImageFormat::Png, 30 + width as u32, 8);
        let append = ask(&site, key, Method::PATCH, &at(&other), &other).await;
        assert_eq!(append.status, StatusCode::CREATED, "{code}");
        is(
            &ask(&site, key, Method::GET, &private, b"").await,
            403,
            code,
        );
        is(
            &ask(&site, key, Method::DELETE, &photo, b"").await,
            403,
            code,
        );
    }
    let read = ask(&site, &locked, Method::GET, &at(b"any"), b"").await;
    is(&read, 403, "locked");
}
