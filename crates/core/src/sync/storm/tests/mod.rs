//! Storms, and what a storm must find.

mod finds;
mod seeds;
