//! Tracks of which the truth is known, because a seed walked them.

mod cases;
mod cleaning;
mod patrol;
mod places;
mod walk;
mod walks;
