//! Group robots: what is news to a crew (`mendmap_core::told`) is said in its group in WeCom or
//! DingTalk. Nothing of it happens without a configuration.
//!
//! * [`config`]: which robots there are, whose work each tells of, and what it takes to speak to it
//! * [`form`]: a message as each kind takes it, signed where it wants that
//! * [`send`]: one message to one robot, and what became of it
//! * [`teller`]: looks what is news, writes down that it is told, and tells it
//!
//! An address of a robot is a secret, for whoever has it can speak in the group: it stands in no
//! log, no error, no answer and no metric, and what holds one cannot be printed.

mod config;
mod form;
mod send;
mod teller;

pub use crate::news::Clock;
pub(crate) use config::is_open_to_all;
pub use config::{Robots, RobotsError};
pub use teller::Teller;
