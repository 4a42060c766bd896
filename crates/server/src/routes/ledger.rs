//! `/api/v1/ledger`: what was done in a period, for programs that do not add it up themselves.

use super::openapi::Problems;
use crate::app::App;
use crate::language::Language;
use crate::ledger::{Book, Ledger, members, today};
use crate::media::preferred;
use crate::problem::Problem;
use crate::served::Dist;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Query, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Response};
use mendmap_core::catalog::{Catalog, CrewId, WorkKindId};
use mendmap_core::ledger::{Period, Scope, Wanted};
use mendmap_core::log::read_day;
use mendmap_core::task::Task;
use mendmap_sheet::SheetError;
use serde::Deserialize;
use utoipa::IntoParams;

const JSON: &str = "application/json";
const CSV: &str = "text/csv";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What is asked for. Where several may be named, commas stand between them.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// The first day on which the work was done.
    #[param(value_type = String, format = Date, required, example = "2024-01-01")]
    from: Option<String>,
    /// The last day.
    #[param(value_type = String, format = Date, required, example = "2024-10-31")]
    to: Option<String>,
    /// Kinds of work, of the catalogue; all where none is named.
    work: Option<String>,
    /// Crews whose work it is: those that had been given it when it was reported, else that of whoever
    /// reported it. A task of which that is in conflict counts for none of them until a person has
    /// ended it.
    crew: Option<String>,
    /// Streets it was done on, as the reports have them.
    street: Option<String>,
    /// Communities it was done in, as the reports have them.
    community: Option<String>,
    /// Grid cells it was done in, as the reports have them.
    grid: Option<String>,
    /// Which reports count: `counted` (by the catalogue; so if it is not named), `reported` (all)
    /// or `verified` (verified ones only).
    #[param(value_type = Option<String>, example = "verified")]
    state: Option<String>,
    /// `json`, `csv` or `xlsx`; where it is not named `Accept` says which.
    #[param(value_type = Option<String>, example = "csv")]
    format: Option<String>,
}

/// How much was done of each kind of work in a period.
///
/// By the day the work was done on. A kind that asks for it counts only once verified. It
/// reads the catalogue that is served now, with what was set over it, and adds up all events that
/// were accepted so far: what arrives late changes what was read before. A period that is not over
/// counts up to today.
#[utoipa::path(
    get,
    path = "/api/v1/ledger",
    operation_id = "read_ledger",
    tag = "ledger",
    params(Asked),
    responses(
        (
            status = 200,
            description = "A line for each kind of work, in the catalogue's order. As CSV \
                (RFC 4180, UTF-8 with a byte order mark) with a row of names in the caller's language, one row a kind; a \
                text that a spreadsheet would take for a formula has an apostrophe before it. As XLSX a \
                workbook in the caller's language: the same table, the paragraph, the monthly form of \
                the last month that counts, and a list of the tasks behind the lines.",
            content(
                (inline(Ledger) = "application/json"),
                (String = "text/csv"),
                ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ),
        ),
        Problems,
    ),
)]
pub(super) async fn ledger(
    State(app): State<App>,
    Extension(dist): Extension<Dist>,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = asked.map_err(|e| Problem::Query(e.body_text()))?;
    let mut scope = scope(&asked)?;
    let media = media(&asked, &headers)?;
    let language = Language::of(&headers);
    let (mut tasks, about, settings, head) = {
        let folded = app.tasks().await?;
        let tasks = folded.after(0).map(|(_, task)| task.clone());
        (
            tasks.collect::<Vec<_>>(),
            folded.about_assets(),
            folded.settings(),
            folded.head(),
        )
    };
    let served = dist.served(app.store().city()).await?.heeding(&settings);
    known(&served.catalog, &scope)?;
    scope.today = Some(today(&served.catalog));
    if !scope.crews.is_empty() || media == XLSX {
        scope.members = members(&app).await?;
    }
    let holdings = app.layers().holdings(&dist.0, &served, about).await;
    let holdings = holdings.map_err(|error| broken(&error))?;
    let kept = app.journal();
    let adding_up = move || {
        tasks.sort_unstable_by_key(|task| task.uid);
        let all: Vec<&Task> = tasks.iter().map(|task| &**task).collect();
        let book = Book {
            catalog: &served.catalog,
            tasks: &all,
            journal: None,
            holdings: &holdings,
            head,
        };
        match media {
            // A workbook takes long, and asks mostly for the tasks themselves.
            XLSX => said(&book, &scope, media, language),
            _ => kept.ask(&served.catalog, &tasks, |journal| {
                let journal = Some(journal);
                said(&Book { journal, ..book }, &scope, media, language)
            }),
        }
    };
    let mut response = tokio::task::spawn_blocking(adding_up)
        .await
        .map_err(|error| broken(&error))??;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_LANGUAGE,
        language.tag().parse().map_err(|e| broken(&e))?,
    );
    for by in ["accept", "accept-language"] {
        headers.append(VARY, by.parse().map_err(|e| broken(&e))?);
    }
    Ok(response)
}

