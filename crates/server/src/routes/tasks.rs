//! `/api/v1/tasks`: what the events add up to, for programs that do not fold them themselves.

use super::openapi::Problems;
use crate::api;
use crate::app::App;
use crate::problem::Problem;
use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use mendmap_core::catalog::{CrewId, WorkKindId};
use mendmap_core::geodesy::Bbox;
use mendmap_core::ids::{AssetUid, TaskUid};
use mendmap_core::log::{Field, Position};
use mendmap_core::sync::Head;
use mendmap_core::task::{
    self, ConflictView, Context, Filter, HistoryEntry, ReportView, Task, TaskSummary, TaskView,
};
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Tasks of one page where the caller names no number, and the most there may be.
const PAGE: usize = 200;
const LONGEST_PAGE: usize = 1000;

/// What is asked for. Where several may be named, commas stand between them.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// States.
    #[param(example = "open,dispatched")]
    state: Option<String>,
    /// Kinds of work, of the catalogue. A field in conflict fits by any of its values.
    work: Option<String>,
    /// Crews.
    crew: Option<String>,
    /// West, south, east, north in degrees: where its target is.
    #[param(example = "123.4,43.4,123.6,43.6")]
    bbox: Option<String>,
    /// Tasks with an event that has a place after this one. Whoever follows what changes
    /// names nothing else: a task that no longer fits is not told of.
    #[serde(default)]
    after: u64,
    /// At most so many: 200 where none is named, and never more than 1000.
    limit: Option<usize>,
}

/// A task in a list.
#[derive(Serialize, ToSchema)]
struct Listed {
    #[serde(flatten)]
    #[schema(value_type = api::TaskSummary)]
    summary: TaskSummary,
    /// Fields with several values; the summary shows the first.
    #[schema(value_type = Vec<api::Field>)]
    conflicts: Vec<Field>,
    /// The place of the latest event about it.
    place: u64,
}

/// A part of the tasks.
#[derive(Serialize, ToSchema)]
#[schema(as = TaskPage)]
struct Page {
    /// By the place of the latest event about each.
    tasks: Vec<Listed>,
    /// Ask for what changed after this place next; the head's where there was nothing more.
    next: u64,
    /// How far the order had come.
    #[schema(value_type = api::Head)]
    head: Head,
}

/// Tasks that changed after a place, and fit.
///
/// By the latest event about each. Whoever asks for one page after
/// the other misses none: a task that changes meanwhile comes again.
#[utoipa::path(
    get,
    path = "/api/v1/tasks",
    operation_id = "list_tasks",
    tag = "tasks",
    params(Asked),
    responses((status = 200, description = "A part of the tasks.", body = inline(Page)), Problems),
)]
pub(super) async fn list(
    State(app): State<App>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = asked.map_err(|e| Problem::Query(e.body_text()))?;
    let filter = filter(&asked)?;
    let limit = asked.limit.unwrap_or(PAGE).clamp(1, LONGEST_PAGE);
    let (found, head) = {
        let folded = app.tasks().await?;
        let fitting = folded.after(asked.after);
        let fitting = fitting.filter(|(_, task)| filter.admits(task));
        let found: Vec<(u64, Arc<Task>)> = fitting
            .take(limit + 1)
            .map(|(place, task)| (place, task.clone()))
            .collect();
        (found, folded.head())
    };
    if asked.after > head.place {
        return Err(Problem::Place { head: head.place });
    }
    let page = &found[..found.len().min(limit)];
    let next = match page.last() {
        Some((place, _)) if found.len() > limit => *place,
        _ => head.place,
    };
    let tasks = page.iter().map(|(place, task)| Listed {
        summary: task.summary(),
        conflicts: task.conflicts(),
        place: *place,
    });
    let tasks = tasks.collect();
    Ok(Json(Page { tasks, next, head }).into_response())
}

/// A task with what happened to it.
#[derive(Serialize, ToSchema)]
#[schema(as = Task)]
struct Card {
    #[serde(flatten)]
    #[schema(value_type = api::TaskSummary)]
    summary: TaskSummary,
    /// Assets of a round that are ticked as done.
    #[schema(value_type = Vec<uuid::Uuid>)]
    done_assets: Vec<AssetUid>,
    /// The reports that stand: one, or several in conflict.
    #[schema(value_type = Vec<api::Report>)]
    reports: Vec<ReportView>,
    /// Fields with several values, with what they are between.
    #[schema(value_type = Vec<api::Conflict>)]
    conflicts: Vec<ConflictView>,
    /// Why it was sent back or called off, if it was.
    reasons: Vec<String>,
    /// A newer version wrote about it.
    read_only: bool,
    /// What happened to it.
    #[schema(value_type = Vec<api::HistoryEntry>)]
    history: Vec<HistoryEntry>,
    /// The place of the latest event about it.
    place: u64,
    /// How far the order had come.
    #[schema(value_type = api::Head)]
    head: Head,
}

/// A task with its reports and its history.
#[utoipa::path(
    get,
    path = "/api/v1/tasks/{id}",
    operation_id = "read_task",
    tag = "tasks",
    params(("id" = String, Path, format = Uuid, description = "The task.")),
    responses((status = 200, description = "The task.", body = inline(Card)), Problems),
)]
pub(super) async fn one(
    State(app): State<App>,
    id: Result<Path<TaskUid>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::NotFound)?;
    let (found, head) = {
        let folded = app.tasks().await?;
        let found = folded.get(id).map(|(place, task)| (place, task.clone()));
        (found, folded.head())
    };
    let (place, task) = found.ok_or(Problem::NotFound)?;
    // What is offered depends on who asks, and is not served.
    let TaskView {
        summary,
        done_assets,
        reports,
        conflicts,
        actions: _,
        reasons,
        read_only,
        history,
    } = task.view(Context::default());
    let card = Card {
        summary,
        done_assets,
        reports,
        conflicts,
        reasons,
        read_only,
        history,
        place,
        head,
    };
    Ok(Json(card).into_response())
}

fn filter(asked: &Asked) -> Result<Filter, Problem> {
    let each = |list: &Option<String>| -> Vec<String> {
        let list = list.iter().flat_map(|list| list.split(','));
        list.map(str::to_owned).collect()
    };
    let state = |name: &String| {
        let name = StrDeserializer::<Error>::new(name);
        task::State::deserialize(name).map_err(|e| Problem::Query(format!("state: {e}")))
    };
    Ok(Filter {
        states: each(&asked.state)
            .iter()
            .map(state)
            .collect::<Result<_, _>>()?,
        works: each(&asked.work).into_iter().map(WorkKindId).collect(),
        crews: each(&asked.crew).into_iter().map(CrewId).collect(),
        within: asked.bbox.as_deref().map(bbox).transpose()?,
    })
}

/// `west,south,east,north` in degrees, as in RFC 7946 §5, but not across the antimeridian.
fn bbox(text: &str) -> Result<Bbox, Problem> {
    let wrong = || {
        let form = "bbox: west,south,east,north in degrees, west and south first";
        Problem::Query(form.into())
    };
    let numbers: Result<Vec<f64>, _> = text.split(',').map(str::parse).collect();
    let bbox: [f64; 4] = numbers
        .map_err(|_| wrong())?
        .try_into()
        .map_err(|_| wrong())?;
    let [west, south, east, north] = bbox;
    let on_earth = |lon, lat| Position::from_degrees(lon, lat).is_some();
    let right = on_earth(west, south) && on_earth(east, north) && west <= east && south <= north;
    right.then(|| Bbox::from(bbox)).ok_or_else(wrong)
}
