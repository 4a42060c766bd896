//! The ledger on the command line.

use super::{Ledger, written};
use crate::app::App;
use crate::language::Language;
use crate::layers::LayerError;
use crate::log::Log;
use crate::serve::{ServeError, catalog};
use crate::served::Served;
use crate::store::StoreError;
use mendmap_core::catalog::{Catalog, CatalogError};
use mendmap_core::demo::{self, year::Targets, year::YearError, year::year};
use mendmap_core::ledger::{Holdings, Scope, totals};
use mendmap_core::log::Log as Events;
use mendmap_core::sync::{Head, content};
use mendmap_core::task::{Task, Tasks};
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
}

impl FromStr for Format {
    type Err = String;
    fn from_str(text: &str) -> Result<Format, String> {
        match text {
            "csv" => Ok(Format::Csv),
            "json" => Ok(Format::Json),
            "text" => Ok(Format::Text),
            other => Err(format!("`{other}` is no format: csv, json or text")),
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Of what.
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
    /// The table could not be written.
    #[error("the table: {0}")]
    Table(#[from] csv::Error),
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
    };
    let folded = app.tasks().await?;
    let about = folded.about_assets();
    let holdings = app.layers().holdings(dist, &served, about).await?;
    let tasks: Vec<&Task> = folded.after(0).map(|(_, task)| &**task).collect();
    answered(&served.catalog, question, &tasks, &holdings, folded.head())
}

fn answered(
    catalog: &Catalog,
    question: &Question,
    tasks: &[&Task],
    holdings: &Holdings,
    head: Head,
) -> Result<Vec<u8>, LedgerError> {
    let (scope, language) = (&question.scope, question.language);
    let tasks = tasks.iter().copied();
    let totals = totals(catalog, scope, tasks, Some(holdings), true);
    let of = (scope.period, scope.state);
    let ledger = Ledger::new(catalog, of, &totals, head, language);
    Ok(match question.format {
        Format::Csv => written(&ledger, language)?,
        Format::Json => {
            let mut json = serde_json::to_vec_pretty(&ledger)?;
            json.push(b'\n');
            json
        }
        Format::Text => (ledger.paragraph + "\n").into_bytes(),
    })
}
