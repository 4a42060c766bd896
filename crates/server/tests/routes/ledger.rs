//! What was done in a period, as other programs read it.

mod forms;

use crate::kit::{self, CITY, about, dispatched, plotted, task};
use crate::tasks::reported;
use crate::{Answered, Site, accounts, site};
use axum::body::Body;
use axum::http::{Method, Request};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use mendmap_core::account::Role;
use mendmap_core::ids::{AssetUid, Uuid};
use mendmap_core::log::{
    AssetAdded, AssetConfirmed, AssetSnapshot, AssetVanished, Configured, Event, Json, Reported,
    Subject, Undone, Verified, WorkLine,
};
use mendmap_server::user::{Deed, act};
use serde_json::value::RawValue;
use serde_json::{Value, json};

const YEAR: &str = "/api/v1/ledger?from=2024-01-01&to=2024-10-31";

fn line(work: &str, quantity: &str, unit: &str) -> WorkLine {
    let line = json!({ "work": work, "quantity": quantity, "unit": unit, "measured": "counted" });
    serde_json::from_value(line).unwrap()
}

fn report(lines: Vec<WorkLine>, done_on: &str) -> Reported {
    let done_on = done_on.parse().unwrap();
    Reported {
        lines,
        done_on,
        ..reported("1")
    }
}

/// Clearing and repairing drains, paving, and one report that is undone by none.
fn story() -> Vec<Event> {
    let drain = |n| {
        about(
            task(n),
            1,
            2 * n as u64 - 1,
            plotted("drain-clear", 123.5, 43.5),
            &[],
        )
    };
    let told = |n, plotted: &Event, lines, day| {
        about(task(n), 1, 2 * n as u64, report(lines, day), &[plotted])
    };
    let [p1, p2, p3, p4] = [1, 2, 3, 4].map(drain);
    let both = vec![
        line("drain-clear", "40", "pcs"),
        line("drain-repair", "3", "pcs"),
    ];
    let r1 = told(1, &p1, both, "2024-01-01");
    let r2 = told(
        2,
        &p2,
        vec![line("sidewalk-pave", "1395.84", "m2")],
        "2024-10-31",
    );
    let r3 = told(3, &p3, vec![line("drain-clear", "7", "pcs")], "2024-11-01");
    let r4 = told(
        4,
        &p4,
        vec![line("=HYPERLINK(1)", "1", "pcs")],
        "2024-05-05",
    );
    let d1 = about(task(1), 1, 9, dispatched("drain-1"), &[&r1]);
    vec![p1, r1, p2, r2, p3, r3, p4, r4, d1]
}

fn of<'a>(ledger: &'a Value, work: &str) -> &'a Value {
    let lines = ledger["lines"].as_array().unwrap();
    lines.iter().find(|line| line["work"] == work).unwrap()
}

impl Site {
    async fn ledger(&self, query: &str) -> Value {
        // What is no ASCII has to be written otherwise in an address.
        let query: String = query.bytes().fold(String::new(), |query, byte| match byte {
            0..=127 => query + char::from(byte).encode_utf8(&mut [0; 4]),
            _ => format!("{query}%{byte:02X}"),
        });
        let answered = self.get(&format!("{YEAR}{query}")).await;
        assert_eq!(answered.status, 200, "{query}");
        answered.json()
    }

