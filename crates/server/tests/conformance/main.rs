//! One story that every store has to tell. Another database adds a line to `stores!`.
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

#[path = "../kit/mod.rs"]
mod kit;
mod layers;
mod people;
#[path = "../kit/postgres.rs"]
mod postgres;
mod subscriptions;
mod told;

use kit::{CITY, Dice, device, edited, event, events, place, saying};
use layers::layers_are_put_one_after_the_other_and_none_is_lost;
use mendmap_core::log::{Event, Tombstone};
use mendmap_core::sync::{Head, Held, Limits, Refused, Verdict, content};
use mendmap_server::store::{PostgresStore, SqliteStore, Store};
use people::{
    a_device_is_one_accounts_for_ever, accounts_are_what_their_events_say,
    each_event_is_asked_about_as_its_account_stands, what_is_held_behind_a_gap_waits_for_it,
    what_was_taken_away_is_held_and_never_given_refused, who_is_logged_in_and_by_what_key,
};
use postgres::Database;
use std::any::Any;
use std::collections::BTreeSet;
use std::sync::Arc;
use subscriptions::a_phone_is_told_from_when_it_asks_until_somebody_ends_it;
use told::of_two_that_tell_a_robot_one_is_first;

/// Tells each store every chapter, with a log of its own.
macro_rules! stores {
    ($($name:ident: $open:expr;)*) => { $(mod $name {
        use super::*;
        chapters!($open; an_empty_log_begins_with_nothing, a_batch_is_answered_in_its_order, a_gap_holds_back_and_then_lets_through, a_long_gap_closes_at_once, what_does_not_count_is_kept_with_its_reason, what_is_refused_is_kept_whatever_its_bytes_are, pages_end_at_their_limits, any_order_gives_the_same_events, many_at_once_leave_no_gap, accounts_are_what_their_events_say, each_event_is_asked_about_as_its_account_stands, what_was_taken_away_is_held_and_never_given_refused, a_device_is_one_accounts_for_ever, what_is_held_behind_a_gap_waits_for_it, who_is_logged_in_and_by_what_key, layers_are_put_one_after_the_other_and_none_is_lost, of_two_that_tell_a_robot_one_is_first, a_phone_is_told_from_when_it_asks_until_somebody_ends_it);
    })* };
}

macro_rules! chapters {
    ($open:expr; $($chapter:ident),*) => { $(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $chapter() {
            let Some((store, _ground)) = $open.await else { return };
            super::$chapter(&store).await;
            assert_eq!(store.verify().await.unwrap(), store.head().await.unwrap());
            store.close().await;
        }
    )* };
}

/// A store and what it stands on, which goes with it; none where a test is skipped.
type Opened = Option<(AnyStore, Box<dyn Any>)>;

async fn memory() -> Opened {
    let store = SqliteStore::in_memory(CITY).await.unwrap();
    Some((Arc::new(store), Box::new(())))
}

async fn file() -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.sqlite");
    let store = SqliteStore::open(CITY, &file).await.unwrap();
    Some((Arc::new(store), Box::new(folder)))
}

async fn database() -> Opened {
    let database = Database::new()?;
    let store = PostgresStore::open(CITY, &database.address())
        .await
        .unwrap();
    Some((Arc::new(store), Box::new(database)))
}

stores! {
    sqlite_in_memory: memory();
    sqlite_on_file: file();
    postgresql: database();
}

type AnyStore = Arc<dyn Store>;

const LIMITS: Limits = Limits { event_bytes: 2000 };

async fn give(store: &AnyStore, batch: &[Event]) -> Vec<mendmap_core::sync::Answer> {
    let appended = store.append(batch, &LIMITS).await.unwrap();
    assert_eq!(appended.answers.len(), batch.len());
    assert_eq!(appended.head, store.head().await.unwrap());
    for (answer, event) in appended.answers.iter().zip(batch) {
        assert_eq!(answer.receipt.content, content(event.raw()));
    }
    appended.answers
}

async fn order(store: &AnyStore) -> Vec<Vec<u8>> {
    let all = store.after(0, 100_000).await.unwrap();
    for (n, placed) in (1..).zip(&all) {
        assert_eq!(placed.place, n);
    }
    all.into_iter().map(|placed| placed.raw.into()).collect()
}

fn raw<'a>(events: impl IntoIterator<Item = &'a Event>) -> Vec<Vec<u8>> {
    events.into_iter().map(|e| e.raw().to_vec()).collect()
}

async fn an_empty_log_begins_with_nothing(store: &AnyStore) {
    assert_eq!(store.city(), CITY);
    assert_eq!(store.head().await.unwrap(), Head::start(CITY));
    assert_eq!(store.after(0, 10).await.unwrap(), []);
    assert_eq!(store.after(u64::MAX, 10).await.unwrap(), []);
    assert_eq!(store.receipts(device(1), 0..=u64::MAX).await.unwrap(), []);
    assert_eq!(
        store.append(&[], &LIMITS).await.unwrap().head,
        Head::start(CITY)
    );
}

