//! Answers and notices that are the page's, not the core's.

use super::{CompletionView, OwnFile, Packed, Syncing, Trouble};
use mendmap_core::{
    catalog::{AssetKindId, CrewId, Label, LayerId, WorkKindId},
    city::{Asset, AssetSummary, Report},
    geodesy::{Bbox, LonLat},
    ids::{AssetUid, DeviceId, EventId, TaskUid},
    ledger::Ratio,
    log::{FileProblem, Measured, Moment, Stretch},
    task::{
        Answer, Check, Finding, LineView, Mark, RoundOffer, Stop, TaskSummary, TaskView, Urgency,
    },
    track::GapId,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What is known as soon as the catalogue is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// The catalogue as it was fetched; it was read here without an error.
    pub catalog: Vec<u8>,
    /// Who works here.
    pub me: Me,
    /// What could not be kept or read of the log; the app works on without.
    pub storage: Option<Trouble>,
}

/// Who works here, and how much is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// This browser.
    pub device: DeviceId,
    /// The crew that was chosen.
    pub crew: Option<CrewId>,
    /// Events kept here, whoever made them and whether or not they can be read.
    pub events: usize,
    /// Tasks that came from others or came back, see [`mendmap_core::task::is_news`]; and what others
    /// say of assets and waits for who is here to decide.
    pub news: usize,
    /// How much was said of assets and waits for a decision; none where nothing ever was said.
    pub said: Option<usize>,
    /// How many reports wait to be checked; none where who is here checks none.
    pub to_check: Option<usize>,
    /// Whether who is here may set parts of the catalogue.
    pub may_set: bool,
    /// Milliseconds to add to this device's clock to get the server's, as last measured.
    pub offset_ms: i64,
}

/// What a tap met, and its card: the finger waits for one answer, not for two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Tapped {
    /// Work at a drawn place.
    Task(Box<TaskDetail>),
    /// An asset.
    Asset(Box<AssetDetail>),
    /// Bare ground.
    Ground,
}

/// An asset and all that is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AssetDetail {
    /// The asset.
    pub asset: Asset,
    /// Its tasks, newest first, closed ones too.
    pub tasks: Vec<TaskView>,
    /// Kinds of work that can be plotted on it.
    pub work: Vec<WorkKindId>,
    /// Its mark on the map.
    pub mark: Mark,
    /// What is said of it that its layer does not have so: a [`super::SaidOf`].
    pub said: Packed,
    /// Whether all that was ever done to it is here; else [`super::LookBack`] fetches it.
    pub is_whole: bool,
}

impl AssetDetail {
    /// Open work of a kind, where there is some: it is gone on with, not plotted again.
    pub fn open_work(&self, kind: &WorkKindId) -> Option<TaskUid> {
        let tasks = self.tasks.iter().map(|task| &task.summary);
        let mut same =
            tasks.filter(|task| task.state.is_open() && task.work.as_ref() == Some(kind));
        same.next().map(|task| task.uid)
    }
}

/// A shape drawn on the map, longitude and latitude in degrees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// A place.
    Point([f64; 2]),
    /// A line.
    Line(Vec<[f64; 2]>),
    /// The outer ring of an area, closed or not.
    Polygon(Vec<[f64; 2]>),
}

impl Shape {
    /// Its corners, in order.
    pub fn positions(&self) -> &[[f64; 2]] {
        match self {
            Shape::Point(place) => std::slice::from_ref(place),
            Shape::Line(corners) | Shape::Polygon(corners) => corners,
        }
    }
}

/// A drawn place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceDetail {
    /// Geodesic length in metres, rounded to centimetres, of a line.
    pub length_m: Option<String>,
    /// Geodesic area in square metres, rounded to two decimals, of an area.
    pub area_m2: Option<String>,
    /// The nearest street.
    pub street: Option<String>,
    /// The community it lies in.
    pub community: Option<String>,
    /// Kinds of work that can be plotted there.
    pub work: Vec<WorkKindId>,
    /// Kinds of assets that can be put on the map there.
    pub kinds: Vec<AssetKindId>,
}

/// A part of the city that a round can be made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Around {
    /// What lies in an asset that is an area, else the street that the asset is, or stands on.
    Asset(AssetUid),
    /// What lies in an area that was drawn.
    Area(Shape),
    /// What is left by the completion that is shown, of its kind of work.
    Left {
        /// From where the nearest are taken where there are too many.
        at: Option<LonLat>,
        /// The part of the map that is seen; `None` for the whole city.
        within: Option<Bbox>,
    },
    /// Assets that were chosen one by one.
    These(Vec<AssetUid>),
}

