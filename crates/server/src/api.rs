//! The shapes of core's types in JSON, for the description of the programming interface.
//! Core is not told of it; `tests/routes/openapi.rs` holds what is answered against these.
//!
//! `null` stands for what nobody has said. A field that may be absent says so by not being
//! required.
#![allow(dead_code, reason = "only their shape is used")]

use utoipa::ToSchema;

/// How far the order has come.
#[derive(ToSchema)]
pub(crate) struct Head {
    /// The place of the last event, from 1; 0 before the first.
    place: u64,
    /// The chained SHA-256 of all events up to it, 64 hex digits.
    chain: String,
}

/// An event with its place in the order.
#[derive(ToSchema)]
pub(crate) struct Item {
    /// Its place, from 1.
    place: u64,
    /// The chained hash up to and with it.
    chain: String,
    /// Its bytes as received: a JSON object where they can stand so, else a string of them.
    event: serde_json::Value,
}

/// What became of an event, said to whoever holds it.
#[derive(ToSchema)]
pub(crate) struct Receipt {
    /// SHA-256 of its bytes, 64 hex digits: which bytes it is about.
    content: String,
    /// The event's id, where it could be read.
    #[schema(format = Uuid, nullable = false)]
    event: Option<String>,
    /// Its device, where it could be read.
    #[schema(format = Uuid, nullable = false)]
    device: Option<String>,
    /// Its number there.
    #[schema(nullable = false)]
    seq: Option<u64>,
    verdict: Verdict,
    /// Accepted: its place, from 1.
    #[schema(nullable = false)]
    place: Option<u64>,
    /// Accepted: the chained hash up to and with it.
    #[schema(nullable = false)]
    chain: Option<String>,
    /// Waiting: the first number of its device that is missing.
    #[schema(nullable = false)]
    missing: Option<u64>,
    /// Held: `other_content`, `locked`, `role`, `carried`, `newer`. Refused: `form`, `size`,
    /// `city`, `permission`.
    #[schema(nullable = false)]
    why: Option<String>,
    /// `other_content`: SHA-256 of the bytes that came first.
    #[schema(nullable = false)]
    first: Option<String>,
    /// `role`, `permission`: the account's role.
    #[schema(nullable = false)]
    role: Option<Role>,
    /// `permission`: the event's kind.
    #[schema(nullable = false)]
    kind: Option<String>,
    /// `form`: what is wrong.
    #[schema(nullable = false)]
    detail: Option<String>,
    /// `size`: its bytes.
    #[schema(nullable = false)]
    bytes: Option<u64>,
    /// `size`: the most there may be.
    #[schema(nullable = false)]
    most: Option<u64>,
    /// `city`: the one it names.
    #[schema(nullable = false)]
    city: Option<String>,
    /// Whether these bytes had been received before; only in the answer to a batch.
    #[schema(nullable = false)]
    again: Option<bool>,
}

/// Only `waiting` ever changes, to `accepted`. Only what is accepted counts.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum Verdict {
    Accepted,
    Waiting,
    Held,
    Refused,
}

/// What an account is there for.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum Role {
    Viewer,
    Crew,
    Supervisor,
    Administrator,
}

/// Where a task stands.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum State {
    Open,
    Dispatched,
    Accepted,
    UnderWay,
    Reported,
    Verified,
    Returned,
    Cancelled,
    Conflict,
}

/// The mark that shows a state on the map.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum Mark {
    None,
    Open,
    Due,
    Overdue,
    UnderWay,
    Reported,
    Verified,
    SentBack,
    Conflict,
    Never,
    Done,
}

/// A field that events give values to.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum Field {
    Stage,
    Report,
    Work,
    Target,
    Crew,
    Due,
    Priority,
    Planned,
    Note,
}

/// What a list shows of a task. Where several values of a field stand, it is the first.
#[derive(ToSchema)]
pub(crate) struct TaskSummary {
    #[schema(format = Uuid)]
    uid: String,
    /// What is to be done: a kind of work of the catalogue.
    #[schema(required)]
    work: Option<String>,
    /// To what.
    #[schema(required)]
    target: Option<Target>,
    state: State,
    mark: Mark,
    /// Who is to do it.
    #[schema(required)]
    crew: Option<String>,
    /// Until when.
    #[schema(required, format = DateTime)]
    due: Option<String>,
    /// How urgent it is; 1 is most urgent.
    #[schema(required)]
    priority: Option<u8>,
    /// What it is about, in words.
    #[schema(required)]
    note: Option<String>,
    /// The account that put it on the map.
    #[schema(required)]
    author: Option<String>,
    /// When it came to be, by the corrected clock of its author's device.
    #[schema(required, format = DateTime)]
    created: Option<String>,
    /// The latest of its events, by corrected clocks. To order by it, use `place`.
    #[schema(required, format = DateTime)]
    changed: Option<String>,
    /// Of a round: assets that are ticked as done, and assets in all.
    #[schema(required)]
    ticked: Option<[u64; 2]>,
}

