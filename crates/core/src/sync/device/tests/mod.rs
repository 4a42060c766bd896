//! The machine by tables of inputs and what they are to do, and by properties.

mod beginning;
mod chain;
mod clock;
mod kit;
mod properties;
mod sending;
mod sessions;
mod waiting;
