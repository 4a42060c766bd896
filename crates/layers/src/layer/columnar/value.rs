//! The values under one place of a shape, in a column.
//!
//! Three ways: what each shares with the one before it, and the rest (codes that count up);
//! a list of the different ones, and which it is (streets, dates); 16 bytes (uids).

use super::ColumnarError;
use super::bytes::{Cursor, put, put_bytes};
use crate::ids::Uuid;
use foldhash::fast::FixedState;
use std::collections::HashMap;

const SHARED: u8 = 0;
const LISTED: u8 = 1;
const UUIDS: u8 = 2;

/// Values are listed where there are so many times more of them than different ones.
const REPEATED: usize = 3;

/// Writes a column, in the way that suits it.
pub(super) fn write(values: &[&str]) -> Vec<u8> {
    if let Some(uuids) = values.iter().map(|v| uuid(v)).collect::<Option<Vec<_>>>() {
        let mut out = vec![UUIDS];
        out.extend(uuids.iter().flat_map(|uuid| uuid.as_bytes()));
        return out;
    }
    let mut known = HashMap::with_hasher(FixedState::with_seed(7));
    let mut list = Vec::new();
    for value in values {
        if list.len() * REPEATED > values.len() {
            break; // codes, of which each is another
        }
        known.entry(*value).or_insert_with(|| {
            list.push(*value);
            list.len() - 1
        });
    }
    if list.len() * REPEATED <= values.len() {
        let mut out = vec![LISTED];
        put(&mut out, list.len() as u64);
        for value in list {
            put_bytes(&mut out, value.as_bytes());
        }
        for value in values {
            put(&mut out, known.get(value).map_or(0, |&place| place as u64));
        }
        return out;
    }
    let mut out = vec![SHARED];
    let mut before: &[u8] = &[];
    for value in values {
        let bytes = value.as_bytes();
        let shared = before.iter().zip(bytes).take_while(|(a, b)| a == b).count();
        put(&mut out, shared as u64);
        put_bytes(&mut out, bytes.get(shared..).unwrap_or(&[]));
        before = bytes;
    }
    out
}

/// A UUID as a JSON string in lower case with hyphens: the one way in which the bytes give the
/// text back.
fn uuid(value: &str) -> Option<Uuid> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    let uuid: Uuid = inner.parse().ok()?;
    let same = *uuid.hyphenated().encode_lower(&mut [0; 36]) == *inner;
    same.then_some(uuid)
}

/// A column that is read value by value.
pub(super) enum Column<'a> {
    Shared {
        cursor: Cursor<'a>,
        /// Where in the text the value before it is.
        before: std::ops::Range<usize>,
    },
    Listed {
        cursor: Cursor<'a>,
        list: Vec<&'a [u8]>,
    },
    Uuids {
        cursor: Cursor<'a>,
    },
}

impl<'a> Column<'a> {
    pub(super) fn open(mut cursor: Cursor<'a>) -> Result<Self, ColumnarError> {
        Ok(match cursor.byte()? {
            SHARED => Column::Shared {
                cursor,
                before: 0..0,
            },
            LISTED => {
                let mut list = Vec::new();
                for _ in 0..cursor.count()? {
                    list.push(cursor.bytes()?);
                }
                Column::Listed { cursor, list }
            }
            UUIDS => Column::Uuids { cursor },
            _ => return Err(cursor.broken()),
        })
    }

    /// Appends the next value to the text, which grows no longer than `most` bytes.
    pub(super) fn next(&mut self, text: &mut Vec<u8>, most: usize) -> Result<(), ColumnarError> {
        match self {
            Column::Shared { cursor, before } => {
                let shared = cursor.count()?;
                let own = cursor.bytes()?;
                if shared > before.len() {
                    return Err(cursor.broken());
                }
                let start = text.len();
                room(text, shared + own.len(), most)?;
                text.extend_from_within(before.start..before.start + shared);
                text.extend_from_slice(own);
                *before = start..text.len();
                Ok(())
            }
            Column::Listed { cursor, list } => {
                let place = cursor.count()?;
                let value = list.get(place).ok_or_else(|| cursor.broken())?;
                append(text, value, most)
            }
            Column::Uuids { cursor } => {
                let uuid = Uuid::from_bytes(cursor.array()?);
                let mut buffer = [b'"'; 38];
                if let Some(inner) = buffer.get_mut(1..37) {
                    uuid.hyphenated().encode_lower(inner);
                }
                append(text, &buffer, most)
            }
        }
    }

    /// Nothing may be left.
    pub(super) fn end(&self) -> Result<(), ColumnarError> {
        match self {
            Column::Shared { cursor, .. }
            | Column::Listed { cursor, .. }
            | Column::Uuids { cursor } => cursor.end(),
        }
    }
}

/// Appends to the text.
pub(super) fn append(text: &mut Vec<u8>, bytes: &[u8], most: usize) -> Result<(), ColumnarError> {
    room(text, bytes.len(), most)?;
    text.extend_from_slice(bytes);
    Ok(())
}

fn room(text: &[u8], more: usize, most: usize) -> Result<(), ColumnarError> {
    match text.len().saturating_add(more) <= most {
        true => Ok(()),
        false => Err(ColumnarError::Broken("text")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A byte of a column may stand for a value of any length: what they become together is
    /// bounded, whatever way they stand.
    #[test]
    fn the_text_grows_no_longer_than_it_may() {
        let long = "长".repeat(20);
        let others: Vec<String> = (0..9).map(|n| format!("{long}{n}")).collect();
        let uuid = "\"60d48941-2925-59b1-804f-b3634d10d8db\"";
        let shared: Vec<&str> = others.iter().map(String::as_str).collect();
        for (way, values) in [
            (SHARED, shared),
            (LISTED, vec![&*long; 9]),
            (UUIDS, vec![uuid; 9]),
        ] {
            let bytes = write(&values);
            assert_eq!(bytes[0], way);
            let mut column = Column::open(Cursor::new(&bytes, "values")).unwrap();
            let most = values[0].len() * 3 + 2;
            let mut text = Vec::new();
            let read = values.iter().try_for_each(|_| column.next(&mut text, most));
            assert_eq!(read, Err(ColumnarError::Broken("text")), "{way}");
            assert!(text.len() <= most, "{way}");
        }
    }
}
