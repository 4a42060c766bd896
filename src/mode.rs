//! What the screen is doing, as one tagged union, and every way from one to the next.
//!
//! Pure: [`Screen::after`] says where a step leads and whether "back" returns from
//! there; [`crate::state::nav`] carries it out. A screen can be written as an
//! address and read back (see [`crate::address`]), so a link shows what was seen.

mod lens;
mod shown;

pub use lens::{Aside, Lens};
pub use shown::{Figures, OfProgramme};

use mendmap_core::{
    catalog::{PlaceType, PrecheckId},
    ids::{AssetUid, TaskUid},
    log::{Position, crosses_itself, has_its_corners},
};

/// Longitude and latitude in degrees.
pub type Point = [f64; 2];

/// What the screen is doing.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Mode {
    /// Looking at the map, nothing selected.
    #[default]
    Browsing,
    /// An asset's card.
    AssetSelected(AssetUid),
    /// A task's card.
    TaskSelected(TaskUid),
    /// Drawing a line or an area, or setting a point with the crosshair.
    Drawing(Sketch),
    /// A finished drawing's card.
    PlaceSelected(Sketch),
    /// Choosing assets one by one: those that are chosen so far.
    Choosing(Vec<AssetUid>),
    /// Choosing the kind of work.
    Plotting(Target),
    /// Saying that a defect was found.
    Finding(Target),
    /// Saying that an asset is not as the map has it; where it stands now, once that was said.
    Amending(AssetUid, Vec<Point>),
    /// Putting an asset on the map that no layer has.
    Adding(Sketch),
    /// Saying what was done.
    Reporting(TaskUid),
    /// Measuring along streets, or other lines, for a task's report: the taps so far.
    Measuring(TaskUid, Vec<Point>),
    /// A track of a task is being recorded, or about to be.
    Tracking(TaskUid),
    /// Saying what was done at an asset of a round.
    Stopping(TaskUid, AssetUid),
    /// Answering a safety check of a task, of one chamber where it is asked for each.
    Checking(TaskUid, PrecheckId, Option<AssetUid>),
    /// The list of work.
    MyWork,
    /// What was said of assets that the layers do not have so.
    Proposals,
    /// Reports that wait to be checked.
    Reviewing,
    /// How much was done between two days, `YYYY-MM-DD`; this year where there is none.
    Ledger(Option<Figures>),
    /// How far the tasks of such days have come, and how long that took.
    Indicators(Option<(String, String)>),
    /// Saying why a report is sent back.
    Returning(TaskUid),
    /// Giving work to a crew.
    Dispatching(TaskUid),
    /// Giving out many assets in rounds: those that were chosen, else what falls due.
    Giving(Option<Target>),
    /// Which assets a kind of work has reached.
    Completion,
    /// The city's layers and one's own.
    Layers,
    /// Language, theme, crew, files.
    Settings,
    /// Setting the city's plans, cycles, time limits and crews.
    Governing,
    /// What is done to the city's assets over years.
    Programmes(OfProgramme),
}

/// A shape on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// What it becomes.
    pub shape: PlaceType,
    /// Its corners so far; an area's ring is not closed.
    pub points: Vec<Point>,
}

/// What work is plotted on.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// An asset of a layer.
    Asset(AssetUid),
    /// A drawn place.
    Place(Sketch),
    /// What lies in an asset that is an area, else what stands on its street.
    Around(AssetUid),
    /// What lies in a drawn area.
    Inside(Sketch),
    /// Assets that were chosen one by one.
    Chosen(Vec<AssetUid>),
}

/// Where the map looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Middle of the map.
    pub center: Point,
    /// MapLibre's zoom.
    pub zoom: f64,
}

/// All that an address holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Screen {
    /// What the screen is doing.
    pub mode: Mode,
    /// The completion that the map is coloured by.
    pub lens: Option<Lens>,
    /// Where the map looks; `None` where it looked last.
    pub view: Option<View>,
}

/// The five places of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// The map.
    Map,
    /// The list of work.
    Work,
    /// Completion.
    Completion,
    /// Layers.
    Layers,
    /// Settings.
    Settings,
}

