//! From what a person said to a draft, by the core's rules.

use super::{state::State, world};
use crate::worker::protocol::{Alike, Command, LineEntry, Place, Shape, TaskRow, Trouble};
use jiff::civil::Date;
use mendmap_core::{
    catalog::{CrewId, Measure, WorkKind},
    city::{Asset, AssetSummary},
    geodesy::{self, LonLat},
    ids::{AssetUid, TaskUid},
    log::{
        self, AssetSnapshot, Dispatched, Found, MadeSafe, Moment, Noted, Patch, Photo, Position,
        Quantity, ReadingTaken, Reported, Snapshot, Started, Target, Ticked, WorkLine,
    },
    task::{self, Action, Drafted, Refusal, Task, offered},
};
use rust_decimal::Decimal;
use std::sync::Arc;

impl State {
    /// Drafts a command; also tells which task it is about.
    pub(super) fn draft(
        &self,
        command: &Command,
        photos: Vec<Photo>,
    ) -> Result<(TaskUid, Drafted), Trouble> {
        if let Command::Observe {
            round,
            asset,
            amiss,
        } = command
        {
            return self.observed(*round, *asset, *amiss);
        }
        let Some(uid) = command.task() else {
            let uid = world::fresh(TaskUid);
            return Ok((uid, self.draft_new(uid, command, photos)?));
        };
        let task = self.tasks.get(uid).ok_or_else(|| not_there(&uid))?;
        self.may_say(task, command)?;
        let drafted = match command {
            Command::Plot { .. } | Command::Find { .. } | Command::Observe { .. } => {
                return Err(not_there(&uid));
            }
            Command::Dispatch {
                crew,
                due,
                priority,
                planned,
                note,
                ..
            } => {
                let dispatched = Dispatched {
                    crew: words(crew).map(CrewId),
                    due: read_due(due)?,
                    priority: priority.trim().parse().ok(),
                    planned: read_planned(planned)?,
                    note: words(note),
                };
                task::dispatch(task, dispatched)
            }
            Command::Verify { .. } => task::verify(task, None, photos),
            Command::Return { reason, .. } => task::return_report(task, reason, photos),
            Command::Accept { .. } => task::accept(task, None),
            Command::Start { .. } => task::start(task, Started::default()),
            Command::Tick {
                asset,
                unreached,
                lines,
                note,
                ..
            } => {
                let ticked = Ticked {
                    asset: *asset,
                    unreached: words(unreached),
                    lines: self.work_lines(lines)?,
                    note: words(note),
                    photos,
                };
                task::tick(task, ticked, self.catalog())
            }
            Command::Untick { asset, .. } => task::untick(task, *asset),
            Command::MakeSafe {
                precheck,
                asset,
                items,
                readings,
                watcher,
                note,
                ..
            } => {
                let (readings, unread) = read_readings(readings);
                let note = [words(note), unread].into_iter().flatten();
                let safe = MadeSafe {
                    precheck: Some(precheck.clone()),
                    asset: *asset,
                    items: items.clone(),
                    readings,
                    watcher: words(watcher),
                    note: words(&note.collect::<Vec<_>>().join("\n")),
                };
                task::make_safe(task, safe, self.catalog())
            }
            Command::Report {
                lines,
                done_on,
                with,
                on_behalf,
                checked,
                note,
                ..
            } => {
                let reported = Reported {
                    with: task::names(with),
                    on_behalf: task::on_behalf(on_behalf, self.catalog()),
                    note: words(note),
                    photos,
                    checked: task::checked(checked),
                    ..self.reported(task, lines, done_on)?
                };
                task::report(task, reported, self.catalog(), self.today())
            }
            Command::Track {
                began_ms,
                is_driven,
                leg,
                ..
            } => task::track(task, self.tracked(task, *began_ms, *is_driven, leg)?),
            Command::Undo { .. } => task::undo(task, None),
            Command::UndoEvent { event, .. } => {
                let last = offered(task, self.context()).into_iter().any(
                    |action| matches!(action, Action::Undo { events } if events.contains(event)),
                );
                if last {
                    task::undo(task, None)
                } else {
                    task::take_back(task, *event)
                }
            }
            Command::Cancel { reason, .. } => task::cancel(task, words(reason)),
            Command::Note { text, .. } => {
                let noted = Noted {
                    text: text.clone(),
                    asset: None,
                    photos: Vec::new(),
                };
                task::note(task, noted)
            }
            Command::Resolve { choices, .. } => task::resolve(task, choices.clone(), None),
        };
        Ok((
            uid,
            drafted.map_err(|refusal| Trouble::Refused { refusal })?,
        ))
    }

