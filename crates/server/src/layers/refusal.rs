//! Why a layer cannot be had, or is not taken in.

use super::LAYER_BYTES;
use crate::store::StoreError;
use axum::http::StatusCode;
use mendmap_core::city::Report;
use serde_json::Value;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// What the caller is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The catalogue has no such layer, or there is no file of it.
    Missing,
    /// More than [`LAYER_BYTES`].
    Bytes,
    /// The file did not come to its end.
    Cut,
    /// Nothing in it can be loaded; the report as JSON.
    Nothing(Box<Value>),
    /// Another version counts than the caller knows.
    Changed,
}

impl Refusal {
    /// With the report that says why.
    pub(crate) fn nothing(report: &Report) -> Refusal {
        // A report is strings and numbers, which JSON can always say.
        let report = serde_json::to_value(report).unwrap_or_default();
        Refusal::Nothing(Box::new(report))
    }

    /// Status, code, title in Chinese and English.
    pub(crate) fn says(&self) -> (StatusCode, &'static str, &'static str, &'static str) {
        match self {
            Refusal::Missing => (
                StatusCode::NOT_FOUND,
                "no-layer",
                "没有这个图层，或没有它的文件",
                "There is no such layer, or no file of it",
            ),
            Refusal::Bytes => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "layer-too-large",
                "图层文件太大，请拆分成多个图层",
                "The layer's file is too large; make several layers of it",
            ),
            Refusal::Cut => (
                StatusCode::BAD_REQUEST,
                "layer-cut-off",
                "文件没有传完，请重新上传；原图层保持不变",
                "The file did not come to its end; send it again. The layer is as it was",
            ),
            Refusal::Nothing(_) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "nothing-loaded",
                "文件中没有可用的要素，原因见 report；原图层保持不变",
                "Nothing in the file can be loaded, for the reasons in report. The layer is as it was",
            ),
            Refusal::Changed => (
                StatusCode::PRECONDITION_FAILED,
                "layer-changed",
                "图层已被他人更新，请查看新版本后再试",
                "The layer has changed meanwhile; look at it and try again",
            ),
        }
    }

    /// The most there may be.
    pub(crate) fn most(&self) -> Option<usize> {
        (*self == Refusal::Bytes).then_some(LAYER_BYTES)
    }

    /// What reading the file said.
    pub(crate) fn report(&self) -> Option<&Value> {
        match self {
            Refusal::Nothing(report) => Some(report),
            _ => None,
        }
    }
}

/// Why a layer is not there. All but the first are logged and never told to a caller.
#[derive(Debug, Error)]
pub(crate) enum LayerError {
    /// What the caller is told.
    #[error("{0:?}")]
    Refused(Refusal),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file of the app cannot be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: io::Error,
    },
    /// It is another one now than a moment ago.
    #[error("the file changed while it was read")]
    Changing,
    /// It cannot be compressed.
    #[error("compressing: {0}")]
    Coding(#[source] io::Error),
    /// The work fell.
    #[error("a layer's work did not end: {0}")]
    Ended(#[source] tokio::task::JoinError),
}

impl From<Refusal> for LayerError {
    fn from(refusal: Refusal) -> LayerError {
        LayerError::Refused(refusal)
    }
}
