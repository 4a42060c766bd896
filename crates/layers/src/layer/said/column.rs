//! The values under one place of a shape.

use super::Texts;
use super::numbers::Numbers;
use crate::known::{Known, half_hash};
use crate::words::are_same;

/// Values are listed as long as there are so many times more of them than different ones,
const REPEATED: usize = 3;
/// or as long as no more than so many are different: of names that return, the first rarely do soon. Few in
/// tests, whose layers are small.
const FEW: usize = if cfg!(test) { 9 } else { 1 << 15 };
/// Of so many that are all different none will return: they are codes.
const CODES: usize = if cfg!(test) { 4 } else { 1 << 11 };

/// Values, by the rows of their shape.
#[derive(Debug)]
pub(crate) enum Column {
    /// The different ones, and which each is.
    Listed(Listed),
    /// Each by itself.
    Plain(Texts),
}

/// Values of which many return.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    /// By first appearance.
    pub(in crate::layer) list: Texts,
    pub(super) rows: Numbers,
    /// By their bytes. Nothing is added once it is given back.
    known: Known,
    /// How many rows there will be, as far as is known.
    expected: usize,
}

impl Default for Column {
    fn default() -> Self {
        Column::Listed(Listed::default())
    }
}

impl Column {
    /// Listed ones, of a list and which each is.
    pub(in crate::layer) fn listed(list: Texts, rows: impl Iterator<Item = u32>) -> Self {
        let mut listed = Listed {
            list,
            ..Listed::default()
        };
        rows.for_each(|n| listed.rows.push(n));
        Column::Listed(listed)
    }

    /// How many there are.
    pub(in crate::layer) fn len(&self) -> usize {
        match self {
            Column::Listed(listed) => listed.rows.len(),
            Column::Plain(texts) => texts.len(),
        }
    }

    /// Adds one.
    #[inline]
    pub(super) fn push(&mut self, value: &str) {
        match self {
            Column::Plain(texts) => texts.push(value),
            Column::Listed(listed) => {
                if !listed.push(value) {
                    let mut texts = listed.spelled_out();
                    texts.push(value);
                    *self = Column::Plain(texts);
                }
            }
        }
    }

    /// One of them; empty where there is none.
    #[inline]
    pub(crate) fn get(&self, nth: usize) -> &str {
        match self {
            Column::Listed(listed) => listed.list.get(listed.rows.get(nth)),
            Column::Plain(texts) => texts.get(nth),
        }
    }

    /// Whether any of them, of each that returns one, is so.
    pub(in crate::layer) fn any(&self, is_so: impl Fn(&str) -> bool) -> bool {
        match self {
            Column::Listed(listed) => listed.list.iter().any(is_so),
            Column::Plain(texts) => texts.iter().any(is_so),
        }
    }

    /// Makes room for so many times what there is.
    pub(super) fn expect(&mut self, times: f64) {
        match self {
            Column::Plain(texts) => texts.expect(times),
            Column::Listed(listed) => {
                listed.expected = (listed.rows.len() as f64 * times) as usize;
                listed.rows.expect(times);
            }
        }
    }

    /// Gives back what is of use only while values are added, and what growing took too much.
    pub(super) fn shrink(&mut self) {
        match self {
            Column::Plain(texts) => texts.shrink(),
            Column::Listed(listed) => {
                listed.known = Known::default();
                listed.list.shrink();
                listed.rows.shrink();
            }
        }
    }
}

impl Listed {
    /// Which of the list each is.
    pub(in crate::layer) fn numbers(&self) -> impl Iterator<Item = usize> {
        (0..self.rows.len()).map(|nth| self.rows.get(nth))
    }

    /// Adds one; false where listing them does not pay.
    #[inline]
    fn push(&mut self, value: &str) -> bool {
        let list = &self.list;
        let is_it = |n: u32| are_same(list.bytes(n as usize), value.as_bytes());
        let half = half_hash(value.as_bytes());
        let n = match self.known.find(half, is_it) {
            Some(n) => n,
            None => {
                let (n, rows) = (list.len(), self.rows.len());
                if (n >= FEW && n * REPEATED > rows) || (n >= CODES && n == rows) {
                    return false;
                }
                self.known.add(half, n as u32);
                self.list.push(value);
                n as u32
            }
        };
        self.rows.push(n);
        true
    }

    /// Each by itself.
    #[cold]
    fn spelled_out(&self) -> Texts {
        let mut texts = Texts::default();
        for n in self.numbers() {
            texts.push(self.list.get(n));
        }
        if self.expected > texts.len() {
            texts.expect(self.expected as f64 / texts.len().max(1) as f64);
        }
        texts
    }
}
