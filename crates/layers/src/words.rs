//! Comparing bytes a word at a time: in WebAssembly a call that compares many is slower than the few that
//! are compared here.

/// Whether bytes begin with these.
#[inline(always)]
pub(crate) fn begin_with(bytes: &[u8], with: &[u8]) -> bool {
    bytes
        .get(..with.len())
        .is_some_and(|first| are_same(first, with))
}

/// Whether two are the same.
#[inline(always)]
pub(crate) fn are_same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let (eights, rest) = a.as_chunks::<8>();
    let (others, last) = b.as_chunks::<8>();
    for (one, other) in eights.iter().zip(others) {
        if u64::from_le_bytes(*one) != u64::from_le_bytes(*other) {
            return false;
        }
    }
    // The last eight again, of which some were compared already.
    match (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        (Some(one), Some(other)) => u64::from_le_bytes(*one) == u64::from_le_bytes(*other),
        _ => rest.iter().zip(last).all(|(one, other)| one == other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_are_compared(a in prop::collection::vec(0..2_u8, 0..30), b in prop::collection::vec(0..2_u8, 0..30), same: bool, at: prop::sample::Index) {
            let mut b = if same { a.clone() } else { b };
            prop_assert_eq!(are_same(&a, &b), a == b);
            prop_assert_eq!(begin_with(&a, &b), a.starts_with(&b));
            if !b.is_empty() {
                let at = at.index(b.len());
                b[at] ^= 1;
                prop_assert_eq!(are_same(&a, &b), a == b);
            }
        }
    }
}
