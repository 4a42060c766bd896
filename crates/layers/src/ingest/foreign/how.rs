//! What a person, or the program around, says of a file before it is read.

use super::{Encoding, TableChoice};
use crate::catalog::Fields;
use std::fmt;

/// How a file is to be read. The default is a file that says all of itself.
#[derive(Clone, Copy, Default)]
pub struct How<'a> {
    /// What its degrees are measured from.
    pub datum: Datum,
    /// What can turn its bytes into text where that takes tables or an algorithm that core does not carry.
    pub decode: Option<&'a dyn Decode>,
    /// Which columns of a table are its coordinates; without it a table is refused.
    pub table: Option<TableChoice>,
    /// The names of its properties, where they are not those that the catalogue has for the layer.
    pub fields: Option<&'a Fields>,
    /// Whether the report lists each feature with a problem, for a list to take along, and not only the first.
    pub lists_all: bool,
}

impl How<'_> {
    /// Whether something is said that changes even a plain file.
    pub fn changes(&self) -> bool {
        self.datum != Datum::Wgs84 || self.table.is_some()
    }
}

impl fmt::Debug for How<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decode = self.decode.map(|_| "…");
        f.debug_struct("How")
            .field("datum", &self.datum)
            .field("decode", &decode)
            .field("table", &self.table)
            .field("fields", &self.fields)
            .field("lists_all", &self.lists_all)
            .finish()
    }
}

/// The datum of a file's degrees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Datum {
    /// WGS 84, or CGCS2000, which agrees with it to centimetres.
    #[default]
    Wgs84,
    /// GCJ-02, the shifted one of Chinese consumer maps; no file says so of itself.
    Gcj02,
}

/// Turns bytes into text. Core says in which encoding they are; the tables are the browser's, or a
/// library's on a server.
pub trait Decode {
    /// The whole text, without a mark of byte order; an error where one byte of it has no meaning.
    fn text(&self, encoding: Encoding, bytes: &[u8]) -> Result<String, Unreadable>;

    /// What gzip packed. A browser unpacks while it fetches, and has none of this.
    fn unpack(&self, bytes: &[u8]) -> Result<Vec<u8>, Unreadable>;
}

/// Bytes that a decoder cannot read to their end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It does not know the encoding, or cannot unpack at all.
    Unable,
    /// They are broken; what comes before the break, where something does.
    Broken(Vec<u8>),
}
