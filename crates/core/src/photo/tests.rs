use super::*;
use crate::log::Position;
use proptest::prelude::*;

/// A field: tag, type, count, and its value or where that is.
type Field = (u16, u16, u32, [u8; 4]);

/// A JPEG as far as its notes, its numbers in the order of Intel.
fn camera(offset: Option<&str>, north: u8, lat: [(u32, u32); 3], lon: [(u32, u32); 3]) -> Vec<u8> {
    let at = |place: usize| u32::try_from(place).unwrap().to_le_bytes();
    let directory = |fields: &[Field]| {
        let mut bytes = u16::try_from(fields.len()).unwrap().to_le_bytes().to_vec();
        for (tag, kind, count, value) in fields {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(kind.to_le_bytes());
            bytes.extend(count.to_le_bytes());
            bytes.extend(value);
        }
        bytes.extend([0; 4]);
        bytes
    };
    let fractions = |three: [(u32, u32); 3]| {
        let parts = three.iter().flat_map(|(over, under)| [over, under]);
        parts.flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>()
    };
    // Where things lie in the TIFF.
    let (exif, gps, values) = (64, 128, 256);
    let first = directory(&[(0x8769, 4, 1, at(exif)), (0x8825, 4, 1, at(gps))]);
    let mut taken = vec![(0x9003, 2, 20, at(values))];
    taken.extend(offset.map(|_| (0x9011, 2, 7, at(values + 20))));
    let place = directory(&[
        (1, 2, 2, [north, 0, 0, 0]),
        (2, 5, 3, at(values + 32)),
        (3, 2, 2, *b"E\0\0\0"),
        (4, 5, 3, at(values + 56)),
    ]);
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let mut put = |at: usize, bytes: &[u8]| {
        tiff.resize(tiff.len().max(at + bytes.len()), 0);
        tiff[at..at + bytes.len()].copy_from_slice(bytes);
    };
    put(8, &first);
    put(exif, &directory(&taken));
    put(gps, &place);
    put(values, b"2024:05:03 09:12:44\0");
    put(values + 20, offset.unwrap_or_default().as_bytes());
    put(values + 32, &fractions(lat));
    put(values + 56, &fractions(lon));
    let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
    let jfif = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2];
    let exif = [0xff, 0xe1, length[0], length[1]];
    [&jfif[..], &exif, b"Exif\0\0", &tiff, &[0xff, 0xda]].concat()
}

const LAT: [(u32, u32); 3] = [(43, 1), (31, 1), (1234, 100)];
const LON: [(u32, u32); 3] = [(123, 1), (30, 1), (0, 1)];

#[test]
fn a_camera_says_when_and_where() {
    let found = notes(&camera(Some("+09:00"), b'N', LAT, LON), 480);
    assert_eq!(found.at.unwrap().to_string(), "2024-05-03T09:12:44+09:00");
    let (lon, lat) = (1_235_000_000, 435_200_944);
    // 43° 31′ 12.34″, each part rounded.
    let at = found.position.unwrap();
    assert_eq!(at.lon, lon);
    assert!((lat - 1..=lat + 1).contains(&at.lat), "{}", at.lat);
}

#[test]
fn a_camera_without_an_offset_is_set_like_the_phone() {
    let found = notes(&camera(None, b'S', LAT, LON), 480);
    assert_eq!(found.at.unwrap().to_string(), "2024-05-03T09:12:44+08:00");
    assert!(found.position.unwrap().lat < 0, "south");
}

#[test]
fn what_cannot_be_is_not_said() {
    let far = notes(&camera(None, b'N', [(91, 1), (0, 1), (0, 1)], LON), 0);
    assert_eq!(far.position, None);
    let unknown = [(0, 0), (0, 0), (0, 0)];
    assert_eq!(
        notes(&camera(None, b'N', unknown, unknown), 0).position,
        None
    );
    let zero = [(0, 1), (0, 1), (0, 1)];
    assert_eq!(notes(&camera(None, b'N', zero, zero), 0).position, None);
    assert_eq!(notes(b"\x89PNG\r\n\x1a\n", 0), Notes::default());
    assert_eq!(notes(&[0xff, 0xd8, 0xff, 0xd9], 0), Notes::default());
}

#[test]
fn nothing_is_read_behind_the_beginning_of_the_pixels() {
    let mut file = camera(None, b'N', LAT, LON);
    file.splice(2..2, [0xff, 0xda, 0, 2]);
    assert_eq!(notes(&file, 0), Notes::default());
}

proptest! {
    #[test]
    fn no_file_is_too_strange(file in proptest::collection::vec(any::<u8>(), 0..400), at in 0..500_usize, cut in 0..600_usize, east in any::<i32>()) {
        let _ = notes(&file, east);
        // One that begins well and goes on anyhow.
        let mut half = camera(Some("+08:00"), b'N', LAT, LON);
        for (n, byte) in file.iter().take(20).enumerate() {
            if let Some(there) = half.get_mut(at + n) {
                *there = *byte;
            }
        }
        half.truncate(cut);
        let _ = notes(&half, east);
    }

    #[test]
    fn a_kept_picture_is_never_larger_and_never_nothing(width in 1..100_000_u32, height in 1..100_000_u32) {
        let (w, h) = kept_size(width, height);
        prop_assert!((1..=LONG_SIDE.min(width)).contains(&w));
        prop_assert!((1..=LONG_SIDE.min(height)).contains(&h));
        if width.max(height) <= LONG_SIDE {
            prop_assert_eq!((w, h), (width, height));
        } else {
            prop_assert_eq!(w.max(h), LONG_SIDE);
        }
    }
}

/// The hashes of these bytes stand in events for ever: who changes them makes every photo's
/// private part that comes later look unlike the ones before, and must raise `v`.
#[test]
fn the_bytes_of_a_private_part_are_golden() {
    let salt = std::array::from_fn(|n| n as u8);
    let at = "2024-05-03T09:12:44+08:00".parse().ok();
    let position = Some(Position {
        lon: 1_235_000_000,
        lat: 435_200_000,
    });
    let whole = PrivatePart {
        salt,
        at: at.map(|is| Claim {
            is,
            from: Source::File,
        }),
        position: position.map(|is| Claim {
            is,
            from: Source::Phone,
        }),
    };
    assert_eq!(
        whole.bytes(),
        r#"{"v":1,"salt":"00010203-0405-0607-0809-0a0b0c0d0e0f","at":{"is":"2024-05-03T09:12:44+08:00","from":"file"},"position":{"is":[1235000000,435200000],"from":"phone"}}"#
    );
    let bare = PrivatePart {
        salt: [0; 16],
        at: None,
        position: None,
    };
    assert_eq!(
        bare.bytes(),
        r#"{"v":1,"salt":"00000000-0000-0000-0000-000000000000"}"#
    );
}
