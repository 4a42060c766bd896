//! Recording a track: walking or driving, what it covered, and what a person says of it.

use super::{
    along,
    tracked::{Gaps, Lines, Said},
};
use crate::{
    components::{
        button::{Button, Weight},
        choice::Segments,
        icon::lu,
        live::{When, maybe},
        notice::{Banner, Tone},
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{t, t_string, use_words},
    mode::Step,
    state::{
        acts::Acts,
        asking,
        awake::{self, Awake},
        effect::{effect, on_change},
        format,
        map_link::{MapLink, locate_words},
        naming,
        nav::Nav,
        place::Place,
        prefs::Prefs,
        recorder::Recorder,
        session::Session,
    },
    worker::protocol::{Command, FollowTrack, TaskCard},
};
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};
use mendmap_core::{
    geodesy::LonLat,
    ids::TaskUid,
    log::{Measured, TrackPoint},
    track::{Fix, thinned},
};
use std::time::Duration;

/// So often what is covered is looked at anew while it grows.
const LOOK: Duration = Duration::from_secs(15);

/// The panel while a track is recorded.
#[component]
pub fn TrackPage(
    /// Of which task.
    task: TaskUid,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let recorder = expect_context::<Recorder>();
    let locale = expect_context::<Prefs>().locale;
    recorder.resume(place);
    let recording = recorder.recording;
    let own = move || recording.with(|r| r.as_ref().is_some_and(|r| r.task == task));
    let other = move || recording.with(|r| Some(r.as_ref()?.task).filter(|of| *of != task));
    let is_paused = move || recording.with(|r| r.as_ref().is_some_and(|r| r.is_paused));
    let is_on = move || own() && !is_paused();
    let is_driven = RwSignal::new(false);

    let card = asking::follow(session, move || {
        session
            .catalog
            .with(Option::is_some)
            .then_some(TaskCard { uid: task })
    });
    let look = beat(is_on);
    let answer = asking::follow(session, move || {
        look.track();
        session.layers.track();
        let card = card.good.get()??;
        let mut whole = recording.get_untracked().filter(|r| r.task == task)?;
        let work = card.task.summary.work.as_ref()?;
        Some(FollowTrack {
            legs: std::mem::take(&mut whole.legs),
            recording: whole,
            before: along::covered_before(task, card.typed.as_ref(), &work.0),
        })
    });
    let seen = answer.good;
    show_on_map(
        task,
        look,
        Signal::derive(move || seen.with(|s| s.as_ref().map(|s| s.lines.clone()))),
    );
    turn_on_map(task, recorder, seen, look);

    let told = Signal::derive(move || {
        let amount = seen.with(|seen| seen.as_ref()?.amount.clone())?;
        let card = card.good.get()??;
        let catalog = session.catalog.get()?;
        let work = catalog.work_kind(card.task.summary.work.as_ref()?)?;
        let unit = naming::unit(&catalog, locale.get(), &work.unit);
        Some(format::quantity(locale.get(), &amount, &unit))
    });
    let title = Signal::derive(move || {
        let name = || {
            let card = card.good.get()??;
            let catalog = session.catalog.get()?;
            Some(naming::work(
                &catalog,
                locale.get(),
                card.task.summary.work.as_ref()?,
            ))
        };
        name().unwrap_or_default()
    });
    let begin = move |()| {
        recorder.begin(task, is_driven.get_untracked(), place);
        look.update(|n| *n += 1);
    };
    let pause = move |()| {
        recorder.pause();
        look.update(|n| *n += 1);
    };
    let finish = move |()| {
        recorder.pause();
        let Some(recorded) = recording.get_untracked().filter(|r| r.task == task) else {
            return;
        };
        let card = card.good.get_untracked().flatten();
        let found = seen.get_untracked();
        let done = move || {
            let work = card
                .as_ref()
                .and_then(|card| card.task.summary.work.clone());
            if let Some((seen, work)) = found.clone().zip(work)
                && let Some(amount) = seen.amount
            {
                let typed = card.clone().and_then(|card| card.typed);
                // Without a fix all of it was tapped.
                let measured = match seen.fixes {
                    0 => Measured::Along,
                    _ => Measured::Tracked,
                };
                along::keep(task, typed, &work.0, measured, amount, seen.covered);
            }
            recorder.end();
            nav.take(Step::Tracked(task));
        };
        let legs = recorded.legs.into_iter().filter(|leg| !leg.is_empty());
        let commands = legs.map(|leg| Command::Track {
            task,
            began_ms: recorded.began_ms,
            is_driven: recorded.is_driven,
            leg,
        });
        keep_legs(acts, commands.collect(), Box::new(done));
    };
    let thrown = move |()| {
        recorder.end();
        look.update(|n| *n += 1);
    };
    let foot = move || {
        maybe(move || {
            if other().is_some() {
                return None;
            }
            if !own() {
                return Some(
                    view! {
                        <Button weight=Weight::Primary icon=lu::LuPlay on_press=begin>
                            {t!(words, track.start)}
                        </Button>
                    }
                    .into_any(),
                );
            }
            let paused = is_paused();
            let turn = match paused {
                true => view! {
                    <Button icon=lu::LuPlay on_press=move |()| recorder.go_on(place)>
                        {t!(words, track.go_on)}
                    </Button>
                }
                .into_any(),
                false => view! {
                    <Button icon=lu::LuPause on_press=pause>
                        {t!(words, track.pause)}
                    </Button>
                }
                .into_any(),
            };
            Some(
                view! {
                    {turn}
                    <Button
                        weight=Weight::Primary
                        icon=lu::LuCheck
                        disabled=acts.busy
                        on_press=finish
                    >
                        {move || match told.get() {
                            Some(n) => t_string!(words, track.finish, n = n),
                            None => t_string!(words, track.nothing).to_string(),
                        }}
                    </Button>
                }
                .into_any(),
            )
        })
    };
    let trouble = move || recorder.trouble.get().filter(|_| own());
    let awake = awake::keep(is_on);
    let how = vec![
        (false, t!(words, track.on_foot)),
        (true, t!(words, track.driven)),
    ];
    view! {
        <Panel title=t!(words, track.title) subtitle=title leave=Leave::Back foot=foot>
            <div class="stack">
                {maybe(move || {
                    let of = other()?;
                    Some(view! {
                        <Banner tone=Tone::Warn title=t!(words, track.other)>
                            <Button on_press=move |()| nav.take(Step::Track(of))>
                                {t!(words, track.other_open)}
                            </Button>
                        </Banner>
                    })
                })}
                <When is=move || !own() && other().is_none()>
                    <Segments
                        options=how.clone()
                        chosen=is_driven
                        on_choose=move |chosen| is_driven.set(chosen)
                        label=t!(words, track.how)
                    />
                    <p class="muted">{t!(words, track.hint)}</p>
                </When>
                {maybe(move || {
                    let title = Signal::stored(locate_words(words, trouble()?).to_string());
                    Some(view! { <Banner tone=Tone::Danger title=title>""</Banner> })
                })}
                <TroubleThere trouble=answer.trouble />
                <When is=own>
                    <p class="figure" role="status">
                        {move || told.get().unwrap_or_else(|| t_string!(words, track.nothing).into())}
                    </p>
                    <p class="number">{move || where_now(recorder, words, is_paused())}</p>
                    <When is=is_on>
                        <p class="small muted">
                            {move || match awake.get() {
                                Awake::On => t_string!(words, track.awake),
                                Awake::Off => t_string!(words, track.not_awake),
                            }}
                        </p>
                    </When>
                    <Said seen=seen />
                    <Gaps seen=seen look=look />
                    <Lines seen=seen look=look />
                    <div class="buttons">
                        <Button icon=lu::LuTrash2 on_press=thrown>
                            {t!(words, track.throw)}
                        </Button>
                    </div>
                </When>
            </div>
        </Panel>
    }
}

