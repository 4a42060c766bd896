//! What is kept is what one would get by folding the whole log again.

use super::*;
use crate::store::SqliteStore;
use mendmap_core::ids::{DeviceId, EventId, Uuid};
use mendmap_core::log::{Draft, Kind, Noted, Reported, Stamp, Started};
use mendmap_core::sync::Limits;

const CITY: &str = "a";

fn task(n: u64) -> TaskUid {
    TaskUid(Uuid::from_u128(
        0x7a5c_0000_0000_8000_8000_0000_0000_0000 + u128::from(n),
    ))
}

fn says(device: u128, seq: u64, about: u64, kind: impl Into<Kind>) -> Event {
    let id = 0x018f_0000_0000_7000_8000_0000_0000_0000 + (device << 40) + u128::from(seq);
    let stamp = Stamp {
        id: EventId(Uuid::from_u128(id)),
        device: DeviceId(Uuid::from_u128(
            0xde01_ce00_0000_8000_8000_0000_0000_0000 + device,
        )),
        seq,
        actor: "crew-1".into(),
        at: "2024-05-03T09:12:44+08:00".parse().unwrap(),
        offset_ms: 0,
    };
    Draft::new(Subject::Task(task(about)), kind)
        .seal(CITY, stamp, &[])
        .unwrap()
}

fn noted(text: &str) -> Noted {
    Noted {
        text: text.into(),
        asset: None,
        photos: Vec::new(),
    }
}

fn report() -> Reported {
    Reported {
        lines: Vec::new(),
        done_on: "2024-05-03".parse().unwrap(),
        with: Vec::new(),
        on_behalf: None,
        note: None,
        snapshot: Default::default(),
        photos: Vec::new(),
        checked: Vec::new(),
    }
}

async fn append(store: &SqliteStore, events: &[Event]) {
    store.append(events, &Limits::default()).await.unwrap();
}

async fn holds_what_the_log_says(folds: &Folds, store: &SqliteStore) {
    let all = store.after(0, u32::MAX).await.unwrap();
    let mut log = Log::new(CITY);
    let mut latest = BTreeMap::new();
    for placed in &all {
        let event = Event::read(placed.raw.clone());
        if let Some(Subject::Task(uid)) = event.subject() {
            latest.insert(*uid, placed.place);
        }
        log.insert(event);
    }
    let kept = folds.now(store).await.unwrap();
    assert_eq!(kept.head, store.head().await.unwrap());
    assert_eq!(kept.tasks, Tasks::from_log(&log, BTreeSet::new()));
    let mut places: Vec<_> = latest.iter().map(|(uid, place)| (*place, *uid)).collect();
    places.sort();
    let listed: Vec<_> = kept
        .after(0)
        .map(|(place, task)| (place, task.uid))
        .collect();
    assert_eq!(listed, places);
}

#[tokio::test]
async fn it_is_the_fold_of_the_log_however_the_events_came() {
    let store = SqliteStore::in_memory(CITY).await.unwrap();
    let folds = Folds::new(CITY);
    holds_what_the_log_says(&folds, &store).await;
    // Numbers 2 and 3 of the second device wait for its first.
    append(
        &store,
        &[says(1, 1, 1, noted("x")), says(2, 2, 1, Started::default())],
    )
    .await;
    holds_what_the_log_says(&folds, &store).await;
    assert_eq!(folds.now(&store).await.unwrap().head.place, 1);
    append(
        &store,
        &[says(2, 3, 2, report()), says(2, 1, 2, noted("y"))],
    )
    .await;
    holds_what_the_log_says(&folds, &store).await;
    assert_eq!(folds.now(&store).await.unwrap().head.place, 4);
    // The same number again with other words is held, and no event is refused.
    append(
        &store,
        &[says(1, 1, 3, noted("z")), Event::read(b"no event".to_vec())],
    )
    .await;
    holds_what_the_log_says(&folds, &store).await;
    assert!(folds.now(&store).await.unwrap().get(task(3)).is_none());
    // More than a page, and a fold that begins only now.
    let many: Vec<_> = (2..=2500)
        .map(|seq| says(1, seq, seq % 7, noted("n")))
        .collect();
    append(&store, &many).await;
    holds_what_the_log_says(&folds, &store).await;
    holds_what_the_log_says(&Folds::new(CITY), &store).await;
}

#[tokio::test]
async fn another_history_in_the_place_of_the_one_that_was_read_is_read_from_its_beginning() {
    let folds = Folds::new(CITY);
    let before = SqliteStore::in_memory(CITY).await.unwrap();
    append(
        &before,
        &[says(1, 1, 1, noted("a")), says(1, 2, 2, noted("b"))],
    )
    .await;
    holds_what_the_log_says(&folds, &before).await;
    for length in [1, 2, 3] {
        let other = SqliteStore::in_memory(CITY).await.unwrap();
        let events: Vec<_> = (1..=length)
            .map(|seq| says(2, seq, seq, noted("c")))
            .collect();
        append(&other, &events).await;
        holds_what_the_log_says(&folds, &other).await;
        holds_what_the_log_says(&folds, &before).await;
    }
}

#[tokio::test]
async fn requests_at_once_share_one_reading_and_one_that_is_given_up_harms_none() {
    let store = Arc::new(SqliteStore::in_memory(CITY).await.unwrap());
    let many: Vec<_> = (1..=3000)
        .map(|seq| says(1, seq, seq % 5, noted("n")))
        .collect();
    append(&store, &many).await;
    let folds = Arc::new(Folds::new(CITY));
    let cut_off = tokio::time::timeout(std::time::Duration::from_millis(1), folds.now(&*store));
    drop(cut_off.await);
    let asking = (0..8).map(|_| {
        let (folds, store) = (folds.clone(), store.clone());
        tokio::spawn(async move { folds.now(&*store).await.unwrap().head.place })
    });
    for place in futures::future::join_all(asking).await {
        assert_eq!(place.unwrap(), 3000);
    }
    holds_what_the_log_says(&folds, &store).await;
}
