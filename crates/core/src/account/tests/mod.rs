//! The table whole, the fold by any order, and each permission by an example.

mod act;
mod fold;
mod members;
mod permission;
mod table;