/// How far, how long, and how accurate the last position was.
fn where_now(recorder: Recorder, words: crate::locales::Words, is_paused: bool) -> String {
    if is_paused {
        return t_string!(words, track.paused).into();
    }
    let locale = words.get_locale();
    let last = recorder
        .recording
        .with(|r| Some(r.as_ref()?.legs.last()?.last()?.seconds));
    match last {
        None => t_string!(words, track.waiting).into(),
        Some(seconds) => {
            let t = format::span(locale, f64::from(seconds) * 1000.0);
            let d = format::distance(locale, recorder.accuracy_m.get());
            format!("{t} · {}", t_string!(words, track.accuracy, d = d))
        }
    }
}

/// Keeps the legs one after the other, and then goes on.
fn keep_legs(acts: Acts, mut commands: Vec<Command>, done: Box<dyn FnOnce()>) {
    if commands.is_empty() {
        return done();
    }
    let command = commands.remove(0);
    acts.quietly(command, move || keep_legs(acts, commands, done));
}

/// Beats while something is recorded, and whenever somebody says so.
fn beat(is_on: impl Fn() -> bool + Send + Sync + Copy + 'static) -> RwSignal<u32> {
    let look = RwSignal::new(0);
    let turn = move || {
        if untrack(is_on) {
            let _gone = look.try_update(|n| *n += 1);
        }
    };
    if let Ok(clock) = set_interval_with_handle(turn, LOOK) {
        on_cleanup(move || clock.clear());
    }
    look
}