    /// Refuses what decides over the work of others where who is here may not: a screen of it may
    /// have been opened by its address.
    fn may_say(&self, task: &Task, command: &Command) -> Result<(), Trouble> {
        let kind = match command {
            Command::Dispatch { .. } => "dispatched",
            Command::Verify { .. } => "verified",
            Command::Return { .. } => "returned",
            _ => return Ok(()),
        };
        let refusal = Refusal::NotNow { state: task.state };
        match self.may(kind) {
            true => Ok(()),
            false => Err(Trouble::Refused { refusal }),
        }
    }

    /// Drafts that an asset of a round that observes is amiss, or well after all.
    fn observed(
        &self,
        round: TaskUid,
        asset: AssetUid,
        amiss: bool,
    ) -> Result<(TaskUid, Drafted), Trouble> {
        let catalog = self.catalog();
        let round = self.tasks.get(round).ok_or_else(|| not_there(&round))?;
        let found = TaskUid::found(round.uid, asset);
        let earlier = self.tasks.get(found).map(|task| &**task);
        let drafted = match (amiss, earlier) {
            (true, _) => task::say_amiss(round, asset, earlier, world::fresh(TaskUid), catalog),
            (false, Some(task)) => {
                task::say_well(round, asset, task, catalog).map(|drafted| (found, drafted))
            }
            (false, None) => return Err(not_there(&found)),
        };
        drafted.map_err(|refusal| Trouble::Refused { refusal })
    }

    /// Drafts what puts a task on the map.
    fn draft_new(
        &self,
        uid: TaskUid,
        command: &Command,
        photos: Vec<Photo>,
    ) -> Result<Drafted, Trouble> {
        let target = |place| self.target(place).map(Arc::new);
        let drafted = match command {
            Command::Plot { work, place, note } => {
                let target = target(place)?;
                task::plot(uid, work, target, words(note), photos, self.catalog())
            }
            Command::Find {
                work,
                place,
                defect,
                severity,
                dangerous,
                ..
            } => {
                let found = Found {
                    target: target(place)?,
                    work: Some(work.clone()),
                    defect: words(defect),
                    severity: words(severity),
                    dangerous: *dangerous,
                    photos,
                };
                task::find(uid, found, self.catalog())
            }
            _ => return Err(not_there(&uid)),
        };
        drafted.map_err(|refusal| Trouble::Refused { refusal })
    }

    /// Open work that may be about the same defect.
    pub(super) fn alike(&self, q: &Alike) -> Result<Vec<TaskRow>, Trouble> {
        let target = self.target(&q.place)?;
        let tasks = self.tasks.iter().map(|task| &**task);
        let alike = task::alike(tasks, &target, &q.work);
        let row = |task: &Task| TaskRow {
            task: task.summary(),
            metres: None,
        };
        Ok(alike.into_iter().map(row).collect())
    }

    fn target(&self, place: &Place) -> Result<Target, Trouble> {
        Ok(match place {
            Place::Asset(uid) => Target::Asset(self.snapshot_of(uid)?),
            Place::Round { name, assets } => {
                let assets = assets.iter().map(|uid| self.snapshot_of(uid));
                Target::Round(log::Round {
                    name: name.clone(),
                    assets: assets.collect::<Result<_, _>>()?,
                })
            }
            Place::Drawn(shape) => {
                let at = shape.positions().first().copied().map(LonLat::from);
                let name = at.and_then(|at| self.city.where_is(at).street);
                Target::Place(log::Place {
                    shape: drawn_shape(shape)?,
                    name,
                })
            }
        })
    }

