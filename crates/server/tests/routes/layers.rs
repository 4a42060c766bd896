//! The city's layers: read, uploaded, put back.

use crate::accounts;
use crate::kit::CITY;
use crate::{Answered, Site, site};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use mendmap_core::account::Role;
use mendmap_core::catalog::{Catalog, LayerId};
use mendmap_core::city::City;
use mendmap_core::sync::content;
use mendmap_server::store::SqliteStore;
use mendmap_server::{App, LAYER_BYTES, router};
use serde_json::{Value, json};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

const ROADS: &str = "/api/v1/layers/roads";
const FILE: &str = "/city/roads.geojson";
pub(crate) const COLUMNAR: &str = "application/vnd.mendmap.layer";

/// Roads, each with its name.
fn roads(names: &[&str]) -> Vec<u8> {
    let road = |(n, name): (usize, &&str)| {
        json!({"type": "Feature", "id": n, "properties": {"kind": "road-local", "ObjName": name},
            "geometry": {"type": "LineString", "coordinates": [[123.5, 43.5], [123.6, 43.6]]}})
    };
    let roads: Vec<Value> = names.iter().enumerate().map(road).collect();
    let file = json!({"type": "FeatureCollection", "features": roads});
    serde_json::to_vec(&file).unwrap()
}

fn version(bytes: &[u8]) -> String {
    content(bytes).to_string()
}

pub(crate) fn tag(bytes: &[u8]) -> String {
    format!("\"{}\"", version(bytes))
}

/// A site whose app comes with a layer of one road.
async fn with_roads() -> (Site, Vec<u8>) {
    let site = site().await;
    let shipped = roads(&["出厂路"]);
    std::fs::write(site.folder.path().join("city/roads.geojson"), &shipped).unwrap();
    (site, shipped)
}

impl Site {
    pub(crate) async fn layer(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answered {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_vec())).unwrap())
            .await
    }

    async fn upload(&self, body: &[u8]) -> Answered {
        self.layer("PUT", ROADS, &[], body).await
    }

    async fn listed(&self, id: &str) -> Value {
        let list = self.get("/api/v1/layers").await.json();
        let mut layers = list["layers"].as_array().unwrap().iter();
        layers.find(|layer| layer["id"] == id).unwrap().clone()
    }
}

fn unpacked(answered: &Answered) -> Vec<u8> {
    let mut bytes = Vec::new();
    match answered.header("content-encoding") {
        "br" => brotli::Decompressor::new(&answered.body[..], 4096)
            .read_to_end(&mut bytes)
            .unwrap(),
        "gzip" => flate2::read::GzDecoder::new(&answered.body[..])
            .read_to_end(&mut bytes)
            .unwrap(),
        "" => return answered.body.clone(),
        other => panic!("{other}"),
    };
    bytes
}

fn catalog() -> Catalog {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/city/catalog.json");
    Catalog::read(&std::fs::read(file).unwrap()).unwrap().0
}

