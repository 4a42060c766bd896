//! What can go wrong behind the page, with what the page needs to say it.

use crate::{storage::StorageError, sync::remote::LogInError};
use mendmap_core::{catalog::CatalogError, proposal, task::Refusal};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum Trouble {
    /// The worker could not start, or died.
    #[error("the worker stopped: {detail}")]
    WorkerStopped {
        /// What the browser said.
        detail: String,
    },
    /// A message could not be read: page and worker are not of one build.
    #[error("a message could not be read: {detail}")]
    Garbled {
        /// What was wrong with it.
        detail: String,
    },
    /// A file could not be fetched.
    #[error("{url} could not be fetched: {detail}")]
    Fetch {
        /// Its address.
        url: String,
        /// The HTTP status, where there was an answer.
        status: Option<u16>,
        /// What the browser said.
        detail: String,
    },
    /// A part of the program did not come.
    #[error("a part of the program could not be fetched: {detail}")]
    NoPart {
        /// What the browser said.
        detail: String,
    },
    /// What makes workbooks did not come.
    #[error("what makes workbooks could not be fetched: {detail}")]
    NoWorkbook {
        /// What the browser said.
        detail: String,
    },
    /// The catalogue cannot be used.
    #[error("the catalogue cannot be used: {error}")]
    Catalog {
        /// Why.
        error: CatalogError,
    },
    /// The browser's storage failed.
    #[error(transparent)]
    Storage {
        /// How.
        #[from]
        error: StorageError,
    },
    /// The rules do not allow it.
    #[error("refused: {refusal}")]
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// What is said of an asset makes no sense.
    #[error("refused: {refusal}")]
    Unsaid {
        /// Why.
        refusal: proposal::Refusal,
    },
    /// A quantity that is none.
    #[error("line {line}: not a quantity: {text}")]
    BadQuantity {
        /// Which line, from 0.
        line: usize,
        /// What was typed.
        text: String,
    },
    /// No line is near a tap.
    #[error("no line within {within_m} m")]
    NoLineNear {
        /// Metres in which was looked.
        within_m: u32,
    },
    /// The lines of two taps are not connected.
    #[error("the lines are not connected")]
    NotConnected,
    /// An event could not be written.
    #[error("could not be written: {detail}")]
    Seal {
        /// Why.
        detail: String,
    },
    /// A date that is none.
    #[error("not a date: {text}")]
    BadDate {
        /// What was given.
        text: String,
    },
    /// Nobody was logged in, or out.
    #[error("not logged in: {error}")]
    LogIn {
        /// Why.
        error: LogInError,
    },
    /// A picture that this browser cannot read, or not write again.
    #[error("not a picture: {detail}")]
    NoPicture {
        /// What the browser said.
        detail: String,
    },
    /// A photo that cannot be shown here.
    #[error("no such photo here")]
    NoPhoto {
        /// Whether an administrator erased it; else it is still on the phone that took it.
        erased: bool,
    },
    /// A layer of a person's own that is kept and cannot be read.
    #[error("the kept layer {name} cannot be read: {detail}")]
    OwnLayer {
        /// The name of the file it was made from.
        name: String,
        /// Why.
        detail: String,
    },
    /// A file to merge holds neither a header of ours nor a single event.
    #[error("not a file of records")]
    NotRecords,
    /// Asked before the city was opened, or about something that is not there.
    #[error("not there: {what}")]
    NotThere {
        /// What was asked for.
        what: String,
    },
}

impl Trouble {
    /// The rest of the program did not come.
    pub fn no_rest(detail: String) -> Self {
        Trouble::NoPart { detail }
    }

    /// From what a browser throws.
    pub(in crate::worker) fn worker_stopped(reason: &JsValue) -> Self {
        Trouble::WorkerStopped {
            detail: format!("{reason:?}"),
        }
    }

    /// From a message that did not parse.
    pub(in crate::worker) fn garbled(error: &postcard::Error) -> Self {
        Trouble::Garbled {
            detail: error.to_string(),
        }
    }
}
