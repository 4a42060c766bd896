//! Giving out many assets at once, in rounds, split among crews by nearness: what falls [`due`] by the
//! catalogue's cycles, or what was [`chosen`] on the map. The [`form`] with the [`plan`] that comes of
//! it, what of that is corrected [`by_hand`], and the button to [`send`] it.

pub mod by_hand;
pub mod chosen;
pub mod due;
pub mod form;
pub mod plan;
pub mod send;

pub use chosen::GivePage;
pub use due::DuePage;
