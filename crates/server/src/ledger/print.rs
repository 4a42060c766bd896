//! The ledger on the command line.

use super::{Book, members, today};
use crate::app::App;
use crate::language::Language;
use crate::layers::LayerError;
use crate::log::Log;
use crate::serve::{ServeError, catalog};
use crate::served::Served;
use crate::store::StoreError;
use mendmap_core::catalog::{Catalog, CatalogError};
use mendmap_core::demo::{self, year::Targets, year::YearError, year::year};
use mendmap_core::ledger::{Holdings, Scope};
use mendmap_core::log::Log as Events;
use mendmap_core::sync::{Head, content};
use mendmap_core::task::{Task, Tasks};
use mendmap_sheet::SheetError;
use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr;
use thiserror::Error;

/// In which form it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table: CSV (RFC 4180) in UTF-8.
    Csv,
    /// As `/api/v1/ledger` answers.
    Json,
    /// One paragraph of the published lines.
    Text,
    /// A workbook: all of these in sheets, with the form of the month and the list of tasks.
    Xlsx,
}

impl Format {
    /// Whether it is text, which a terminal can show.
    pub fn is_text(self) -> bool {
        self != Format::Xlsx
    }
}

impl FromStr for Format {
    type Err = String;
    fn from_str(text: &str) -> Result<Format, String> {
        match text {
            "csv" => Ok(Format::Csv),
            "json" => Ok(Format::Json),
            "text" => Ok(Format::Text),
            "xlsx" => Ok(Format::Xlsx),
            other => Err(format!("`{other}` is no format: csv, json, text or xlsx")),
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Of what. Up to which day a period that is not over counts is found out by whoever answers.
    pub scope: Scope,
    /// In which form.
    pub format: Format,
    /// In which language.
    pub language: Language,
}

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// The app, or its log, cannot be opened.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The log cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A layer cannot be read.
    #[error("a layer cannot be read: {0}")]
    Layer(String),
    /// The demonstration cannot be made.
    #[error("the demonstration cannot be made: {0}")]
    Year(#[from] YearError),
    /// Nor its city.
    #[error("the demonstration's catalogue: {0}")]
    Catalog(#[from] CatalogError),
    /// The workbook could not be written.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// The JSON could not be written.
    #[error("the answer as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl From<LayerError> for LedgerError {
    fn from(error: LayerError) -> Self {
        LedgerError::Layer(error.to_string())
    }
}

/// The ledger of the demonstration's year, made anew.
///
/// # Errors
/// [`LedgerError`].
pub fn of_demonstration(question: &Question) -> Result<Vec<u8>, LedgerError> {
    let city = demo::city(demo::SEED)?;
    let catalog = city.catalog();
    let mut log = Events::new(&catalog.city.id);
    log.merge(year(demo::SEED, &city, &Targets::published())?);
    let tasks = Tasks::from_log(&log, BTreeSet::new());
    let tasks: Vec<&Task> = tasks.iter().map(|task| &**task).collect();
    let head = Head::start(&catalog.city.id);
    answered(catalog, question, &tasks, &Holdings::of(&city), head)
}

/// The ledger of a log, of the app in `dist`; a server may be at work on it meanwhile.
///
/// # Errors
/// [`LedgerError`].
pub async fn of_log(log: &Log, dist: &Path, question: &Question) -> Result<Vec<u8>, LedgerError> {
    let app = App::new(log.open(dist).await?);
    let answer = read(&app, dist, question).await;
    app.store().close().await;
    answer
}

async fn read(app: &App, dist: &Path, question: &Question) -> Result<Vec<u8>, LedgerError> {
    let (catalog, bytes) = catalog(dist)?;
    let served = Served {
        catalog,
        digest: content(&bytes),
        bytes: bytes.into(),
    };
    let folded = app.tasks().await?;
    let served = served.heeding(&folded.settings());
    let about = folded.about_assets();
    let holdings = app.layers().holdings(dist, &served, about).await?;
    let tasks: Vec<&Task> = folded.after(0).map(|(_, task)| &**task).collect();
    let mut question = question.clone();
    if question.format == Format::Xlsx {
        question.scope.members = members(app).await?;
    }
    answered(&served.catalog, &question, &tasks, &holdings, folded.head())
}

fn answered(
    catalog: &Catalog,
    question: &Question,
    tasks: &[&Task],
    holdings: &Holdings,
    head: Head,
) -> Result<Vec<u8>, LedgerError> {
    let scope = Scope {
        today: Some(today(catalog)),
        ..question.scope.clone()
    };
    let book = Book {
        catalog,
        tasks,
        journal: None,
        holdings,
        head,
    };
    let language = question.language;
    Ok(match question.format {
        Format::Csv => book.table(&scope, language),
        Format::Json => {
            let mut json = serde_json::to_vec_pretty(&book.ledger(&scope, language))?;
            json.push(b'\n');
            json
        }
        Format::Xlsx => book.workbook(&scope, language)?,
        Format::Text => (book.paragraph(&scope, language) + "\n").into_bytes(),
    })
}
