//! What was said of events, asked for by who holds them.

use crate::kit::{device, edited, event, events, saying};
use crate::{Site, site};
use mendmap_core::log::Event;
use mendmap_core::sync::{Held, Receipt, Verdict, content};

impl Site {
    async fn receipts(&self, query: &str) -> (Vec<Receipt>, Option<u64>) {
        let answered = self.get(&format!("/api/v1/receipts?{query}")).await;
        assert_eq!(answered.status, 200, "{query}");
        let json = answered.json();
        let receipts = serde_json::from_value(json["receipts"].clone()).unwrap();
        (
            receipts,
            json.get("next").map(|next| next.as_u64().unwrap()),
        )
    }
}

#[tokio::test]
async fn a_verdict_reaches_who_did_not_hand_the_event_over() {
    let site = site().await;
    let (d, e) = (device(1), events(1, 5));
    // Nothing is there of 2 yet: what comes after it waits.
    let handed = [e[0].clone(), e[2].clone(), e[3].clone()];
    let said: Vec<Receipt> = site
        .hand_over(&handed)
        .await
        .into_iter()
        .map(|a| a.receipt)
        .collect();
    assert_eq!(
        site.receipts(&format!("device={d}")).await,
        (said.clone(), None)
    );
    assert!(matches!(said[1].verdict, Verdict::Waiting { missing: 2 }));
    site.hand_over(&e[1..2]).await;
    let (now, _) = site.receipts(&format!("device={d}&from=2&to=3")).await;
    let verdicts: Vec<_> = now.iter().map(|r| (r.seq, &r.verdict)).collect();
    assert!(
        matches!(
            verdicts[..],
            [
                (Some(2), Verdict::Accepted { place: 2, .. }),
                (Some(3), Verdict::Accepted { place: 3, .. })
            ]
        ),
        "{verdicts:?}"
    );
    let of_nobody = site.receipts(&format!("device={}", device(9))).await;
    assert_eq!(of_nobody, (vec![], None));
}

#[tokio::test]
async fn what_is_held_or_refused_is_told_like_what_counts() {
    let site = site().await;
    let first = event(1, 1);
    let other = saying(1, 1, "other words under the same id");
    let foreign = edited(&event(2, 1), r#""city":"220382""#, r#""city":"110000""#);
    site.hand_over(&[first.clone(), other.clone(), foreign.clone()])
        .await;
    let of = async |event: &Event| {
        let (receipts, next) = site
            .receipts(&format!("event={}", event.id().unwrap()))
            .await;
        assert_eq!(next, None);
        receipts
    };
    let both = of(&first).await;
    assert_eq!(
        both.iter().map(|r| r.content).collect::<Vec<_>>(),
        [content(first.raw()), content(other.raw())],
        "by arrival"
    );
    let held = Held::OtherContent {
        first: content(first.raw()),
    };
    assert_eq!(both[1].verdict, Verdict::Held(held));
    assert!(matches!(of(&foreign).await[0].verdict, Verdict::Refused(_)));
    assert!(
        of(&event(3, 1)).await.is_empty(),
        "nothing was said of what never came"
    );
}

#[tokio::test]
async fn many_numbers_are_answered_in_parts() {
    let site = site().await;
    let e = events(1, 1001);
    site.hand_over(&e[..1000]).await;
    site.hand_over(&e[1000..]).await;
    let d = device(1);
    let (first, next) = site.receipts(&format!("device={d}&from=1&to=1001")).await;
    assert_eq!((first.len(), next), (1000, Some(1001)));
    let (rest, next) = site
        .receipts(&format!("device={d}&from=1001&to=1001"))
        .await;
    assert_eq!((rest.len(), rest[0].seq, next), (1, Some(1001), None));
    let (unnamed, next) = site.receipts(&format!("device={d}")).await;
    assert_eq!(
        (unnamed, next),
        (first, None),
        "whoever names no end gets the first part"
    );
    let most = u64::MAX;
    let (none, next) = site
        .receipts(&format!("device={d}&from={most}&to={most}"))
        .await;
    assert_eq!((none, next), (vec![], None));
}

#[tokio::test]
async fn what_names_neither_or_both_is_no_question() {
    let site = site().await;
    let (d, e) = (device(1), event(1, 1).id().unwrap());
    for query in [
        String::new(),
        format!("device={d}&event={e}"),
        format!("event={e}&from=1"),
        format!("device={d}&from=2&to=1"),
        format!("device={d}&from=-1"),
        "device=1".into(),
        "event=x".into(),
        "from=1&to=2".into(),
    ] {
        let answered = site.get(&format!("/api/v1/receipts?{query}")).await;
        assert_eq!(
            (answered.status.as_u16(), answered.problem().as_str()),
            (400, "query"),
            "{query}"
        );
        assert!(answered.json()["detail"].is_string());
    }
}
