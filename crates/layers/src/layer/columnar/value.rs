//! The values under one place of a shape, in a column.
//!
//! Three ways: what each shares with the one before it, and the rest (codes that count up);
//! a list of the different ones, and which it is (streets, dates); 16 bytes (uids).

use super::ColumnarError;
use super::bytes::{Cursor, put, put_bytes};
use crate::ids::Uuid;
use crate::layer::{Column, Ends, Texts};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::ops::Range;

const SHARED: u8 = 0;
const LISTED: u8 = 1;
const UUIDS: u8 = 2;

/// Values are listed where there are so many times more of them than different ones.
const REPEATED: usize = 3;

/// Writes those of these rows, or all that there are, in the way that suits them.
pub(super) fn write(column: &Column, rows: Option<&[u32]>) -> Vec<u8> {
    if let (None, Column::Listed(listed)) = (rows, column) {
        let list: Vec<&str> = listed.list.iter().collect();
        let is_worth = list.len() * REPEATED <= column.len();
        if is_worth && !list.iter().all(|value| uuid(value).is_some()) {
            return write_listed(&list, listed.numbers());
        }
    }
    let values: Vec<&str> = match rows {
        Some(rows) => rows.iter().map(|&nth| column.get(nth as usize)).collect(),
        None => (0..column.len()).map(|nth| column.get(nth)).collect(),
    };
    write_values(&values)
}

fn write_values(values: &[&str]) -> Vec<u8> {
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
        let place = |value: &&str| known.get(value).copied().unwrap_or(0);
        return write_listed(&list, values.iter().map(place));
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

fn write_listed(list: &[&str], places: impl Iterator<Item = usize>) -> Vec<u8> {
    let mut out = vec![LISTED];
    put(&mut out, list.len() as u64);
    for value in list {
        put_bytes(&mut out, value.as_bytes());
    }
    places.for_each(|place| put(&mut out, place as u64));
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

/// Values that are read one after the other.
pub(super) struct Values<'a> {
    cursor: Cursor<'a>,
    way: Way<'a>,
}

enum Way<'a> {
    /// And where the value before is.
    Shared(Vec<u8>, Ends, Range<usize>),
    Listed(Vec<&'a str>, Vec<u32>),
    Uuids(Vec<u8>, Ends),
}

impl<'a> Values<'a> {
    pub(super) fn open(mut cursor: Cursor<'a>) -> Result<Self, ColumnarError> {
        let way = match cursor.byte()? {
            SHARED => Way::Shared(Vec::new(), Ends::default(), 0..0),
            LISTED => {
                let mut list = Vec::new();
                for _ in 0..cursor.count()? {
                    list.push(cursor.string()?);
                }
                Way::Listed(list, Vec::new())
            }
            UUIDS => Way::Uuids(Vec::new(), Ends::default()),
            _ => return Err(cursor.broken()),
        };
        Ok(Values { cursor, way })
    }

    /// Reads so many more, which take no more than `most` bytes in a text, of which they take their share.
    pub(super) fn more(&mut self, count: usize, most: &mut usize) -> Result<(), ColumnarError> {
        let cursor = &mut self.cursor;
        match &mut self.way {
            Way::Shared(text, ends, before) => {
                for _ in 0..count {
                    let shared = cursor.count()?;
                    let own = cursor.bytes()?;
                    if shared > before.len() {
                        return Err(cursor.broken());
                    }
                    take(most, shared + own.len())?;
                    let start = text.len();
                    text.extend_from_within(before.start..before.start + shared);
                    text.extend_from_slice(own);
                    ends.push(text.len() as u32, 0);
                    *before = start..text.len();
                }
            }
            Way::Listed(list, places) => {
                for _ in 0..count {
                    let place = cursor.count()?;
                    let value = list.get(place).ok_or_else(|| cursor.broken())?;
                    take(most, value.len())?;
                    places.push(place as u32);
                }
            }
            Way::Uuids(text, ends) => {
                for _ in 0..count {
                    let uuid = Uuid::from_bytes(cursor.array()?);
                    let mut buffer = [b'"'; 38];
                    if let Some(inner) = buffer.get_mut(1..37) {
                        uuid.hyphenated().encode_lower(inner);
                    }
                    take(most, buffer.len())?;
                    text.extend_from_slice(&buffer);
                    ends.push(text.len() as u32, 0);
                }
            }
        }
        Ok(())
    }

    /// All of them; nothing may be left.
    pub(super) fn end(self) -> Result<Column, ColumnarError> {
        self.cursor.end()?;
        match self.way {
            Way::Shared(text, ends, _) | Way::Uuids(text, ends) => {
                let text = String::from_utf8(text).map_err(|_| self.cursor.broken())?;
                let mut starts = (0..ends.len()).map(|n| ends.start(n));
                match starts.all(|start| text.is_char_boundary(start)) {
                    true => Ok(Column::Plain(Texts::of(text, ends))),
                    false => Err(self.cursor.broken()),
                }
            }
            Way::Listed(list, places) => {
                let mut texts = Texts::default();
                list.into_iter().for_each(|value| texts.push(value));
                Ok(Column::listed(texts, places.into_iter()))
            }
        }
    }
}

/// Takes so many bytes of those that are left.
pub(super) fn take(left: &mut usize, bytes: usize) -> Result<(), ColumnarError> {
    *left = left
        .checked_sub(bytes)
        .ok_or(ColumnarError::Broken("text"))?;
    Ok(())
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
            let bytes = write_values(&values);
            assert_eq!(bytes[0], way);
            let mut column = Values::open(Cursor::new(&bytes, "values")).unwrap();
            let mut most = values[0].len() * 3 + 2;
            column.more(3, &mut most).unwrap();
            assert_eq!(most, 2, "{way}");
            assert_eq!(
                column.more(1, &mut most),
                Err(ColumnarError::Broken("text"))
            );
        }
    }
}