#[tokio::test]
async fn the_list_says_of_each_layer_what_it_is_and_what_reading_it_said() {
    let (site, shipped) = with_roads().await;
    let roads = site.listed("roads").await;
    assert_eq!(roads["label"], json!({"zh": "道路", "en": "Roads"}));
    assert_eq!(roads["kinds"].as_array().unwrap().len(), 3);
    assert_eq!(roads["kinds"][2]["id"], "road-local");
    assert_eq!(roads["version"], version(&shipped));
    assert_eq!(roads["bytes"], shipped.len());
    assert_eq!(
        (&roads["features"], &roads["problems"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(roads["bbox"], json!([123.5, 43.5, 123.6, 43.6]));
    assert_eq!(
        (&roads["uploaded"], &roads["history"]),
        (&Value::Null, &json!([]))
    );
    let absent = site.listed("manholes").await;
    for field in ["version", "bytes", "features", "problems", "bbox"] {
        assert_eq!(absent[field], Value::Null, "{field}");
    }
    let list = site.get("/api/v1/layers").await.json();
    let ids = list["layers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["id"].clone());
    let known = catalog().layers.into_iter().map(|file| file.id.0);
    assert_eq!(ids.collect::<Vec<_>>(), known.collect::<Vec<_>>());
}

#[tokio::test]
async fn a_layer_is_read_as_it_is_and_in_columns() {
    let (site, shipped) = with_roads().await;
    let plain = site.get(ROADS).await;
    assert_eq!((plain.status, &plain.body), (StatusCode::OK, &shipped));
    assert_eq!(plain.header("content-type"), "application/geo+json");
    assert_eq!(plain.header("etag"), tag(&shipped));
    assert_eq!(plain.header("vary"), "accept, accept-encoding");
    assert_eq!(plain.header("cache-control"), "private, no-cache");

    let accepted = site.layer("GET", ROADS, &[("accept", COLUMNAR)], b"").await;
    let named = site.get(&format!("{ROADS}?format=columnar")).await;
    assert_eq!(accepted.body, named.body);
    assert_eq!(named.header("content-type"), COLUMNAR);
    assert_eq!(named.header("etag"), tag(&named.body));
    assert_ne!(named.header("etag"), plain.header("etag"));
    let id = LayerId("roads".into());
    let read = City::read_columnar(&catalog(), &id, &named.body).unwrap();
    assert_eq!(read.report().loaded, 1);
    let both = format!("{ROADS}?format=geojson");
    let both = site.layer("GET", &both, &[("accept", COLUMNAR)], b"").await;
    assert_eq!(both.body, shipped, "the address says it louder");

    let head = site.layer("HEAD", ROADS, &[], b"").await;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    assert_eq!(head.header("etag"), tag(&shipped));
    assert_eq!(head.header("content-length"), shipped.len().to_string());
    for (path, status, code) in [
        ("/api/v1/layers/nothing", 404, "no-layer"),
        ("/api/v1/layers/manholes", 404, "no-layer"),
        ("/api/v1/layers/%ff", 404, "no-layer"),
        ("/api/v1/layers/roads?format=shp", 400, "query"),
        ("/api/v1/layers/roads?version=x", 400, "query"),
    ] {
        let answered = site.get(path).await;
        let told = (answered.status.as_u16(), answered.problem());
        assert_eq!(told, (status, code.into()), "{path}");
    }
}

#[tokio::test]
async fn it_comes_compressed_and_each_coding_has_its_tag() {
    let (site, shipped) = with_roads().await;
    let columnar = site.get(&format!("{ROADS}?format=columnar")).await.body;
    for (path, whole) in [
        (ROADS.to_owned(), &shipped),
        (format!("{ROADS}?format=columnar"), &columnar),
    ] {
        let mut tags = vec![tag(whole)];
        for (accepted, coding) in [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("zstd", "")] {
            // The second time it was made already.
            for _ in 0..2 {
                let asked = [("accept-encoding", accepted)];
                let answered = site.layer("GET", &path, &asked, b"").await;
                assert_eq!(answered.header("content-encoding"), coding);
                assert_eq!(&unpacked(&answered), whole, "{path} {coding}");
                let length = answered.body.len().to_string();
                let head = site.layer("HEAD", &path, &asked, b"").await;
                assert_eq!(head.header("content-length"), length);
                tags.push(answered.header("etag").to_owned());

                let known = answered.header("etag").to_owned();
                let weak = format!("\"x\", W/{known}");
                for known in [&*known, &weak, "*"] {
                    let asked = [("accept-encoding", accepted), ("if-none-match", known)];
                    let same = site.layer("GET", &path, &asked, b"").await;
                    assert_eq!((same.status.as_u16(), same.body.len()), (304, 0));
                    assert_eq!(same.header("etag"), answered.header("etag"));
                    assert_eq!(same.header("vary"), "accept, accept-encoding");
                }
            }
        }
        tags.sort_unstable();
        tags.dedup();
        assert_eq!(tags.len(), 3, "{tags:?}");
        let other = [("if-none-match", &*tag(b"x"))];
        assert_eq!(site.layer("GET", &path, &other, b"").await.status, 200);
    }
}

#[tokio::test]
async fn an_uploaded_layer_counts_for_everybody_and_the_shipped_one_can_be_put_back() {
    let (site, shipped) = with_roads().await;
    let first = roads(&["一路", "二路"]);
    let answered = site.upload(&first).await;
    assert_eq!(answered.status, StatusCode::OK);
    let said = answered.json();
    assert_eq!(
        (&said["taken"], &said["version"]),
        (&json!(true), &json!(version(&first)))
    );
    assert_eq!(answered.header("etag"), tag(&first));
    assert_eq!(said["report"]["loaded"], 2);
    assert_eq!(site.get(ROADS).await.body, first);
    let listed = site.listed("roads").await;
    assert_eq!(
        (&listed["version"], &listed["features"]),
        (&json!(version(&first)), &json!(2))
    );
    assert_eq!(listed["uploaded"], listed["history"][0]);
    assert_eq!(listed["uploaded"]["by"], Value::Null, "there is no account");
    let at = listed["uploaded"]["at"].as_str().unwrap();
    assert!(at.starts_with("20") && at.ends_with("+00:00"), "{at}");

    // The same again is no new version.
    assert_eq!(site.upload(&first).await.status, StatusCode::OK);
    assert_eq!(
        site.listed("roads").await["history"]
            .as_array()
            .unwrap()
            .len(),
        1
    );

    let second = roads(&["三路"]);
    site.upload(&second).await;
    let restored = site.layer("DELETE", ROADS, &[], b"").await;
    assert_eq!((restored.status.as_u16(), restored.body.len()), (204, 0));
    assert_eq!(site.get(ROADS).await.body, shipped);
    let listed = site.listed("roads").await;
    assert_eq!(
        (&listed["uploaded"], &listed["features"]),
        (&Value::Null, &json!(1))
    );
    let history = listed["history"].as_array().unwrap();
    let versions: Vec<_> = history.iter().map(|put| put["version"].clone()).collect();
    let (one, two) = (version(&first), version(&second));
    assert_eq!(versions, [json!(one), json!(two), Value::Null]);
    assert_eq!(site.layer("DELETE", ROADS, &[], b"").await.status, 204);
    assert_eq!(
        site.listed("roads").await["history"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    // What was uploaded is kept.
    let kept = site.get(&format!("{ROADS}?version={one}")).await;
    assert_eq!(
        (kept.body, kept.headers["etag"].to_str().unwrap()),
        (first, &*format!("\"{one}\""))
    );
    let foreign = site
        .get(&format!("/api/v1/layers/pipes?version={one}"))
        .await;
    assert_eq!(foreign.problem(), "no-layer");
}

#[tokio::test]
async fn the_app_gets_the_uploaded_file_where_it_asks_for_its_own() {
    let (site, shipped) = with_roads().await;
    let before = site.get(FILE).await;
    assert_eq!(before.body, shipped);
    let first = roads(&["一路"]);
    site.upload(&first).await;
    let after = site.get(FILE).await;
    assert_eq!(after.body, first);
    assert_eq!(after.header("content-type"), "application/geo+json");
    assert_eq!(after.header("etag"), tag(&first));
    for name in [
        "cache-control",
        "link",
        "content-security-policy",
        "x-content-type-options",
    ] {
        assert_eq!(after.header(name), before.header(name), "{name}");
    }
    // What a service worker keeps under the bare address answers for the app's own request, which
    // says `Accept: */*`: so it may not vary by that.
    assert_eq!(after.header("vary"), "accept-encoding");
    let small = site
        .layer("GET", FILE, &[("accept-encoding", "br")], b"")
        .await;
    assert_eq!(unpacked(&small), first);
    let known = [
        ("accept-encoding", "br"),
        ("if-none-match", small.header("etag")),
    ];
    let same = site.layer("GET", FILE, &known, b"").await;
    assert_eq!(
        (same.status.as_u16(), same.header("link")),
        (304, before.header("link"))
    );
    let head = site.layer("HEAD", FILE, &[], b"").await;
    assert_eq!((head.body.len(), head.header("etag")), (0, &*tag(&first)));
    assert_eq!(
        site.layer("PUT", FILE, &[], b"{}").await.problem(),
        "method"
    );

    site.layer("DELETE", ROADS, &[], b"").await;
    let known = [("if-none-match", &*tag(&first))];
    let restored = site.layer("GET", FILE, &known, b"").await;
    assert_eq!((restored.status, restored.body), (StatusCode::OK, shipped));
}

#[tokio::test]
async fn a_file_of_nothing_is_refused_with_its_report_and_the_old_one_stays() {
    let (site, _) = with_roads().await;
    let good = roads(&["一路"]);
    site.upload(&good).await;
    let off = br#"{"type":"FeatureCollection","features":[{"type":"Feature","id":7,"properties":{},
        "geometry":{"type":"LineString","coordinates":[[4355000,12350000],[1,2]]}}]}"#;
    for (body, error) in [
        (&b"o dear"[..], json!({"not_geo_json": {"found": "o dear"}})),
        (b"", json!("empty")),
        (b"<!doctype html>", json!("html")),
        (b"{\"type\":\"Topology\"}", json!({"foreign": "topo_json"})),
        (b"\x89PNG\r\n\x1a\n", Value::Null),
        (&roads(&[]), Value::Null),
        (off, Value::Null),
    ] {
        let answered = site.upload(body).await;
        let told = (answered.status.as_u16(), answered.problem());
        assert_eq!(
            told,
            (422, "nothing-loaded".into()),
            "{}",
            String::from_utf8_lossy(body)
        );
        let report = &answered.json()["report"];
        assert_eq!(
            (&report["layer"], &report["loaded"]),
            (&json!("roads"), &json!(0))
        );
        if !error.is_null() {
            assert_eq!(report["error"], error);
        }
    }
    let problem = &site.upload(off).await.json()["report"]["problems"][0];
    assert_eq!(
        (&problem["kind"], &problem["count"]),
        (&json!("out_of_range"), &json!(1))
    );
    assert_eq!(problem["first"][0]["id"], "7");
    assert_eq!(site.get(ROADS).await.body, good);
    assert_eq!(
        site.listed("roads").await["history"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

/// The same report as the app's, which core makes.
#[tokio::test]
async fn a_file_that_is_bad_in_parts_is_taken_with_the_report_of_the_app() {
    let (site, _) = with_roads().await;
    let text = String::from_utf8(roads(&["一路", "二路", "三路"])).unwrap();
    let bad = text.replacen("LineString", "Curve", 1).into_bytes();
    let looked_at = format!("{ROADS}?dry_run=true");
    let looked_at = site.layer("PUT", &looked_at, &[], &bad).await;
    let said = looked_at.json();
    assert_eq!(
        (looked_at.status.as_u16(), &said["taken"]),
        (200, &json!(false))
    );
    assert_eq!(looked_at.header("etag"), "");
    assert_eq!(
        site.listed("roads").await["history"],
        json!([]),
        "only looked at"
    );

    let taken = site.upload(&bad).await.json();
    assert_eq!(
        (&taken["taken"], &taken["report"]),
        (&json!(true), &said["report"])
    );
    let mut city = City::new(catalog());
    let report = city.set_layer(&LayerId("roads".into()), bad.clone());
    assert_eq!((report.loaded, report.refused), (2, 1));
    assert_eq!(taken["report"], serde_json::to_value(report).unwrap());
    assert_eq!(site.get(ROADS).await.body, bad, "byte for byte");
    let listed = site.listed("roads").await;
    assert_eq!(
        (&listed["refused"], &listed["problems"]),
        (&json!(1), &json!(1))
    );
    // As in the app: what was read before the end broke off is there.
    let cut = &text.as_bytes()[..text.len() - 150];
    let taken = site.upload(cut).await.json();
    assert_eq!(taken["report"]["loaded"], 2);
    assert!(taken["report"]["error"]["truncated"].is_object(), "{taken}");
}

#[tokio::test]
async fn nobody_replaces_what_they_have_not_seen() {
    let (site, shipped) = with_roads().await;
    let (first, second) = (roads(&["一路"]), roads(&["二路"]));
    let put = async |expected: &str, body: &[u8]| {
        let answered = site
            .layer("PUT", ROADS, &[("if-match", expected)], body)
            .await;
        answered.status.as_u16()
    };
    assert_eq!(put(&tag(b"x"), &first).await, 412);
    assert_eq!(put(&tag(&shipped), &first).await, 200);
    assert_eq!(put(&tag(&shipped), &second).await, 412);
    assert_eq!(
        put(&format!("W/{}", tag(&first)), &second).await,
        412,
        "weak"
    );
    // However it came.
    let small = site
        .layer("GET", ROADS, &[("accept-encoding", "br")], b"")
        .await;
    assert_eq!(put(small.header("etag"), &second).await, 200);
    assert_eq!(put("*", &first).await, 200);
    let stale = [("if-match", &*tag(&second))];
    let restored = site.layer("DELETE", ROADS, &stale, b"").await;
    assert_eq!(
        (restored.status.as_u16(), restored.problem().as_str()),
        (412, "layer-changed")
    );
    assert_eq!(site.get(ROADS).await.body, first);
    let fresh = [("if-match", &*tag(&first))];
    assert_eq!(site.layer("DELETE", ROADS, &fresh, b"").await.status, 204);
    let nothing = site
        .layer("PUT", "/api/v1/layers/pipes", &[("if-match", "*")], &first)
        .await;
    assert_eq!(nothing.status.as_u16(), 412, "there is none");
}

#[tokio::test]
async fn what_is_too_large_or_too_deep_or_cut_off_does_no_harm() {
    let (site, shipped) = with_roads().await;
    let length = (LAYER_BYTES + 1).to_string();
    let said = site
        .layer("PUT", ROADS, &[("content-length", &length)], b"")
        .await;
    assert_eq!(
        (said.status.as_u16(), said.problem().as_str()),
        (413, "layer-too-large")
    );
    assert_eq!(said.json()["most"], LAYER_BYTES);
    // One that does not say how long it is.
    let chunk = vec![b' '; 1024 * 1024];
    let chunks = (0..=64).map(|_| Ok::<_, std::io::Error>(chunk.clone()));
    let endless = Body::from_stream(futures::stream::iter(chunks.collect::<Vec<_>>()));
    let request = Request::put(ROADS).body(endless).unwrap();
    let grown = site.send(request).await;
    assert_eq!(
        (grown.status.as_u16(), grown.problem().as_str()),
        (413, "layer-too-large")
    );

    let cut = [Ok(roads(&["一路"])), Err(std::io::Error::other("gone"))];
    let cut = Body::from_stream(futures::stream::iter(cut));
    let cut = site.send(Request::put(ROADS).body(cut).unwrap()).await;
    assert_eq!(
        (cut.status.as_u16(), cut.problem().as_str()),
        (400, "layer-cut-off")
    );

    let deep = "[".repeat(1_000_000);
    for deep in [
        deep.clone(),
        format!(r#"{{"type":"FeatureCollection","features":[{{"properties":{deep}"#),
        format!(r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":{deep}"#),
    ] {
        assert_eq!(
            site.upload(deep.as_bytes()).await.problem(),
            "nothing-loaded"
        );
    }
    let closed = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let text = String::from_utf8(roads(&["一路"])).unwrap();
    let deep = text.replace("\"一路\"", &closed).into_bytes();
    assert_eq!(site.upload(&deep).await.json()["report"]["loaded"], 1);
    let columnar = site.get(&format!("{ROADS}?format=columnar")).await;
    assert_eq!(columnar.status, StatusCode::OK);
    site.layer("DELETE", ROADS, &[], b"").await;
    assert_eq!(site.get(ROADS).await.body, shipped);
}

#[tokio::test]
async fn only_administrators_change_layers_and_their_name_is_kept() {
    for role in Role::ALL {
        let site = accounts::with(role).await;
        let cookie = site.cookie().await;
        let headers = [("cookie", &*cookie)];
        let body = roads(&["一路"]);
        let put = site.layer("PUT", ROADS, &headers, &body).await;
        let allowed = role == Role::Administrator;
        assert_eq!(put.status == StatusCode::OK, allowed, "{role}");
        let read = site.with_cookie(Method::GET, ROADS, &cookie).await;
        assert_eq!(
            (read.status, read.body == body),
            (StatusCode::OK, allowed),
            "{role}"
        );
        if allowed {
            let list = site
                .with_cookie(Method::GET, "/api/v1/layers", &cookie)
                .await;
            assert_eq!(list.json()["layers"][0]["uploaded"]["by"], "crew-1");
        }
        // Who has no account has the app all the same, and its layers.
        assert_eq!(site.get(FILE).await.status, StatusCode::OK);
        assert_eq!(site.get(ROADS).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn what_one_server_takes_in_every_other_on_the_same_store_gives() {
    let folder = tempfile::tempdir().unwrap();
    crate::kit::dist(folder.path());
    let store = Arc::new(SqliteStore::in_memory(CITY).await.unwrap());
    let server = || {
        let app = App::new(store.clone());
        let router = router(app.clone(), folder.path());
        let folder = tempfile::tempdir().unwrap();
        Site {
            app,
            router,
            folder,
        }
    };
    let (one, other) = (server(), server());
    for names in [&["一路"][..], &["二路", "三路"]] {
        let body = roads(names);
        assert_eq!(one.upload(&body).await.status, StatusCode::OK);
        assert_eq!(other.get(ROADS).await.body, body);
        assert_eq!(other.get(FILE).await.body, body);
        assert_eq!(other.listed("roads").await["features"], names.len());
    }
}
