//! Accounts, what they may append, and who is logged in.

use super::{AnyStore, LIMITS};
use crate::kit::{CITY, device};
use mendmap_core::account::Role;
use mendmap_core::ids::{EventId, TaskUid, Uuid};
use mendmap_core::log::{
    Accepted, AccountAdded, AccountChanged, AccountLocked, ActorId, Draft, Event, Kind, Moment,
    Stamp, Subject, Undone, Verified,
};
use mendmap_core::sync::{Digest, Head, Held, Refused, Verdict, content};
use mendmap_server::store::{By, Login, StoreError};

/// Device 9 is the operator's.
const OPERATOR: u8 = 9;

fn id(of: u8, seq: u64) -> EventId {
    let id = 0x018f_0000_0000_7000_8000_0000_0000_0000 + (u128::from(of) << 40) + u128::from(seq);
    EventId(Uuid::from_u128(id))
}

fn say(of: u8, seq: u64, actor: &str, subject: Subject, kind: impl Into<Kind>) -> Event {
    let stamp = Stamp {
        id: id(of, seq),
        device: device(of),
        seq,
        actor: actor.into(),
        at: "2024-05-03T09:12:44+08:00".parse::<Moment>().unwrap(),
        offset_ms: 0,
    };
    // Each saw what came before it on its device.
    let saw: Vec<EventId> = (1..seq).map(|seq| id(of, seq)).collect();
    Draft::new(subject, kind).seal(CITY, stamp, &saw).unwrap()
}

fn about(account: &str) -> Subject {
    Subject::Account(account.into())
}

fn task() -> Subject {
    Subject::Task(TaskUid(Uuid::from_u128(7)))
}

fn added(role: Role, crews: &[&str]) -> Kind {
    AccountAdded {
        name: "李".into(),
        role: role.name().into(),
        crews: crews.iter().map(|c| (*c).into()).collect(),
    }
    .into()
}

fn changed(role: Role) -> Kind {
    AccountChanged {
        role: Some(role.name().into()),
        ..AccountChanged::default()
    }
    .into()
}

fn accepted() -> Kind {
    Accepted { note: None }.into()
}

fn verified() -> Kind {
    let report = id(1, 1);
    Verified {
        report,
        note: None,
        photos: Vec::new(),
    }
    .into()
}

async fn set_up(store: &AnyStore, events: &[Event]) {
    let appended = store.append(events, &LIMITS).await.unwrap();
    for answer in appended.answers {
        let verdict = answer.receipt.verdict;
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
    }
}

async fn verdicts(store: &AnyStore, account: &str, events: &[Event]) -> Vec<Verdict> {
    let account = ActorId::from(account);
    let by = By::Account(&account);
    let appended = store.append_by(events, &LIMITS, by).await.unwrap();
    let answers = appended.answers.into_iter();
    answers.map(|answer| answer.receipt.verdict).collect()
}

fn counts(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Accepted { .. })
}

pub(super) async fn accounts_are_what_their_events_say(store: &AnyStore) {
    let li = ActorId::from("li");
    assert_eq!(store.account(&li).await.unwrap(), None);
    set_up(
        store,
        &[
            say(
                OPERATOR,
                1,
                "operator",
                about("li"),
                added(Role::Crew, &["drain-1"]),
            ),
            say(
                OPERATOR,
                2,
                "operator",
                about("wang"),
                added(Role::Viewer, &[]),
            ),
            say(
                OPERATOR,
                3,
                "operator",
                about("li"),
                changed(Role::Supervisor),
            ),
        ],
    )
    .await;
    let account = store.account(&li).await.unwrap().unwrap();
    assert_eq!(account.role, Role::Supervisor);
    assert_eq!(account.ever, [Role::Crew, Role::Supervisor]);
    let known = store.known().await.unwrap();
    assert_eq!(known, [li.clone(), ActorId::from("wang")]);
    assert_eq!(store.about(&li).await.unwrap().len(), 2);
}

