//! Any bytes as a file that comes in pieces: wherever it is cut, it is the layer and the report that it is
//! as a whole. The first byte says how long the pieces are; a small file is cut at each byte besides.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mendmap_core::city::{Arrival, City, How, Intake};
use mendmap_fuzz::{any, at_once, catalog};

/// A file of at most so many bytes is cut at each of them.
const SMALL: usize = 96;

fuzz_target!(|bytes: &[u8]| {
    let Some((&step, file)) = bytes.split_first() else {
        return;
    };
    let whole = City::read_layer_at_once(catalog(), &any(), file.to_vec());
    let columns = whole.columnar(catalog());
    let same = |read: Arrival| {
        assert_eq!(read.report(), whole.report());
        assert!(read.columnar(catalog()) == columns);
    };
    let step = usize::from(step).max(1);
    same(in_pieces(file.len(), || file.chunks(step)));
    if file.len() <= SMALL {
        for at in 0..file.len() {
            let (first, rest) = file.split_at(at);
            same(in_pieces(file.len(), || [first, rest].into_iter()));
        }
    }
});

/// A file that the reader stumbled over comes a second time.
fn in_pieces<'a, P: Iterator<Item = &'a [u8]>>(length: usize, pieces: impl Fn() -> P) -> Arrival {
    let (any, how) = (any(), How::default());
    let mut intake = Intake::new(catalog(), &any, &how, Some(length));
    for _ in 0..2 {
        for piece in pieces() {
            intake.take(piece);
            while intake.read_some() {}
        }
        match at_once(City::read_rest(intake, &mut async |_| {})) {
            Ok(arrival) => return arrival,
            Err(again) => intake = again,
        }
    }
    panic!("a file is asked for once more at most");
}