/// What a task is about: one asset, a round of assets, or a place that was drawn.
#[derive(ToSchema)]
pub(crate) struct Target {
    /// The asset, if it is one.
    #[schema(required, format = Uuid)]
    asset: Option<String>,
    /// Its code.
    #[schema(required)]
    code: Option<String>,
    /// The name of the asset, round or place.
    #[schema(required)]
    name: Option<String>,
    /// The asset's kind, of the catalogue; in a round the first one's.
    #[schema(required)]
    kind: Option<String>,
    /// The shape of a drawn place.
    #[schema(required)]
    place: Option<PlaceType>,
    /// The drawing, in degrees east and north: rings of an area, one line, one point.
    shape: Vec<Vec<[f64; 2]>>,
    /// Assets of a round.
    #[schema(value_type = Vec<uuid::Uuid>)]
    assets: Vec<String>,
    /// Where to go to, in degrees east and north.
    #[schema(required)]
    position: Option<[f64; 2]>,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum PlaceType {
    Point,
    Line,
    Polygon,
}

/// How the quantities of a kind of work add up: by their sum; each asset once; each stretch of
/// one once; or as a figure that is entered, of which the last counts.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum Counting {
    Sum,
    Distinct,
    CoveredOnce,
    Entered,
}

/// What the figure of a kind of work means: work done in the period, what is under care at
/// its end, or everything up to its end.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum Nature {
    Flow,
    Stock,
    Cumulative,
}

/// Which reports a ledger counts: those that count by the catalogue, all, or verified ones only.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum Wanted {
    Counted,
    Reported,
    Verified,
}

/// A report.
#[derive(ToSchema)]
pub(crate) struct Report {
    #[schema(format = Uuid)]
    event: String,
    /// Who wrote it; several, if they wrote the same.
    actors: Vec<String>,
    /// On whose behalf.
    #[schema(required)]
    on_behalf: Option<String>,
    /// What was done.
    lines: Vec<Line>,
    /// On which day.
    #[schema(format = Date)]
    done_on: String,
    /// Who else was there.
    with: Vec<String>,
    notes: Vec<String>,
    photos: Vec<Photo>,
    /// The street, as it was then.
    #[schema(required)]
    street: Option<String>,
    /// What was looked at, by a checklist of the catalogue.
    checked: Vec<Finding>,
}

/// What was found at one item of a checklist.
#[derive(ToSchema)]
pub(crate) struct Finding {
    /// The item, by its id in the catalogue.
    item: String,
    /// Whether it was good; else something was wrong.
    good: bool,
    /// What was wrong, in words; empty where that was not said.
    note: String,
}

/// An amount of one kind of work.
#[derive(ToSchema)]
pub(crate) struct Line {
    work: String,
    /// A decimal number in a string, as typed: no binary float holds it.
    quantity: String,
    unit: String,
    #[schema(required)]
    material: Option<String>,
    /// `typed`, `counted`, `drawn`, `along`, `patches`, `tracked`, or a way that a newer
    /// version knows.
    measured: String,
    /// The patches that it is the sum of: the length and width of each, in metres, as typed.
    patches: Vec<Vec<String>>,
}

/// A picture of a report.
#[derive(ToSchema)]
pub(crate) struct Photo {
    /// SHA-256 of the picture as kept, 64 hex digits.
    sha256: String,
    /// `before`, `after` or another word.
    #[schema(required)]
    role: Option<String>,
}

/// A field that people gave different values without knowing of each other.
#[derive(ToSchema)]
pub(crate) struct Conflict {
    field: Field,
    alternatives: Vec<Alternative>,
}

/// One of the values.
#[derive(ToSchema)]
pub(crate) struct Alternative {
    /// The event that says so.
    #[schema(format = Uuid)]
    event: String,
    actors: Vec<String>,
    #[schema(required, format = DateTime)]
    at: Option<String>,
    /// The value in short, where it has one.
    #[schema(required)]
    value: Option<String>,
}