    async fn in_words(&self, path: &str, accept: &str, language: &str) -> Answered {
        let request = Request::get(path)
            .header("accept", accept)
            .header("accept-language", language);
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

#[tokio::test]
async fn what_an_administrator_set_of_the_plan_is_planned() {
    let site = site().await;
    let planned = async || of(&site.ledger("").await, "drain-clear")["plan"].clone();
    let before = planned().await;
    let city = Subject::City(CITY.into());
    let configured = Configured {
        path: "/work_kinds/drain-clear/plan/2024".into(),
        value: Json(RawValue::from_string("\"80\"".into()).unwrap()),
    };
    let set = kit::told(city.clone(), 1, 1, configured, &[]);
    site.hand_over(std::slice::from_ref(&set)).await;
    assert_eq!(planned().await["quantity"], "80");
    let undone = Undone {
        events: vec![set.id().unwrap()],
        note: None,
    };
    let undone = kit::told(city, 1, 2, undone, &[&set]);
    site.hand_over(&[undone]).await;
    assert_eq!(planned().await, before);
}

#[tokio::test]
async fn a_period_is_added_up_by_kind_of_work() {
    let site = site().await;
    let empty = site.ledger("").await;
    assert_eq!(of(&empty, "drain-clear")["quantity"], "0");
    site.hand_over(&story()).await;
    let ledger = site.ledger("").await;
    assert_eq!(
        (&ledger["from"], &ledger["to"]),
        (&json!("2024-01-01"), &json!("2024-10-31"))
    );
    assert_eq!(ledger["head"]["place"], 9);
    let clear = of(&ledger, "drain-clear");
    assert_eq!(
        (&clear["quantity"], &clear["tasks"]),
        (&json!("40"), &json!(1))
    );
    assert_eq!(
        clear["of_which"],
        json!([{ "work": "drain-repair", "quantity": "3" }])
    );
    assert_eq!(clear["plan"]["reached"], json!([1, 90]));
    assert_eq!(
        (&clear["monthly_mean"], &clear["assets"]),
        (&json!("4"), &json!(1))
    );
    assert_eq!(of(&ledger, "drain-repair")["within"], "drain-clear");
    let pave = of(&ledger, "sidewalk-pave");
    assert_eq!(
        (&pave["quantity"], &pave["unit"]),
        (&json!("1395.84"), &json!("m2"))
    );
    assert_eq!(pave["plan"]["percent"], "116.3");
    assert_eq!(of(&ledger, "refuse-rate")["quantity"], Value::Null);
    assert_eq!(
        ledger["unknown"],
        json!([{ "work": "=HYPERLINK(1)", "tasks": 1 }])
    );
    // A day later one more counts.
    let longer = site
        .get("/api/v1/ledger?from=2024-01-01&to=2024-11-01")
        .await;
    assert_eq!(of(&longer.json(), "drain-clear")["quantity"], "47");
    let none = site
        .get("/api/v1/ledger?from=2024-01-02&to=2024-10-30&crew=drain-1")
        .await;
    assert_eq!(of(&none.json(), "drain-clear")["tasks"], 0);
}

/// A layer's file with these toilets, by their numbers.
fn toilets(numbers: &[u128]) -> Value {
    let toilet = |n: &u128| {
        let uid = AssetUid(Uuid::from_u128(*n));
        json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [123.5, 43.52]},
            "properties": {"uid": uid, "kind": "public-toilet", "street": "辽河路"}})
    };
    let toilets: Vec<Value> = numbers.iter().map(toilet).collect();
    json!({"type": "FeatureCollection", "features": toilets})
}

