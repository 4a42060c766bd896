//! The browser's storage, in a browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use mendmap::storage::{ColumnsNote, LayerNote, Noted, Storage, StorageError};
use mendmap::sync::remote::Person;
use mendmap_core::account::Role;
use mendmap_core::catalog::LayerId;
use mendmap_core::city::Report;
use mendmap_core::ids::{DeviceId, uuid_v7};
use mendmap_core::log::Event;
use mendmap_core::sync::device::Store;
use mendmap_core::sync::{Head, Receipt, Refused, Verdict, content};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A database of its own for each test: they share one browser profile.
async fn fresh(name: &str) -> Storage {
    let name = format!("test-{name}-{}", js_sys::Date::now());
    open(&name).await
}

/// With a device that writes.
async fn open(name: &str) -> Storage {
    let storage = Storage::open(name).await;
    let storage = storage.expect("a browser with IndexedDB");
    storage.device(device(1)).await.expect("a device");
    storage
}

fn device(byte: u8) -> DeviceId {
    DeviceId(uuid_v7(1, [byte; 10]))
}

/// An event's bytes that only say their number.
fn numbered(_: DeviceId, seq: u64) -> Result<Vec<u8>, StorageError> {
    Ok(seq.to_string().into_bytes())
}

#[wasm_bindgen_test]
async fn numbers_have_no_gap_even_when_appends_overlap() {
    let storage = fresh("seq").await;
    let appends = (0..20).map(|_| storage.append(&[], numbered));
    let mut given: Vec<u64> = Vec::new();
    for bytes in futures::future::join_all(appends).await {
        given.push(String::from_utf8(bytes.unwrap()).unwrap().parse().unwrap());
    }
    given.sort_unstable();
    assert_eq!(given, (1..=20).collect::<Vec<_>>());
    assert_eq!(storage.read_log().await.unwrap().events.len(), 20);
}

#[wasm_bindgen_test]
async fn a_seal_that_fails_uses_up_no_number() {
    let storage = fresh("refusal").await;
    storage.append(&[], numbered).await.unwrap();
    let refused = storage.append(&[], |_, _| Err(StorageError::Full)).await;
    assert_eq!(refused, Err(StorageError::Full));
    assert_eq!(storage.append(&[], numbered).await.unwrap(), b"2");
}

#[wasm_bindgen_test]
async fn what_was_appended_is_there_in_order_after_opening_again() {
    let name = format!("test-again-{}", js_sys::Date::now());
    {
        let storage = open(&name).await;
        for _ in 0..3 {
            storage.append(&[], numbered).await.unwrap();
        }
        storage.keep([b"from elsewhere".as_slice()]).await.unwrap();
    }
    let storage = Storage::open(&name).await.unwrap();
    let kept = storage.read_log().await.unwrap();
    assert_eq!(kept.events, [&b"1"[..], b"2", b"3", b"from elsewhere"]);
    assert_eq!(storage.append(&[], numbered).await.unwrap(), b"4");
}

#[wasm_bindgen_test]
async fn packing_moves_every_event_into_a_segment_and_loses_none() {
    let storage = fresh("pack").await;
    for _ in 0..5 {
        storage.append(&[], numbered).await.unwrap();
    }
    let early = storage.pack(6, |_| Some(b"too early".to_vec())).await;
    assert_eq!(early, Ok(false));
    assert_eq!(storage.pack(5, |_| None).await, Ok(false));
    let packed = storage.pack(5, |events| Some(events.concat())).await;
    assert_eq!(packed, Ok(true));
    let kept = storage.read_log().await.unwrap();
    assert_eq!(kept.segments, [b"12345"]);
    assert_eq!(kept.events, Vec::<Vec<u8>>::new());
    assert_eq!(storage.append(&[], numbered).await.unwrap(), b"6");
}

#[wasm_bindgen_test]
async fn the_first_device_stays_and_the_crew_is_remembered() {
    let storage = fresh("device").await;
    let first = storage.device(device(2)).await.unwrap();
    assert_eq!((first.id, first.crew), (device(1), None));
    storage.set_crew("drain-1").await.unwrap();
    let again = storage.device(device(2)).await.unwrap();
    assert_eq!(
        (again.id, again.crew.as_deref()),
        (device(1), Some("drain-1"))
    );
}

