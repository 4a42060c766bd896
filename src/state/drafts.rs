//! What is typed into a report, or added to a drawing beside the map, and not yet kept:
//! nothing of it is lost by a reload, a tap beside, or a refusal.

use super::stored;
use crate::{
    mode::{Mode, Point, Screen, Sketch, Target},
    worker::protocol::Draft,
};
use mendmap_core::{
    catalog::{PlaceType, PrecheckId, WorkKindId},
    ids::{AssetUid, EventId, TaskUid, uuid_v7},
    log::Position,
    task::{self, Today},
};

/// A form: that of a task's report, or that of an asset of a round.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// The task.
    pub task: TaskUid,
    /// The asset of a round.
    pub asset: Option<AssetUid>,
}

impl Form {
    fn key(self) -> String {
        match self.asset {
            Some(asset) => format!("{}/{asset}", self.task),
            None => self.task.to_string(),
        }
    }
}

/// The draft of a form, if one was left: of a task's report, or of a stop of a round.
pub fn load(of: Form) -> Option<Draft> {
    load_check(&key(of))
}

/// Keeps the draft of a form.
pub fn save(of: Form, draft: &Draft) {
    save_check(&key(of), draft);
}

/// The names of the photos of a form, a space between.
pub fn load_photos(of: Form) -> String {
    stored::read(&photos_key(of)).unwrap_or_default()
}

/// Keeps the names of the photos of a form.
pub fn save_photos(of: Form, names: &str) {
    stored::write(&photos_key(of), Some(names));
}

/// Forgets the draft: it has become a report. Its photos are there again when that is taken
/// back.
pub fn forget(of: Form) {
    stored::write(&key(of), None);
}

/// What is remembered of a day, as far as it counts now.
pub fn load_today(day: &str, by: &str) -> Today {
    let kept = stored::read(TODAY).and_then(|text| serde_json::from_str::<Today>(&text).ok());
    kept.unwrap_or_default().counting(day, by)
}

/// Remembers it.
pub fn save_today(today: &Today) {
    if let Ok(text) = serde_json::to_string(today) {
        stored::write(TODAY, Some(&text));
    }
}

/// What is remembered of the reports of a kind of work, to be said again.
#[derive(Debug, Clone, Copy)]
pub enum Said {
    /// What was used.
    Material,
    /// What was noted.
    Note,
    /// How much was typed.
    Amount,
}

/// What somebody said of a kind of work, the last first.
pub fn load_said(what: Said, by: &str, work: &WorkKindId) -> Vec<String> {
    let kept = stored::read(&said_key(what, by, work)).unwrap_or_default();
    kept.lines().map(str::to_owned).collect()
}

/// Remembers what is said of one now.
pub fn save_said(what: Said, by: &str, work: &WorkKindId, now: &str) {
    let line = now.split_whitespace().collect::<Vec<_>>().join(" ");
    let all = task::used(&load_said(what, by, work), &line);
    stored::write(&said_key(what, by, work), Some(&all.join("\n")));
}

/// The kinds of work that were plotted here, the last first.
pub fn load_plotted() -> Vec<WorkKindId> {
    let kept = stored::read(PLOTTED).unwrap_or_default();
    kept.lines().map(|id| WorkKindId(id.to_owned())).collect()
}

/// Remembers that one was plotted now.
pub fn save_plotted(work: &WorkKindId) {
    let all = task::plotted_now(load_plotted(), work);
    let all: Vec<_> = all.into_iter().map(|work| work.0).collect();
    stored::write(PLOTTED, Some(&all.join("\n")));
}

/// Under which the answer to a safety check is kept that is being typed.
pub fn check_key(task: TaskUid, precheck: &PrecheckId, asset: Option<AssetUid>) -> String {
    let asset = asset.map(|asset| format!("/{asset}")).unwrap_or_default();
    format!("draft:{task}/safe/{precheck}{asset}")
}

/// The answer to a safety check that was left: its fields by name, its remark.
pub fn load_check(key: &str) -> Option<Draft> {
    serde_json::from_str(&stored::read(key)?).ok()
}

/// Keeps the answer to a safety check.
pub fn save_check(key: &str, draft: &Draft) {
    if let Ok(text) = serde_json::to_string(draft) {
        stored::write(key, Some(&text));
    }
}

/// Forgets the answer to a safety check: it was given.
pub fn forget_check(key: &str) {
    stored::write(key, None);
}

