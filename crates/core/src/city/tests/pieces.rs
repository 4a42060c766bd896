//! A file that comes in pieces is what it is as a whole, wherever it is cut.

use super::fixture::{catalog, layer};
use crate::city::{Arrival, City, Host, How, Intake};
use mendmap_layers::at_once;
use proptest::prelude::*;
use std::fs;
use std::path::Path;

/// Pieces of which files are made, right and wrong.
const PIECES: [&str; 24] = [
    "{\"type\":\"FeatureCollection\",\"features\":[",
    "]}",
    "{\"type\":\"FeatureCollection\"",
    "\"crs\":null",
    "\"features\":[",
    "{\"type\":\"Feature\",\"id\":7,\"properties\":{\"ObjID\":\"a\\u0062\",\"名\":\"辽河路\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1.5,2.25]}}",
    "{\"geometry\":{\"coordinates\":[[0,0],[1e0,1]],\"type\":\"LineString\"},\"type\":\"Feature\",\"properties\":null}",
    "{\"type\":\"Feature\",\"properties\":{\"ObjID\":12},\"geometry\":null}",
    "{\"type\":\"Point\",\"coordinates\":[3,4]}",
    "{\"a\":[}]}",
    "12",
    "-1.5e3",
    "NaN",
    "true",
    "\"辽\\\"河\"",
    "[1,[2]]",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\n",
    "\u{feff}",
];

/// What is read of a file whose pieces end there.
fn in_pieces(file: &[u8], ends: &[usize], expected: Option<usize>) -> Arrival {
    let (catalog, any, how) = (catalog(), layer("any"), how());
    let mut intake = Intake::new(&catalog, &any, &how, expected);
    for _ in 0..2 {
        let mut start = 0;
        for &end in ends.iter().chain([&file.len()]) {
            intake.take(&file[start..end]);
            while intake.read_some() {}
            start = end;
        }
        assert_eq!(intake.size(), file.len() as u64);
        match at_once(City::read_rest(intake, &mut async |_| {})) {
            Ok(arrival) => return arrival,
            Err(again) => intake = again,
        }
    }
    panic!("it is wanted a third time");
}

fn how() -> How<'static> {
    How {
        decode: Some(&Host),
        ..How::default()
    }
}

/// That it is what is read of it at once.
fn same(file: &[u8], read: &Arrival, cut: &str) {
    let (catalog, any, how) = (catalog(), layer("any"), how());
    let whole = City::read_layer_as_at_once(&catalog, &any, file.to_vec(), &how);
    let text = String::from_utf8_lossy(file);
    assert_eq!(read.report(), whole.report(), "{cut} {text}");
    let [a, b] = [read, &whole].map(|arrival| arrival.columnar(&catalog));
    assert!(a == b, "{cut} {text}");
}

#[test]
fn files_may_be_cut_at_every_byte() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut files = 0;
    for folder in ["layer", "differential", "foreign"] {
        for file in fs::read_dir(corpus.join(folder)).unwrap() {
            let file = fs::read(file.unwrap().path()).unwrap();
            let every: Vec<usize> = (0..file.len()).collect();
            same(&file, &in_pieces(&file, &every, None), "everywhere");
            if file.len() < 400 {
                for at in 0..file.len() {
                    let read = in_pieces(&file, &[at], Some(file.len()));
                    same(&file, &read, &format!("at {at}"));
                }
            }
            files += 1;
        }
    }
    assert!(files > 200, "{files}");
}

#[test]
fn a_length_that_is_told_wrong_changes_nothing() {
    let file = PIECES[0].to_owned() + PIECES[5] + PIECES[1];
    for told in [None, Some(0), Some(7), Some(1 << 40), Some(usize::MAX)] {
        same(
            file.as_bytes(),
            &in_pieces(file.as_bytes(), &[40, 90], told),
            "",
        );
    }
}

#[test]
fn features_are_read_while_their_file_comes() {
    let (catalog, any, how) = (catalog(), layer("any"), How::default());
    let mut intake = Intake::new(&catalog, &any, &how, None);
    intake.take(PIECES[0].as_bytes());
    for n in 0..600 {
        let piece = format!("{}{}", if n == 0 { "" } else { "," }, PIECES[5]);
        let (first, rest) = piece.split_at(piece.len() / 2);
        intake.take(first.as_bytes());
        while intake.read_some() {}
        assert_eq!(intake.features(), n);
        intake.take(rest.as_bytes());
        while intake.read_some() {}
    }
    assert_eq!(intake.features(), 600);
}

/// It would be the same layer, but read twice.
#[test]
fn what_may_go_on_is_not_taken_for_an_error() {
    let (catalog, any, how) = (catalog(), layer("any"), How::default());
    let features = [PIECES[5], "12", "true", PIECES[6], "\"a\\\"b\""].join(" , ");
    let file = format!(
        "\u{feff}{{\"n\":-1.5e3,\"type\":\"FeatureCollection\",\"crs\":null,\"features\":[{features}],\"名\":12}} "
    );
    let mut intake = Intake::new(&catalog, &any, &how, None);
    for byte in file.as_bytes() {
        intake.take(&[*byte]);
        while intake.read_some() {}
    }
    assert_eq!(intake.features(), 5);
}

/// Reading what is cut off again with each piece would take hours for these.
#[test]
fn one_feature_in_many_pieces_is_not_read_again_with_each() {
    let points = "[1.25,2.5],".repeat(200_000);
    let file = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{points}[3,4]]}}}}]}}"
    );
    let ends: Vec<usize> = (0..file.len()).step_by(50).collect();
    let read = in_pieces(file.as_bytes(), &ends, None);
    assert_eq!(read.report().loaded, 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn anything_may_be_cut_anywhere(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..16),
        begins in prop::bool::weighted(0.7),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let file = [if begins { PIECES[0] } else { "" }, &pieces.concat()].concat().into_bytes();
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(file.len() + 1)).collect();
        ends.sort_unstable();
        same(&file, &in_pieces(&file, &ends, None), &format!("{ends:?}"));
    }
}
