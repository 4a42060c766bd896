//! Acting on tasks, and listing them.

use super::{Service, state::State, world};
use crate::worker::protocol::{
    Act, Acted, Draft, Known, ListTasks, Notice, Stale, TaskDetail, TaskFilter, TaskGeoJson,
    TaskRow, Trouble,
};
use mendmap_core::{
    geodesy::LonLat,
    ids::{AssetUid, DeviceId, EventId, TaskUid},
    ledger::Ratio,
    log::{
        self, ActorId, Event, Moment, Photo, Quantity, Reported, Stamp, Subject, Target, WorkLine,
    },
    order::{sort_by, sort_by_key},
    sync::device::Input,
    task::{
        Changed, Errand, Mark, TakenBack, Task, TaskView, agenda, concerns, deadline, severity,
        suggested_lines, taken_back, urgency,
    },
};
use serde_json::json;
use std::{collections::BTreeSet, pin::Pin, rc::Rc, sync::Arc};

/// What drafts an event, once its photos are known.
pub(super) type Drafting = Box<dyn FnOnce(&State, Vec<Photo>) -> Result<log::Draft, Trouble>>;
/// An event on its way to the disk: its id, and what it is about.
pub(super) type Appending = Pin<Box<dyn Future<Output = Result<(EventId, Subject), Trouble>>>>;

impl Service {
    /// Drafts, seals, stores, and only then folds: what this answers is on the disk.
    pub(super) async fn act(self: &Rc<Self>, q: Act) -> Result<Acted, Trouble> {
        let names = q.command.photos();
        let draft = move |state: &State, photos| Ok(state.draft(&q.command, photos)?.1.draft);
        let (event, subject) = self.append(names, Box::new(draft)).await?;
        let task = match subject {
            Subject::Task(uid) => self.with(|state| Ok(state.task_view(uid)))?,
            _ => None,
        };
        let gone = || Trouble::NotThere {
            what: event.to_string(),
        };
        let task = task.ok_or_else(gone)?;
        Ok(Acted { task, event })
    }

    /// Drafts with photos of these names, seals the draft, stores it with them, and only then lets
    /// it count. Boxed: whoever waits for it holds no more than a pointer.
    pub(super) fn append(self: &Rc<Self>, photos: Vec<String>, draft: Drafting) -> Appending {
        let service = Rc::clone(self);
        Box::pin(async move { service.appended(photos, draft).await })
    }

    async fn appended(
        self: Rc<Self>,
        photos: Vec<String>,
        draft: Drafting,
    ) -> Result<(EventId, Subject), Trouble> {
        // One at a time: the next event must have seen this one.
        let _turn = self.acting.lock().await;
        let photos = self.photos_named(&photos).await?;
        let own: Vec<_> = photos.iter().map(|photo| photo.sha256.clone()).collect();
        let (draft, storage) =
            self.with(|state| Ok((draft(state, photos)?, state.storage.clone())))?;
        let subject = draft.subject.clone();
        let id = world::fresh(EventId);
        let seal = |device: DeviceId, seq: u64| -> Result<Event, Trouble> {
            self.with(|state| {
                let stamp = state.stamp(id, device, seq)?;
                let sealed = state.log.seal(draft, stamp);
                sealed.map_err(|error| Trouble::Seal {
                    detail: error.to_string(),
                })
            })
        };
        let event = match storage {
            Some(storage) => Event::read(
                storage
                    .append(&own, |device, seq| {
                        Ok::<_, Trouble>(seal(device, seq)?.raw().to_vec())
                    })
                    .await?,
            ),
            None => {
                let mine = |state: &mut State| {
                    let device = state.device();
                    Ok((device, state.log.next_seq(device)))
                };
                let (device, seq) = self.with(mine)?;
                seal(device, seq)?
            }
        };
        self.tell_tabs([&event]);
        self.feed(Input::Appended(vec![Arc::new(event.clone())]));
        if !own.is_empty() {
            self.photos_wait();
        }
        let changed = self.with(|state| Ok(state.log.insert(event).changed))?;
        self.changed(&changed);
        Ok((id, subject))
    }

