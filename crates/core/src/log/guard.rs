//! Keys of the envelope, and a map that refuses them a second time.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess};
use std::borrow::Cow;
use std::fmt;

/// A key of an event's outermost object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    V,
    Id,
    City,
    Subject,
    Device,
    Seq,
    Actor,
    At,
    OffsetMs,
    Saw,
    Kind,
    Lost,
    Other,
}

impl From<&str> for Key {
    fn from(key: &str) -> Key {
        match key {
            "v" => Key::V,
            "id" => Key::Id,
            "city" => Key::City,
            "subject" => Key::Subject,
            "device" => Key::Device,
            "seq" => Key::Seq,
            "actor" => Key::Actor,
            "at" => Key::At,
            "offset_ms" => Key::OffsetMs,
            "saw" => Key::Saw,
            "kind" => Key::Kind,
            "lost" => Key::Lost,
            _ => Key::Other,
        }
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V;
        impl de::Visitor<'_> for V {
            type Value = Key;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_str<E: de::Error>(self, key: &str) -> Result<Key, E> {
                Ok(Key::from(key))
            }
        }
        d.deserialize_identifier(V)
    }
}

/// The fields of a kind, read from a map that may hold the envelope's as well. One
/// type for both ways of reading, because each costs a reader for every kind.
pub(super) struct Fields<A> {
    pub(super) map: A,
    /// The map is what follows `kind`. An envelope's field there would be a second one,
    /// and programs disagree on which of two equal keys counts; so it is refused.
    pub(super) guarded: bool,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Fields<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let Some(key) = self.map.next_key::<Text<'de>>()? else {
            return Ok(None);
        };
        if self.guarded && !matches!(Key::from(&*key.0), Key::Other | Key::Lost) {
            return Err(de::Error::custom(format_args!(
                "`{}` stands there twice",
                key.0
            )));
        }
        match key.0 {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
            Cow::Owned(key) => seed.deserialize(key.into_deserializer()),
        }
        .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// A text, borrowed from the bytes unless it is written with escapes.
#[derive(serde::Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);
