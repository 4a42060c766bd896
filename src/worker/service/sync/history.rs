//! What lies before the snapshot that this device began with. It is fetched piece by piece while
//! work goes on, and taken up into memory when somebody asks for it, when an event comes that
//! builds on it, or at once where it is not much. Until then cells stand for what is closed.

use crate::{
    storage::StorageError,
    worker::{
        protocol::Trouble,
        service::{Service, exchange::BEGAN, state::State},
        turn::next_turn,
    },
};
use futures::future::{OptionFuture, join};
use mendmap_core::{
    ids::{AssetUid, EventId},
    ledger::Cell,
    log::{Event, Log, Subject, salvage_segment, segment_bytes},
    order::distinct,
    sync::{Head, Snapshot, device::Failure, read_cells, read_snapshot},
    task::{Changed, Mark, Tasks},
};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// A history of so many events is taken up as soon as it is here.
const NOT_MUCH: u64 = 200_000;

/// What stands for the events before a snapshot.
#[derive(Default)]
pub(in crate::worker::service) struct Before {
    /// Where the snapshot stands; none where this device began with nothing, or has all.
    end: Option<Head>,
    /// What closed tasks add up to; none before somebody asked.
    cells: Option<Vec<Cell>>,
    /// Assets that such a task was done to.
    done: Vec<AssetUid>,
    /// Somebody asked for it, or the cells do not stand for it.
    wanted: bool,
    /// What came cannot be kept, or is another history: not before somebody asks, or the next
    /// start, is it fetched again.
    given_up: bool,
}

impl Before {
    fn new(snapshot: &Snapshot) -> Before {
        Before {
            end: Some(snapshot.head),
            cells: None,
            done: snapshot.done.clone(),
            wanted: !snapshot.is_whole,
            given_up: false,
        }
    }

    /// Takes note of events that build on one that is not in memory: what is said of their tasks
    /// is not so before that is there.
    pub(in crate::worker::service) fn note<'a>(
        &mut self,
        log: &Log,
        events: impl IntoIterator<Item = &'a Event>,
    ) {
        let missing = |id: &EventId| log.get(*id).is_none();
        let is_orphan = |event: &Event| {
            let envelope = event.envelope();
            envelope.is_some_and(|envelope| {
                let is_task = matches!(envelope.subject, Subject::Task(_));
                is_task && envelope.saw.iter().any(missing)
            })
        };
        self.wanted |= self.end.is_some() && events.into_iter().any(is_orphan);
    }

    /// The mark that an asset wears by its tasks.
    pub(in crate::worker::service) fn mark(&self, tasks: &Tasks, uid: AssetUid) -> Mark {
        match tasks.mark(uid) {
            Mark::None if self.done.binary_search(&uid).is_ok() => Mark::Reported,
            mark => mark,
        }
    }
}

impl Service {
    /// Begins with a snapshot, where the server has one that this version reads.
    pub(super) async fn begin(self: &Rc<Self>) -> Result<Option<Head>, Failure> {
        let remote = self.remote().ok_or(Failure::Network)?;
        let Some(bytes) = remote.snapshot().await? else {
            return Ok(None);
        };
        let Some(snapshot) = self.read(&bytes) else {
            return Ok(None);
        };
        let kept = match self.storage() {
            Ok(storage) => storage.begin(&bytes, snapshot.head).await,
            Err(error) => Err(error),
        };
        let at = kept.map_err(|_| Failure::Network)?;
        if at == snapshot.head {
            self.tell_tabs_of(BEGAN);
            self.turned(|state| state.begin(snapshot));
            let service = Rc::clone(self);
            spawn_local(async move { service.count_anew().await });
        }
        Ok(Some(at))
    }

    /// Another tab of this device has begun with a snapshot.
    pub(in crate::worker::service) fn began_elsewhere(self: &Rc<Self>) {
        let service = Rc::clone(self);
        spawn_local(async move {
            let Ok(storage) = service.storage() else {
                return;
            };
            if let Ok(Some((bytes, _))) = storage.begun().await
                && let Some(snapshot) = service.read(&bytes)
            {
                service.turned(|state| state.begin(snapshot));
                service.count_anew().await;
            }
        });
    }

