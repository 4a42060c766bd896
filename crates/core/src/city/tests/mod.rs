//! The facade against brute force, the geojson crate and real files.

mod amended;
mod changes;
mod chaos;
mod damage;
mod decode;
mod dirty;
mod far;
mod files;
mod fixture;
mod foreign;
mod meaning;
mod odd;
mod pieces;
mod placed;
mod preview;
mod queries;
mod tiles;
mod walk;
mod words;
