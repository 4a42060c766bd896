//! What a city sends beside plain GeoJSON: packed, in another encoding, line by line, in metres,
//! as a table, or no map data at all. The fast reader knows nothing of it; it asks here when it
//! cannot go on, or when a person said something of the file. Bytes become recognised forms,
//! what was done becomes [`Remark`]s, and the text that comes out goes through the same reader.

mod encoding;
mod form;
mod hint;
#[cfg(any(test, feature = "host"))]
mod host;
mod how;
mod list;
mod prepare;
mod projected;
mod remark;
mod rewrite;
mod sequence;
mod table;
pub(super) mod wire;

pub use encoding::Encoding;
pub use form::Form;
pub(super) use hint::say_where_it_lies;
pub use hint::{is_shifted, is_shifted_from_lines};
#[cfg(any(test, feature = "host"))]
pub use host::Host;
pub use how::{Datum, Decode, How, Unreadable};
pub use list::{begins_like_a_formula, list};
pub(super) use prepare::prepare;
pub use remark::{Remark, Remarks};
pub use table::{TableChoice, TableProposal, propose as propose_table};

/// Whether a file is packed by gzip, and has to be unpacked before it is read.
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}