    fn snapshot_of(&self, uid: &AssetUid) -> Result<AssetSnapshot, Trouble> {
        let not_there = || Trouble::NotThere {
            what: uid.to_string(),
        };
        let AssetSummary {
            uid,
            kind,
            code,
            name,
            at,
            ..
        } = self.city.summary(uid).ok_or_else(not_there)?;
        let at = Position::from_degrees(at.lon, at.lat).ok_or_else(not_there)?;
        Ok(AssetSnapshot {
            uid,
            code,
            name,
            kind,
            at,
        })
    }

    fn reported(
        &self,
        task: &Task,
        lines: &[LineEntry],
        done_on: &str,
    ) -> Result<Reported, Trouble> {
        let lines = self.work_lines(lines)?.into_iter();
        let mut lines: Vec<_> = lines.flat_map(|line| self.by_street(line)).collect();
        for line in &mut lines {
            // The round's own work was done where it was ticked; other work only where that was
            // said.
            if task.work.any() != Some(&line.work) {
                line.assets = task::assets_told(task, &line.work);
            }
        }
        // A rate that was seen is not typed.
        if lines.is_empty() {
            lines.extend(self.rate_line(task));
        }
        Ok(Reported {
            lines,
            done_on: match done_on {
                "" => self.today(),
                text => read_date(text)?,
            },
            with: Vec::new(),
            on_behalf: None,
            note: None,
            snapshot: self.snapshot(task),
            photos: Vec::new(),
            checked: Vec::new(),
        })
    }

    fn work_lines(&self, lines: &[LineEntry]) -> Result<Vec<WorkLine>, Trouble> {
        let lines = lines.iter().enumerate();
        lines.map(|(n, entry)| self.work_line(n, entry)).collect()
    }

    fn work_line(&self, line: usize, entry: &LineEntry) -> Result<WorkLine, Trouble> {
        let text = entry.quantity.trim();
        let bad = || Trouble::BadQuantity {
            line,
            text: text.to_owned(),
        };
        let quantity: Quantity = text.parse().map_err(|_| bad())?;
        let patch = |(length, width): &(String, String)| {
            Some(Patch {
                length: length.parse().ok()?,
                width: width.parse().ok()?,
            })
        };
        let patches = entry.patches.iter().map(patch);
        let bad_patch = || Trouble::Refused {
            refusal: Refusal::BadPatch { line },
        };
        let patches = patches.collect::<Option<_>>().ok_or_else(bad_patch)?;
        let unknown = || Refusal::UnknownWork {
            work: entry.work.clone(),
        };
        let kind = self
            .catalog()
            .work_kind(&entry.work)
            .ok_or_else(|| Trouble::Refused { refusal: unknown() })?;
        Ok(WorkLine {
            work: entry.work.clone(),
            quantity,
            unit: kind.unit.clone(),
            material: words(&entry.material),
            measured: entry.measured.clone(),
            covered: entry.covered.clone(),
            patches,
            assets: Vec::new(),
        })
    }

    /// What the map says of the task's place today.
    fn snapshot(&self, task: &Task) -> Snapshot {
        let position = task.target.any().and_then(|target| target.position());
        let here = position
            .map(|position| position.degrees())
            .map(|(lon, lat)| self.city.where_is(LonLat::new(lon, lat)))
            .unwrap_or_default();
        // An asset that names its street knows better than the nearest line.
        let own = task.target.any().and_then(|target| target.assets().first());
        let street = own
            .and_then(|asset| self.city.summary(&asset.uid)?.street)
            .or(here.street);
        Snapshot {
            street,
            community: here.community,
            grid: None,
            catalog: Some(self.catalog().version),
        }
    }

    /// What the asset's record or the geometry says the quantity is, in the unit of
    /// the kind of work: its swept area, its length, its area.
    pub(super) fn drawn(&self, task: &Task) -> Option<Decimal> {
        let kind: &WorkKind = self.catalog().work_kind(task.work.any()?)?;
        let unit = self.catalog().unit(&kind.unit)?;
        let (length, area) = match &**task.target.any()? {
            Target::Asset(asset) => {
                let asset = self.city.asset(&asset.uid)?;
                if let Some(known) = kind
                    .quantity_from
                    .as_deref()
                    .and_then(|p| number(&asset, p))
                {
                    return Some(known);
                }
                (asset.length_m, asset.area_m2)
            }
            Target::Place(place) => measures(&place.shape),
            Target::Round(_) => (None, None),
        };
        let base = match unit.measures {
            Measure::Length => length?,
            Measure::Area => area?,
            _ => return None,
        };
        // Millimetres: finer than any unit, coarser than a float's noise.
        unit.from_base(geodesy::round_measure(base, 3)?)
    }
}

