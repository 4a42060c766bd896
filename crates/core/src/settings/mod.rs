//! Settings: what administrators set of the catalogue, such as the year's plan.
//!
//! The catalogue's file is never rewritten by an event. What the events say lies over it ([`over`]), on
//! every device that they reached and on the server, and a newer file does not undo it. Each setting names a
//! place in the catalogue and what stands there now; a later one of the same place holds, and where
//! nobody knew of the other's the causal order of the log decides, the same everywhere. What was taken
//! back has no effect, and stays in the history.
//!
//! Only what can change under work that was already done can be set ([`Place`]): how much is planned, how
//! often work falls due, how long it may take, what it is called, who does it. What a quantity means (the unit
//! of a kind of work, how it counts) and what is a layer is the file's alone.
//!
//! A setting after which the catalogue would not be sound is refused when it is made; where it becomes so
//! later, because the file changed, it lies idle and says so ([`Step::odd`]).

mod act;
mod fold;
mod over;
mod place;
#[cfg(test)]
mod tests;
mod value;
mod what;

pub use act::{set, take_back};
pub use fold::{Setting, Settings, Standing};
pub use over::{Over, Step, over};
pub use place::Place;
pub use value::{new_crew, told};
pub use what::What;

use crate::catalog::CatalogProblem;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why something cannot be set.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A newer version wrote settings: nobody writes on top of what they cannot see.
    #[error("a newer version set something")]
    ReadOnly,
    /// The catalogue's file alone says it.
    #[error("{path} is set by the catalogue's file alone")]
    NotSettable {
        /// The place.
        path: String,
    },
    /// There is no such entry.
    #[error("there is nothing at {path}")]
    NotThere {
        /// The place.
        path: String,
    },
    /// What is to stand there is no JSON.
    #[error("what is to stand at {path} cannot be read")]
    NotJson {
        /// The place.
        path: String,
    },
    /// It stands there as it is.
    #[error("nothing would change")]
    NoChange,
    /// No such setting stands.
    #[error("no such setting stands")]
    NoSetting,
    /// The catalogue would not be sound.
    #[error("the catalogue would not be sound: {problem}")]
    Unsound {
        /// What would be wrong.
        problem: Box<CatalogProblem>,
    },
    /// There would be no catalogue.
    #[error("there would be no catalogue: {detail}")]
    NoCatalog {
        /// Why, in the reader's words.
        detail: String,
    },
}