    /// A completion that is shown was counted without what came before this device.
    async fn count_anew(self: &Rc<Self>) {
        let is_shown = self.with(|state| Ok(state.shown.is_some()));
        if is_shown == Ok(true) && self.recall_cells().await.is_ok() {
            self.completion_moved();
        }
    }

    fn read(&self, bytes: &[u8]) -> Option<Snapshot> {
        let read = self.with(|state| Ok(read_snapshot(state.log.city(), bytes).ok()));
        read.ok().flatten()
    }

    /// Fetches what is missing of the history, if anything is, and takes it up where it is wanted.
    /// What fails is tried again after the next page of the order. Where it is under way, nothing
    /// is done, or waited for the end of that.
    pub(in crate::worker::service) async fn fetch_history(self: &Rc<Self>, wait: bool) {
        let _turn = match (wait, self.history.try_lock()) {
            (_, Some(turn)) => turn,
            (true, None) => self.history.lock().await,
            (false, None) => return,
        };
        let begins = self.with(|state| {
            let start = Head::start(state.log.city());
            Ok(state.before.end.map(|end| (start, end)))
        });
        let Ok(Some((start, end))) = begins else {
            return;
        };
        if let Ok(storage) = self.storage()
            && storage.cells().await == Ok(None)
        {
            self.fetch_cells().await;
        }
        let whole = self.fetch_up_to(start, end, wait).await.is_some();
        let wanted = self.with(|state| Ok(state.before.wanted || end.place <= NOT_MUCH));
        if whole && wanted == Ok(true) {
            self.take_up_history(end).await;
        }
    }

    async fn fetch_up_to(&self, start: Head, end: Head, asked: bool) -> Option<()> {
        let storage = self.storage().ok()?;
        let mut at = storage.fetched().await.ok()?.unwrap_or(start);
        let given_up = self.with(|state| {
            state.before.given_up &= !asked;
            Ok(state.before.given_up)
        });
        if at.place < end.place && given_up != Ok(false) {
            return None;
        }
        let remote = self.remote()?;
        let part = |after| {
            let more = (after < end.place).then(|| remote.segment(after, end.place));
            OptionFuture::from(more)
        };
        let mut coming = part(at.place).await;
        while let Some(piece) = coming {
            let piece = piece.ok()?;
            let events = segment_bytes(&piece).ok()?;
            let mut next = at;
            // The next piece is on its way while this one is looked at and kept.
            let more = part(at.place + events.len() as u64);
            let keeping = async {
                for raw in &events {
                    next = next.followed_by(raw);
                }
                // What is not what the snapshot was made from is another history.
                let is_other = next == at || (next.place >= end.place && next != end);
                !is_other && storage.keep_history(at.place, &piece, next).await.is_ok()
            };
            let (more, is_kept) = join(more, keeping).await;
            if !is_kept {
                self.give_up();
                return None;
            }
            (at, coming) = (next, more);
        }
        Some(())
    }

    fn give_up(&self) {
        let _ = self.with(|state| {
            state.before.given_up = true;
            Ok(())
        });
    }

    /// What closed tasks add up to: read now if it was not before, and fetched if it is not here.
    pub(in crate::worker::service) async fn recall_cells(self: &Rc<Self>) -> Result<(), Trouble> {
        let is_missing = self.with(|state| {
            let before = &state.before;
            Ok(before.end.is_some() && before.cells.is_none())
        });
        if !is_missing? {
            return Ok(());
        }
        let bytes = match self.storage()?.cells().await? {
            Some(bytes) => bytes,
            None => {
                let bytes = self.fetch_cells().await;
                bytes.ok_or_else(not_here)?
            }
        };
        let city = self.with(|state| Ok(state.log.city().to_owned()))?;
        // Another fold made them, or they are damaged: the history says it.
        match read_cells(&city, &bytes) {
            Ok(Some(cells)) => self.with(|state| {
                state.before.cells = Some(cells);
                Ok(())
            }),
            _ => {
                self.with(|state| {
                    state.before.wanted = true;
                    Ok(())
                })?;
                self.fetch_history(true).await;
                let has_all = self.with(|state| Ok(state.has_all()))?;
                has_all.then_some(()).ok_or_else(not_here)
            }
        }
    }

