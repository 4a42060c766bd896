//! Which numbers came up so far, forgotten at once.

/// Which numbers came up, with a value for each.
#[derive(Debug, Default)]
pub(super) struct Seen {
    at: Vec<(u32, u32)>,
    turn: u32,
}

impl Seen {
    /// Forgets all; from now on numbers below `len` may come.
    pub(super) fn begin(&mut self, len: usize) {
        if self.at.len() < len {
            self.at.resize(len, (0, 0));
        }
        self.turn = self.turn.wrapping_add(1);
        if self.turn == 0 {
            self.at.fill((0, 0));
            self.turn = 1;
        }
    }

    /// Whether a number comes for the first time.
    pub(super) fn first(&mut self, number: u32) -> bool {
        self.value(number, || 0).1
    }

    /// The value of a number, which it was given when it came first; and whether that is now.
    pub(super) fn value(&mut self, number: u32, first: impl FnOnce() -> u32) -> (u32, bool) {
        match self.at.get_mut(number as usize) {
            Some((turn, value)) if *turn == self.turn => (*value, false),
            Some(at) => {
                let value = first();
                *at = (self.turn, value);
                (value, true)
            }
            None => (first(), true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_comes_first_once_a_turn() {
        let mut seen = Seen::default();
        seen.begin(3);
        assert!(seen.first(2) && !seen.first(2) && seen.first(0));
        seen.begin(4);
        assert_eq!(seen.value(2, || 7), (7, true));
        assert_eq!(seen.value(2, || 8), (7, false));
        seen.turn = u32::MAX;
        seen.begin(4);
        assert!(seen.first(2) && seen.first(3) && !seen.first(3));
    }
}
