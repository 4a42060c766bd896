//! Texts behind one another.

use super::more;

/// Texts, by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Texts {
    /// Of a text and where each of them ends in it, at a character of its own and behind the one before.
    pub(in crate::layer) fn of(text: String, ends: Vec<u32>) -> Self {
        Texts { text, ends }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds one. What all of them are made of is no longer than 32 bits can say.
    #[inline]
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }

    /// One of them; empty where there is none.
    #[inline]
    pub(crate) fn get(&self, n: usize) -> &str {
        let start = match n {
            0 => 0,
            _ => self.ends.get(n - 1).map_or(0, |&end| end as usize),
        };
        let end = self.ends.get(n).map_or(0, |&end| end as usize);
        self.text.get(start..end).unwrap_or("")
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|n| self.get(n))
    }

    /// Makes room for so many times what there is.
    pub(super) fn expect(&mut self, times: f64) {
        self.text.reserve_exact(more(self.text.len(), times));
        self.ends.reserve_exact(more(self.ends.len(), times));
    }

    /// Gives back what growing took too much.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}
