//! What segments and files have in common: a header line, then events' lines.

use super::{Event, line};
use crc::{CRC_32_ISO_HDLC, Crc, Table};
use serde::Deserialize;
use std::sync::LazyLock;

/// The lines of some events, and how many they are.
pub(super) fn body<'a>(events: impl IntoIterator<Item = &'a Event>) -> (Vec<u8>, u64) {
    let mut body = Vec::new();
    let mut count = 0;
    for event in events {
        line::write(event.raw(), &mut body);
        count += 1;
    }
    (body, count)
}

/// A header line and the lines under it.
pub(super) fn under(header: serde_json::Result<Vec<u8>>, mut body: Vec<u8>) -> Vec<u8> {
    // These headers are strings and numbers, which JSON can always say.
    let mut out = header.unwrap_or_default();
    out.push(b'\n');
    out.append(&mut body);
    out
}

/// What a header line says, of whichever format: there is one reader for all of them, since each
/// is a kilobyte of the app's download. What a format does not say is nothing here.
#[derive(Deserialize)]
pub(crate) struct Header {
    pub(crate) city: String,
    pub(crate) count: u64,
    pub(crate) crc32: String,
    /// Of a segment.
    #[serde(default)]
    pub(crate) bytes: u64,
    /// Of a snapshot, as the four below.
    #[serde(default)]
    pub(crate) fold: u32,
    #[serde(default)]
    pub(crate) whats: u64,
    #[serde(default)]
    pub(crate) cells: u64,
    #[serde(default)]
    pub(crate) place: u64,
    #[serde(default)]
    pub(crate) chain: String,
}

/// The header of this version of a format.
pub(crate) fn header(line: &[u8], format: &str, v: u32) -> Option<Header> {
    let header = serde_json::from_slice(line).ok()?;
    (version(line, format) == Some(v)).then_some(header)
}

/// The version a header line gives, if it is of this format. All that a newer
/// version has to keep of its header are these two.
pub(crate) fn version(header: &[u8], format: &str) -> Option<u32> {
    #[derive(Deserialize)]
    struct Header {
        format: String,
        v: u32,
    }
    let header: Header = serde_json::from_slice(header).ok()?;
    (header.format == format).then_some(header.v)
}

/// CRC-32 (IEEE), in hex.
pub(crate) fn checksum(body: &[u8]) -> String {
    // Made when it is first needed: a kilobyte that no transfer can make smaller. Larger tables
    // are faster still, and take longer to be made than a page of events takes to be checked.
    static CRC: LazyLock<Crc<u32, Table<1>>> =
        LazyLock::new(|| Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC));
    format!("{:08x}", CRC.checksum(body))
}