    /// After the log grew: folds what changed, turns marks, and says so.
    pub(super) fn changed(&self, subjects: &[Subject]) {
        self.turned(|state| state.refresh(subjects));
    }

    /// After tasks may have changed: turns marks, and says so.
    pub(super) fn turned(&self, refold: impl FnOnce(&mut State) -> Changed) {
        let mut refold = Some(refold);
        self.turned_by(&mut |state| match refold.take() {
            Some(refold) => refold(state),
            None => Changed::default(),
        });
    }

    /// The same, compiled once.
    fn turned_by(&self, refold: &mut dyn FnMut(&mut State) -> Changed) {
        let notices = self.with(|state| {
            let changed = refold(state);
            // A mark of the completion that is shown comes of its counting.
            let view = state.completion_again();
            let turned = state.turn_marks(&changed.assets);
            let mut notices = vec![Notice::Changed {
                stale: std::mem::take(&mut state.stale).and(turned),
                me: state.me(),
            }];
            let news = state.set.news.take();
            notices.extend(news.map(|catalog| Notice::Catalog { catalog }));
            notices.extend(view.map(|view| Notice::Completion { view }));
            Ok(notices)
        });
        for notice in notices.unwrap_or_default() {
            self.notify(notice);
        }
    }
}

impl State {
    /// Who, where and when, for an event about to be sealed.
    fn stamp(&self, id: EventId, device: DeviceId, seq: u64) -> Result<Stamp, Trouble> {
        let at = self.now().ok_or_else(|| Trouble::Seal {
            detail: "the clock".into(),
        })?;
        Ok(Stamp {
            id,
            device,
            seq,
            actor: self.actor(),
            at,
            offset_ms: self.offset_ms,
        })
    }

    /// The account; without one the crew that was chosen; before that, the device stands
    /// for whoever holds it.
    pub(super) fn actor(&self) -> ActorId {
        let account = self.person.as_ref().and_then(|p| p.account.as_deref());
        if let Some(account) = account {
            return ActorId::from(account);
        }
        match &self.crew {
            Some(crew) => ActorId::from(crew.0.as_str()),
            None => ActorId::from(format!("device-{}", self.device()).as_str()),
        }
    }

    pub(super) fn now(&self) -> Option<Moment> {
        Moment::from_millis(world::now_ms() as i64, world::minutes_ahead())
    }

    /// Now by the server's clock, as far as it is known.
    fn corrected_now(&self) -> Option<Moment> {
        Some(self.now()?.shifted(self.offset_ms))
    }

    /// A task with what who is here may do about it.
    fn view_of(&self, task: &Task) -> TaskView {
        let mut view = task.view(self.context());
        view.actions.retain(|action| self.may(action.kind()));
        view
    }

    pub(super) fn task_view(&self, uid: TaskUid) -> Option<TaskView> {
        Some(self.view_of(self.tasks.get(uid)?))
    }

    pub(super) fn task_detail(&self, uid: TaskUid) -> Option<TaskDetail> {
        let task = self.tasks.get(uid)?;
        let lines = match self.rate_line(task) {
            Some(rate) => vec![rate],
            None => suggested_lines(task, self.catalog(), self.drawn(task)),
        };
        let within = |work| {
            self.catalog()
                .work_kinds
                .iter()
                .filter(move |k| k.within.as_ref() == Some(work))
        };
        let extra = task
            .work
            .any()
            .into_iter()
            .flat_map(within)
            .map(|kind| kind.id.clone());
        let due = deadline(task, self.catalog()).filter(|_| task.is_open());
        Some(TaskDetail {
            urgency: urgency(task, due, self.corrected_now()?),
            due,
            is_dangerous: task.is_open() && task.is_dangerous(),
            severity: severity(task, self.catalog()).map(|severity| severity.label.clone()),
            found_photos: (task.found_photos().iter())
                .flat_map(|photo| [&*photo.sha256, " "])
                .collect(),
            suggested: lines.iter().map(Into::into).collect(),
            extra: extra.collect(),
            checks: task.checks(self.catalog()),
            answers: task.answers_given(self.catalog()),
            typed: taken_back(task).map(typed),
            seen: self.seen(task).map(|seen| Ratio {
                part: seen.all.saturating_sub(seen.amiss.len()) as u64,
                whole: seen.all as u64,
            }),
            task: self.view_of(task),
        })
    }