/// The rounds that could be made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rounds {
    /// What they are called: by the street, or the community; a drawn area by the street at its
    /// first corner.
    pub name: Option<String>,
    /// The rounds.
    pub offers: Vec<RoundOffer>,
    /// Of assets that were chosen one by one those that may be part of one.
    pub these: Vec<AssetSummary>,
    /// Of those that were chosen the ones that may not, such as a street.
    pub strays: Vec<AssetUid>,
}

/// An asset of a round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StopRow {
    /// The asset, as it was when the round was made where it is not on the map any more.
    pub asset: AssetSummary,
    /// How it stands.
    pub stop: Stop,
    /// The mark that says so.
    pub mark: Mark,
    /// Of a round that observes: whether it is amiss, and the open work that says so.
    pub amiss: bool,
    /// That work, where there is some.
    pub about: Option<TaskUid>,
    /// Whether it was found by this round, and may be taken back with a tap.
    pub is_own: bool,
    /// Safety checks that are asked of it.
    pub checks: Vec<Check>,
    /// How far it is.
    pub metres: Option<f64>,
}

/// Which tasks to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskFilter {
    /// Not yet reported.
    Open,
    /// Reported, verified or cancelled.
    Closed,
    /// All.
    All,
}

const FILTERS: [(TaskFilter, &str); 3] = [
    (TaskFilter::Open, "open"),
    (TaskFilter::Closed, "closed"),
    (TaskFilter::All, "all"),
];

impl fmt::Display for TaskFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = FILTERS.iter().find(|(filter, _)| filter == self);
        f.write_str(known.map_or("open", |(_, name)| name))
    }
}

impl FromStr for TaskFilter {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        let known = FILTERS.iter().find(|(_, name)| *name == s);
        known.map(|(filter, _)| *filter).ok_or(())
    }
}

/// A task and what its report most likely says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskDetail {
    /// The task.
    pub task: TaskView,
    /// Lines to offer in a report form.
    pub suggested: Vec<LineView>,
    /// Kinds of work a report may add a line of: those that count within its own.
    pub extra: Vec<WorkKindId>,
    /// How it presses.
    pub urgency: Urgency,
    /// Until when it is to be done.
    pub due: Option<Moment>,
    /// Photos of what was found, by their names, a space between.
    pub found_photos: String,
    /// It is open and must be guarded at once.
    pub is_dangerous: bool,
    /// How bad the defect is, where somebody said so.
    pub severity: Option<Label>,
    /// Safety checks that are asked of the whole task.
    pub checks: Vec<Check>,
    /// All that was answered to safety checks, the first answer first.
    pub answers: Vec<Answer>,
    /// What was typed into a report that was taken back.
    pub typed: Option<Draft>,
    /// Of a round that observes: how many are well, of all.
    pub seen: Option<Ratio>,
}

/// A report as it stands in the form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// Kind of work and quantity, as typed, line by line.
    pub lines: Vec<(String, String)>,
    /// The note.
    pub note: String,
    /// The day it was done; empty for today.
    pub done_on: String,
    /// By kind of work, how an amount is known that was not typed.
    #[serde(default)]
    pub known: Vec<(String, Known)>,
    /// By kind of work, patches by length and width, as typed.
    #[serde(default)]
    pub patches: Vec<(String, Vec<(String, String)>)>,
    /// Who was there, as typed; none where nobody said anything of it.
    #[serde(default)]
    pub with: Option<String>,
    /// On whose behalf it is entered, as typed.
    #[serde(default)]
    pub on_behalf: String,
    /// By kind of work, what it was done with, as typed.
    #[serde(default)]
    pub materials: Vec<(String, String)>,
    /// What was found by the checklist, item by item.
    #[serde(default)]
    pub checked: Vec<Finding>,
}

/// What lies along some taps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Along {
    /// To draw: a line from each tap to the next.
    pub lines: Vec<Vec<LonLat>>,
    /// How much that is in the unit of the task's work; none while there is no way yet.
    pub amount: Option<String>,
    /// The stretches of lines that it runs along.
    pub covered: Vec<Stretch>,
    /// How many ways the last two taps may mean.
    pub ways: usize,
}