async fn a_batch_is_answered_in_its_order(store: &AnyStore) {
    let batch = events(1, 3);
    let first = give(store, &batch).await;
    assert_eq!(
        first.iter().map(place).collect::<Vec<_>>(),
        [Some(1), Some(2), Some(3)]
    );
    assert!(first.iter().all(|a| !a.again));
    let head = batch
        .iter()
        .fold(Head::start(CITY), |head, e| head.followed_by(e.raw()));
    let Verdict::Accepted { chain, .. } = first[2].receipt.verdict else {
        panic!()
    };
    assert_eq!(chain, head.chain);

    let both = [batch[1].clone(), event(1, 4), event(1, 4)];
    let second = give(store, &both).await;
    assert_eq!(second[0].receipt, first[1].receipt, "its first receipt");
    assert_eq!(second[1].receipt, second[2].receipt);
    assert_eq!(
        second.iter().map(|a| a.again).collect::<Vec<_>>(),
        [true, false, true]
    );
    assert_eq!(order(store).await, raw(&events(1, 4)));
    let receipts = store.receipts(device(1), 2..=3).await.unwrap();
    assert_eq!(
        receipts,
        [first[1].receipt.clone(), first[2].receipt.clone()]
    );
}

async fn a_gap_holds_back_and_then_lets_through(store: &AnyStore) {
    let e = events(1, 6);
    let waits = Verdict::Waiting { missing: 1 };
    assert_eq!(give(store, &e[4..5]).await[0].receipt.verdict, waits);
    // In one batch: the answers are what is true after all of it.
    let answers = give(store, &[e[3].clone(), e[1].clone(), e[0].clone()]).await;
    assert_eq!(answers[0].receipt.verdict, Verdict::Waiting { missing: 3 });
    assert_eq!((place(&answers[1]), place(&answers[2])), (Some(2), Some(1)));
    let again = &give(store, &e[4..5]).await[0];
    assert_eq!(
        (again.again, &again.receipt.verdict),
        (true, &Verdict::Waiting { missing: 3 })
    );
    let listed = store.receipts(device(1), 5..=5).await.unwrap();
    assert_eq!(listed, std::slice::from_ref(&again.receipt));
    assert_eq!(order(store).await, raw(&e[..2]));

    give(store, &events(2, 1)).await;
    let appended = store.append(&e[2..3], &LIMITS).await.unwrap();
    let placed: Vec<_> = appended
        .placed
        .iter()
        .map(|p| (p.place, p.raw.to_vec()))
        .collect();
    let expected: Vec<_> = (4..).zip(raw(&e[2..5])).collect();
    assert_eq!(
        placed, expected,
        "those that had waited are told of as well"
    );
    let again = &give(store, &e[4..5]).await[0];
    assert_eq!(
        (place(again), again.again),
        (Some(6), true),
        "waiting became accepted"
    );
}

async fn a_long_gap_closes_at_once(store: &AnyStore) {
    let e = events(1, 1201);
    for part in e[1..].chunks(400) {
        give(store, part).await;
    }
    assert_eq!(store.head().await.unwrap().place, 0);
    give(store, &e[..1]).await;
    assert_eq!(order(store).await, raw(&e));
}