#[wasm_bindgen_test]
async fn a_snapshot_is_kept_with_its_place_and_the_history_before_it_piece_by_piece() {
    let storage = fresh("history").await;
    storage.join([].into_iter()).await.unwrap();
    assert!(storage.begun().await.unwrap().is_none());
    let start = Head::start("a");
    let (first, second) = (
        start.followed_by(b"1"),
        start.followed_by(b"1").followed_by(b"2"),
    );
    assert_eq!(storage.begin(b"snapshot", second).await, Ok(second));
    assert_eq!(storage.begin(b"a late one", first).await, Ok(second));
    assert_eq!(
        storage.synced().await.unwrap().unwrap().cursor,
        Some(second)
    );
    storage.keep_history(0, b"1", first).await.unwrap();
    storage.keep_history(1, b"2", second).await.unwrap();
    let begun = storage.read_log().await.unwrap().begun;
    assert_eq!(begun, Some((b"snapshot".to_vec(), second)));
    assert_eq!(storage.fetched().await, Ok(Some(second)));
    let mut pieces = Vec::new();
    for key in storage.pieces().await.unwrap() {
        pieces.push(storage.piece(&key).await.unwrap());
    }
    assert_eq!(pieces, [b"1", b"2"]);
    assert_eq!(storage.cells().await, Ok(None));
    storage.keep_cells(b"cells").await.unwrap();
    assert_eq!(storage.cells().await, Ok(Some(b"cells".to_vec())));
    assert_eq!(
        storage.pieces().await.unwrap().len(),
        2,
        "they are no piece"
    );
    storage.doubt_history().await.unwrap();
    assert_eq!(storage.fetched().await, Ok(None));
}

fn layer_note(name: &str) -> LayerNote {
    LayerNote {
        name: name.into(),
        at: "2026-12-02T09:00:00+08:00".into(),
        report: Report {
            layer: LayerId("manholes".into()),
            bytes: 3,
            error: None,
            read: 1,
            loaded: 1,
            mended: 0,
            refused: 0,
            problems: Vec::new(),
            remarks: None,
        },
        fields: None,
    }
}

/// The bytes that are kept, by which name, and whether there are others before them.
async fn layer(storage: &Storage) -> Option<(Vec<u8>, Option<String>, bool)> {
    let kept = storage.layer("manholes").await.unwrap()?;
    let note = kept.note.as_deref().and_then(LayerNote::read);
    Some((kept.bytes, note.map(|note| note.name), kept.has_before))
}

#[wasm_bindgen_test]
async fn a_layer_is_kept_with_the_one_before_it_and_forgotten() {
    let storage = fresh("layers").await;
    assert_eq!(layer(&storage).await, None);
    let said = |bytes: &[u8], name: &str, has_before| {
        Some((bytes.to_vec(), Some(name.to_owned()), has_before))
    };
    for (bytes, name) in [(b"one", "1"), (b"two", "2"), (b"six", "6")] {
        let note = layer_note(name);
        storage
            .keep_layer("manholes", vec![bytes.to_vec()], &note)
            .await
            .unwrap();
    }
    assert_eq!(layer(&storage).await, said(b"six", "6", true));
    storage.step_back("manholes").await.unwrap();
    assert_eq!(layer(&storage).await, said(b"two", "2", false));
    storage.step_back("manholes").await.unwrap();
    assert_eq!(layer(&storage).await, None, "before it stood the city's");
    let note = layer_note("1");
    for bytes in [b"one", b"two"] {
        storage
            .keep_layer("manholes", vec![bytes.to_vec()], &note)
            .await
            .unwrap();
    }
    storage.forget_layer("manholes").await.unwrap();
    assert_eq!(layer(&storage).await, None);
    storage.step_back("manholes").await.unwrap();
    assert_eq!(layer(&storage).await, None, "none is left behind");
}

#[wasm_bindgen_test]
async fn columns_are_given_for_what_they_were_made_from_and_leave_a_persons_own_layer_alone() {
    let storage = fresh("columns").await;
    let LayerNote { report, .. } = layer_note("1");
    let note = |from: &str| ColumnsNote {
        from: from.into(),
        report: report.clone(),
    };
    let columns = async |from| storage.columns("manholes", from).await.unwrap();
    assert_eq!(columns("a").await, None);
    let keep = async |from, pieces: &[&[u8]]| {
        let pieces = pieces.iter().map(|piece| piece.to_vec()).collect();
        let kept = storage.keep_columns("manholes", pieces, &note(from)).await;
        kept.unwrap();
    };
    keep("a", &[b"o", b"", b"ne"]).await;
    assert_eq!(columns("a").await, Some((b"one".to_vec(), report.clone())));
    keep("b", &[b"two"]).await;
    assert_eq!(columns("a").await, None, "the file is another");
    assert_eq!(layer(&storage).await, None, "nobody's own");
    storage.forget_layer("manholes").await.unwrap();
    assert_eq!(columns("b").await, Some((b"two".to_vec(), report.clone())));
}

fn person(account: &str) -> Person {
    Person {
        account: Some(account.into()),
        name: account.into(),
        role: Role::Crew,
    }
}