    /// Tasks on an asset, newest first.
    pub(super) fn tasks_of(&self, uid: &AssetUid) -> Vec<TaskView> {
        let mut tasks: Vec<_> = self.tasks.on_asset(*uid).collect();
        sort_by_key(&mut tasks, |task| std::cmp::Reverse(task.changed));
        tasks.into_iter().map(|task| self.view_of(task)).collect()
    }

    pub(super) fn list_tasks(&self, q: &ListTasks) -> Result<Vec<Errand>, Trouble> {
        let (crew, actor) = (self.crew.as_ref(), self.actor());
        let wanted = |task: &Task| match q.which {
            TaskFilter::Open => task.is_open(),
            // What will not be done was not done.
            TaskFilter::Closed => {
                !task.is_open() && task.state != mendmap_core::task::State::Cancelled
            }
            TaskFilter::All => true,
        };
        let own = |task: &Task| !q.mine || concerns(task, crew, &actor);
        let now = self.corrected_now().ok_or_else(|| Trouble::Seal {
            detail: "the clock".into(),
        })?;
        let tasks = self.tasks.iter().map(|task| &**task);
        let tasks = tasks.filter(|task| wanted(task) && own(task));
        Ok(agenda(tasks, self.catalog(), crew, now, q.at))
    }

    /// Open tasks at drawn places, nearest first.
    pub(super) fn open_places(&self, at: Option<LonLat>) -> Vec<TaskRow> {
        self.rows(at, |task| task.is_open() && is_place(task))
    }

    fn rows(&self, at: Option<LonLat>, wanted: impl Fn(&Task) -> bool) -> Vec<TaskRow> {
        let wanted = self.tasks.iter().filter(|task| wanted(task));
        let mut rows: Vec<TaskRow> = wanted
            .map(|task| TaskRow {
                task: task.summary(),
                metres: at.and_then(|at| metres(task, at)),
            })
            .collect();
        // Nearest first; without a place to measure from, the newest.
        sort_by(&mut rows, |a, b| match (a.metres, b.metres) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            (a_far, b_far) => b_far
                .is_some()
                .cmp(&a_far.is_some())
                .then_with(|| b.task.changed.cmp(&a.task.changed)),
        });
        rows
    }

    /// Finished tasks at drawn places, nearest first. What was called off is nowhere.
    pub(super) fn done_places(&self, at: Option<LonLat>) -> Vec<TaskRow> {
        let done = |task: &Task| !task.is_open() && task.summary().mark != Mark::None;
        self.rows(at, |task| is_place(task) && done(task))
    }

    /// Tasks at drawn places as GeoJSON, open or done; those on assets show by the asset's mark.
    pub(super) fn task_shapes(&mut self) -> Result<TaskGeoJson, Trouble> {
        let features: Vec<_> = [self.done_places(None), self.open_places(None)]
            .into_iter()
            .flatten()
            .filter_map(|row| {
                let target = row.task.target?;
                let geometry = geometry(&target.shape, target.place?);
                Some(json!({
                    "type": "Feature",
                    "geometry": geometry,
                    "properties": { "uid": row.task.uid, "s": row.task.mark.code() },
                }))
            })
            .collect();
        let mut features = features;
        // A first view has none of it.
        if !self.proposals.is_empty() {
            features.extend(self.said_shapes());
        }
        let geojson = json!({ "type": "FeatureCollection", "features": features }).to_string();
        Ok(TaskGeoJson { geojson })
    }

    /// Turns the marks of some assets; where they are that changed.
    fn turn_marks(&mut self, assets: &BTreeSet<AssetUid>) -> Stale {
        let marks: Vec<(AssetUid, Mark)> =
            assets.iter().map(|uid| (*uid, self.mark_of(uid))).collect();
        marks
            .into_iter()
            .filter_map(|(uid, mark)| self.city.set_mark(&uid, mark.code()))
            .map(Stale::Within)
            .fold(Stale::Nowhere, Stale::and)
    }
}

