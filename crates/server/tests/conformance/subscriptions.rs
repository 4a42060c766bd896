//! Phones that are told what is news.

use super::AnyStore;
use super::kit::device;
use mendmap_core::told::{Answer, Language, Told};
use mendmap_server::store::{Ended, Subscription};

fn at(ms: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(1_714_698_764_123 + ms).unwrap()
}

fn phone(n: u8, account: &str) -> Subscription {
    Subscription {
        device: device(n),
        account: account.into(),
        server_key: "BKey".into(),
        endpoint: format!("https://push.example/{n}"),
        p256dh: [n; 65],
        auth: [n; 16],
        language: Language::Zh,
    }
}

pub(super) async fn a_phone_is_told_from_when_it_asks_until_somebody_ends_it(store: &AnyStore) {
    let all = async || store.subscriptions("BKey").await.unwrap();
    assert_eq!(all().await, []);
    store
        .unsubscribe(Ended::Account(&"li".into()))
        .await
        .unwrap();
    let keep = async |kept: &Subscription, begun: &Told, ms| {
        store.subscribe(kept, begun, at(ms), 2).await.unwrap();
    };
    let begun = Told::begin(7, at(0));
    let one = phone(1, "li");
    keep(&one, &begun, 0).await;
    assert_eq!(all().await, [(one.clone(), begun)]);
    assert_eq!(
        store.subscription(device(1)).await.unwrap(),
        Some(one.clone())
    );
    assert_eq!(store.subscription(device(2)).await.unwrap(), None);

    // It changes its language and its address, and what it was told it is not told again.
    let moved = Subscription {
        language: Language::En,
        endpoint: "https://push.example/moved".into(),
        ..one.clone()
    };
    let claimed = Told {
        turn: 2,
        not_before: at(30_000),
        ..Told::begin(u64::from(u32::MAX) + 1, at(5))
    };
    let set = async |before, told| store.set_pushed(device(1), before, told).await.unwrap();
    assert!(set(&begun, &claimed).await);
    assert!(
        !set(&begun, &claimed).await,
        "of two that tell it one is first"
    );
    keep(&moved, &Told::begin(99, at(9)), 1).await;
    assert_eq!(all().await, [(moved.clone(), claimed)]);
    let refused = claimed.answered(&begun, Answer::Refused, at(500));
    assert!(set(&claimed, &refused).await);
    assert_eq!(all().await, [(moved.clone(), refused)]);

    // For another key of the server it begins anew.
    let renewed = Subscription {
        server_key: "BOther".into(),
        ..moved
    };
    let later = Told::begin(99, at(9));
    keep(&renewed, &later, 2).await;
    assert_eq!(all().await, []);
    let theirs = store.subscriptions("BOther").await.unwrap();
    assert_eq!(theirs, [(renewed, later)]);

    // Whoever comes with an address has it; of an account those stay that asked last.
    keep(&one, &begun, 3).await;
    let taken = Subscription {
        endpoint: one.endpoint.clone(),
        ..phone(2, "wang")
    };
    keep(&taken, &begun, 4).await;
    assert_eq!(all().await, [(taken.clone(), begun)]);
    for (n, ms) in [(3, 7), (4, 5), (5, 6)] {
        keep(&phone(n, "wang"), &begun, ms).await;
    }
    let devices = async || {
        let all = all().await;
        all.iter()
            .map(|(phone, _)| phone.device)
            .collect::<Vec<_>>()
    };
    assert_eq!(devices().await, [device(3), device(5)]);

    // Each ends its own.
    keep(&phone(6, "li"), &begun, 8).await;
    let end = async |ended: Ended<'_>| store.unsubscribe(ended).await.unwrap();
    end(Ended::Device(&"li".into(), device(3))).await;
    assert_eq!(devices().await, [device(6), device(3), device(5)]);
    end(Ended::Device(&"wang".into(), device(3))).await;
    end(Ended::Endpoint("https://push.example/6")).await;
    assert_eq!(devices().await, [device(5)]);
    assert!(!store.set_pushed(device(6), &begun, &claimed).await.unwrap());
    end(Ended::Account(&"wang".into())).await;
    assert_eq!(devices().await, []);
}
