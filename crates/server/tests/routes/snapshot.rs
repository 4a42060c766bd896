//! `/api/v1/snapshot`: what a new device begins with, and the whole history in segments.

use crate::kit::{self, CITY, Dice, about, device, plotted, task};
use crate::{Site, site};
use axum::body::Body;
use axum::http::Request;
use mendmap_core::catalog::Catalog;
use mendmap_core::ids::{AssetUid, Uuid};
use mendmap_core::ledger::{Cell, Completion, Period, completion};
use mendmap_core::log::{
    AssetVanished, Configured, Event, Json, Log, Measured, Quantity, Reported, Subject, WorkLine,
    read_segment,
};
use mendmap_core::sync::{Head, Snapshot, is_of_interest, read_cells, read_snapshot};
use mendmap_core::task::Tasks;
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::io::Read;

const CLEAR: &str = "drain-clear";

/// Work on many tasks, as one phone said it; two of three are done.
fn year(tasks: u64) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut dice = Dice(7);
    for n in 0..tasks {
        let uid = task(u128::from(n) + 1);
        let plot = plotted(CLEAR, 123.5, 43.5);
        let plot = about(uid, 1, events.len() as u64 + 1, plot, &[]);
        events.push(plot.clone());
        if dice.below(3) > 0 {
            let report = about(uid, 1, events.len() as u64 + 1, reported(), &[&plot]);
            events.push(report);
        }
    }
    events
}

fn reported() -> Reported {
    Reported {
        lines: vec![WorkLine {
            work: CLEAR.into(),
            quantity: "1".parse::<Quantity>().unwrap(),
            unit: "pcs".into(),
            material: None,
            measured: Measured::Counted,
            covered: Vec::new(),
            patches: Vec::new(),
            assets: Vec::new(),
        }],
        done_on: "2024-05-03".parse().unwrap(),
        with: Vec::new(),
        on_behalf: None,
        note: None,
        snapshot: Default::default(),
        photos: Vec::new(),
        checked: Vec::new(),
    }
}

async fn take_in(site: &Site, events: &[Event]) {
    for batch in events.chunks(1000) {
        site.app.append(batch.to_vec()).await.unwrap();
    }
}

async fn snapshot(site: &Site) -> Snapshot {
    let answered = site.get("/api/v1/snapshot").await;
    assert_eq!(answered.status, 200);
    assert_eq!(answered.header("content-type"), "application/x-ndjson");
    read_snapshot(CITY, &answered.body).unwrap()
}

async fn cells(site: &Site) -> Vec<Cell> {
    let answered = site.get("/api/v1/snapshot?part=cells").await;
    read_cells(CITY, &answered.body).unwrap().unwrap()
}

fn folded(events: &[Event]) -> Tasks {
    let mut log = Log::new(CITY);
    log.merge(events.iter().cloned());
    Tasks::from_log(&log, BTreeSet::new())
}

fn counted(catalog: &Catalog, tasks: &Tasks, cells: &[Cell]) -> Completion {
    let period = Period {
        from: "2024-01-01".parse().unwrap(),
        to: "2024-12-31".parse().unwrap(),
    };
    let assets = [AssetUid(Uuid::from_u128(0xa55e))];
    let tasks = tasks.iter().map(|task| &**task);
    completion(catalog, &CLEAR.into(), period, tasks, cells, assets, false)
}

