//! Mendmap, the single-page app. Views hold no rules: those are in `mendmap_core`.
//!
//! * [`app`]: puts the page together
//! * [`mode`], [`address`]: what the screen is doing, and how a link says it
//! * [`buffer`]: memory that the browser holds for us
//! * [`rest`]: the half of the program that a first view does not wait for
//! * [`state`]: what the screens share; no views
//! * [`pages`]: one file a screen
//! * [`components`]: what screens are made of: props in, events out
//! * [`locales`]: the words in both languages
//! * [`glyphs`]: the city's own symbols, for the map and for lists
//! * [`map`]: the map; the only room that names MapLibre
//! * [`storage`]: what the browser keeps; the only room that names IndexedDB
//! * [`sync`]: a server, as this device meets it
//! * [`worker`]: the city and the log, off the main thread, and how to ask them

pub mod address;
pub mod app;
pub mod buffer;
pub mod components;
pub mod glyphs;
pub mod locales;
pub mod map;
pub mod mode;
pub mod number;
pub mod pages;
pub mod rest;
pub mod state;
pub mod storage;
pub mod sync;
pub mod worker;
