//! The facade against brute force, the geojson crate and real files.

mod amended;
mod chaos;
mod decode;
mod dirty;
mod files;
mod fixture;
mod foreign;
mod odd;
mod placed;
mod queries;
mod tiles;
mod walk;
mod words;
