//! Texts behind one another.

use super::more;
use crate::layer::Ends;

/// Texts, by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    text: String,
    ends: Ends,
    /// How many there will be, as far as is known.
    expected: usize,
}

impl Texts {
    /// Of a text and where each of them ends in it, at a character of its own and behind the one before.
    pub(in crate::layer) fn of(text: String, ends: Ends) -> Self {
        Texts {
            text,
            ends,
            expected: 0,
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds one. What all of them are made of is no longer than 32 bits can say.
    #[inline]
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32, self.expected);
    }

    /// One of them; empty where there is none.
    #[inline]
    pub(crate) fn get(&self, n: usize) -> &str {
        self.text.get(self.ends.range(n)).unwrap_or("")
    }

    /// The same as bytes.
    #[inline]
    pub(super) fn bytes(&self, n: usize) -> &[u8] {
        self.text.as_bytes().get(self.ends.range(n)).unwrap_or(&[])
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|n| self.get(n))
    }

    /// Makes room for so many times what there is.
    pub(super) fn expect(&mut self, times: f64) {
        self.text.reserve_exact(more(self.text.len(), times));
        self.expected = self.len() + more(self.len(), times);
        self.ends.expect(self.expected);
    }

    /// Gives back what growing took too much.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink();
    }
}