/// The device and the number that the next event gets.
async fn next(storage: &Storage) -> (DeviceId, u64) {
    let mut given = None;
    let seal = |device, seq| {
        given = Some((device, seq));
        numbered(device, seq)
    };
    storage.append(&[], seal).await.unwrap();
    given.unwrap()
}

#[wasm_bindgen_test]
async fn each_account_is_a_device_of_its_own_with_numbers_of_its_own() {
    let storage = fresh("accounts").await;
    assert_eq!(next(&storage).await, (device(1), 1));
    // Who logs in first claims what was written before.
    assert_eq!(storage.device_for("wang").await.unwrap(), Some(device(1)));
    storage.log_in(device(1), &person("wang")).await.unwrap();
    assert_eq!(next(&storage).await, (device(1), 2));
    assert_eq!(storage.device_for("li").await.unwrap(), None);
    storage.log_in(device(2), &person("li")).await.unwrap();
    assert_eq!(next(&storage).await, (device(2), 1));
    storage.log_out().await.unwrap();
    assert_eq!(storage.device(device(9)).await.unwrap().person, None);
    assert_eq!(next(&storage).await, (device(2), 2));
    let own = storage.device_for("wang").await.unwrap();
    storage.log_in(own.unwrap(), &person("wang")).await.unwrap();
    assert_eq!(next(&storage).await, (device(1), 3));
    let mut here = storage.devices().await.unwrap();
    here.sort();
    here.dedup();
    assert_eq!(here, [device(1), device(2)]);
    assert_eq!(
        storage.device(device(9)).await.unwrap().person,
        Some(person("wang"))
    );
}

#[wasm_bindgen_test]
async fn the_outbox_holds_what_no_server_has_accepted() {
    let storage = fresh("outbox").await;
    storage.append(&[], numbered).await.unwrap();
    assert!(storage.synced().await.unwrap().is_none(), "no server yet");
    storage.join([&b"1"[..]].into_iter()).await.unwrap();
    storage.join([&b"again"[..]].into_iter()).await.unwrap();
    storage.append(&[], numbered).await.unwrap();
    storage.keep([b"from elsewhere".as_slice()]).await.unwrap();
    let outbox = async || {
        let synced = storage.synced().await.unwrap().unwrap();
        let mut outbox = synced.outbox;
        outbox.sort_by(|a, b| a.0.cmp(&b.0));
        outbox
    };
    let raw: Vec<_> = outbox().await.into_iter().map(|(raw, _)| raw).collect();
    assert_eq!(raw, [&b"1"[..], b"2", b"from elsewhere"]);

    let head = Head::start("220382").followed_by(b"1");
    let (place, chain) = (head.place, head.chain);
    let receipt = |raw: &[u8], verdict| Receipt::new(&Event::read(raw), verdict);
    let refused = Verdict::Refused(Refused::City { city: "x".into() });
    let store = Store {
        events: vec![Event::read(&b"news"[..]).into()],
        receipts: vec![
            receipt(b"1", Verdict::Accepted { place, chain }),
            receipt(b"2", refused.clone()),
        ],
        offset_ms: Some(-830),
        sent_at: Some(7),
        ..Store::default()
    };
    storage.settle(&store).await.unwrap();
    let left = outbox().await;
    assert_eq!(left.len(), 2);
    assert_eq!(left[0].1.as_ref().map(|r| &r.verdict), Some(&refused));
    assert_eq!(left[1].1, None);
    let synced = storage.synced().await.unwrap().unwrap();
    assert_eq!(synced.accepted.len(), 1, "its place is beyond the cursor");
    assert_eq!((synced.offset_ms, synced.sent_at), (Some(-830), Some(7)));
    assert_eq!(storage.read_log().await.unwrap().events.len(), 4);

    // The cursor passes it.
    let store = Store {
        passed: vec![content(b"1")],
        cursor: Some(head),
        ..Store::default()
    };
    storage.settle(&store).await.unwrap();
    let synced = storage.synced().await.unwrap().unwrap();
    assert_eq!((synced.accepted.len(), synced.cursor), (0, Some(head)));

    // And one that comes when the cursor has passed is not kept either.
    let late = Store {
        receipts: vec![receipt(b"1", Verdict::Accepted { place, chain })],
        ..Store::default()
    };
    storage.settle(&late).await.unwrap();
    let synced = storage.synced().await.unwrap().unwrap();
    assert_eq!((synced.accepted.len(), synced.cursor), (0, Some(head)));
}

fn noted(bytes: &[u8], private: &str) -> Noted {
    Noted {
        photo: content(bytes),
        private: private.into(),
        at: 7,
        device: None,
        status: None,
    }
}