/// Under which a defect is kept that is being typed: its photos, and all else.
pub fn find_keys(target: &Target) -> (Form, String) {
    let task = match target {
        // An asset's uid is no task's.
        Target::Asset(uid) | Target::Around(uid) => TaskUid(uid.0),
        Target::Place(sketch) | Target::Inside(sketch) => uid_of(sketch),
        Target::Chosen(chosen) => {
            TaskUid(chosen.first().map_or_else(Default::default, |uid| uid.0))
        }
    };
    let mode = Mode::Finding(target.clone());
    let screen = Screen {
        mode,
        ..Screen::default()
    };
    let key = format!("draft:{}", screen.to_hash());
    (Form { task, asset: None }, key)
}

/// Under which that is kept which is being said of an asset, or of one that no layer has: its
/// photos, and all else.
pub fn amend_keys(mode: Mode) -> (Form, String) {
    let (of, mode) = match mode {
        Mode::Amending(uid, _) => (TaskUid(uid.0), Mode::Amending(uid, Vec::new())),
        Mode::Adding(sketch) => (uid_of(&sketch), Mode::Adding(sketch)),
        other => (TaskUid(Default::default()), other),
    };
    let screen = Screen {
        mode,
        ..Screen::default()
    };
    // A defect that is found there has the form of the uid alone.
    let asset = Some(AssetUid(of.0));
    (
        Form { task: of, asset },
        format!("draft:{}", screen.to_hash()),
    )
}

/// Under which it is kept why a proposal is not so, while that is being typed.
pub fn why_key(proposal: EventId) -> String {
    format!("draft:why/{proposal}")
}

/// Begins the form of a defect with what is wrong, where nothing is typed there yet.
pub fn begin_find(target: &Target, what: &str) {
    let (_, key) = find_keys(target);
    let draft = load_check(&key).unwrap_or_default();
    if draft.note.trim().is_empty() {
        let note = what.to_owned();
        save_check(&key, &Draft { note, ..draft });
    }
}

/// A uid that a place has for ever, by where it begins.
fn uid_of(sketch: &Sketch) -> TaskUid {
    let [lon, lat] = sketch.points.first().copied().unwrap_or_default();
    let at = Position::from_degrees(lon, lat).map_or([0, 0], |at| [at.lon, at.lat]);
    let mut bytes = [0; 10];
    bytes[..4].copy_from_slice(&at[0].to_be_bytes());
    bytes[4..8].copy_from_slice(&at[1].to_be_bytes());
    TaskUid(uuid_v7(0, bytes))
}

/// The corners of a drawing that was left.
pub fn load_corners(shape: PlaceType) -> Vec<Point> {
    let kept = stored::read(&corners_key(shape)).unwrap_or_default();
    match Screen::from_hash(&kept).mode {
        Mode::Drawing(sketch) if sketch.shape == shape => sketch.points,
        _ => Vec::new(),
    }
}

/// Keeps the corners of a drawing.
pub fn save_corners(sketch: &Sketch) {
    let text = (!sketch.points.is_empty()).then(|| address(sketch.clone()));
    stored::write(&corners_key(sketch.shape), text.as_deref());
}

/// Under which the coordinates are kept that are being typed.
pub const COORDINATES: &str = "draft:coordinates";

/// Forgets the corners of a drawing: work was plotted on it.
pub fn forget_corners(sketch: &Sketch) {
    if sketch.shape == PlaceType::Point {
        stored::write(COORDINATES, None);
    }
    if load_corners(sketch.shape) == sketch.points {
        stored::write(&corners_key(sketch.shape), None);
    }
}

fn corners_key(shape: PlaceType) -> String {
    let points = Vec::new();
    format!("draft:{}", address(Sketch { shape, points }))
}

fn address(sketch: Sketch) -> String {
    let mode = Mode::Drawing(sketch);
    let screen = Screen {
        mode,
        ..Screen::default()
    };
    screen.to_hash()
}

/// Under which it is remembered who was there today.
const TODAY: &str = "today";

const PLOTTED: &str = "plotted";

/// What was used is the crew's to know; what somebody wrote is theirs, also on a phone that is shared.
fn said_key(what: Said, by: &str, work: &WorkKindId) -> String {
    match what {
        Said::Material => format!("materials:{work}"),
        Said::Note => format!("notes:{by}:{work}"),
        Said::Amount => format!("amounts:{by}:{work}"),
    }
}

fn photos_key(of: Form) -> String {
    format!("photos:{}", of.key())
}

fn key(of: Form) -> String {
    format!("draft:{}", of.key())
}
