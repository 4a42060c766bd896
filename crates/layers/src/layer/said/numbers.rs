//! Numbers that are small nearly always.

use super::more;

/// Numbers, in as much room as the greatest needs.
#[derive(Debug)]
pub(crate) enum Numbers {
    Small(Vec<u16>),
    Large(Vec<u32>),
}

impl Default for Numbers {
    fn default() -> Self {
        Numbers::Small(Vec::new())
    }
}

impl Numbers {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Numbers::Small(all) => all.len(),
            Numbers::Large(all) => all.len(),
        }
    }

    #[inline]
    pub(super) fn push(&mut self, n: u32) {
        match self {
            Numbers::Large(all) => all.push(n),
            Numbers::Small(all) => match u16::try_from(n) {
                Ok(n) => all.push(n),
                Err(_) => {
                    let mut large = Vec::with_capacity(all.capacity());
                    large.extend(all.iter().map(|&n| u32::from(n)));
                    large.push(n);
                    *self = Numbers::Large(large);
                }
            },
        }
    }

    /// One of them; 0 where there is none.
    #[inline]
    pub(super) fn get(&self, n: usize) -> usize {
        match self {
            Numbers::Small(all) => all.get(n).copied().unwrap_or(0).into(),
            Numbers::Large(all) => all.get(n).copied().unwrap_or(0) as usize,
        }
    }

    /// Makes room for so many times what there is.
    pub(super) fn expect(&mut self, times: f64) {
        match self {
            Numbers::Small(all) => all.reserve_exact(more(all.len(), times)),
            Numbers::Large(all) => all.reserve_exact(more(all.len(), times)),
        }
    }

    /// Gives back what growing took too much.
    pub(super) fn shrink(&mut self) {
        match self {
            Numbers::Small(all) => all.shrink_to_fit(),
            Numbers::Large(all) => all.shrink_to_fit(),
        }
    }
}
