//! The description of the programming interface is what the server does.

use crate::kit::{about, edited, event, events, saying};
use crate::{Answered, Site, accounts, photos, site, tasks};
use axum::body::Body;
use axum::http::{Method, Request};
use mendmap_core::account::Role;
use mendmap_core::catalog::{Counting, Nature, PlaceType};
use mendmap_core::city::Severity;
use mendmap_core::log::{Field, Kind};
use mendmap_core::task::{Mark, Standing, State};
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

impl Site {
    async fn described(&self) -> Value {
        let answered = self.get("/api/v1/openapi.json").await;
        assert_eq!(answered.header("content-type"), "application/json");
        answered.json()
    }
}

/// The paths with their methods, in capitals.
fn described_routes(document: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let paths = document["paths"].as_object().unwrap();
    let routes = paths.iter().map(|(path, does)| {
        let methods = does.as_object().unwrap().keys();
        (path.clone(), methods.map(|m| m.to_uppercase()).collect())
    });
    routes.collect()
}

/// A path with something in the place of what is to be named.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.starts_with('{') {
        true => "x",
        false => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Renewed by `INSTA_UPDATE=always cargo test -p mendmap-server --test routes openapi`.
#[tokio::test]
async fn what_other_programs_were_told_does_not_change_by_chance() {
    let document = site().await.described().await;
    assert_eq!(document["openapi"], "3.1.0");
    insta::assert_snapshot!(serde_json::to_string_pretty(&document).unwrap());
}

#[tokio::test]
async fn every_described_route_does_what_is_described_and_nothing_else() {
    let site = site().await;
    for (path, described) in described_routes(&site.described().await) {
        let odd = Method::from_bytes(b"BREW").unwrap();
        let request = Request::builder().method(odd).uri(filled(&path));
        let answered = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answered.status, 405, "{path}: there is no such route");
        let allowed = answered.header("allow").split(',');
        let mut allowed: BTreeSet<_> = allowed.map(str::to_owned).collect();
        // It comes with each GET, and is described where it says more.
        if !described.contains("HEAD") {
            allowed.remove("HEAD");
        }
        assert_eq!(allowed, described, "{path}");
    }
}

#[tokio::test]
async fn who_needs_no_account_is_described_as_it_is() {
    let site = accounts::with_crew().await;
    let document = site.described().await;
    for (path, methods) in described_routes(&document) {
        for method in methods {
            let is_open =
                document["paths"][&path][method.to_lowercase()]["security"] == json!([{}]);
            let request = Request::builder().method(&*method).uri(filled(&path));
            let answered = site.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answered.status != 401, is_open, "{method} {path}");
        }
    }
}

/// A router does not say what its routes are, so its text is read.
#[tokio::test]
async fn every_route_is_described() {
    let text = include_str!("../../src/routes/mod.rs");
    let (api, rest) = text.split_once(".nest(\"/api/v1\", api)").unwrap();
    let named = |text: &str| -> Vec<String> {
        let routes = text.split(".route(").skip(1);
        let paths = routes.map(|route| route.split('"').nth(1).unwrap().to_owned());
        paths.collect()
    };
    let mut routes: BTreeSet<_> = named(api)
        .iter()
        .map(|path| format!("/api/v1{path}"))
        .collect();
    routes.extend(named(rest));
    assert!(
        routes.remove("/api/{*nothing}"),
        "what it looks like has changed"
    );
    let document = site().await.described().await;
    assert_eq!(routes, described_routes(&document).into_keys().collect());
}

