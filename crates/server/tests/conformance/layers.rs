//! The files that were put in place of layers' own.

use super::AnyStore;
use mendmap_core::catalog::LayerId;
use mendmap_core::sync::content;
use mendmap_server::store::LayerPut;

fn put(layer: &str, number: u64, file: Option<&[u8]>) -> LayerPut {
    LayerPut {
        layer: LayerId(layer.into()),
        number,
        version: file.map(content),
        bytes: file.map_or(0, |file| file.len() as u64),
        at: 1_700_000_000 + i64::try_from(number).unwrap(),
        by: (number > 1).then(|| "li".into()),
    }
}

pub(super) async fn layers_are_put_one_after_the_other_and_none_is_lost(store: &AnyStore) {
    assert_eq!(store.layer_puts().await.unwrap(), []);
    // Bytes that are no text, and more of them than a page of the database.
    let first: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
    let second = b"{}".to_vec();
    let story = [
        put("roads", 1, Some(&first)),
        put("roads", 2, Some(&second)),
        put("roads", 3, None),
        put("roads", 4, Some(&first)),
        put("水域", 1, Some(&second)),
    ];
    let files = [&first[..], &second, b"", &first, &second];
    for (put, file) in story.iter().zip(files) {
        assert!(store.put_layer(put, file).await.unwrap(), "{put:?}");
    }
    assert_eq!(store.layer_puts().await.unwrap(), story);
    for file in [first, second] {
        let found = store.layer_file(&content(&file)).await.unwrap();
        assert_eq!(found, Some(file));
    }
    let late = put("roads", 4, Some(b"late"));
    assert!(!store.put_layer(&late, b"late").await.unwrap());
    assert_eq!(store.layer_file(&content(b"late")).await.unwrap(), None);
    assert_eq!(store.layer_puts().await.unwrap(), story, "nothing was done");

    // Of many who all saw the same one come last, one puts the next.
    let racers: Vec<_> = (0..8_u8)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let put = put("pipes", 1, Some(&[n]));
                store.put_layer(&put, &[n]).await.unwrap()
            })
        })
        .collect();
    let mut won = 0;
    for racer in racers {
        won += usize::from(racer.await.unwrap());
    }
    assert_eq!(won, 1);
}
