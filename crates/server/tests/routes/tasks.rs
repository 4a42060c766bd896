//! What the events add up to, as other programs read it.

use crate::kit::{about, device, dispatched, plotted, task};
use crate::{Site, site};
use mendmap_core::log::{Cancelled, Event, Noted, Reported, WorkLine};
use serde_json::{Value, json};

pub(crate) fn reported(quantity: &str) -> Reported {
    let line = json!({ "work": "drain-clear", "quantity": quantity, "unit": "pcs", "measured": "counted" });
    let line: WorkLine = serde_json::from_value(line).unwrap();
    Reported {
        lines: vec![line],
        done_on: "2024-05-03".parse().unwrap(),
        with: vec!["李".into()],
        on_behalf: None,
        note: None,
        snapshot: Default::default(),
        photos: Vec::new(),
        checked: Vec::new(),
    }
}

/// Three tasks: one plotted, one given to a crew, one reported.
pub(crate) fn story() -> Vec<Event> {
    let p1 = about(task(1), 1, 1, plotted("drain-clear", 123.5, 43.5), &[]);
    let p2 = about(task(2), 1, 2, plotted("drain-repair", 123.6, 43.5), &[]);
    let p3 = about(task(3), 1, 3, plotted("drain-clear", 123.7, 43.6), &[]);
    let d2 = about(task(2), 1, 4, dispatched("crew-1"), &[&p2]);
    let r3 = about(task(3), 1, 5, reported("12"), &[&p3]);
    vec![p1, p2, p3, d2, r3]
}

impl Site {
    /// The last digits of the tasks' ids, and the page.
    async fn tasks(&self, query: &str) -> (Vec<u64>, Value) {
        let answered = self.get(&format!("/api/v1/tasks?{query}")).await;
        assert_eq!(answered.status, 200, "{query}");
        let page = answered.json();
        let uids = page["tasks"].as_array().unwrap().iter().map(|task| {
            let uid = task["uid"].as_str().unwrap();
            uid[30..].parse().unwrap()
        });
        (uids.collect(), page)
    }
}

#[tokio::test]
async fn a_list_is_narrowed_by_what_fits() {
    let site = site().await;
    assert_eq!(site.tasks("").await.0, [0; 0], "there is nothing yet");
    site.hand_over(&story()).await;
    for (query, tasks) in [
        ("", &[1, 2, 3][..]),
        ("state=open", &[1]),
        ("state=dispatched,reported", &[2, 3]),
        ("state=verified", &[]),
        ("work=drain-clear", &[1, 3]),
        ("work=drain-clear&state=open,dispatched", &[1]),
        ("work=drain-repair,drain-clear", &[1, 2, 3]),
        ("crew=crew-1", &[2]),
        ("crew=crew-1,crew-9&work=drain-clear", &[]),
        ("bbox=123.5,43.5,123.6,43.5", &[1, 2]),
        ("bbox=123.65,-90,180,90", &[3]),
        ("after=1", &[2, 3]),
        ("after=4", &[3]),
        ("after=5", &[]),
    ] {
        assert_eq!(site.tasks(query).await.0, tasks, "{query}");
    }
}

#[tokio::test]
async fn pages_go_by_the_latest_event_and_whoever_follows_them_misses_no_change() {
    let site = site().await;
    let story = story();
    site.hand_over(&story).await;
    let (first, page) = site.tasks("limit=2").await;
    assert_eq!((first, &page["next"]), (vec![1, 2], &json!(4)));
    assert_eq!(page["tasks"][1]["place"], 4);
    // The first task changes between two pages.
    let note = Noted {
        text: "x".into(),
        asset: None,
        photos: Vec::new(),
    };
    site.hand_over(&[about(task(1), 1, 6, note, &[&story[0]])])
        .await;
    let (rest, page) = site.tasks("limit=2&after=4").await;
    assert_eq!((rest, &page["next"]), (vec![3, 1], &json!(6)));
    assert_eq!(page["head"]["place"], 6);
    // Where nothing is left that fits, one goes on at the end of the order.
    let (none, page) = site.tasks("state=cancelled&limit=1").await;
    assert_eq!((none, &page["next"]), (vec![], &json!(6)));
}