/// The words that a type of core takes, by what it says to one that it does not.
fn words<T: for<'de> Deserialize<'de>>() -> Vec<String> {
    let no = T::deserialize(StrDeserializer::<Error>::new("?"))
        .err()
        .unwrap();
    let no = no.to_string();
    no.split('`')
        .skip(1)
        .step_by(2)
        .skip(1)
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn words_are_described_as_core_has_them() {
    let document = site().await.described().await;
    for (name, words) in [
        ("Role", Role::ALL.map(|role| role.name().into()).to_vec()),
        ("State", words::<State>()),
        ("Mark", words::<Mark>()),
        ("Field", words::<Field>()),
        ("Standing", words::<Standing>()),
        ("PlaceType", words::<PlaceType>()),
        ("Counting", words::<Counting>()),
        ("Nature", words::<Nature>()),
        ("Severity", words::<Severity>()),
    ] {
        assert!(words.len() > 2, "{words:?}");
        assert_eq!(
            document["components"]["schemas"][name]["enum"],
            json!(words),
            "{name}"
        );
    }
}

/// What an answer must be, with nothing in it that is not described.
struct Described {
    document: Value,
}

impl Described {
    async fn of(site: &Site) -> Described {
        let mut document = site.described().await;
        let mut found = BTreeSet::new();
        parts(&document, &mut found);
        close(&mut document, &found);
        Described { document }
    }

    fn holds(&self, path: &str, method: &str, answered: &Answered) {
        let answers = &self.document["paths"][path][method]["responses"];
        let media = answered.header("content-type").split(';').next().unwrap();
        let schema = match media {
            "application/problem+json" => &self.document["components"]["responses"]["Problem"],
            _ => &answers[answered.status.as_str()],
        };
        let mut schema = schema["content"][media]["schema"].clone();
        assert!(
            schema.is_object(),
            "{method} {path}: {media} is not described"
        );
        schema["components"] = self.document["components"].clone();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let answer = answered.json();
        let faults: Vec<_> = validator
            .iter_errors(&answer)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(
            faults.is_empty(),
            "{method} {path}: {faults:#?}\n{answer:#}"
        );
    }
}

/// Forbids what is not described, at each object; where one is put together of several, at
/// the whole of it.
fn close(schema: &mut Value, parts: &BTreeSet<String>) {
    match schema {
        Value::Array(list) => list.iter_mut().for_each(|schema| close(schema, parts)),
        Value::Object(object) => {
            for (name, schema) in object.iter_mut() {
                match name == "allOf" {
                    true => continue,
                    false => close(schema, parts),
                }
                if let (true, Some(part)) = (parts.contains(name), schema.as_object_mut()) {
                    part.remove("unevaluatedProperties");
                }
            }
            if object.contains_key("allOf")
                || object.get("properties").is_some_and(Value::is_object)
            {
                object.insert("unevaluatedProperties".into(), false.into());
            }
        }
        _ => {}
    }
}

/// The names of schemas that are a part of others.
fn parts(schema: &Value, found: &mut BTreeSet<String>) {
    let each: Vec<&Value> = match schema {
        Value::Array(list) => list.iter().collect(),
        Value::Object(object) => object.values().collect(),
        _ => return,
    };
    each.into_iter().for_each(|schema| parts(schema, found));
    let named = schema["allOf"].as_array().into_iter().flatten();
    let named = named.filter_map(|part| part["$ref"].as_str()?.rsplit('/').next());
    found.extend(named.map(str::to_owned));
}

#[tokio::test]
async fn answers_are_as_they_are_described() {
    let site = site().await;
    let described = Described::of(&site).await;
    let mut body = crate::kit::ndjson(&tasks::story());
    body.extend(crate::kit::ndjson(&[
        about(crate::kit::task(1), 2, 2, tasks::reported("1"), &[]),
        saying(1, 1, "other words under the same id"),
        edited(&event(3, 1), crate::kit::CITY, "110000"),
        saying(4, 1, &"x".repeat(300_000)),
    ]));
    body.extend(b"no event\n");
    let drawn = json!({ "place": { "shape": { "line": [[1, 2], [3, 4]] } } });
    let drawn = json!({ "work": "drain-clear", "target": drawn });
    let drawn: mendmap_core::log::Plotted = serde_json::from_value(drawn).unwrap();
    let off = json!({ "reason": "重复" });
    let off: mendmap_core::log::Cancelled = serde_json::from_value(off).unwrap();
    let story = tasks::story();
    body.extend(crate::kit::ndjson(&[
        about(crate::kit::task(4), 5, 1, Kind::from(drawn), &[]),
        about(crate::kit::task(3), 5, 2, Kind::from(off), &[&story[2]]),
    ]));
    let posted = site.post("application/x-ndjson", body).await;
    described.holds("/api/v1/events", "post", &posted);
    site.hand_over(&events(6, 1)).await;
    let of = |n| format!("/api/v1/tasks/{}", crate::kit::task(n));
    for (path, asked) in [
        ("/api/v1/events", "/api/v1/events".to_owned()),
        ("/api/v1/events", "/api/v1/events?after=99".into()),
        ("/api/v1/events", "/api/v1/events?after=x".into()),
        (
            "/api/v1/receipts",
            format!("/api/v1/receipts?device={}&to=5000", crate::kit::device(1)),
        ),
        (
            "/api/v1/receipts",
            format!("/api/v1/receipts?event={}", event(3, 1).id().unwrap()),
        ),
        ("/api/v1/tasks", "/api/v1/tasks".into()),
        ("/api/v1/tasks/{id}", of(2)),
        ("/api/v1/tasks/{id}", of(3)),
        ("/api/v1/tasks/{id}", of(4)),
        ("/api/v1/tasks/{id}", of(99)),
        (
            "/api/v1/ledger",
            "/api/v1/ledger?from=2024-01-01&to=2024-12-31".into(),
        ),
        ("/api/v1/ledger", "/api/v1/ledger?from=2024".into()),
        ("/api/v1/layers", "/api/v1/layers".into()),
        ("/api/v1/layers/{id}", "/api/v1/layers/x".into()),
        ("/api/v1/me", "/api/v1/me".into()),
        ("/readyz", "/readyz".into()),
    ] {
        described.holds(path, "get", &site.get(&asked).await);
    }
}

#[tokio::test]
async fn what_is_said_of_photos_is_as_it_is_described() {
    let site = site().await;
    let described = Described::of(&site).await;
    let bytes = photos::jpeg();
    let photo = photos::at(&bytes);
    let path = "/api/v1/photos/{sha256}";
    let absent = site.get(&photo).await;
    described.holds(path, "get", &absent);
    let wrong = site.put(&photos::at(b"x"), b"x").await;
    assert_eq!(wrong.problem(), "no-picture");
    described.holds(path, "put", &wrong);
    let other = site.put(&photos::at(b"x"), &bytes).await;
    assert_eq!(other.problem(), "wrong-hash");
    described.holds(path, "put", &other);
    let from_elsewhere = site.append(&photo, 5, false, b"x").await;
    assert_eq!(from_elsewhere.problem(), "offset");
    described.holds(path, "patch", &from_elsewhere);
    let long = vec![0; mendmap_server::photos::PHOTO_BYTES + 1];
    described.holds(path, "put", &site.put(&photo, &long).await);
    let private = format!("{photo}/private");
    site.put(&private, b"{}").await;
    let read = site.get(&private).await;
    described.holds("/api/v1/photos/{sha256}/private", "get", &read);
    // Bytes are described by their type alone.
    site.put(&photo, &bytes).await;
    for asked in [photo.clone(), format!("{photo}?size=thumb")] {
        let read = site.get(&asked).await;
        let answer = &described.document["paths"][path]["get"]["responses"]["200"];
        let media = read.header("content-type");
        assert!(answer["content"][media].is_object(), "{media}: {answer}");
    }
}

#[tokio::test]
async fn what_is_said_of_layers_is_as_it_is_described() {
    let site = site().await;
    let described = Described::of(&site).await;
    let path = "/api/v1/layers/{id}";
    let bad = br#"{"type":"FeatureCollection","features":[7,{"type":"Feature","properties":null,
        "geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}],"x":"#;
    for (body, status) in [(&b"nothing"[..], 422), (bad, 200)] {
        let put = site.put("/api/v1/layers/roads", body).await;
        assert_eq!(put.status, status);
        described.holds(path, "put", &put);
    }
    let list = site.get("/api/v1/layers").await;
    assert!(list.json()["layers"][0]["uploaded"].is_object());
    described.holds("/api/v1/layers", "get", &list);
    for form in ["geojson", "columnar"] {
        let read = site
            .get(&format!("/api/v1/layers/roads?format={form}"))
            .await;
        let answer = &described.document["paths"][path]["get"]["responses"]["200"];
        let media = read.header("content-type");
        assert!(answer["content"][media].is_object(), "{media}: {answer}");
    }
}