pub(super) async fn each_event_is_asked_about_as_its_account_stands(store: &AnyStore) {
    let nobody = ActorId::from("nobody");
    let event = say(1, 1, "nobody", task(), accepted());
    let refused = store
        .append_by(&[event], &LIMITS, By::Account(&nobody))
        .await;
    assert!(matches!(refused, Err(StoreError::NoAccount(id)) if id == nobody));
    assert_eq!(store.head().await.unwrap().place, 0);

    set_up(
        store,
        &[
            say(
                OPERATOR,
                1,
                "operator",
                about("li"),
                added(Role::Crew, &["drain-1"]),
            ),
            say(
                OPERATOR,
                2,
                "operator",
                about("boss"),
                added(Role::Supervisor, &[]),
            ),
        ],
    )
    .await;
    let events = [
        say(1, 1, "drain-1", task(), accepted()),
        say(1, 2, "li", task(), verified()),
        say(1, 3, "drain-2", task(), accepted()),
        say(1, 4, "li", task(), accepted()),
    ];
    let said = verdicts(store, "li", &events).await;
    assert!(counts(&said[0]), "{:?}", said[0]);
    let refused = |kind: &str| {
        Verdict::Refused(Refused::Permission {
            role: Role::Crew,
            kind: kind.into(),
        })
    };
    assert_eq!(said[1], refused("verified"));
    assert_eq!(said[2], refused("accepted"));
    // A number that was refused holds up nobody.
    assert!(counts(&said[3]), "{:?}", said[3]);

    // What a supervisor decided a crew cannot take back.
    let decided = say(2, 1, "boss", task(), verified());
    assert!(counts(
        &verdicts(store, "boss", std::slice::from_ref(&decided)).await[0]
    ));
    let undone = |event: &Event| Undone {
        events: vec![event.id().unwrap()],
        note: None,
    };
    let back = [say(1, 5, "li", task(), undone(&decided))];
    assert_eq!(verdicts(store, "li", &back).await[0], refused("undone"));
    // The same bytes get the receipt that stands, whoever gives them.
    let again = verdicts(store, "boss", &back).await;
    assert_eq!(again[0], refused("undone"));
    // Nor have count again what the supervisor took back, by taking that back.
    let taken_back = say(2, 2, "boss", task(), undone(&decided));
    assert!(counts(
        &verdicts(store, "boss", std::slice::from_ref(&taken_back)).await[0]
    ));
    let revived = [say(1, 6, "li", task(), undone(&taken_back))];
    assert_eq!(verdicts(store, "li", &revived).await[0], refused("undone"));
}

pub(super) async fn what_was_taken_away_is_held_and_never_given_refused(store: &AnyStore) {
    set_up(
        store,
        &[
            say(
                OPERATOR,
                1,
                "operator",
                about("li"),
                added(Role::Crew, &["drain-1"]),
            ),
            say(OPERATOR, 2, "operator", about("li"), changed(Role::Viewer)),
        ],
    )
    .await;
    let said = verdicts(store, "li", &[say(1, 1, "li", task(), accepted())]).await;
    assert_eq!(said[0], Verdict::Held(Held::Role { role: Role::Viewer }));
    let said = verdicts(store, "li", &[say(1, 2, "li", task(), verified())]).await;
    assert!(matches!(said[0], Verdict::Refused(_)), "{:?}", said[0]);

    let lock = AccountLocked {
        locked: true,
        reason: None,
    };
    set_up(store, &[say(OPERATOR, 3, "operator", about("li"), lock)]).await;
    let said = verdicts(store, "li", &[say(1, 3, "li", task(), accepted())]).await;
    assert_eq!(said[0], Verdict::Held(Held::Locked));
}

