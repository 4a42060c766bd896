//! How events travel without a byte of them changing.

use super::Digest;
use crate::log::line;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The events of a body of lines, as bytes: what stands in an event file below its
/// header. A line that begins with `"` or `!` stands for bytes that cannot stand there
/// as they are; one that cannot be read so stands for itself. Empty lines are none.
pub fn lines(body: &[u8]) -> impl Iterator<Item = Cow<'_, [u8]>> {
    body.split(|byte| *byte == b'\n').filter_map(|text| {
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let raw = || line::read(text).unwrap_or(Cow::Borrowed(text));
        (!text.is_empty()).then(raw)
    })
}

/// Appends an event to a body of lines.
pub fn write_line(raw: &[u8], body: &mut Vec<u8>) {
    line::write(raw, body);
}

/// The events of a JSON array, as bytes: each element as it stands there, without the
/// white space around it. An element that is a string stands for its text.
///
/// # Errors
/// Those of the JSON reader, where the whole is not an array.
pub fn array(body: &[u8]) -> serde_json::Result<Vec<Cow<'_, [u8]>>> {
    let elements: Vec<&RawValue> = serde_json::from_slice(body)?;
    elements.into_iter().map(carried).collect()
}

fn carried(value: &RawValue) -> serde_json::Result<Cow<'_, [u8]>> {
    let text = value.get();
    Ok(match text.starts_with('"') {
        true => Cow::Owned(serde_json::from_str::<String>(text)?.into_bytes()),
        false => Cow::Borrowed(text.as_bytes()),
    })
}

/// An event with its place, as the server hands it on. The JSON is frozen by
/// `tests/exchange.rs`.
///
/// ```json
/// {"place":41,"chain":"60303a…","event":{"v":1,…}}
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item<'a> {
    /// Its place, from 1.
    pub place: u64,
    /// The chained hash up to and with it.
    pub chain: Digest,
    /// Its bytes as received: as they are where JSON and one line can hold them so, else
    /// as a string of their text.
    pub event: Carried<'a>,
}

/// Bytes of an event inside JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried<'a>(pub Cow<'a, [u8]>);

impl Serialize for Carried<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let text = std::str::from_utf8(&self.0).map_err(ser::Error::custom)?;
        // A reader of JSON drops the space around a value, one of a stream's lines their ends.
        let plain = text.starts_with('{') && text.ends_with('}') && !text.contains(['\n', '\r']);
        match serde_json::from_str::<&RawValue>(text) {
            Ok(value) if plain => value.serialize(s),
            _ => s.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Carried<'_> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let value = Box::<RawValue>::deserialize(d)?;
        let raw = carried(&value).map_err(de::Error::custom)?;
        Ok(Carried(Cow::Owned(raw.into_owned())))
    }
}
