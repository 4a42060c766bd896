//! Any bytes, and what a person says of them. Nothing panics; the counts add up; without a remark
//! nothing was done with the file; a table is proposed with columns that it has.
//!
//! The first byte is what is said: the datum (1), a decoder (2), all problems listed (4), a table (8) with
//! its columns (16, 32) and its system (64, 128). The rest is the file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mendmap_core::city::{City, Datum, Host, How, TableChoice, list_problems, propose_table};
use mendmap_fuzz::{all_are_found, any, catalog, counts_add_up, tiles};

fuzz_target!(|input: &[u8]| {
    let Some((&said, bytes)) = input.split_first() else {
        return;
    };
    let is_said = |bit: u8| said & bit != 0;
    let how = How {
        datum: if is_said(1) {
            Datum::Gcj02
        } else {
            Datum::Wgs84
        },
        decode: is_said(2).then_some(&Host as _),
        lists_all: is_said(4),
        fields: None,
        table: is_said(8).then(|| TableChoice {
            east: usize::from(is_said(16)),
            north: if is_said(32) {
                2
            } else {
                usize::from(!is_said(16))
            },
            epsg: [None, Some(4549), Some(3857), Some(4326)][usize::from(said >> 6)],
        }),
    };
    if let Some(proposal) = propose_table(bytes, &how) {
        let known = |column: Option<usize>| column.is_none_or(|i| i < proposal.columns.len());
        assert!(
            known(proposal.east) && known(proposal.north),
            "{proposal:?}"
        );
    }
    let arrival = City::read_layer_as_at_once(catalog(), &any(), bytes.to_vec(), &how);
    let mut city = City::new(catalog().clone());
    city.compare(&mut City::read_layer_at_once(
        catalog(),
        &any(),
        bytes.to_vec(),
    ));
    let report = city.put_layer(arrival);
    assert_eq!(report.bytes, bytes.len());
    // A file that failed as a whole has no problems to list.
    counts_add_up(&report, is_said(4));
    assert!(list_problems(&report).lines().count() > 0);
    all_are_found(&city, report.loaded);
    tiles(&city);
});
