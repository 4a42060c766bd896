//! The track that is being recorded: it goes on whatever the screen shows, and after a reload.

use super::{place::Place, stored};
use crate::map::{Fix, LocateError, Watch};
use leptos::prelude::*;
use mendmap_core::{ids::TaskUid, log::TrackPoint, track::Recording};

/// So many fixes are kept under one key: each fix writes its own again.
const CHUNK: usize = 64;
/// Under which the recording is kept, without its fixes.
const KEY: &str = "track";

/// The recording, for as long as the page lives.
#[derive(Clone, Copy)]
pub struct Recorder {
    /// It; none where nothing is recorded.
    pub recording: RwSignal<Option<Recording>>,
    /// How accurate the last fix was, in metres.
    pub accuracy_m: RwSignal<f64>,
    /// Why the phone does not know where it is.
    pub trouble: RwSignal<Option<LocateError>>,
    watch: StoredValue<Option<Watch>, LocalStorage>,
}

impl Recorder {
    /// None yet.
    pub fn start() -> Self {
        Recorder {
            recording: RwSignal::new(None),
            accuracy_m: RwSignal::new(0.0),
            trouble: RwSignal::new(None),
            watch: StoredValue::new_local(None),
        }
    }

    /// Goes on with what was recorded when the page was left.
    #[inline(never)]
    pub fn resume(self, place: Place) {
        if self.recording.with_untracked(Option::is_some) {
            return;
        }
        let Some(recording) = load() else { return };
        let listens = !recording.is_paused;
        self.recording.set(Some(recording));
        if listens {
            self.listen(place);
        }
    }

    /// Begins to record.
    pub fn begin(self, task: TaskUid, is_driven: bool, place: Place) {
        forget();
        let recording = Recording::begin(task, now_ms(), is_driven);
        save(&recording);
        self.recording.set(Some(recording));
        self.listen(place);
    }

    /// Takes down what is said by hand, without a track.
    pub fn by_hand(self, task: TaskUid, is_driven: bool) {
        let mut recording = Recording::begin(task, now_ms(), is_driven);
        recording.pause();
        save(&recording);
        self.recording.set(Some(recording));
    }

    /// Takes one up again that was ended, as it was in a pause.
    pub fn restore(self, mut recording: Recording) {
        if self.recording.with_untracked(Option::is_some) {
            return;
        }
        recording.pause();
        save(&recording);
        for (number, leg) in recording.legs.iter().enumerate() {
            for (chunk, points) in leg.chunks(CHUNK).enumerate() {
                save_chunk(number, chunk, points);
            }
        }
        self.recording.set(Some(recording));
    }

    /// Pauses. Nothing needs the phone's place until it goes on.
    pub fn pause(self) {
        self.watch.set_value(None);
        self.change(Recording::pause);
    }

    /// Goes on after a pause.
    pub fn go_on(self, place: Place) {
        self.change(Recording::go_on);
        self.listen(place);
    }

    /// Changes what is said of the recording.
    pub fn change(self, how: impl FnOnce(&mut Recording)) {
        self.recording.update(|recording| {
            if let Some(recording) = recording {
                how(recording);
                save(recording);
            }
        });
    }

    /// Ends it, and forgets it.
    pub fn end(self) {
        self.watch.set_value(None);
        self.recording.set(None);
        forget();
    }

    fn listen(self, place: Place) {
        self.trouble.set(None);
        let heard = move |found: Result<Fix, LocateError>| self.hear(place, found);
        match Watch::start(heard) {
            Ok(watch) => self.watch.set_value(Some(watch)),
            Err(error) => self.trouble.set(Some(error)),
        }
    }

    fn hear(self, place: Place, found: Result<Fix, LocateError>) {
        let fix = match found {
            Ok(fix) => fix,
            Err(error) => return self.trouble.set(Some(error)),
        };
        self.trouble.set(None);
        self.accuracy_m.set(fix.accuracy_m);
        place.me.set(Some(fix.at));
        self.recording.update(|recording| {
            if let Some(recording) = recording
                && recording.hear(now_ms(), fix.at, fix.accuracy_m)
            {
                save_last(&recording.legs);
            }
        });
    }
}

fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

fn chunk_key(leg: usize, chunk: usize) -> String {
    format!("{KEY}/{leg}/{chunk}")
}

fn save(recording: &Recording) {
    if let Ok(text) = serde_json::to_string(recording) {
        stored::write(KEY, Some(&text));
    }
}

/// Keeps the fixes of the chunk that the last one lies in.
fn save_last(legs: &[Vec<TrackPoint>]) {
    let Some((number, leg)) = legs.iter().enumerate().next_back() else {
        return;
    };
    let chunk = leg.len().saturating_sub(1) / CHUNK;
    save_chunk(number, chunk, &leg[chunk * CHUNK..]);
}

fn save_chunk(leg: usize, chunk: usize, points: &[TrackPoint]) {
    if let Ok(text) = serde_json::to_string(points) {
        stored::write(&chunk_key(leg, chunk), Some(&text));
    }
}

fn load() -> Option<Recording> {
    let mut recording: Recording = serde_json::from_str(&stored::read(KEY)?).ok()?;
    for leg in 0.. {
        let points = load_leg(leg);
        if points.is_empty() {
            break;
        }
        recording.legs.push(points);
    }
    // One that had just begun goes on apart from the one before the pause.
    while recording.legs.len() < recording.begun.max(1) {
        recording.legs.push(Vec::new());
    }
    Some(recording)
}

/// The chunks of a leg, one after the other.
fn load_leg(leg: usize) -> Vec<TrackPoint> {
    let mut points = Vec::new();
    for chunk in 0.. {
        let Some(text) = stored::read(&chunk_key(leg, chunk)) else {
            break;
        };
        // One that cannot be read is a gap.
        points.extend(serde_json::from_str::<Vec<TrackPoint>>(&text).unwrap_or_default());
    }
    points
}

fn forget() {
    stored::write(KEY, None);
    for leg in 0.. {
        let mut chunks = 0;
        while stored::read(&chunk_key(leg, chunks)).is_some() {
            stored::write(&chunk_key(leg, chunks), None);
            chunks += 1;
        }
        if chunks == 0 {
            break;
        }
    }
}