async fn what_does_not_count_is_kept_with_its_reason(store: &AnyStore) {
    let e = events(1, 4);
    let id = e[0].id().unwrap();
    let twin = edited(&e[0], "雨水口 1", "检查井 1");
    let broken = edited(&e[1], r#""text":"雨水口 2""#, r#""text":2"#);
    let long = saying(1, 3, &"长".repeat(1000));
    let foreign = edited(&e[3], CITY, "110000");
    let noise = Event::read(&b"\xff\x00 no event"[..]);
    let batch = [
        e[0].clone(),
        twin.clone(),
        broken,
        long.clone(),
        foreign,
        noise,
    ];
    let answers = give(store, &batch).await;
    let verdicts: Vec<_> = answers.iter().map(|a| a.receipt.verdict.clone()).collect();
    assert_eq!(place(&answers[0]), Some(1));
    let first = content(e[0].raw());
    assert_eq!(verdicts[1], Verdict::Held(Held::OtherContent { first }));
    assert!(matches!(
        verdicts[2],
        Verdict::Refused(Refused::Form { .. })
    ));
    let bytes = long.raw().len() as u64;
    assert_eq!(
        verdicts[3],
        Verdict::Refused(Refused::Size { bytes, most: 2000 })
    );
    let city = "110000".into();
    assert_eq!(verdicts[4], Verdict::Refused(Refused::City { city }));
    assert!(matches!(
        verdicts[5],
        Verdict::Refused(Refused::Form { .. })
    ));

    let receipts = |answers: &[mendmap_core::sync::Answer]| {
        answers
            .iter()
            .map(|a| a.receipt.clone())
            .collect::<Vec<_>>()
    };
    let again = give(store, &batch).await;
    assert!(again.iter().all(|a| a.again));
    assert_eq!(
        receipts(&again),
        receipts(&answers),
        "each has a receipt that stands"
    );
    assert_eq!(
        store.receipts_of(id).await.unwrap(),
        receipts(&answers[..2])
    );
    let listed = store.receipts(device(1), 1..=9).await.unwrap();
    assert_eq!(
        listed,
        receipts(&answers[..5]),
        "the device hears of all of them"
    );

    // 2 and 3 are closed by what was refused, 4 is not: that one was of another city.
    assert_eq!(place(&give(store, &e[3..]).await[0]), Some(2));
    // What was refused does not keep its id: the same event, whole this time.
    assert_eq!(place(&give(store, &e[1..2]).await[0]), Some(3));
    let why = "disk".to_owned();
    let lost = Tombstone {
        device: device(1),
        seq: 5,
        why,
    };
    let lost = Event::read(lost.to_bytes().unwrap());
    assert_eq!(
        place(&give(store, std::slice::from_ref(&lost)).await[0]),
        Some(4)
    );
    assert_eq!(order(store).await, raw([&e[0], &e[3], &e[1], &lost]));

    let e = events(2, 3);
    let foreign = edited(&e[1], CITY, "110000");
    let answers = give(store, &[foreign, e[2].clone(), e[0].clone()]).await;
    let waits = Verdict::Waiting { missing: 2 };
    assert_eq!(
        answers[1].receipt.verdict, waits,
        "another city's 2 is not ours"
    );
}

async fn what_is_refused_is_kept_whatever_its_bytes_are(store: &AnyStore) {
    // A database has characters it takes nowhere in its texts, and these come with a reason.
    let nul = edited(&event(1, 1), CITY, r"\u0000");
    let nothing = Event::read(&b""[..]);
    let zeros = Event::read(&[0; 40][..]);
    let answers = give(store, &[nul.clone(), nothing.clone(), zeros.clone()]).await;
    let city = "\0".into();
    let refused = Verdict::Refused(Refused::City { city });
    assert_eq!(answers[0].receipt.verdict, refused);
    let again = give(store, &[nul, nothing, zeros]).await;
    for (again, first) in again.iter().zip(&answers) {
        assert_eq!((&again.receipt, again.again), (&first.receipt, true));
    }
}

async fn pages_end_at_their_limits(store: &AnyStore) {
    give(store, &events(1, 10)).await;
    let places =
        |page: Vec<mendmap_server::store::Placed>| page.iter().map(|p| p.place).collect::<Vec<_>>();
    assert_eq!(places(store.after(0, 4).await.unwrap()), [1, 2, 3, 4]);
    assert_eq!(places(store.after(8, 4).await.unwrap()), [9, 10]);
    assert_eq!(store.after(10, 4).await.unwrap(), []);
    // Three of these are more than a page holds; each alone is less.
    let limits = Limits {
        event_bytes: 2_000_000,
    };
    let heavy: Vec<Event> = (1..=3)
        .map(|n| saying(2, n, &"x".repeat(1_500_000)))
        .collect();
    store.append(&heavy, &limits).await.unwrap();
    assert_eq!(places(store.after(10, 9).await.unwrap()), [11, 12]);
    assert_eq!(places(store.after(12, 9).await.unwrap()), [13]);
}

async fn any_order_gives_the_same_events(store: &AnyStore) {
    let mut dice = Dice(20_240_503);
    let mut all: Vec<Event> = (1..=4).flat_map(|n| events(n, 30)).collect();
    let expected: BTreeSet<_> = raw(&all).into_iter().collect();
    all.extend(all.clone());
    dice.shuffle(&mut all);
    let mut rest = &all[..];
    while !rest.is_empty() {
        let (batch, after) = rest.split_at(dice.below(rest.len().min(20)) + 1);
        give(store, batch).await;
        rest = after;
    }
    let order = order(store).await;
    assert_eq!(order.len(), 120, "none twice");
    assert_eq!(order.iter().cloned().collect::<BTreeSet<_>>(), expected);
    for n in 1..=4 {
        let of = |raw: &Vec<u8>| {
            Event::read(&raw[..])
                .number()
                .filter(|(d, _)| *d == device(n))
        };
        let numbers: Vec<_> = order.iter().filter_map(of).map(|(_, seq)| seq).collect();
        assert_eq!(
            numbers,
            (1..=30).collect::<Vec<_>>(),
            "a device's events in its own order"
        );
    }
}

async fn many_at_once_leave_no_gap(store: &AnyStore) {
    let writers: Vec<_> = (1..=6)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                for part in events(n, 40).chunks(5) {
                    store.append(part, &LIMITS).await.unwrap();
                }
            })
        })
        .collect();
    // A reader that follows meanwhile sees each place once, in order, without a gap.
    let follow = async {
        let mut seen = 0;
        while seen < 240 {
            for placed in store.after(seen, 7).await.unwrap() {
                seen += 1;
                assert_eq!(placed.place, seen);
            }
            tokio::task::yield_now().await;
        }
    };
    let long = std::time::Duration::from_secs(60);
    let followed = tokio::time::timeout(long, follow).await;
    for writer in writers {
        writer.await.unwrap();
    }
    followed.expect("the reader has not seen everything");
    assert_eq!(store.head().await.unwrap().place, 240);
}