    async fn fetch_cells(&self) -> Option<Vec<u8>> {
        let bytes = self.remote()?.cells().await.ok().flatten()?;
        // What is not kept is fetched again.
        let _ = self.storage().ok()?.keep_cells(&bytes).await;
        Some(bytes)
    }

    /// Takes the history up where somebody asked for it, or an event built on it.
    pub(in crate::worker::service) fn look_back(self: &Rc<Self>) {
        let wanted = self.with(|state| Ok(state.before.wanted && state.before.end.is_some()));
        if wanted == Ok(true) {
            let service = Rc::clone(self);
            spawn_local(async move { service.fetch_history(false).await });
        }
    }

    /// Takes the history up as soon as all of it is here.
    pub(in crate::worker::service) fn want_history(self: &Rc<Self>) {
        let asked = self.with(|state| {
            state.before.wanted = true;
            Ok(())
        });
        if asked == Ok(()) {
            self.look_back();
        }
    }

    async fn take_up_history(self: &Rc<Self>, end: Head) {
        let mut subjects = Vec::new();
        let read = self.read_pieces(&mut subjects).await;
        if read != Ok(end.place) {
            // Cells go on standing for what is not here.
            if let (Ok(_), Ok(storage)) = (read, self.storage()) {
                let _ = storage.doubt_history().await;
            }
            return;
        }
        self.turned(|state| {
            let before = std::mem::take(&mut state.before);
            let mut changed = state.refresh(&distinct(subjects));
            changed.assets.extend(before.done);
            changed
        });
    }

    /// Reads all pieces into the log; how many events they hold.
    async fn read_pieces(&self, subjects: &mut Vec<Subject>) -> Result<u64, StorageError> {
        let storage = self.storage()?;
        let mut count = 0;
        for key in storage.pieces().await? {
            let piece = storage.piece(&key).await?;
            // What was kept was read before; what was damaged since gives what is left of it.
            let events = salvage_segment(&piece);
            count += events.len() as u64;
            // All of them: a try that failed midway has changed the log, and no task yet.
            subjects.extend(events.iter().filter_map(|event| event.subject().cloned()));
            let _ = self.with(|state| Ok(state.log.merge(events)));
            next_turn().await;
        }
        Ok(count)
    }
}

/// What was done before this device came is not here, and cannot be had now.
fn not_here() -> Trouble {
    Trouble::Fetch {
        url: "snapshot".into(),
        status: None,
        detail: String::new(),
    }
}

impl State {
    /// Takes up a snapshot.
    fn begin(&mut self, snapshot: Snapshot) -> Changed {
        if self.before.end.is_some() {
            return Changed::default();
        }
        self.before = Before::new(&snapshot);
        let (_, changed) = self.merge(snapshot.events);
        let mut changed = self.refresh(&changed);
        changed.assets.extend(self.before.done.iter().copied());
        changed
    }

    /// What stands for closed tasks whose events are not in memory.
    pub(in crate::worker::service) fn cells(&self) -> impl Iterator<Item = &Cell> {
        let cells = self.before.cells.iter().flatten();
        cells.filter(|cell| self.tasks.get(cell.task).is_none())
    }

    /// Takes up the snapshot that this device began with, at the start, before the tasks are
    /// folded. `at` is up to where the order was fetched since.
    pub(in crate::worker::service) fn take_snapshot(&mut self, bytes: &[u8], at: Head) {
        match read_snapshot(self.log.city(), bytes) {
            Ok(snapshot) => {
                self.before = Before::new(&snapshot);
                self.log.merge(snapshot.events);
                self.before.note(&self.log, self.log.events().map(|e| &**e));
            }
            // Damaged, or of another version: the events up to there say what it said.
            Err(_) => {
                self.before.end = Some(at);
                self.before.wanted = true;
            }
        }
    }

    /// Whether every event that is known of is in memory.
    pub(in crate::worker::service) fn has_all(&self) -> bool {
        self.before.end.is_none()
    }
}