/// What was typed into a report, as it stands in the form again.
fn typed(back: TakenBack<'_>) -> Draft {
    fn lines<T>(told: &[WorkLine], of: impl Fn(&WorkLine) -> T) -> Vec<(String, T)> {
        let lines = told.iter();
        lines.map(|line| (line.work.0.clone(), of(line))).collect()
    }
    let report: &Reported = back.report;
    let told = &by_work(&report.lines);
    let on_behalf = report.on_behalf.as_ref();
    Draft {
        lines: lines(told, |line| line.quantity.to_string()),
        note: report.note.clone().unwrap_or_default(),
        done_on: back.day.map_or_else(String::new, |day| day.to_string()),
        known: lines(told, known),
        patches: lines(told, patches),
        with: Some(report.with.join(", ")),
        on_behalf: on_behalf.map_or_else(String::new, |on| on.0.to_string()),
        checked: report.checked.iter().map(Into::into).collect(),
        materials: lines(told, |line| line.material.clone().unwrap_or_default()),
    }
}

/// A line for each kind of work: what was told street by street is one amount in the form.
fn by_work(lines: &[WorkLine]) -> Vec<WorkLine> {
    let mut told: Vec<WorkLine> = Vec::new();
    for line in lines {
        match told.iter_mut().find(|known| known.work == line.work) {
            Some(known) => {
                let sum = known.quantity.0.saturating_add(line.quantity.0);
                known.quantity = Quantity(sum.normalize());
                known.covered.extend(line.covered.iter().copied());
                known.patches.extend(line.patches.iter().copied());
            }
            None => told.push(line.clone()),
        }
    }
    told
}

fn known(line: &WorkLine) -> Known {
    Known {
        amount: line.quantity.to_string(),
        measured: line.measured.clone(),
        covered: line.covered.clone(),
    }
}

fn patches(line: &WorkLine) -> Vec<(String, String)> {
    let patches = line.patches.iter();
    let sides = patches.map(|patch| (patch.length.to_string(), patch.width.to_string()));
    sides.collect()
}

fn is_place(task: &Task) -> bool {
    matches!(
        task.target.any().map(|target| &**target),
        Some(Target::Place(_))
    )
}

fn metres(task: &Task, at: LonLat) -> Option<f64> {
    let (lon, lat) = task.target.any()?.position()?.degrees();
    Some(mendmap_core::geodesy::length_m(&[
        at,
        LonLat::new(lon, lat),
    ]))
}

fn geometry(
    shape: &[Vec<(f64, f64)>],
    place: mendmap_core::catalog::PlaceType,
) -> serde_json::Value {
    use mendmap_core::catalog::PlaceType;
    match place {
        PlaceType::Point => {
            json!({ "type": "Point", "coordinates": shape.first().and_then(|l| l.first()) })
        }
        PlaceType::Line => json!({ "type": "LineString", "coordinates": shape.first() }),
        PlaceType::Polygon => {
            let closed: Vec<Vec<_>> = shape
                .iter()
                .map(|ring| ring.iter().chain(ring.first()).collect())
                .collect();
            json!({ "type": "Polygon", "coordinates": closed })
        }
    }
}