/// Something that happened and may lead elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The navigation was used.
    Go(Tab),
    /// An asset was chosen from a list.
    OpenAsset(AssetUid),
    /// A task was chosen from a list.
    OpenTask(TaskUid),
    /// A finger met an asset on the map.
    TapAsset(AssetUid),
    /// A finger met a task on the map.
    TapTask(TaskUid),
    /// A finger met nothing.
    TapGround(Point),
    /// A finger rested on a place.
    PressGround(Point),
    /// Begin to draw.
    Draw(PlaceType),
    /// Go on with a drawing that was left.
    DrawOn(Sketch),
    /// The drawing changed.
    Sketched(Vec<Point>),
    /// A corner was added beside the map: where the device is, or by its coordinates.
    AddCorner(Point),
    /// A corner was put elsewhere: which, from 0.
    MoveCorner(usize, Point),
    /// A corner was taken out: which, from 0.
    DropCorner(usize),
    /// The last corner was taken back.
    CornerBack,
    /// The drawing is finished.
    FinishSketch,
    /// Choose work for what is selected.
    Plot,
    /// Say that a defect was found on what is selected.
    Find,
    /// Say that one was found on an asset that a report is about.
    FindOn(AssetUid),
    /// Say that one was found at a place.
    FindAt(Point),
    /// Say that what is selected is not as the map has it.
    Amend,
    /// Put an asset on the map where a place is selected.
    Add,
    /// Look at what was said of assets and waits for somebody to decide.
    OpenProposals,
    /// Set the city's plans, cycles, time limits and crews.
    Govern,
    /// Look at the city's programmes.
    OpenProgrammes(OfProgramme),
    /// Look at reports that wait to be checked.
    Review,
    /// Look at how much was done between two days; this year where none are named.
    OpenLedger(Option<Figures>),
    /// Look at how far tasks have come, and how long that took.
    OpenIndicators(Option<(String, String)>),
    /// Say why a report is sent back.
    SendBack(TaskUid),
    /// Give work to a crew.
    Dispatch(TaskUid),
    /// Look at what falls due, to give it out.
    OpenDue,
    /// Give what rounds would be made of, what is chosen or what lies in the area that is drawn to
    /// several crews.
    GiveOut,
    /// What was said of an asset was kept.
    Amended(AssetUid),
    /// Choose assets one by one, these to begin with.
    Choose(Vec<AssetUid>),
    /// Choose the work of a round, around what is selected.
    MakeRound,
    /// Work was plotted.
    Plotted(TaskUid),
    /// Say what was done at an asset of a round.
    Stop(TaskUid, AssetUid),
    /// Measure along streets what was done.
    Measure(TaskUid),
    /// Record a track of what is done.
    Track(TaskUid),
    /// It was kept.
    Tracked(TaskUid),
    /// Answer a safety check.
    Check(TaskUid, PrecheckId, Option<AssetUid>),
    /// The answer was kept: of a task, or at a stop of a round.
    Checked(TaskUid, Option<AssetUid>),
    /// Say what was done.
    Report(TaskUid),
    /// It was kept.
    Reported(TaskUid),
    /// Another completion, or none.
    Look(Option<Lens>),
    /// The map was moved.
    Moved(View),
    /// Nothing selected any more.
    Close,
}

/// What "back" does after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trail {
    /// It returns to where the step was taken.
    Push,
    /// It passes over where the step was taken.
    Replace,
}

impl Sketch {
    /// A bare place, as exactly as addresses have it: who comes back by one comes to the same place.
    pub fn point(at: Point) -> Self {
        let known = Position::from_degrees(at[0], at[1]).map(|at| at.degrees());
        Sketch {
            shape: PlaceType::Point,
            points: vec![known.map_or(at, <[f64; 2]>::from)],
        }
    }

    /// Whether it can be finished.
    pub fn is_complete(&self) -> bool {
        has_its_corners(self.shape, &mut self.positions().into_iter()) && !self.is_crossed()
    }

    /// Whether it is an area whose sides cross.
    pub fn is_crossed(&self) -> bool {
        self.shape == PlaceType::Polygon && crosses_itself(&self.positions())
    }

    fn positions(&self) -> Vec<Position> {
        let places = self.points.iter();
        let places = places.filter_map(|[lon, lat]| Position::from_degrees(*lon, *lat));
        places.collect()
    }

    /// The drawing with one more corner. A second press at the same place adds none; a
    /// point has one corner, the newest.
    fn with_corner(&self, at: Point) -> Option<Sketch> {
        // As exactly as addresses and the log have it, so that they mean the same.
        let (lon, lat) = Position::from_degrees(at[0], at[1])?.degrees();
        let mut points = self.points.clone();
        if self.shape == PlaceType::Point {
            points.clear();
        }
        if points.last() != Some(&[lon, lat]) {
            points.push([lon, lat]);
        }
        Some(Sketch {
            shape: self.shape,
            points,
        })
    }

