//! Keeps what a first view never meets out of its program: a function with a gate of its own, for
//! `hooks/lib/late.mjs` to find by this module's name, where the compiler would fold it into its caller.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[inline(never)]
pub(crate) fn serialize<T: Serialize, S: Serializer>(value: &T, s: S) -> Result<S::Ok, S::Error> {
    value.serialize(s)
}

#[inline(never)]
pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    d: D,
) -> Result<T, D::Error> {
    T::deserialize(d)
}