/// One line of a task's history.
#[derive(ToSchema)]
pub(crate) struct HistoryEntry {
    #[schema(format = Uuid)]
    event: String,
    /// The event's kind, as in the event.
    kind: String,
    actor: String,
    #[schema(required)]
    on_behalf: Option<String>,
    #[schema(format = Uuid)]
    device: String,
    /// By the device's clock, corrected by what it knew of the server's.
    #[schema(format = DateTime)]
    at: String,
    /// What was said: a note, a reason, a remark.
    #[schema(required)]
    text: Option<String>,
    /// The values that it gives, in the order of a sentence.
    facts: Vec<Fact>,
    standing: Standing,
}

/// A value that an event gives: one of these.
#[derive(ToSchema)]
pub(crate) struct Fact {
    at: Option<FactPlace>,
    set: Option<FactSet>,
    cleared: Option<FactCleared>,
    done: Option<FactDone>,
    on: Option<FactDay>,
    photos: Option<FactPhotos>,
}

/// An asset of a round.
#[derive(ToSchema)]
pub(crate) struct FactPlace {
    /// Its name or code, as it was when the task was made.
    place: String,
    /// Whether nobody could get there.
    is_unreached: bool,
}

/// A property of the task.
#[derive(ToSchema)]
pub(crate) struct FactSet {
    field: Field,
    /// An id or a number, as text.
    value: String,
}

/// A property that the task has no longer.
#[derive(ToSchema)]
pub(crate) struct FactCleared {
    field: Field,
}

/// How much was done.
#[derive(ToSchema)]
pub(crate) struct FactDone {
    /// A kind of work.
    work: String,
    /// In the unit of that kind of work.
    quantity: String,
}

/// The day on which it was done, in the city's zone.
#[derive(ToSchema)]
pub(crate) struct FactDay {
    #[schema(format = Date)]
    day: String,
}

/// Pictures that go with it.
#[derive(ToSchema)]
pub(crate) struct FactPhotos {
    count: u64,
}

/// What became of an event in its task.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum Standing {
    Holds,
    Undone,
    Refused,
    Inert,
}

/// A name in both languages.
#[derive(ToSchema)]
pub(crate) struct Label {
    zh: String,
    en: String,
}

/// What became of a layer's file, as the app shows it. `loaded` and `refused` together are
/// `read`.
#[derive(ToSchema)]
pub(crate) struct LayerReport {
    layer: String,
    /// Size of the file.
    bytes: u64,
    /// Why reading did not reach the end: `unknown_layer`, `empty`, `html`, `no_features`,
    /// `too_large`, or an object whose one key is `not_utf8`, `truncated`, `not_json`,
    /// `not_geo_json`, `unknown_crs` or `foreign`, with what is known of it. What was read before a break in
    /// the syntax is loaded all the same.
    #[schema(required)]
    error: Option<serde_json::Value>,
    /// Features met.
    read: u64,
    /// Features that were loaded.
    loaded: u64,
    /// Of the loaded, those that had to be mended.
    mended: u64,
    /// Features left out.
    refused: u64,
    /// The problems, by kind, refusals first.
    problems: Vec<LayerProblem>,
    /// What was done with the file before it was read, a list of `unpacked`, `unshifted`, or an
    /// object whose one key is `decoded`, `sequence` or `converted`, with what is known of it; null where
    /// it was read as it is.
    #[schema(required)]
    remarks: Option<serde_json::Value>,
}

/// One kind of problem: how often, and where first.
#[derive(ToSchema)]
pub(crate) struct LayerProblem {
    severity: Severity,
    /// Such as `out_of_range`, `open_ring` or `duplicate_code`.
    kind: String,
    /// How many features have it.
    count: u64,
    /// The first of them, five at most.
    first: Vec<LayerExample>,
}

/// What a problem does to its feature: left out, changed, loaded as it is.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum Severity {
    Refused,
    Mended,
    Noted,
}

/// A feature with a problem.
#[derive(ToSchema)]
pub(crate) struct LayerExample {
    /// Its position in the file, from 0.
    index: u64,
    /// Its code or id, where it has one.
    #[schema(required)]
    id: Option<String>,
    /// The kind of the problem, or an object whose one key it is, with what is known of it.
    problem: serde_json::Value,
}