/// Draws what is covered, and where the phone was.
fn show_on_map(task: TaskUid, look: RwSignal<u32>, lines: Signal<Option<Vec<Vec<LonLat>>>>) {
    let link = expect_context::<MapLink>();
    let mode = expect_context::<Nav>().mode;
    let recording = expect_context::<Recorder>().recording;
    // Where the phone is stays in sight.
    on_change(
        move || look.track(),
        move || {
            let last = recording.with_untracked(|r| {
                let legs = &r.as_ref().filter(|r| r.task == task)?.legs;
                legs.last()?.last().copied()
            });
            if let Some(last) = last {
                link.ask(|map| map.reveal(&[Fix::from(last).at]));
            }
        },
    );
    effect(move || {
        mode.track();
        let place = |point: &TrackPoint| Fix::from(*point).at;
        let legs = recording.with(|r| -> Option<Vec<Vec<LonLat>>> {
            let own = r.as_ref().filter(|r| r.task == task)?;
            let legs = own.legs.iter();
            // As the log keeps it: of a whole morning the map has to draw no more.
            Some(
                legs.map(|leg| thinned(leg).iter().map(place).collect())
                    .collect(),
            )
        });
        let (lines, legs) = (lines.get().unwrap_or_default(), legs.unwrap_or_default());
        link.with(|map| map.show_trail(&lines, &legs));
    });
}

/// A tap on a line of the map puts all of it in, or takes it out.
fn turn_on_map(
    task: TaskUid,
    recorder: Recorder,
    seen: RwSignal<Option<crate::worker::protocol::Followed>>,
    look: RwSignal<u32>,
) {
    let met = expect_context::<MapLink>().met;
    met.set(None);
    on_change(
        move || met.track(),
        move || {
            let Some(asset) = met.get_untracked() else {
                return;
            };
            let known = seen.with_untracked(|seen| {
                let mut along = seen.iter().flat_map(|seen| &seen.along);
                along
                    .find(|line| line.asset.uid == asset)
                    .map(|line| (line.counts, line.is_matched))
            });
            let (counts, is_matched) = known.unwrap_or((false, false));
            if recorder.recording.with_untracked(Option::is_none) {
                recorder.by_hand(task);
            }
            recorder.change(|r| r.by_hand.turn(asset, !counts, is_matched));
            look.update(|n| *n += 1);
            met.set(None);
        },
    );
}
