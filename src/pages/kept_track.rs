//! Ending a recording: all of it is matched once more, kept in the log leg by leg, and its amount put
//! into the report's form. What fails is said, and the recording stays.

use super::along;
use crate::{
    components::trouble::sentence,
    locales::{t_string, use_words},
    mode::Step,
    state::{
        acts::Acts, map_link::MapLink, nav::Nav, place::Place, recorder::Recorder,
        session::Session, toasts::Toasts,
    },
    worker::protocol::{Act, Command, FollowTrack, TaskCard, TaskDetail, Trouble},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{
    catalog::GeometryType,
    ids::{AssetUid, TaskUid},
    log::Measured,
    track::Recording,
};

/// What asks how much a recording is.
pub(super) fn question(
    task: TaskUid,
    card: &TaskDetail,
    recorded: &Recording,
) -> Option<FollowTrack> {
    let work = card.task.summary.work.as_ref()?;
    let mut recording = recorded.clone();
    Some(FollowTrack {
        legs: std::mem::take(&mut recording.legs),
        recording,
        before: along::covered_before(task, card.typed.as_ref(), &work.0),
    })
}

/// Ends the recording of a task, from anywhere: nothing of what is used belongs to a screen.
pub(super) fn finish(task: TaskUid) -> impl Fn(()) + Copy + Send + Sync + 'static {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let session = expect_context::<Session>();
    let toasts = expect_context::<Toasts>();
    let recorder = expect_context::<Recorder>();
    move |()| {
        if acts.busy.get_untracked() {
            return;
        }
        recorder.pause();
        acts.busy.set(true);
        spawn_local(async move {
            let kept = keep(task, session, recorder).await;
            acts.busy.set(false);
            match kept {
                Ok(()) => {
                    recorder.end();
                    nav.take(Step::Tracked(task));
                }
                Err(trouble) => toasts.show(untrack(|| sentence(words, &trouble)), None),
            }
        });
    }
}

async fn keep(task: TaskUid, session: Session, recorder: Recorder) -> Result<(), Trouble> {
    let gone = || Trouble::NotThere {
        what: task.to_string(),
    };
    let card = session
        .ask(TaskCard { uid: task })
        .await?
        .ok_or_else(gone)?;
    let recorded = recorder.recording.get_untracked();
    let recorded = recorded.filter(|r| r.task == task).ok_or_else(gone)?;
    let seen = session
        .ask(question(task, &card, &recorded).ok_or_else(gone)?)
        .await?;
    // One that was kept before something failed is not kept twice.
    for leg in recorded.legs.iter().skip(recorded.kept) {
        if !leg.is_empty() {
            let command = Command::Track {
                task,
                began_ms: recorded.began_ms,
                is_driven: recorded.is_driven,
                leg: leg.clone(),
            };
            session.ask(Act { command }).await?;
        }
        recorder.change(|r| r.kept += 1);
    }
    let work = card.task.summary.work.clone();
    if let Some((work, amount)) = work.zip(seen.amount) {
        let before = along::measured_before(task, card.typed.as_ref(), &work.0);
        // Without a fix all of it was tapped.
        let measured = match seen.fixes > 0 || before == Some(Measured::Tracked) {
            true => Measured::Tracked,
            false => Measured::Along,
        };
        along::keep(task, card.typed, &work.0, measured, amount, seen.covered);
    }
    Ok(())
}

/// Throws the recording away, and offers it again.
pub(super) fn throw(look: RwSignal<u32>) -> impl Fn(()) + Copy + Send + Sync + 'static {
    let words = use_words();
    let toasts = expect_context::<Toasts>();
    let recorder = expect_context::<Recorder>();
    move |()| {
        let Some(thrown) = recorder.recording.get_untracked() else {
            return;
        };
        recorder.end();
        look.update(|n| *n += 1);
        // Belongs to nobody: what is made here goes with the button, and the notice stays.
        spawn_local(async move {
            let again = Callback::new(move |()| recorder.restore(thrown.clone()));
            toasts.show(untrack(|| t_string!(words, track.thrown)), Some(again));
        });
    }
}

/// The line of the map that a finger met, if it met one; none of other things.
pub(super) fn met_line(session: Session, link: MapLink) -> Option<AssetUid> {
    let (asset, kind) = link.met.get_untracked()?;
    let is_line = session.catalog.with_untracked(|catalog| {
        let kind = catalog.as_ref()?.asset_kind(&kind)?;
        Some(kind.geometry == GeometryType::Line)
    });
    (is_line == Some(true)).then_some(asset)
}

/// Begins a recording, on foot or not.
pub(super) fn begin(
    task: TaskUid,
    is_driven: RwSignal<bool>,
    look: RwSignal<u32>,
) -> impl Fn(()) + Copy + Send + Sync + 'static {
    let place = expect_context::<Place>();
    let recorder = expect_context::<Recorder>();
    move |()| {
        recorder.begin(task, is_driven.get_untracked(), place);
        look.update(|n| *n += 1);
    }
}