    /// The drawing with one of its corners elsewhere.
    fn with_moved(&self, at: usize, to: Point) -> Option<Sketch> {
        let (lon, lat) = Position::from_degrees(to[0], to[1])?.degrees();
        let mut sketch = self.clone();
        *sketch.points.get_mut(at)? = [lon, lat];
        Some(sketch)
    }

    /// The drawing without one of its corners.
    fn without_corner(&self, at: usize) -> Option<Sketch> {
        let mut sketch = self.clone();
        (at < sketch.points.len()).then(|| sketch.points.remove(at))?;
        Some(sketch)
    }
}

impl Mode {
    /// The place in the navigation that this belongs to.
    pub fn tab(&self) -> Tab {
        match self {
            Mode::MyWork | Mode::Proposals | Mode::Reviewing | Mode::Giving(None) => Tab::Work,
            Mode::Completion | Mode::Ledger(_) | Mode::Indicators(_) | Mode::Programmes(_) => {
                Tab::Completion
            }
            Mode::Layers => Tab::Layers,
            Mode::Settings | Mode::Governing => Tab::Settings,
            _ => Tab::Map,
        }
    }

    /// True while something is being typed or drawn, so that a stray touch of the
    /// map must not lead away from it.
    pub fn holds_input(&self) -> bool {
        matches!(
            self,
            Mode::Drawing(_)
                | Mode::Choosing(_)
                | Mode::Measuring(..)
                | Mode::Tracking(_)
                | Mode::Reporting(_)
                | Mode::Stopping(..)
                | Mode::Finding(_)
                | Mode::Amending(..)
                | Mode::Adding(_)
                | Mode::Checking(..)
                | Mode::Returning(_)
                | Mode::Dispatching(_)
                | Mode::Giving(_)
        )
    }

    /// True where the whole lower edge belongs to one action, without navigation.
    pub fn is_focused(&self) -> bool {
        let goes_on = matches!(self, Mode::Tracking(_));
        (self.holds_input() && !goes_on) || matches!(self, Mode::Plotting(_))
    }
}

impl Screen {
    /// Where a step leads, and what "back" does there; `None` where it leads nowhere.
    pub fn after(&self, step: Step) -> Option<(Screen, Trail)> {
        let (mode, trail) = match step {
            Step::Moved(view) => {
                let moved = Screen {
                    view: Some(view),
                    ..self.clone()
                };
                return Some((moved, Trail::Replace));
            }
            Step::Look(lens) => {
                let looked = Screen {
                    lens,
                    ..self.clone()
                };
                return Some((looked, Trail::Replace));
            }
            Step::Go(tab) => return self.go(tab),
            other => self.next_mode(other)?,
        };
        let same = mode == self.mode;
        (!same).then(|| {
            (
                Screen {
                    mode,
                    ..self.clone()
                },
                trail,
            )
        })
    }

    fn go(&self, tab: Tab) -> Option<(Screen, Trail)> {
        let mode = match tab {
            Tab::Map => Mode::Browsing,
            Tab::Work => Mode::MyWork,
            Tab::Completion => Mode::Completion,
            Tab::Layers => Mode::Layers,
            Tab::Settings => Mode::Settings,
        };
        // The colours of a completion belong to its page and the cards opened from it.
        let lens = self.lens.clone().filter(|_| tab == Tab::Completion);
        let next = Screen {
            mode,
            lens,
            view: self.view,
        };
        (next != *self).then_some((next, Trail::Push))
    }