/// What a device does with it: the snapshot, and what has come since.
#[tokio::test]
async fn with_a_snapshot_and_what_follows_a_device_is_where_the_others_are() {
    let site = site().await;
    kit::dist(site.folder.path());
    let events = year(7_000);
    let (before, after) = events.split_at(events.len() - 700);
    take_in(&site, &before[..4_000]).await;
    let answered = site.get("/api/v1/snapshot").await;
    assert_eq!((answered.status.as_u16(), answered.body.len()), (204, 0));

    take_in(&site, &before[4_000..]).await;
    let begun = snapshot(&site).await;
    let head = site.app.store().head().await.unwrap();
    assert_eq!(begun.head, head);
    let cells = cells(&site).await;
    assert!(!cells.is_empty());
    assert!(begun.events.len() + cells.len() < before.len());

    take_in(&site, after).await;
    let again = snapshot(&site).await;
    assert_eq!(again, begun, "it is good for a while");
    let work = site.get("/api/v1/snapshot?part=work").await;
    assert_eq!(read_snapshot(CITY, &work.body).unwrap(), begun);
    assert_eq!(read_cells(CITY, &work.body), Ok(Some(vec![])));
    let neither = site.get("/api/v1/snapshot?part=half").await;
    assert_eq!(neither.status, 400);

    let mut known = begun.events;
    known.extend_from_slice(after);
    let (mine, all) = (folded(&known), folded(&events));
    let open = |tasks: &Tasks| {
        let open = tasks.iter().filter(|task| is_of_interest(task));
        open.cloned().collect::<Vec<_>>()
    };
    assert_eq!(open(&mine), open(&all));
    // A cell of a task that has come back is not counted beside it.
    let mut cells = cells;
    cells.retain(|cell| mine.get(cell.task).is_none());
    let catalog = std::fs::read(site.folder.path().join("city/catalog.json")).unwrap();
    let (catalog, _) = Catalog::read(&catalog).unwrap();
    let whole = counted(&catalog, &all, &[]);
    assert!(whole.tasks > 4_000, "{whole:?}");
    assert_eq!(counted(&catalog, &mine, &cells), whole);

    // It is made anew once it is too far behind, or the history is another.
    take_in(&site, &one_phone_more(2_000)).await;
    let later = snapshot(&site).await;
    assert_eq!(later.head, site.app.store().head().await.unwrap());
}

/// What is said of assets lies over the layers on every device, and what was set over the catalogue, however
/// long ago that was.
#[tokio::test]
async fn all_that_was_said_of_assets_and_set_of_the_city_is_in_a_snapshot() {
    let site = site().await;
    let lid = Subject::Asset(AssetUid(Uuid::from_u128(0xa55e)));
    let missing = kit::told(lid, 3, 1, AssetVanished::default(), &[]);
    let configured = Configured {
        path: "/work_kinds/drain-clear/plan/2024".into(),
        value: Json(RawValue::from_string("80".into()).unwrap()),
    };
    let set = kit::told(Subject::City(CITY.into()), 3, 2, configured, &[]);
    take_in(&site, &[missing.clone(), set.clone()]).await;
    take_in(&site, &one_phone_more(6_000)).await;
    let begun = snapshot(&site).await;
    assert!(begun.events.contains(&missing));
    assert!(begun.events.contains(&set));
}

fn one_phone_more(count: u64) -> Vec<Event> {
    let seqs = 1..=count;
    seqs.map(|seq| kit::saying(2, seq, "x")).collect()
}

#[tokio::test]
async fn segments_hold_the_whole_history_and_the_chain_goes_through_them() {
    let site = site().await;
    let events = year(4_000);
    take_in(&site, &events).await;
    let head = site.app.store().head().await.unwrap();
    let (mut at, mut read) = (Head::start(CITY), Vec::new());
    while at.place < head.place {
        let path = format!("/api/v1/segments?after={}&to={}", at.place, head.place);
        let answered = site.get(&path).await;
        let segment = read_segment(&answered.body).unwrap();
        assert_eq!(segment.city, CITY);
        assert!(!segment.events.is_empty());
        for event in segment.events {
            at = at.followed_by(event.raw());
            read.push(event);
        }
    }
    assert_eq!(at, head);
    assert_eq!(read, events);
    assert_eq!(read[0].number().unwrap().0, device(1));

    let plain = site.get("/api/v1/segments?after=0&to=1000").await;
    let brotli = Request::get("/api/v1/segments?after=0&to=1000");
    let brotli = brotli.header("accept-encoding", "br").body(Body::empty());
    let brotli = site.send(brotli.unwrap()).await;
    assert_eq!(brotli.header("content-encoding"), "br");
    assert!(brotli.body.len() * 5 < plain.body.len());
    let mut decoded = Vec::new();
    let mut decoder = brotli::Decompressor::new(&*brotli.body, 4096);
    decoder.read_to_end(&mut decoded).unwrap();
    assert_eq!(decoded, plain.body);

    let part = site.get("/api/v1/segments?after=2&to=4").await;
    assert_eq!(read_segment(&part.body).unwrap().events, events[2..4]);
    for wrong in ["after=4&to=4", "after=5&to=4", "after=5", "to=x"] {
        let answered = site.get(&format!("/api/v1/segments?{wrong}")).await;
        assert_eq!(answered.problem(), "query", "{wrong}");
    }
    let beyond = format!("/api/v1/segments?after=0&to={}", head.place + 1);
    assert_eq!(site.get(&beyond).await.problem(), "unknown-place");
}
