//! What lies before the snapshot that this device began with. It is fetched piece by piece while
//! work goes on, and taken up into memory when somebody asks for it, when an event comes that
//! builds on it, or at once where it is not much. Until then cells stand for what is closed.

use crate::{
    storage::StorageError,
    worker::{
        service::{Service, state::State},
        turn::next_turn,
    },
};
use mendmap_core::{
    ids::AssetUid,
    ledger::Cell,
    log::{Event, Subject, read_segment},
    order::distinct,
    sync::{Head, Snapshot, device::Failure, read_snapshot},
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
    cells: Vec<Cell>,
    /// Assets that a closed task of a cell was done to.
    done: Vec<AssetUid>,
    /// Somebody asked for it, or the cells do not stand for it.
    wanted: bool,
}

impl Before {
    fn new(snapshot: &mut Snapshot) -> Before {
        let done = snapshot.cells.iter().flat_map(|cell| &cell.assets);
        Before {
            end: Some(snapshot.head),
            done: distinct(done.copied()),
            cells: std::mem::take(&mut snapshot.cells),
            wanted: !snapshot.is_whole,
        }
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
    pub(super) async fn begin(&self) -> Result<Option<Head>, Failure> {
        let remote = self.remote().ok_or(Failure::Network)?;
        let Some(bytes) = remote.snapshot().await? else {
            return Ok(None);
        };
        let city = self.with(|state| Ok(state.log.city().to_owned()));
        let city = city.map_err(|_| Failure::Network)?;
        let Ok(snapshot) = read_snapshot(&city, &bytes) else {
            return Ok(None);
        };
        let head = snapshot.head;
        let kept = match self.storage() {
            Ok(storage) => storage.begin(&bytes, head).await,
            Err(error) => Err(error),
        };
        kept.map_err(|_| Failure::Network)?;
        self.tell_tabs(&snapshot.events);
        self.turned(|state| state.begin(snapshot));
        Ok(Some(head))
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
        let whole = self.fetch_up_to(start, end).await.is_some();
        let wanted = self.with(|state| Ok(state.before.wanted || end.place <= NOT_MUCH));
        if whole && wanted == Ok(true) {
            self.take_up_history().await;
        }
    }

    async fn fetch_up_to(&self, start: Head, end: Head) -> Option<()> {
        let storage = self.storage().ok()?;
        let begun = storage.begun().await.ok()??;
        let mut at = begun.fetched.unwrap_or(start);
        while at.place < end.place {
            let remote = self.remote()?;
            let bytes = remote.segment(at.place, end.place).await.ok()?;
            let segment = read_segment(&bytes).ok()?;
            let mut next = at;
            for event in &segment.events {
                next = next.followed_by(event.raw());
            }
            // What is not what the snapshot was made from is another history.
            if next == at || (next.place >= end.place && next != end) {
                return None;
            }
            storage.keep_history(at.place, &bytes, next).await.ok()?;
            at = next;
            next_turn().await;
        }
        Some(())
    }

    /// Takes the history up as soon as all of it is here.
    pub(in crate::worker::service) fn want_history(self: &Rc<Self>) {
        let missing = self.with(|state| {
            state.before.wanted = true;
            Ok(state.before.end.is_some())
        });
        if missing == Ok(true) {
            let service = Rc::clone(self);
            spawn_local(async move { service.fetch_history(false).await });
        }
    }

    async fn take_up_history(self: &Rc<Self>) {
        let mut subjects = Vec::new();
        if self.read_pieces(&mut subjects).await.is_err() {
            return;
        }
        self.turned(|state| {
            let before = std::mem::take(&mut state.before);
            let mut changed = state.tasks.refresh(&state.log, &distinct(subjects));
            changed.assets.extend(before.done);
            changed
        });
    }

    async fn read_pieces(&self, subjects: &mut Vec<Subject>) -> Result<(), StorageError> {
        let storage = self.storage()?;
        for key in storage.pieces().await? {
            let piece = storage.piece(&key).await?;
            // What was kept was read before; what was damaged since gives what is left of it.
            let events = match read_segment(&piece) {
                Ok(segment) => segment.events,
                Err(damaged) => damaged.salvaged,
            };
            if let Ok((_, changed)) = self.with(|state| Ok(state.merge(events))) {
                subjects.extend(changed);
            }
            next_turn().await;
        }
        Ok(())
    }
}

impl State {
    /// Takes up a snapshot.
    fn begin(&mut self, mut snapshot: Snapshot) -> Changed {
        self.before = Before::new(&mut snapshot);
        let (_, changed) = self.merge(snapshot.events);
        let mut changed = self.tasks.refresh(&self.log, &changed);
        changed.assets.extend(self.before.done.iter().copied());
        changed
    }

    /// What stands for closed tasks whose events are not in memory.
    pub(in crate::worker::service) fn cells(&self) -> impl Iterator<Item = &Cell> {
        let cells = self.before.cells.iter();
        cells.filter(|cell| self.tasks.get(cell.task).is_none())
    }

    /// Takes up the snapshot that this device began with, at the start, before the tasks are
    /// folded.
    pub(in crate::worker::service) fn take_snapshot(&mut self, bytes: &[u8]) {
        if let Ok(mut snapshot) = read_snapshot(self.log.city(), bytes) {
            self.before = Before::new(&mut snapshot);
            self.log.merge(snapshot.events);
        }
    }

    /// Whether every event that is known of is in memory.
    pub(in crate::worker::service) fn has_all(&self) -> bool {
        self.before.end.is_none()
    }

    /// Whether one of these events builds on one that is not in memory.
    pub(in crate::worker::service) fn reaches_back(&self, events: &[Event]) -> bool {
        let mut saw = events.iter().filter_map(Event::envelope);
        saw.any(|envelope| envelope.saw.iter().any(|id| self.log.get(*id).is_none()))
    }
}
