//! The storm: devices with the real [machine](super::device) and a server, in one process
//! with a virtual clock, under every fault that a seed can think of.
//!
//! Phones are killed between any two effects and start again from what their disk held;
//! disks fill up; clocks jump by a day; sessions expire within a batch; accounts are given
//! other roles, locked and unlocked; requests and answers are dropped, delayed, doubled, cut and overtake each other; the server dies
//! before, within and after what it commits. Files carry work, whole and damaged, from
//! phone to phone. Then it calms, and [`run`] looks whether anything was lost, doubled or
//! left in the dark.
//!
//! The same seed is the same storm, to the millisecond. A server with a store of its own
//! takes the place of [`Memory`] behind [`Server`].

mod check;
mod crew;
mod disk;
mod faults;
mod governor;
mod memory;
mod net;
mod phone;
mod server;
mod weather;
mod world;

pub use memory::Memory;
pub use server::{Server, crews};
pub use weather::Figures;
pub use world::run;

/// The city in which it storms.
pub const CITY: &str = "220382";

#[cfg(test)]
mod tests;
