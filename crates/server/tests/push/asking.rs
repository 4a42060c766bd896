//! A phone asks to be told, and to be told no more.

use super::*;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::response::Response;
use mendmap_server::router;
use serde_json::{Value, json};
use tower::ServiceExt;

const ENDPOINT: &str = "https://push.example/send/abc";

/// A server that tells phones, and programs' keys of two accounts.
async fn city() -> (City, String, String) {
    let city = City::on(Site::new().await, Arc::new(keys()));
    let mut all = Vec::new();
    for id in ["li", "wang"] {
        city.account(id, &["drain-1"]).await;
        let name = String::new();
        all.push(city.act(id, Deed::Token { name }).await);
    }
    let wang = all.remove(1);
    (city, all.remove(0), wang)
}

/// Status and body of an answer.
async fn ask(app: &App, key: &str, method: &str, n: u8, said: &Value) -> (u16, Value) {
    let route = format!("{method} /api/v1/push/{}", kit::device(n));
    let key = ("authorization", &*format!("Bearer {key}"));
    let answer = send(app, &route, key, said).await;
    let status = answer.status().as_u16();
    let bytes = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

async fn send(app: &App, route: &str, who: (&str, &str), said: &Value) -> Response {
    let folder = tempfile::tempdir().unwrap();
    let (method, path) = route.split_once(' ').unwrap();
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(who.0, who.1)
        .header("content-type", "application/json");
    let request = request.body(Body::from(said.to_string())).unwrap();
    let answer = router(app.clone(), folder.path()).oneshot(request).await;
    answer.unwrap()
}

#[tokio::test]
async fn a_phone_asks_changes_its_language_and_is_told_no_more() {
    let (city, li, wang) = city().await;
    let service = Fake::new(&[]).await;
    let (app, phone) = (&city.site.app, Phone::new(1, &service));
    let get = async |key: &str, n| ask(app, key, "GET", n, &Value::Null).await.1;
    let before = get(&li, 1).await;
    assert_eq!(before["key"], city.push.public_key());
    assert_eq!(
        (&before["on"], &before["language"]),
        (&false.into(), &Value::Null)
    );
    assert_eq!(before["has_crews"], true);
    for language in ["zh", "en"] {
        let asks = phone.says(ENDPOINT, language);
        assert_eq!(ask(app, &li, "PUT", 1, &asks).await.0, 204);
        assert_eq!(get(&li, 1).await["language"], language);
    }
    assert_eq!(get(&li, 1).await["on"], true);
    assert_eq!(
        get(&wang, 1).await["on"],
        false,
        "another's is nobody's business"
    );
    let asks = phone.says(ENDPOINT, "zh");
    let (status, said) = ask(app, &wang, "PUT", 1, &asks).await;
    assert_eq!((status, &said["code"]), (409, &"anothers-device".into()));
    assert_eq!(ask(app, &wang, "DELETE", 1, &Value::Null).await.0, 204);
    assert_eq!(get(&li, 1).await["on"], true);

    // The same browser, in which another account logged in.
    assert_eq!(ask(app, &wang, "PUT", 2, &asks).await.0, 204);
    assert_eq!(get(&li, 1).await["on"], false);
    assert_eq!(ask(app, &wang, "DELETE", 2, &Value::Null).await.0, 204);
    assert_eq!(get(&wang, 2).await["on"], false);
}

#[tokio::test]
async fn who_is_in_no_crew_is_said_so() {
    let (city, li, _) = city().await;
    let nowhere = Deed::Change {
        role: None,
        crews: Some(Vec::new()),
    };
    city.act("li", nowhere).await;
    let (_, said) = ask(&city.site.app, &li, "GET", 1, &Value::Null).await;
    assert_eq!(said["has_crews"], false);
}

#[tokio::test]
async fn logging_out_ends_that_phone_and_no_other() {
    let (city, li, wang) = city().await;
    let service = Fake::new(&[]).await;
    let app = &city.site.app;
    let phones: Vec<_> = (1..=3).map(|n| Phone::new(n, &service)).collect();
    for (n, (phone, key)) in (1..).zip(phones.iter().zip([&li, &li, &wang])) {
        let asks = phone.says(&format!("{ENDPOINT}{n}"), "zh");
        assert_eq!(ask(app, key, "PUT", n, &asks).await.0, 204);
    }
    let told = async || {
        let told = phones.iter().map(|phone| city.is_told(phone));
        futures::future::join_all(told).await
    };
    for (n, status, still) in [
        // What is another's is let be.
        (3, 204, [true, true, true]),
        (1, 204, [false, true, true]),
    ] {
        let known = json!({ "account": "li", "password": "一二三四五六七八" });
        let login = send(app, "POST /api/v1/session", ("x-none", ""), &known).await;
        let cookie = login.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap();
        let route = format!("DELETE /api/v1/session?device={}", kit::device(n));
        let ended = send(app, &route, ("cookie", cookie), &Value::Null).await;
        assert_eq!(ended.status(), status);
        assert_eq!(told().await, still);
    }
    let route = format!("DELETE /api/v1/session?device={}", kit::device(2));
    let nobody = send(app, &route, ("x-none", ""), &Value::Null).await;
    assert_eq!(nobody.status(), 204);
    assert_eq!(told().await, [false, true, true]);
}

#[tokio::test]
async fn what_is_no_phone_is_refused_with_a_reason() {
    let (city, li, _) = city().await;
    let service = Fake::new(&[]).await;
    let (app, phone) = (&city.site.app, Phone::new(1, &service));
    for bad in [
        "http://push.example/a",
        "https://127.0.0.1/a",
        "https://localhost/a",
        "https://push.example:5432/a",
        &phone.endpoint,
    ] {
        let (status, said) = ask(app, &li, "PUT", 1, &phone.says(bad, "zh")).await;
        assert_eq!(
            (status, &said["code"]),
            (422, &"push-address".into()),
            "{bad}"
        );
        assert!(!said.to_string().contains("send/"), "{said}");
    }
    for (part, wrong) in [
        ("p256dh", "AAAA"),
        ("p256dh", "?"),
        ("auth", "AAAA"),
        // 65 bytes that are no point.
        ("p256dh", &("B".to_owned() + &"A".repeat(86))),
    ] {
        let mut asks = phone.says(ENDPOINT, "zh");
        asks["keys"][part] = wrong.into();
        let (status, said) = ask(app, &li, "PUT", 1, &asks).await;
        assert_eq!((status, &said["code"]), (400, &"form".into()), "{wrong}");
        let detail = said["detail"].as_str().unwrap();
        assert!(detail.contains(part), "{detail}");
    }
    let asks = phone.says(ENDPOINT, "fr");
    assert_eq!(ask(app, &li, "PUT", 1, &asks).await.0, 400);
    assert!(!city.is_told(&phone).await);
}

#[tokio::test]
async fn a_server_without_a_key_says_so() {
    let site = Site::new().await;
    let deed = Deed::Add {
        name: "王".into(),
        role: Role::Crew,
        crews: Vec::new(),
        password: "一二三四五六七八".into(),
    };
    act(&site.app, "li", deed).await.unwrap();
    let name = String::new();
    let key = act(&site.app, "li", Deed::Token { name }).await.unwrap();
    let key = key.unwrap();
    let service = Fake::new(&[]).await;
    let (status, said) = ask(&site.app, &key, "GET", 1, &Value::Null).await;
    assert_eq!((status, &said["key"]), (200, &Value::Null));
    let asks = Phone::new(1, &service).says(ENDPOINT, "zh");
    let (status, said) = ask(&site.app, &key, "PUT", 1, &asks).await;
    assert_eq!((status, &said["code"]), (404, &"no-push".into()));
}

#[tokio::test]
async fn another_password_or_another_key_of_the_server_ends_it_and_eight_phones_are_enough() {
    let (city, li, _) = city().await;
    let service = Fake::new(&[]).await;
    let app = &city.site.app;
    let phones: Vec<_> = (1..=9).map(|n| Phone::new(n, &service)).collect();
    for (n, phone) in (1..).zip(&phones) {
        let asks = phone.says(&format!("{ENDPOINT}{n}"), "zh");
        assert_eq!(ask(app, &li, "PUT", n, &asks).await.0, 204);
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert!(!city.is_told(&phones[0]).await && city.is_told(&phones[1]).await);

    let renewed = app.clone().with_push(Arc::new(keys()));
    let said = ask(&renewed, &li, "GET", 2, &Value::Null).await.1;
    assert_eq!(
        said["on"], false,
        "what it was given another key for says nothing any more"
    );
    let all = async || {
        let key = city.push.public_key();
        app.store().subscriptions(key).await.unwrap().len()
    };
    assert_eq!(all().await, 8);
    city.act("li", Deed::Password("八七六五四三二一".into()))
        .await;
    assert_eq!(all().await, 0);

    // So it is where the owner does it, as after the phone was lost.
    let asks = phones[1].says(ENDPOINT, "zh");
    assert_eq!(ask(app, &li, "PUT", 2, &asks).await.0, 204);
    let known = json!({ "account": "li", "password": "八七六五四三二一" });
    let login = send(app, "POST /api/v1/session", ("x-none", ""), &known).await;
    let cookie = login.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap();
    let change = json!({ "old": "八七六五四三二一", "new": "一二三四五六七八" });
    let changed = send(app, "POST /api/v1/me/password", ("cookie", cookie), &change);
    assert_eq!(changed.await.status(), 204);
    assert_eq!(all().await, 0);
}