#[tokio::test]
async fn a_task_is_told_with_its_history() {
    let site = site().await;
    let story = story();
    site.hand_over(&story).await;
    let card = site.get(&format!("/api/v1/tasks/{}", task(3))).await.json();
    assert_eq!(
        (&card["state"], &card["place"]),
        (&json!("reported"), &json!(5))
    );
    assert_eq!(card["target"]["position"], json!([123.7, 43.6]));
    assert_eq!(card["reports"][0]["lines"][0]["quantity"], "12");
    let kinds: Vec<_> = card["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["kind"])
        .collect();
    assert_eq!(kinds, ["plotted", "reported"]);
    assert_eq!(card["history"][1]["actor"], "crew-1");
    // Called off by a phone that knew of no report: both are told, nobody chooses.
    let off = about(
        task(3),
        2,
        1,
        Cancelled {
            reason: Some("重复".into()),
        },
        &[&story[2]],
    );
    site.hand_over(&[off]).await;
    let card = site.get(&format!("/api/v1/tasks/{}", task(3))).await.json();
    assert_eq!(card["state"], "conflict");
    assert_eq!(card["conflicts"][0]["field"], "stage");
    assert_eq!(card["reasons"], json!(["重复"]));
    let listed = site.tasks("state=conflict").await.1;
    assert_eq!(listed["tasks"][0]["conflicts"], json!(["stage"]));
}

#[tokio::test]
async fn what_has_no_place_counts_nowhere() {
    let site = site().await;
    let story = story();
    site.hand_over(&story[..3]).await;
    // A report behind a gap, one under a taken id, one that is too long.
    let waits = about(task(1), 3, 2, reported("1"), &[&story[0]]);
    let held = about(task(2), 1, 1, reported("2"), &[&story[1]]);
    let mut long = reported("3");
    long.note = Some("x".repeat(300_000));
    let refused = about(task(3), 4, 1, long, &[&story[2]]);
    site.hand_over(&[waits, held, refused]).await;
    let (all, page) = site.tasks("state=open").await;
    assert_eq!((all, &page["head"]["place"]), (vec![1, 2, 3], &json!(3)));
    let card = site.get(&format!("/api/v1/tasks/{}", task(2))).await.json();
    assert_eq!(card["history"].as_array().unwrap().len(), 1);
    // The gap closes: now it counts.
    site.hand_over(&[about(task(9), 3, 1, plotted("drain-clear", 0.0, 0.0), &[])])
        .await;
    assert_eq!(site.tasks("state=reported").await.0, [1]);
}

#[tokio::test]
async fn what_cannot_be_asked_of_tasks_is_said() {
    let site = site().await;
    for query in [
        "state=closed",
        "state=",
        "state=open,,reported",
        "after=x",
        "limit=-1",
        "bbox=1,2,3",
        "bbox=1,2,3,4,5",
        "bbox=a,b,c,d",
        "bbox=NaN,0,1,1",
        "bbox=0,0,inf,1",
        "bbox=0,0,181,1",
        "bbox=2,0,1,1",
        "bbox=0,2,1,1",
    ] {
        let answered = site.get(&format!("/api/v1/tasks?{query}")).await;
        assert_eq!(
            (answered.status.as_u16(), answered.problem().as_str()),
            (400, "query"),
            "{query}"
        );
    }
    let beyond = site.get("/api/v1/tasks?after=1").await;
    assert_eq!(
        (beyond.status.as_u16(), beyond.problem().as_str()),
        (409, "unknown-place")
    );
    for id in [
        task(1).to_string(),
        device(1).to_string(),
        "x".into(),
        "%ff".into(),
    ] {
        let answered = site.get(&format!("/api/v1/tasks/{id}")).await;
        assert_eq!(
            (answered.status.as_u16(), answered.problem().as_str()),
            (404, "not-found"),
            "{id}"
        );
    }
}
