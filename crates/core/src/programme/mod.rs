//! Programmes: what a city does to its assets over years, told year by year.
//!
//! Three things are said of them, and each has one source:
//!
//! * **How many of a year** is the ledger's figure ([`crate::ledger::counted`]). Of what is cumulative it is
//!   that by which the line grew from the end of the year before; nothing is counted here.
//! * **How far the trades of an asset have come** is what people said of it, as events about the asset
//!   ([`Trades`]): of one trade the last in causal order holds, the same everywhere. What somebody said
//!   otherwise without knowledge of it is shown beside it, and ends with the next word that knows both.
//!   What nobody said anything of stands as the layer's file names it.
//! * **Of which year an asset is** ([`Overview::members`]) is the year that its file names. One of which it
//!   names none is of the years in which the ledger counts it, and of those that its trades are dated in.
//!
//! A trade that is done does not make the asset count: it is reported as work, as everything is.

mod act;
mod fold;
mod member;
mod overview;
#[cfg(test)]
mod tests;

pub use act::{Refusal, Setting, set, take_back};
pub use fold::{Said, Told, TradeState, Trades};
pub use member::{DoneAt, Member, Standing, TradeAt};
pub use overview::{Asked, Figure, Overview, Part, Year};