    fn next_mode(&self, step: Step) -> Option<(Mode, Trail)> {
        use Trail::{Push, Replace};
        let busy = self.mode.holds_input();
        match (step, &self.mode) {
            // A second touch takes out again.
            (Step::OpenAsset(asset) | Step::TapAsset(asset), Mode::Choosing(chosen)) => {
                let mut chosen = chosen.clone();
                match chosen.iter().position(|known| *known == asset) {
                    Some(at) => drop(chosen.remove(at)),
                    None => chosen.push(asset),
                }
                Some((Mode::Choosing(chosen), Replace))
            }
            (Step::Choose(chosen), Mode::Choosing(_)) => Some((Mode::Choosing(chosen), Replace)),
            (Step::Choose(chosen), _) => Some((Mode::Choosing(chosen), Push)),
            (Step::OpenAsset(asset), _) => Some((Mode::AssetSelected(asset), Push)),
            (Step::OpenProposals, _) => Some((Mode::Proposals, Push)),
            (Step::Govern, _) => Some((Mode::Governing, Push)),
            // Another year is no other place; one asset of it is.
            (Step::OpenProgrammes(to), Mode::Programmes(from)) if from.asset == to.asset => {
                Some((Mode::Programmes(to), Replace))
            }
            (Step::OpenProgrammes(to), _) => Some((Mode::Programmes(to), Push)),
            (Step::Review, _) => Some((Mode::Reviewing, Push)),
            // Other days are no other place.
            (Step::OpenLedger(days), Mode::Ledger(_)) => Some((Mode::Ledger(days), Replace)),
            (Step::OpenLedger(days), _) => Some((Mode::Ledger(days), Push)),
            (Step::OpenIndicators(days), Mode::Indicators(_)) => {
                Some((Mode::Indicators(days), Replace))
            }
            (Step::OpenIndicators(days), _) => Some((Mode::Indicators(days), Push)),
            (Step::SendBack(task), _) => Some((Mode::Returning(task), Push)),
            (Step::Dispatch(task), _) => Some((Mode::Dispatching(task), Push)),
            (Step::OpenDue, _) => Some((Mode::Giving(None), Push)),
            (Step::GiveOut, Mode::Plotting(target)) => {
                Some((Mode::Giving(Some(target.clone())), Push))
            }
            (Step::GiveOut, Mode::Choosing(chosen)) => {
                Some((Mode::Giving(Some(Target::Chosen(chosen.clone()))), Push))
            }
            (Step::GiveOut, Mode::Drawing(area)) if area.is_complete() => {
                Some((Mode::Giving(Some(Target::Inside(area.clone()))), Push))
            }
            (Step::GiveOut, _) => None,
            (Step::OpenTask(task), _) => Some((Mode::TaskSelected(task), Push)),
            (Step::TapAsset(_) | Step::TapTask(_) | Step::TapGround(_), _) if busy => None,
            (Step::TapAsset(asset), _) => Some((Mode::AssetSelected(asset), Push)),
            (Step::TapTask(task), _) => Some((Mode::TaskSelected(task), Push)),
            // A touch beside a selection lets go of it; only then does it mean a place.
            (Step::TapGround(at), Mode::Browsing) => {
                Some((Mode::PlaceSelected(Sketch::point(at)), Push))
            }
            (
                Step::TapGround(_),
                Mode::AssetSelected(_) | Mode::TaskSelected(_) | Mode::PlaceSelected(_),
            ) => Some((Mode::Browsing, Push)),
            (Step::TapGround(_), _) => None,
            (Step::PressGround(at), _) if !busy => {
                Some((Mode::PlaceSelected(Sketch::point(at)), Push))
            }
            (Step::Draw(shape), _) => Some((
                Mode::Drawing(Sketch {
                    shape,
                    points: Vec::new(),
                }),
                Push,
            )),
            (Step::DrawOn(sketch), _) => Some((Mode::Drawing(sketch), Push)),
            (Step::Sketched(points), Mode::Drawing(sketch)) => {
                let shape = sketch.shape;
                Some((Mode::Drawing(Sketch { shape, points }), Replace))
            }
            (Step::AddCorner(at), Mode::Drawing(sketch)) => {
                Some((Mode::Drawing(sketch.with_corner(at)?), Replace))
            }
            (Step::MoveCorner(at, to), Mode::Drawing(sketch)) => {
                Some((Mode::Drawing(sketch.with_moved(at, to)?), Replace))
            }
            (Step::CornerBack, Mode::Drawing(sketch)) => {
                let last = sketch.points.len().checked_sub(1)?;
                Some((Mode::Drawing(sketch.without_corner(last)?), Replace))
            }
            (Step::DropCorner(at), Mode::Drawing(sketch)) => {
                Some((Mode::Drawing(sketch.without_corner(at)?), Replace))
            }
            (Step::Measure(task), Mode::Reporting(_)) => {
                Some((Mode::Measuring(task, Vec::new()), Push))
            }
            (
                step @ (Step::AddCorner(_)
                | Step::MoveCorner(..)
                | Step::CornerBack
                | Step::Sketched(_)),
                Mode::Measuring(task, points),
            ) => {
                let taps = Sketch {
                    shape: PlaceType::Line,
                    points: points.clone(),
                };
                let moved = match step {
                    Step::AddCorner(at) => taps.with_corner(at)?,
                    Step::MoveCorner(at, to) => taps.with_moved(at, to)?,
                    Step::Sketched(points) => Sketch { points, ..taps },
                    _ => taps.without_corner(points.len().checked_sub(1)?)?,
                };
                Some((Mode::Measuring(*task, moved.points), Replace))
            }
            (
                step @ (Step::AddCorner(_) | Step::MoveCorner(..) | Step::Sketched(_)),
                Mode::Amending(asset, to),
            ) => {
                let place = Sketch {
                    shape: PlaceType::Point,
                    points: to.clone(),
                };
                let moved = match step {
                    Step::AddCorner(at) => place.with_corner(at)?.points,
                    Step::MoveCorner(at, to) => place.with_moved(at, to)?.points,
                    Step::Sketched(points) => points,
                    _ => return None,
                };
                Some((Mode::Amending(*asset, moved), Replace))
            }
            (Step::Amend, Mode::AssetSelected(asset)) => {
                Some((Mode::Amending(*asset, Vec::new()), Push))
            }
            (Step::Add, Mode::PlaceSelected(sketch)) if sketch.shape == PlaceType::Point => {
                Some((Mode::Adding(sketch.clone()), Push))
            }
            (Step::Amended(asset), Mode::Amending(..) | Mode::Adding(_)) => {
                Some((Mode::AssetSelected(asset), Replace))
            }
            // Back from the card of a line or an area goes on drawing it.
            (Step::FinishSketch, Mode::Drawing(sketch)) if sketch.is_complete() => {
                let is_point = sketch.shape == PlaceType::Point;
                let trail = if is_point { Replace } else { Push };
                Some((Mode::PlaceSelected(sketch.clone()), trail))
            }
            (Step::Plot, Mode::AssetSelected(asset)) => {
                Some((Mode::Plotting(Target::Asset(*asset)), Push))
            }
            (Step::Plot, Mode::PlaceSelected(sketch)) => {
                Some((Mode::Plotting(Target::Place(sketch.clone())), Push))
            }
            (Step::Find, Mode::AssetSelected(asset) | Mode::Stopping(_, asset)) => {
                Some((Mode::Finding(Target::Asset(*asset)), Push))
            }
            (Step::Find, Mode::PlaceSelected(sketch)) => {
                Some((Mode::Finding(Target::Place(sketch.clone())), Push))
            }
            (Step::FindOn(asset), _) => Some((Mode::Finding(Target::Asset(asset)), Push)),
            (Step::FindAt(at), _) => Some((Mode::Finding(Target::Place(Sketch::point(at))), Push)),
            (Step::MakeRound, Mode::AssetSelected(asset)) => {
                Some((Mode::Plotting(Target::Around(*asset)), Push))
            }
            (Step::MakeRound, Mode::PlaceSelected(sketch)) => {
                Some((Mode::Plotting(Target::Inside(sketch.clone())), Push))
            }
            (Step::MakeRound, Mode::Choosing(chosen)) => {
                Some((Mode::Plotting(Target::Chosen(chosen.clone())), Push))
            }
            (Step::Stop(task, asset), _) => Some((Mode::Stopping(task, asset), Push)),
            (Step::Check(task, precheck, asset), _) => {
                Some((Mode::Checking(task, precheck, asset), Push))
            }
            (Step::Checked(task, stop), Mode::Checking(..)) => {
                let card = Mode::TaskSelected(task);
                let before = stop.map_or(card, |asset| Mode::Stopping(task, asset));
                Some((before, Replace))
            }
            (Step::Plotted(task), _) => Some((Mode::TaskSelected(task), Replace)),
            (Step::Track(task), _) => Some((Mode::Tracking(task), Push)),
            (Step::Tracked(task), Mode::Tracking(_)) => Some((Mode::Reporting(task), Replace)),
            (Step::Report(task), _) => Some((Mode::Reporting(task), Push)),
            (Step::Reported(task), Mode::Reporting(_) | Mode::Stopping(..)) => {
                Some((Mode::TaskSelected(task), Replace))
            }
            (Step::Close, _) => Some((Mode::Browsing, Push)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
