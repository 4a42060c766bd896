//! What was made of layers and may be asked for again.

use super::Made;
use std::collections::VecDeque;

/// So much is kept, or one piece where it alone is more. A city of a million features has some
/// 300 MB of GeoJSON: of such a one the forms that are asked for most stay.
const KEPT_BYTES: usize = 192 * 1024 * 1024;

/// The last asked for at the end.
#[derive(Default)]
pub(super) struct Shelf {
    kept: VecDeque<(String, Made)>,
    bytes: usize,
}

impl Shelf {
    pub(super) fn get(&mut self, key: &str) -> Option<Made> {
        let place = self.kept.iter().position(|(known, _)| known == key)?;
        let found = self.kept.remove(place)?;
        let made = found.1.clone();
        self.kept.push_back(found);
        Some(made)
    }

    pub(super) fn keep(&mut self, key: String, made: Made) {
        if self.get(&key).is_some() {
            return;
        }
        self.bytes += made.bytes.len();
        self.kept.push_back((key, made));
        while self.bytes > KEPT_BYTES && self.kept.len() > 1 {
            if let Some((_, gone)) = self.kept.pop_front() {
                self.bytes -= gone.bytes.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mendmap_core::sync::content;

    #[test]
    fn what_nobody_asked_for_longest_goes() {
        let made = |bytes| Made::new(vec![0; bytes].into(), content(b""));
        let mut shelf = Shelf::default();
        let third = KEPT_BYTES / 3;
        for key in ["a", "b", "c"] {
            shelf.keep(key.into(), made(third));
        }
        assert!(shelf.get("a").is_some());
        shelf.keep("d".into(), made(third));
        assert!(shelf.get("b").is_none());
        assert!(["a", "c", "d"].iter().all(|key| shelf.get(key).is_some()));
        shelf.keep("whole".into(), made(KEPT_BYTES + 1));
        assert!(shelf.get("a").is_none() && shelf.get("whole").is_some());
        shelf.keep("a".into(), made(1));
        assert_eq!(shelf.bytes, 1);
    }
}
