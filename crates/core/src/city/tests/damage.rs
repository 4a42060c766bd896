//! Bytes that nobody wrote: an error each, never a panic, and no more memory than they could
//! ask for.

use crate::catalog::{AssetKindId, Catalog, LayerId};
use crate::city::{City, ColumnarError, Filter, TileId};
use crate::geodesy::LonLat;
use crate::layer::columnar::HEADER;
use crc::{CRC_32_ISO_HDLC, Crc};
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

fn id(layer: &str) -> LayerId {
    LayerId(layer.into())
}

/// The demonstration city's catalogue; its layer `roads` takes any shape.
fn catalog() -> Catalog {
    static READ: LazyLock<Catalog> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/city");
        let bytes = std::fs::read(folder.join("catalog.json")).unwrap();
        let (mut catalog, _) = Catalog::read(&bytes).unwrap();
        let kinds = ["road-local", "manhole-storm", "park", "road-arterial"];
        catalog.layers[0].kinds = kinds.map(|kind| AssetKindId(kind.into())).into();
        catalog
    });
    READ.clone()
}

/// A small layer with something in every column.
fn bytes() -> Vec<u8> {
    let feature = |geometry: &str, properties: &str| {
        format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{properties}}}"#)
    };
    let point = r#"{"type":"Point","coordinates":[123.5,43.5]}"#;
    let line = r#"{"type":"LineString","coordinates":[[123.5,43.5],[123.6,43.6]]}"#;
    let area = r#"{"type":"Polygon","coordinates":[[[1,1],[5,1],[5,5],[1,5],[1,1]],[[2,2],[2,3],[3,3],[2,2]]]}"#;
    let uid = r#""uid":"60d48941-2925-59b1-804f-b3634d10d8db""#;
    let features = [
        feature(
            point,
            &format!(r#"{{{uid},"ObjID":"2203820102000001","street":"辽河路"}}"#),
        ),
        feature(point, r#"{"ObjID":"2203820102000002","street":"辽河路"}"#),
        feature(point, r#"{"ObjID":"2203820102000003","street":"辽河路"}"#),
        feature(point, r#"{"ObjID":"2203820102000004","street":"辽河路"}"#),
        feature(line, r#"{"grade":"主","ObjName":"辽河路"}"#),
        feature(area, "null"),
    ];
    let catalog = catalog();
    let features = features.join(",");
    let file = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
    let arrival = City::read_layer_at_once(&catalog, &id("roads"), file.into_bytes());
    assert_eq!(arrival.report().loaded, 6);
    arrival.columnar(&catalog).unwrap()
}

/// Makes the header true again.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    if let Some((header, body)) = bytes.split_at_mut_checked(HEADER) {
        let sum = Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(body);
        header[12..16].copy_from_slice(&sum.to_le_bytes());
        header[16..24].copy_from_slice(&(body.len() as u64).to_le_bytes());
    }
    bytes
}

/// Reads them, and asks what was read everything.
fn survives(bytes: &[u8]) -> Result<usize, ColumnarError> {
    let catalog = catalog();
    let arrival = City::read_columnar(&catalog, &id("roads"), bytes)?;
    let rows = arrival.report().loaded;
    let mut city = City::new(catalog);
    city.put_layer(arrival);
    let at = LonLat::new(2.0, 2.0);
    assert_eq!(city.nearest(at, rows, None, &Filter::all()).total, rows);
    for hit in city.nearest(at, rows, None, &Filter::all()).hits {
        assert!(city.asset(&hit.asset.uid).is_some());
    }
    city.tap(at, 1e6, &[id("roads")]);
    for z in [0, 8] {
        let x = (1 << z) / 2;
        city.tile(TileId { z, x, y: x });
    }
    city.search("辽", 5, None);
    Ok(rows)
}

#[test]
fn each_end_and_each_flipped_byte_is_noticed() {
    let whole = bytes();
    assert_eq!(survives(&whole), Ok(6));
    for end in 0..whole.len() {
        let cut = survives(&whole[..end]);
        let is_named = matches!(
            cut,
            Err(ColumnarError::NotColumnar | ColumnarError::Length { .. })
        );
        assert!(is_named, "{end}: {cut:?}");
    }
    for at in 0..whole.len() {
        for flip in [1, 0x10, 0x80, 0xff] {
            let mut flipped = whole.clone();
            flipped[at] ^= flip;
            assert!(survives(&flipped).is_err(), "{at} {flip}");
        }
    }
    let longer = [&whole[..], &[0]].concat();
    assert!(matches!(
        survives(&longer),
        Err(ColumnarError::Length { .. })
    ));
}

#[test]
fn what_it_is_not_is_said() {
    let whole = bytes();
    let catalog = catalog();
    let read = |layer, bytes| City::read_columnar(&catalog, &id(layer), bytes).map(|_| ());
    let another = ColumnarError::AnotherLayer {
        found: "roads".into(),
    };
    assert_eq!(read("manholes", &whole), Err(another));
    assert_eq!(read("nowhere", &whole), Err(ColumnarError::UnknownLayer));
    assert_eq!(read("roads", b"{}"), Err(ColumnarError::NotColumnar));
    let mut newer = whole.clone();
    newer[8] = 2;
    let version = 2;
    assert_eq!(read("roads", &newer), Err(ColumnarError::Newer { version }));
    let mut fewer = catalog.clone();
    fewer.layers[0].kinds.truncate(1);
    let read = City::read_columnar(&fewer, &id("roads"), &whole).map(|_| ());
    let kind = "manhole-storm".into();
    assert_eq!(read, Err(ColumnarError::UnknownKind { kind }));
}

/// A header that is true says nothing about what is under it.
#[test]
fn lengths_are_not_believed() {
    let whole = bytes();
    let most = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    for at in HEADER..whole.len() {
        let mut wrong = whole.clone();
        wrong.splice(at..=at, most);
        // There may be places where it means nothing; there is none where it costs anything.
        let _ = survives(&sealed(wrong));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn sealed_nonsense_is_survived(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut wrong = bytes();
        for (at, byte) in edits {
            let at = HEADER + at.index(wrong.len() - HEADER);
            wrong[at] = byte;
        }
        if is_cut {
            wrong.truncate(HEADER + cut.index(wrong.len() - HEADER));
        }
        let _ = survives(&sealed(wrong));
    }
}