#[tokio::test]
async fn a_stock_is_what_the_layers_hold_and_what_a_supervisor_confirmed() {
    let site = site().await;
    let told = async |site: &Site, more: &str| {
        let ledger = site.ledger(more).await;
        let toilets = of(&ledger, "toilet-keep");
        let [quantity, done] = ["quantity", "done"].map(|key| toilets[key].as_str().unwrap());
        (
            quantity.to_owned(),
            done.to_owned(),
            ledger["paragraph"].to_string(),
        )
    };
    // Without a layer it is what was worked on.
    let plotting = about(task(1), 1, 1, plotted("toilet-keep", 123.5, 43.5), &[]);
    let done = report(vec![line("toilet-keep", "1", "pcs")], "2024-05-05");
    let done = about(task(1), 1, 2, done, &[&plotting]);
    site.hand_over(&[plotting, done]).await;
    let (quantity, done, _) = told(&site, "").await;
    assert_eq!((&*quantity, &*done), ("1", "1"));
    let layer = toilets(&[1, 2, 3]);
    let file = site.folder.path().join("city/toilets.geojson");
    std::fs::write(&file, layer.to_string()).unwrap();
    let (quantity, done, paragraph) = told(&site, "").await;
    assert_eq!((&*quantity, &*done), ("3", "1"));
    assert!(paragraph.contains("管护标准化水冲公厕3座"), "{paragraph}");
    assert_eq!(told(&site, "&street=辽河路").await.0, "3");
    assert_eq!(told(&site, "&street=中山路").await.0, "0");
    // What a crew puts on the map counts once a supervisor has confirmed it; what is gone does not.
    let new = AssetUid(Uuid::from_u128(9));
    let asset: AssetSnapshot = serde_json::from_value(json!({
        "uid": new, "kind": "public-toilet", "at": [1_235_000_000, 435_200_000]
    }))
    .unwrap();
    let added = AssetAdded {
        asset,
        shape: None,
        properties: None,
        photos: Vec::new(),
        note: None,
    };
    let added = kit::told(Subject::Asset(new), 1, 3, added, &[]);
    let old = Subject::Asset(AssetUid(Uuid::from_u128(2)));
    let gone = kit::told(old.clone(), 1, 4, AssetVanished::default(), &[]);
    site.hand_over(&[added.clone(), gone.clone()]).await;
    assert_eq!(told(&site, "").await.0, "3", "nobody has looked yet");
    let confirmed = |subject: Subject, seq, proposal: &Event| {
        let confirmed = AssetConfirmed {
            proposal: proposal.id().unwrap(),
            note: None,
        };
        kit::told(subject, 1, seq, confirmed, &[proposal])
    };
    site.hand_over(&[confirmed(Subject::Asset(new), 5, &added)])
        .await;
    assert_eq!(told(&site, "").await.0, "4");
    site.hand_over(&[confirmed(old, 6, &gone)]).await;
    assert_eq!(told(&site, "").await.0, "3");
    // Another file is read anew.
    let layer = toilets(&[1]);
    std::fs::write(&file, layer.to_string()).unwrap();
    assert_eq!(told(&site, "").await.0, "2");
}

#[tokio::test]
async fn it_is_narrowed_to_places_and_to_what_was_verified() {
    let site = site().await;
    let done = |n: u128, seq, street: &str| {
        let plotting = about(task(n), 1, seq, plotted("drain-clear", 123.5, 43.5), &[]);
        let mut done = report(vec![line("drain-clear", "5", "pcs")], "2024-05-05");
        done.snapshot.street = Some(street.into());
        done.snapshot.grid = Some("007".into());
        let done = about(task(n), 1, seq + 1, done, &[&plotting]);
        [plotting, done]
    };
    let ([p1, r1], [p2, r2]) = (done(1, 1, "辽河路"), done(2, 3, "中山路"));
    let verified = Verified {
        report: r1.id().unwrap(),
        note: None,
        photos: Vec::new(),
    };
    let verified = about(task(1), 1, 5, verified, &[&r1]);
    site.hand_over(&[p1, r1, p2, r2, verified]).await;
    for (query, quantity) in [
        ("", "10"),
        ("&street=辽河路", "5"),
        ("&street=辽河路,中山路", "10"),
        ("&grid=007", "10"),
        ("&grid=008", "0"),
        ("&community=x", "0"),
        ("&state=counted", "10"),
        ("&state=reported", "10"),
        ("&state=verified", "5"),
        ("&state=verified&street=中山路", "0"),
    ] {
        let ledger = site.ledger(query).await;
        assert_eq!(of(&ledger, "drain-clear")["quantity"], quantity, "{query}");
    }
    let wrong = site.get(&format!("{YEAR}&state=done")).await;
    assert_eq!(wrong.status, 400);
}

