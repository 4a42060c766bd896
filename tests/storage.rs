//! The browser's storage, in a browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use mendmap::storage::{Storage, StorageError};
use mendmap_core::ids::{DeviceId, uuid_v7};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A database of its own for each test: they share one browser profile.
async fn fresh(name: &str) -> Storage {
    let name = format!("test-{name}-{}", js_sys::Date::now());
    Storage::open(&name)
        .await
        .expect("a browser with IndexedDB")
}

fn device(byte: u8) -> DeviceId {
    DeviceId(uuid_v7(1, [byte; 10]))
}

/// An event's bytes that only say their number.
fn numbered(seq: u64) -> Result<Vec<u8>, StorageError> {
    Ok(seq.to_string().into_bytes())
}

#[wasm_bindgen_test]
async fn numbers_have_no_gap_even_when_appends_overlap() {
    let storage = fresh("seq").await;
    let appends = (0..20).map(|_| storage.append(numbered));
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
    storage.append(numbered).await.unwrap();
    let refused = storage.append(|_| Err(StorageError::Full)).await;
    assert_eq!(refused, Err(StorageError::Full));
    assert_eq!(storage.append(numbered).await.unwrap(), b"2");
}

#[wasm_bindgen_test]
async fn what_was_appended_is_there_in_order_after_opening_again() {
    let name = format!("test-again-{}", js_sys::Date::now());
    {
        let storage = Storage::open(&name).await.unwrap();
        for _ in 0..3 {
            storage.append(numbered).await.unwrap();
        }
        storage.keep([b"from elsewhere".as_slice()]).await.unwrap();
    }
    let storage = Storage::open(&name).await.unwrap();
    let kept = storage.read_log().await.unwrap();
    assert_eq!(kept.events, [&b"1"[..], b"2", b"3", b"from elsewhere"]);
    assert_eq!(storage.append(numbered).await.unwrap(), b"4");
}

#[wasm_bindgen_test]
async fn packing_moves_every_event_into_a_segment_and_loses_none() {
    let storage = fresh("pack").await;
    for _ in 0..5 {
        storage.append(numbered).await.unwrap();
    }
    let early = storage.pack(6, |_| Some(b"too early".to_vec())).await;
    assert_eq!(early, Ok(false));
    assert_eq!(storage.pack(5, |_| None).await, Ok(false));
    let packed = storage.pack(5, |events| Some(events.concat())).await;
    assert_eq!(packed, Ok(true));
    let kept = storage.read_log().await.unwrap();
    assert_eq!(kept.segments, [b"12345"]);
    assert_eq!(kept.events, Vec::<Vec<u8>>::new());
    assert_eq!(storage.append(numbered).await.unwrap(), b"6");
}

#[wasm_bindgen_test]
async fn the_first_device_stays_and_the_crew_is_remembered() {
    let storage = fresh("device").await;
    let first = storage.device(device(1)).await.unwrap();
    assert_eq!((first.id, first.crew), (device(1), None));
    storage.set_crew("drain-1").await.unwrap();
    let again = storage.device(device(2)).await.unwrap();
    assert_eq!(
        (again.id, again.crew.as_deref()),
        (device(1), Some("drain-1"))
    );
}

#[wasm_bindgen_test]
async fn a_layer_file_is_kept_replaced_and_forgotten() {
    let storage = fresh("layers").await;
    assert_eq!(storage.layer("manholes").await.unwrap(), None);
    storage.keep_layer("manholes", b"one").await.unwrap();
    storage.keep_layer("manholes", b"two").await.unwrap();
    let kept = storage.layer("manholes").await.unwrap();
    assert_eq!(kept.as_deref(), Some(&b"two"[..]));
    storage.forget_layer("manholes").await.unwrap();
    assert_eq!(storage.layer("manholes").await.unwrap(), None);
}
