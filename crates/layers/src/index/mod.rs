//! The R-tree of a layer and the exact geometry behind its boxes.
//!
//! Answers are rows with distances; `core::city` merges the layers and makes
//! summaries. Boxes are in degrees; distances are those of [`Local`].
//!
//! [`Local`]: crate::geodesy::Local

mod along;
mod area;
mod boxes;
mod packed;
mod shape;
mod tree;

pub use along::{Path, Side};
pub use area::Area;
pub use boxes::Boxes;
pub use shape::{contains, inner_point, intersects};
pub use tree::Tree;