pub(super) async fn a_device_is_one_accounts_for_ever(store: &AnyStore) {
    let (li, wang) = (ActorId::from("li"), ActorId::from("wang"));
    set_up(
        store,
        &[
            say(
                OPERATOR,
                1,
                "operator",
                about("li"),
                added(Role::Crew, &["drain-1"]),
            ),
            say(
                OPERATOR,
                2,
                "operator",
                about("wang"),
                added(Role::Crew, &["drain-1"]),
            ),
        ],
    )
    .await;
    assert_eq!(store.claim(device(1), &li).await.unwrap(), li);
    assert_eq!(store.claim(device(1), &wang).await.unwrap(), li);
    assert_eq!(store.claim(device(1), &li).await.unwrap(), li);
    // Also of a device whose events came first.
    set_up(store, &[say(3, 1, "drain-1", task(), accepted())]).await;
    assert_eq!(store.claim(device(3), &wang).await.unwrap(), wang);

    let carried = [say(1, 1, "drain-1", task(), accepted())];
    let said = verdicts(store, "wang", &carried).await;
    assert_eq!(said[0], Verdict::Held(Held::Carried));
    // Its numbers go on as if it had come from its own.
    let own = verdicts(store, "li", &[say(1, 2, "li", task(), accepted())]).await;
    assert!(counts(&own[0]), "{:?}", own[0]);
    let held = store.held(None, 9).await.unwrap();
    let told = held.iter().map(|held| (&*held.raw, &held.receipt.verdict));
    assert!(told.eq([(carried[0].raw(), &said[0])]), "{held:?}");
    let name = held[0].receipt.content;
    assert_eq!(store.held(Some(&name), 9).await.unwrap(), held);
    let other = content(b"other");
    assert!(store.held(Some(&other), 9).await.unwrap().is_empty());
    // Who carried it hears the same again; its author has it counted, where the order stands.
    assert_eq!(verdicts(store, "wang", &carried).await, said);
    let brought = verdicts(store, "li", &carried).await;
    let head = store.head().await.unwrap();
    let Head { place, chain } = head;
    assert_eq!(brought, [Verdict::Accepted { place, chain }]);
    assert!(store.held(None, 9).await.unwrap().is_empty());
    assert_eq!(verdicts(store, "wang", &carried).await, brought);
    assert_eq!(store.verify().await.unwrap(), head);
    let receipts = store.receipts(device(1), 1..=1).await.unwrap();
    assert_eq!(receipts[0].verdict, brought[0]);
}

/// What is no longer held waits like everything else behind a gap.
pub(super) async fn what_is_held_behind_a_gap_waits_for_it(store: &AnyStore) {
    let accounts = ["li", "wang"].into_iter().zip(1..);
    let accounts = accounts.map(|(id, seq)| {
        let crew = added(Role::Crew, &["drain-1"]);
        say(OPERATOR, seq, "operator", about(id), crew)
    });
    set_up(store, &accounts.collect::<Vec<_>>()).await;
    store.claim(device(1), &ActorId::from("li")).await.unwrap();
    let later = [say(1, 2, "li", task(), accepted())];
    let said = verdicts(store, "wang", &later).await;
    assert_eq!(said[0], Verdict::Held(Held::Carried));
    let said = verdicts(store, "li", &later).await;
    assert_eq!(said[0], Verdict::Waiting { missing: 1 });
    let first = verdicts(store, "li", &[say(1, 1, "li", task(), accepted())]).await;
    assert!(counts(&first[0]), "{:?}", first[0]);
    assert!(counts(&verdicts(store, "li", &later).await[0]));
    store.verify().await.unwrap();
}

pub(super) async fn who_is_logged_in_and_by_what_key(store: &AnyStore) {
    let li = ActorId::from("li");
    assert_eq!(store.secret(&li).await.unwrap(), None);
    for hash in ["$one", "$two"] {
        store.set_secret(&li, hash).await.unwrap();
        assert_eq!(store.secret(&li).await.unwrap().as_deref(), Some(hash));
    }

    let key = |n: u8| -> Digest { content(&[n]) };
    let login = |data: &str, expires| Login {
        data: data.into(),
        expires,
    };
    store
        .keep_login(&key(1), &login("{}", 100), 1)
        .await
        .unwrap();
    store
        .keep_login(&key(1), &login("[]", 100), 2)
        .await
        .unwrap();
    let found = store.login(&key(1), 99).await.unwrap();
    assert_eq!(found, Some(login("[]", 100)));
    assert_eq!(store.login(&key(1), 100).await.unwrap(), None, "expired");
    store.end_login(&key(1)).await.unwrap();
    store.end_login(&key(1)).await.unwrap();
    assert_eq!(store.login(&key(1), 99).await.unwrap(), None, "ended");

    store.add_token(&key(2), &li, "export").await.unwrap();
    assert_eq!(store.holder(&key(2)).await.unwrap(), Some(li.clone()));
    assert_eq!(store.holder(&key(3)).await.unwrap(), None);
    store.drop_tokens(&li).await.unwrap();
    assert_eq!(store.holder(&key(2)).await.unwrap(), None);
}