#[wasm_bindgen_test]
async fn a_photo_waits_from_the_moment_an_event_with_it_is_there() {
    let storage = fresh("photos").await;
    let picture = js_sys::Uint8Array::from(&b"picture"[..]);
    let first = noted(b"picture", "salt");
    let name = first.photo.to_string();
    storage.keep_photo(&picture, &first).await.unwrap();
    // Taken up again it is the same one: its private part may stand in an event.
    let again = noted(b"picture", "other salt");
    let again = storage.keep_photo(&picture, &again).await;
    assert_eq!(again.as_ref(), Ok(&name));
    let kept = async || storage.photo(&name).await.unwrap().unwrap();
    let (bytes, note) = kept().await;
    assert_eq!((bytes.to_vec(), note), (b"picture".to_vec(), first));

    // Both are there or neither is.
    let photos = [&*name, &content(b"another").to_string()].map(Box::from);
    let refused = storage.append(&photos, numbered).await;
    assert_eq!(refused, Err(StorageError::NoPhoto));
    assert_eq!(kept().await.1.device, None, "no event names it");
    assert_eq!(storage.read_log().await.unwrap().events.len(), 0);
    let appended = storage.append(&photos[..1], numbered).await;
    assert_eq!(appended.unwrap(), b"1");
    let note = kept().await.1;
    assert_eq!((note.device, note.status), (Some(device(1)), None));

    for status in [413, Noted::SENT] {
        storage.settle_photo(&name, status).await.unwrap();
        assert_eq!(kept().await.1.status, Some(status));
    }
    assert_eq!(storage.photo_notes().await.unwrap().len(), 1);
    assert_eq!(kept().await.0.to_vec(), b"picture", "its own copy");
}

#[wasm_bindgen_test]
async fn what_the_second_version_kept_is_there_and_photos_are_beside_it() {
    let name = format!("test-second-{}", js_sys::Date::now());
    earlier_version(&name, 2, "meta layers outbox receipts").await;
    let storage = Storage::open(&name).await.unwrap();
    assert_eq!(storage.read_log().await.unwrap().events, [b"1"]);
    assert_eq!(next(&storage).await, (device(1), 2));
    let picture = js_sys::Uint8Array::from(&b"picture"[..]);
    storage
        .keep_photo(&picture, &noted(b"picture", "salt"))
        .await
        .unwrap();
}

/// Makes a database as an earlier version of the app did: one event, and the next number 2.
async fn earlier_version(name: &str, version: u32, stores: &str) {
    let script = format!(
        r#"new Promise((done, no) => {{
            const open = indexedDB.open("mendmap-{name}", {version});
            open.onerror = () => no(open.error);
            open.onupgradeneeded = () => {{
                for (const store of "{stores}".split(" ")) open.result.createObjectStore(store);
                for (const store of ["events", "segments"]) open.result.createObjectStore(store, {{ autoIncrement: true }});
            }};
            open.onsuccess = () => {{
                const database = open.result;
                const transaction = database.transaction(["meta", "events", "layers"], "readwrite");
                transaction.objectStore("layers").put(new TextEncoder().encode("file"), "manholes");
                transaction.objectStore("meta").put("{device}", "device");
                transaction.objectStore("meta").put(2, "next_seq");
                transaction.objectStore("events").add(new TextEncoder().encode("1"));
                transaction.oncomplete = () => {{ database.close(); done(); }};
            }};
        }})"#,
        device = device(1),
    );
    let made: js_sys::Promise = js_sys::eval(&script).unwrap().into();
    wasm_bindgen_futures::JsFuture::from(made).await.unwrap();
}

#[wasm_bindgen_test]
async fn what_the_first_version_kept_is_there_and_goes_on() {
    let name = format!("test-first-{}", js_sys::Date::now());
    earlier_version(&name, 1, "meta layers").await;
    let storage = Storage::open(&name).await.unwrap();
    assert_eq!(layer(&storage).await, Some((b"file".to_vec(), None, false)));
    let note = layer_note("1");
    storage
        .keep_layer("manholes", vec![b"one".to_vec()], &note)
        .await
        .unwrap();
    storage.step_back("manholes").await.unwrap();
    assert_eq!(layer(&storage).await, Some((b"file".to_vec(), None, false)));
    assert_eq!(storage.device(device(7)).await.unwrap().id, device(1));
    assert_eq!(storage.read_log().await.unwrap().events, [b"1"]);
    assert!(storage.synced().await.unwrap().is_none());
    assert_eq!(next(&storage).await, (device(1), 2));
    storage.join([&b"1"[..]].into_iter()).await.unwrap();
    assert_eq!(storage.synced().await.unwrap().unwrap().outbox.len(), 1);
}
