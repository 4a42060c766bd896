//! Who may do what.
//!
//! An account's name, role, crews and lock are events of the log like everything else
//! ([`Account::fold`]); its password is not, and never comes near this room. What each
//! role may append stands in one table ([`may`]); the server asks it about every event
//! ([`permission`]), and the app before it offers anything. What an administrator does with
//! accounts is drafted in [`act`].

pub mod act;
mod fold;
mod members;
mod permission;
mod role;
mod table;

pub use fold::Account;
pub use members::Members;
pub use permission::{Carrier, Permission, permission};
pub use role::{NotARole, Role};
pub use table::{Whose, may};

#[cfg(test)]
mod tests;
