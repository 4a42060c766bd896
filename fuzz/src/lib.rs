//! What the targets share: a small catalogue, and what must hold of whatever was read.

mod catalog;
mod counts;
mod expected;
mod found;
mod memory;
mod twice;

pub use catalog::{KINDS, any, catalog};
pub use counts::counts_add_up;
pub use expected::{Run, expected, runs};
pub use found::{all_are_found, tiles};
pub use mendmap_layers::at_once;
pub use memory::{Counting, most_held};
pub use twice::is_plain_json;
