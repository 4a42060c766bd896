//! Any bytes as a layer in columns: an error, or a layer that comes back when it is written again. It
//! takes no more memory than a fixed multiple of its bytes. What is read of GeoJSON comes back as well.
//!
//! Nobody guesses a checksum, so the header is made to fit what is behind it, beside the bytes as they are.

#![no_main]

use crc::{CRC_32_ISO_HDLC, Crc};
use libfuzzer_sys::fuzz_target;
use mendmap_core::city::{Arrival, City};
use mendmap_fuzz::{Counting, all_are_found, any, catalog, most_held, tiles};

#[global_allocator]
static COUNTING: Counting = Counting;

/// The length of magic, version, checksum and length.
const HEADER: usize = 24;
/// How many times more memory than bytes reading may take: the text alone is 64 times as long at
/// most, and twice that while it grows.
const MULTIPLE: usize = 512;
/// What a reader needs that reads nothing.
const LEAST: usize = 16 << 10;

fuzz_target!(|bytes: &[u8]| {
    if bytes.trim_ascii_start().starts_with(b"{") {
        let arrival = City::read_layer_at_once(catalog(), &any(), bytes.to_vec());
        if let Some(columns) = arrival.columnar(catalog()) {
            let back = read(&columns).expect("it was written");
            assert!(back.columnar(catalog()) == Some(columns));
            same(arrival, back);
        }
        return;
    }
    comes_back(bytes);
    if let Some((header, body)) = bytes.split_at_checked(HEADER) {
        let checksum = Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(body);
        let length = body.len() as u64;
        comes_back(
            &[
                &header[..12],
                &checksum.to_le_bytes(),
                &length.to_le_bytes(),
                body,
            ]
            .concat(),
        );
    }
});

fn comes_back(bytes: &[u8]) {
    let Some(first) = read(bytes) else { return };
    let written = first.columnar(catalog()).expect("it is loaded");
    let second = read(&written).expect("it was written");
    assert!(second.columnar(catalog()) == Some(written));
    same(first, second);
}

fn read(bytes: &[u8]) -> Option<Arrival> {
    let (read, most) = most_held(|| City::read_columnar(catalog(), &any(), bytes).ok());
    assert!(
        most <= bytes.len() * MULTIPLE + LEAST,
        "{most} of {}",
        bytes.len()
    );
    read
}

/// Whether two layers are the same for all who ask.
fn same(first: Arrival, second: Arrival) {
    let [(a, loaded), (b, others)] = [first, second].map(|arrival| {
        let mut city = City::new(catalog().clone());
        let report = city.put_layer(arrival);
        (city, report.loaded)
    });
    assert_eq!(loaded, others);
    assert_eq!(a.geojson(&any()), b.geojson(&any()));
    assert!(tiles(&a) == tiles(&b));
    // Only a file that nobody wrote has a uid twice.
    let uids: std::collections::HashSet<_> = (0..loaded as u64).map(|row| a.uid_of(row)).collect();
    if uids.len() == loaded {
        all_are_found(&a, loaded);
        all_are_found(&b, loaded);
    }
}