#[tokio::test]
async fn it_is_narrowed_to_kinds_and_crews() {
    let site = site().await;
    site.hand_over(&story()).await;
    let some = site.ledger("&work=drain-repair,crack-seal").await;
    let works: Vec<_> = some["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| &l["work"])
        .collect();
    assert_eq!(
        works,
        ["crack-seal", "drain-repair"],
        "in the catalogue's order"
    );
    assert_eq!(some["unknown"], json!([]));
    for (crew, cleared, paved) in [
        ("drain-1", "40", "0"),
        ("drain-1,road-1", "40", "0"),
        ("road-1", "0", "0"),
    ] {
        let ledger = site.ledger(&format!("&crew={crew}")).await;
        assert_eq!(of(&ledger, "drain-clear")["quantity"], cleared, "{crew}");
        assert_eq!(of(&ledger, "sidewalk-pave")["quantity"], paved, "{crew}");
    }
}

#[tokio::test]
async fn work_that_nobody_gave_out_is_of_the_crew_of_who_reported_it() {
    let site = site().await;
    site.hand_over(&story()).await;
    // Whose work it was, nobody says but who gave it out afterwards.
    let cleared = |ledger: &Value| of(ledger, "drain-clear")["quantity"].clone();
    assert_eq!(cleared(&site.ledger("&crew=drain-1").await), "40");
    let reporter = Deed::Add {
        name: "王".into(),
        role: Role::Viewer,
        crews: vec!["road-1".into()],
        password: accounts::PASSWORD.into(),
    };
    act(&site.app, "crew-1", reporter).await.unwrap();
    let cookie = site.cookie().await;
    for (crew, quantity) in [("drain-1", "0"), ("road-1", "40")] {
        let path = format!("{YEAR}&crew={crew}");
        let read = site.with_cookie(Method::GET, &path, &cookie).await;
        assert_eq!(cleared(&read.json()), quantity, "{crew}");
    }
}

#[tokio::test]
async fn a_period_that_is_not_over_counts_up_to_today() {
    let site = site().await;
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let today = Timestamp::now().to_zoned(zone).date();
    let days = |n: i64| today.checked_add(jiff::Span::new().days(n)).unwrap();
    let [p1, p2] = [1, 2].map(|n| {
        let plotted = plotted("drain-clear", 123.5, 43.5);
        about(task(n), 1, 2 * n as u64 - 1, plotted, &[])
    });
    let done = |on: &Event, n: u128, day: jiff::civil::Date| {
        let lines = vec![line("drain-clear", "4", "pcs")];
        about(
            task(n),
            1,
            2 * n as u64,
            report(lines, &day.to_string()),
            &[on],
        )
    };
    let (r1, r2) = (done(&p1, 1, days(-3)), done(&p2, 2, days(3)));
    site.hand_over(&[p1, r1, p2, r2]).await;
    let path = |from, to| format!("/api/v1/ledger?from={}&to={}", days(from), days(to));
    let running = site.get(&path(-9, 9)).await.json();
    assert_eq!(of(&running, "drain-clear")["quantity"], "4");
    assert_eq!(running["to"], days(9).to_string());
    assert_eq!(running["counted_to"], today.to_string());
    let over = site.get(&path(-9, -1)).await.json();
    assert_eq!(over["counted_to"], days(-1).to_string());
}

#[tokio::test]
async fn what_is_printed_is_the_citys_and_verified_whatever_is_asked() {
    let site = site().await;
    let story = story();
    site.hand_over(&story).await;
    let paragraph = async |query: &str| site.ledger(query).await["paragraph"].to_string();
    let none = paragraph("&state=reported").await;
    assert!(!none.contains("清掏雨漏"), "nobody has verified it: {none}");
    let verified = Verified {
        report: story[1].id().unwrap(),
        note: None,
        photos: Vec::new(),
    };
    site.hand_over(&[about(task(1), 1, 10, verified, &[&story[1]])])
        .await;
    for query in ["", "&state=reported", "&crew=road-1", "&work=crack-seal"] {
        let all = paragraph(query).await;
        assert!(all.contains("清掏雨漏40座"), "{query}: {all}");
    }
}

#[tokio::test]
async fn words_are_in_the_callers_language() {
    let site = site().await;
    let ledger = async |language| {
        let answered = site.in_words(YEAR, "application/json", language).await;
        assert!(
            answered
                .headers
                .get_all("vary")
                .iter()
                .any(|by| by == "accept-language")
        );
        (
            answered.header("content-language").to_owned(),
            answered.json(),
        )
    };
    let (tag, zh) = ledger("zh").await;
    let clear = of(&zh, "drain-clear");
    assert_eq!(
        (tag.as_str(), &clear["name"], &clear["unit_name"]),
        ("zh-CN", &json!("清掏雨漏"), &json!("座"))
    );
    assert_eq!(zh["plan_note"], "演示计划，数字为虚构");
    let (tag, en) = ledger("en").await;
    let clear = of(&en, "drain-clear");
    assert_eq!(
        (tag.as_str(), &clear["name"], &clear["unit_name"]),
        ("en", &json!("Clear storm drains"), &json!("pcs"))
    );
}

#[tokio::test]
async fn what_asks_for_it_counts_once_verified() {
    let site = site().await;
    let path = site.folder.path().join("city/catalog.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut catalog: Value = serde_json::from_str(&text).unwrap();
    let kinds = catalog["work_kinds"].as_array_mut().unwrap();
    let pave = kinds.iter_mut().find(|kind| kind["id"] == "sidewalk-pave");
    pave.unwrap()["verify"] = true.into();
    catalog["version"] = 77.into();
    // What is served is read anew: the server is not started again for it.
    std::fs::write(&path, catalog.to_string()).unwrap();
    let story = story();
    site.hand_over(&story).await;
    let ledger = site.ledger("").await;
    assert_eq!(ledger["catalog"], 77);
    let pave = of(&ledger, "sidewalk-pave");
    assert_eq!(
        (&pave["quantity"], &pave["pending"]["unverified"]),
        (&json!("0"), &json!(1))
    );
    let report = story[3].id().unwrap();
    let good = Verified {
        report,
        note: None,
        photos: Vec::new(),
    };
    site.hand_over(&[about(task(2), 1, 10, good, &[&story[3]])])
        .await;
    let ledger = site.ledger("").await;
    assert_eq!(of(&ledger, "sidewalk-pave")["quantity"], "1395.84");
}

#[tokio::test]
async fn what_cannot_be_asked_of_the_ledger_is_said() {
    let site = site().await;
    for (query, detail) in [
        ("", "from: a day such as 2024-01-31"),
        ("from=2024-01-01", "to: a day such as 2024-01-31"),
        (
            "from=2024-1-1&to=2024-10-31",
            "from: a day such as 2024-01-31",
        ),
        (
            "from=2024-01-01&to=2024-02-30",
            "to: a day such as 2024-01-31",
        ),
        ("from=2024-01-01&to=", "to: a day such as 2024-01-31"),
        (
            "from=2024-10-31&to=2024-01-01",
            "from is the first day and to the last one",
        ),
        (
            "from=2024-01-01&to=2024-10-31&format=xml",
            "format: json, csv or xlsx",
        ),
        (
            "from=2024-01-01&to=2024-10-31&work=drain-clear,sing",
            "work: the catalogue has no kind of work \"sing\"",
        ),
        (
            "from=2024-01-01&to=2024-10-31&crew=drain-1,drian-1",
            "crew: the catalogue has no crew \"drian-1\"",
        ),
    ] {
        let answered = site.get(&format!("/api/v1/ledger?{query}")).await;
        assert_eq!(
            (answered.status.as_u16(), answered.problem().as_str()),
            (400, "query"),
            "{query}"
        );
        assert_eq!(answered.json()["detail"], detail, "{query}");
    }
    let twice = site.get(&format!("{YEAR}&from=2024-02-01")).await;
    assert_eq!(
        (twice.status.as_u16(), twice.problem().as_str()),
        (400, "query")
    );
}

#[tokio::test]
async fn whoever_has_an_account_may_read_it() {
    let site = accounts::with(Role::Viewer).await;
    let cookie = site.cookie().await;
    let read = site.with_cookie(Method::GET, YEAR, &cookie).await;
    assert_eq!(read.status, 200);
    let nobody = site.get(YEAR).await;
    assert_eq!(
        (nobody.status.as_u16(), nobody.problem().as_str()),
        (401, "no-session")
    );
}

#[tokio::test]
async fn a_catalogue_that_went_away_is_the_servers_fault_and_is_not_told() {
    let site = site().await;
    let path = site.folder.path().join("city/catalog.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let other = text.replace(&format!("\"id\": \"{CITY}\""), "\"id\": \"110000\"");
    assert_ne!(other, text);
    for broken in ["{", &other] {
        std::fs::write(&path, broken).unwrap();
        let answered = site.get(YEAR).await;
        assert_eq!(
            (answered.status.as_u16(), answered.problem().as_str()),
            (500, "internal")
        );
        let said = String::from_utf8(answered.body).unwrap();
        assert!(!said.contains("catalog"), "{said}");
    }
}
