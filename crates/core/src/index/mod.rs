//! The R-tree of a layer and the exact geometry behind its boxes.
//!
//! Answers are rows with distances; [`crate::city`] merges the layers and makes
//! summaries. Boxes are in degrees; distances are those of [`Local`].
//!
//! [`Local`]: crate::geodesy::Local

mod along;
mod area;
mod shape;
mod tree;

pub(crate) use along::{Path, Side};
pub(crate) use area::Area;
pub(crate) use shape::{contains, inner_point, intersects};
pub(crate) use tree::Tree;