/// What a recorded track ran along.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Followed {
    /// To draw: what is covered.
    pub lines: Vec<Vec<LonLat>>,
    /// How much that is in the unit of the task's work; none while there is nothing.
    pub amount: Option<String>,
    /// The stretches of lines that are covered.
    pub covered: Vec<Stretch>,
    /// The lines of which some is covered or was left out by hand, those with the most first.
    pub along: Vec<CoveredLine>,
    /// Gaps, the longest first.
    pub gaps: Vec<GapThere>,
    /// How many fixes there are.
    pub fixes: usize,
    /// How many of them are not believed.
    pub refused: usize,
    /// How far one went, in metres.
    pub gone_m: f64,
    /// How much of it was along no line, in metres.
    pub beside_m: f64,
    /// How much of what is covered may have been another line, in metres.
    pub contested_m: f64,
}

/// A line that a track ran along.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoveredLine {
    /// The street or pipe.
    pub asset: AssetSummary,
    /// How much of it is covered, in metres.
    pub metres: f64,
    /// Whether the track itself ran along it.
    pub is_matched: bool,
    /// Whether it counts: false where it was left out by hand.
    pub counts: bool,
}

/// A gap in a track.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GapThere {
    /// Its name.
    pub id: GapId,
    /// How long it was, in seconds.
    pub seconds: u32,
    /// How long the shortest way through it is, in metres; none where there is none.
    pub metres: Option<f64>,
    /// Whether it counts.
    pub counts: bool,
    /// Whether that is beyond doubt.
    pub is_plain: bool,
}

/// How an amount is known. What is typed over it is known by typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The amount.
    pub amount: String,
    /// How it is known.
    pub measured: Measured,
    /// The stretches of lines that it was measured along.
    pub covered: Vec<Stretch>,
}

/// A task, and how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskRow {
    /// The task.
    pub task: TaskSummary,
    /// From where the list was asked for.
    pub metres: Option<f64>,
}

/// Open tasks as a GeoJSON FeatureCollection with the properties `uid` and `mark`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskGeoJson {
    /// The GeoJSON text.
    pub geojson: String,
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Acted {
    /// The task as it is now.
    pub task: TaskView,
    /// The event that was kept; undo names it.
    pub event: EventId,
}

/// Which events to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportScope {
    /// All that are known.
    All,
    /// Those made on this device.
    Mine,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// How many events.
    pub events: usize,
    /// A name for the file.
    pub file_name: String,
    /// Whether that is all that was asked for: what lies before a device's beginning may not
    /// be here yet.
    pub is_whole: bool,
}

/// What merging a file did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// The city the file says it is of.
    pub city: Option<String>,
    /// Events in the file, readable or not.
    pub in_file: usize,
    /// Of them, those that were not known here.
    pub new: usize,
    /// What was wrong with the file.
    pub problems: Vec<FileProblem>,
}

/// A layer and what reading it said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerState {
    /// Which layer.
    pub layer: LayerId,
    /// What was read, once it was.
    pub report: Option<Report>,
    /// Why it could not be.
    pub trouble: Option<Trouble>,
    /// The person's own file that stands in its place.
    pub own: Option<OwnFile>,
    /// How many features of each kind.
    pub kinds: Vec<(AssetKindId, usize)>,
}

/// Said by the worker without being asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// The worker listens from now on.
    Listening,
    /// A layer is on its way.
    Loading {
        /// Which layer.
        layer: LayerId,
        /// Bytes that have come.
        bytes: u64,
        /// Bytes in all, where the server says so.
        total: Option<u64>,
        /// Features read so far.
        features: usize,
    },
    /// A layer is there, or is known not to come; its tiles are stale.
    Layer {
        /// The layer.
        state: LayerState,
    },
    /// All layers are there.
    CityReady,
    /// The log grew, here or in another tab.
    Changed {
        /// Where the map shows what is no longer so.
        stale: Stale,
        /// How much is kept now.
        me: Me,
    },
    /// Somebody set a part of the catalogue.
    Catalog {
        /// The catalogue as it is now, as the bytes of its file.
        catalog: Vec<u8>,
    },
    /// The completion that is shown has moved.
    Completion {
        /// As it is now.
        view: CompletionView,
    },
    /// Syncing with a server stands so.
    Syncing {
        /// How.
        view: Syncing,
    },
    /// Something failed that nobody waits for.
    Trouble {
        /// What.
        trouble: Trouble,
    },
}

/// Where tiles show what is no longer so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub enum Stale {
    /// Nowhere.
    #[default]
    Nowhere,
    /// Where they touch a box.
    Within(Bbox),
    /// Everywhere.
    Everywhere,
}

impl Stale {
    /// Where one or the other says so.
    pub fn and(self, other: Stale) -> Stale {
        match (self, other) {
            (Stale::Nowhere, it) | (it, Stale::Nowhere) => it,
            (Stale::Within(one), Stale::Within(two)) => Stale::Within(one.union(two)),
            _ => Stale::Everywhere,
        }
    }
}
