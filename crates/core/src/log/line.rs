//! One event, one line: how events stand in segments and files.
//!
//! An event stands there as its own bytes wherever that is possible: it begins
//! with `{` and is UTF-8 without line breaks, as canonical events are, so that a
//! file of them is plain NDJSON. Any other bytes are escaped: text as a JSON
//! string, beginning with `"`; what is not even text as `!` and hex digits.

use std::borrow::Cow;
use thiserror::Error;

/// Why a line is not an escaped event.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum LineError {
    /// Begins with `"` but is no JSON string.
    #[error("not a JSON string")]
    Text,
    /// Begins with `!` but is not hex.
    #[error("not hex digits")]
    Hex,
}

/// Appends the line for these bytes, with its line feed.
pub(crate) fn write(raw: &[u8], out: &mut Vec<u8>) {
    let plain = raw.first() == Some(&b'{') && !raw.iter().any(|b| matches!(b, b'\n' | b'\r'));
    match std::str::from_utf8(raw) {
        Ok(_) if plain => out.extend_from_slice(raw),
        Ok(text) => out.extend_from_slice(serde_json::Value::from(text).to_string().as_bytes()),
        Err(_) => {
            out.push(b'!');
            for byte in raw {
                let digit = |n: u8| char::from_digit(n.into(), 16).unwrap_or('0') as u8;
                out.extend([digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    out.push(b'\n');
}

/// The bytes that a line (without its line feed) stands for. Lines that begin
/// with anything else stand for themselves.
pub(crate) fn read(line: &[u8]) -> Result<Cow<'_, [u8]>, LineError> {
    match line.first() {
        Some(b'"') => serde_json::from_slice::<String>(line)
            .map(|text| Cow::Owned(text.into_bytes()))
            .map_err(|_| LineError::Text),
        Some(b'!') => line[1..]
            .chunks(2)
            .map(hex_byte)
            .collect::<Option<Vec<u8>>>()
            .map(Cow::Owned)
            .ok_or(LineError::Hex),
        _ => Ok(Cow::Borrowed(line)),
    }
}

fn hex_byte(pair: &[u8]) -> Option<u8> {
    let [high, low] = pair else { return None };
    let digit = |b: &u8| char::from(*b).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}