/// A property that is a number, or the text of one.
pub(super) fn number(asset: &Asset, property: &str) -> Option<Decimal> {
    let (_, value) = asset.properties.iter().find(|(name, _)| name == property)?;
    value.parse().ok()
}

/// Length in metres and area in square metres of a drawn shape.
fn measures(shape: &log::Shape) -> (Option<f64>, Option<f64>) {
    let places = |line: &[Position]| -> Vec<LonLat> {
        line.iter()
            .map(|p| p.degrees())
            .map(|(lon, lat)| LonLat::new(lon, lat))
            .collect()
    };
    match shape {
        log::Shape::Point(_) => (None, None),
        log::Shape::Line(line) => (Some(geodesy::length_m(&places(line))), None),
        log::Shape::Polygon(rings) => {
            let rings: Vec<_> = rings.iter().map(|ring| places(ring)).collect();
            (None, Some(geodesy::area_m2(&rings)))
        }
    }
}

fn drawn_shape(shape: &Shape) -> Result<log::Shape, Trouble> {
    let position = |[lon, lat]: &[f64; 2]| {
        let unfinished = Trouble::Refused {
            refusal: Refusal::BadShape,
        };
        Position::from_degrees(*lon, *lat).ok_or(unfinished)
    };
    let mut all: Vec<Position> = shape
        .positions()
        .iter()
        .map(position)
        .collect::<Result<_, _>>()?;
    Ok(match shape {
        Shape::Point(place) => log::Shape::Point(position(place)?),
        Shape::Line(_) => log::Shape::Line(all),
        Shape::Polygon(_) => {
            if all.len() > 1 && all.first() == all.last() {
                all.pop();
            }
            log::Shape::Polygon(vec![all])
        }
    })
}

pub(super) fn read_date(text: &str) -> Result<Date, Trouble> {
    log::read_day(text).ok_or_else(|| Trouble::BadDate {
        text: text.to_owned(),
    })
}

/// Reads until when work is to be done: a day and a time of the clock in the device's zone.
fn read_due(text: &str) -> Result<Option<Moment>, Trouble> {
    let Some(text) = words(text) else {
        return Ok(None);
    };
    // Without a zone it is the clock's on the wall, also across a change of that clock.
    let date = js_sys::Date::new(&text.as_str().into());
    let (ms, behind) = (date.get_time(), date.get_timezone_offset());
    let moment = match ms.is_finite() {
        true => Moment::from_millis(ms as i64, -(behind as i32)),
        false => None,
    };
    moment.map(Some).ok_or(Trouble::BadDate { text })
}

/// Reads how much is expected.
fn read_planned(text: &str) -> Result<Option<Quantity>, Trouble> {
    let read = |text: String| {
        let quantity = text.parse();
        quantity.map_err(|_| Trouble::BadQuantity { line: 0, text })
    };
    words(text).map(read).transpose()
}

/// Reads what was measured. What is no number is not taken, and goes into the remark as it was
/// typed: an answer is never refused for it, and it is not lost.
fn read_readings(typed: &[(String, String)]) -> (Vec<ReadingTaken>, Option<String>) {
    let (mut taken, mut unread) = (Vec::new(), Vec::new());
    let typed = typed.iter().map(|(id, text)| (id, text.trim()));
    for (id, text) in typed.filter(|(_, text)| !text.is_empty()) {
        match text.parse() {
            Ok(value) => taken.push(ReadingTaken {
                id: id.clone(),
                value,
            }),
            Err(_) => unread.push(format!("{id}: {text}")),
        }
    }
    (taken, words(&unread.join("; ")))
}

/// What was typed, where something was.
pub(super) fn words(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn not_there(uid: &TaskUid) -> Trouble {
    Trouble::NotThere {
        what: uid.to_string(),
    }
}