/// Whether the catalogue has what is asked for.
fn known(catalog: &Catalog, scope: &Scope) -> Result<(), Problem> {
    if let Some(unknown) = scope.works.iter().find(|w| catalog.work_kind(w).is_none()) {
        let unknown = format!("work: the catalogue has no kind of work \"{unknown}\"");
        return Err(Problem::Query(unknown));
    }
    let mut crews = scope.crews.iter();
    if let Some(unknown) = crews.find(|id| catalog.crews.iter().all(|crew| crew.id != **id)) {
        let unknown = format!("crew: the catalogue has no crew \"{unknown}\"");
        return Err(Problem::Query(unknown));
    }
    Ok(())
}

fn said(
    book: &Book<'_>,
    scope: &Scope,
    media: &str,
    language: Language,
) -> Result<Response, Problem> {
    let (media, ends, bytes) = match media {
        XLSX => {
            let workbook = book
                .workbook(scope, language)
                .map_err(|error| match error {
                    SheetError::Rows { .. } => Problem::Query(error.to_string()),
                    error => broken(&error),
                })?;
            (XLSX.to_owned(), "xlsx", workbook)
        }
        CSV => (
            format!("{CSV}; charset=utf-8"),
            "csv",
            book.table(scope, language),
        ),
        _ => return Ok(Json(book.ledger(scope, language)).into_response()),
    };
    let Period { from, to } = scope.period;
    let attached = format!("attachment; filename=\"ledger-{from}-{to}.{ends}\"");
    Ok((
        [(CONTENT_TYPE, media), (CONTENT_DISPOSITION, attached)],
        bytes,
    )
        .into_response())
}

/// The cause is logged here and goes no further.
fn broken(error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%error, "the ledger cannot be read");
    Problem::Internal
}

fn media(asked: &Asked, headers: &HeaderMap) -> Result<&'static str, Problem> {
    match asked.format.as_deref() {
        Some("json") => Ok(JSON),
        Some("csv") => Ok(CSV),
        Some("xlsx") => Ok(XLSX),
        Some(_) => Err(Problem::Query("format: json, csv or xlsx".into())),
        None => Ok(preferred(headers, &[JSON, CSV, XLSX]).unwrap_or(JSON)),
    }
}

fn scope(asked: &Asked) -> Result<Scope, Problem> {
    let day = |name: &str, text: &Option<String>| {
        let no = || Problem::Query(format!("{name}: a day such as 2024-01-31"));
        text.as_deref().and_then(read_day).ok_or_else(no)
    };
    let each = |list: &Option<String>| -> Vec<String> {
        let list = list.iter().flat_map(|list| list.split(','));
        let named = list.filter(|name| !name.is_empty());
        named.map(str::to_owned).collect()
    };
    let (from, to) = (day("from", &asked.from)?, day("to", &asked.to)?);
    if from > to {
        let order = "from is the first day and to the last one";
        return Err(Problem::Query(order.into()));
    }
    let state = match asked.state.as_deref() {
        None | Some("counted") => Wanted::Counted,
        Some("reported") => Wanted::Reported,
        Some("verified") => Wanted::Verified,
        Some(_) => {
            return Err(Problem::Query(
                "state: counted, reported or verified".into(),
            ));
        }
    };
    Ok(Scope {
        streets: each(&asked.street),
        communities: each(&asked.community),
        grids: each(&asked.grid),
        state,
        works: each(&asked.work).into_iter().map(WorkKindId).collect(),
        crews: each(&asked.crew).into_iter().map(CrewId).collect(),
        ..Scope::of(Period { from, to })
    })
}
