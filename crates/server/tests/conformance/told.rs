//! How far group robots were told.

use super::AnyStore;
use mendmap_core::told::{Answer, Reach, Told};

fn at(ms: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(1_714_698_764_123 + ms).unwrap()
}

pub(super) async fn of_two_that_tell_a_robot_one_is_first(store: &AnyStore) {
    assert_eq!(store.told("排水").await.unwrap(), None);
    let begun = Told::begin(7, at(0));
    assert!(store.set_told("排水", None, &begun).await.unwrap());
    assert_eq!(store.told("排水").await.unwrap(), Some(begun));
    let late = Told::begin(9, at(9));
    assert!(!store.set_told("排水", None, &late).await.unwrap());

    let claimed = Told {
        turn: begun.turn + 1,
        danger: Reach {
            place: u64::from(u32::MAX) + 1,
            clock: at(-1),
        },
        not_before: at(30_000),
        ..begun
    };
    assert!(
        store
            .set_told("排水", Some(&begun), &claimed)
            .await
            .unwrap()
    );
    assert!(!store.set_told("排水", Some(&begun), &late).await.unwrap());
    assert_eq!(store.told("排水").await.unwrap(), Some(claimed));
    let refused = claimed.answered(&begun, Answer::Refused, at(500));
    assert!(
        store
            .set_told("排水", Some(&claimed), &refused)
            .await
            .unwrap()
    );
    assert_eq!(store.told("排水").await.unwrap(), Some(refused));
    assert_eq!((refused.tries, refused.danger), (1, begun.danger));
    assert_eq!(store.told("道路").await.unwrap(), None, "each has its own");
    assert!(!store.set_told("道路", Some(&begun), &late).await.unwrap());

    // Of many that saw the same, one goes on.
    let racers: Vec<_> = (0..8_u32)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let next = Told {
                    turn: refused.turn + 1,
                    tries: n,
                    ..refused
                };
                store.set_told("排水", Some(&refused), &next).await.unwrap()
            })
        })
        .collect();
    let mut won = 0;
    for racer in racers {
        won += usize::from(racer.await.unwrap());
    }
    assert_eq!(won, 1);
}
