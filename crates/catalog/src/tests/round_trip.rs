//! A catalogue that was written is read as it was.

use super::super::Catalog;
use super::any::catalogs;
use super::city;
use proptest::prelude::*;

proptest! {
    #[test]
    fn reading_undoes_writing(catalog in catalogs()) {
        let text = catalog.write().expect("it is written");
        let (read, problems) = Catalog::read(text.as_bytes()).expect("it is read");
        prop_assert_eq!(problems, []);
        prop_assert_eq!(read, catalog);
    }

    #[test]
    fn no_bytes_are_too_dirty(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Catalog::read(&bytes);
    }

    /// Half a download, or a file with a hole in it, is refused or read around.
    #[test]
    fn no_cut_is_too_rough(from in 0..super::CITY.len(), length in 0..4_000usize) {
        let to = (from + length).min(super::CITY.len());
        let bytes = [&super::CITY[..from], &super::CITY[to..]].concat();
        let _ = Catalog::read(&bytes);
    }
}

#[test]
fn the_demonstration_is_read_as_it_is_written() {
    let catalog = city();
    let text = catalog.write().expect("it is written");
    assert_eq!(Catalog::read(text.as_bytes()), Ok((catalog, vec![])));
}
