//! Recording a track: walking or driving, what it covered, and what a person says of it.

use super::{
    kept_track::{begin, finish, met_line, question, throw},
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
    worker::protocol::{Followed, TaskCard},
};
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};
use mendmap_core::{
    geodesy::LonLat,
    ids::TaskUid,
    log::TrackPoint,
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
        let recorded = recording.get_untracked().filter(|r| r.task == task)?;
        question(task, &card, &recorded)
    });
    let seen = answer.good;
    show_on_map(
        task,
        look,
        Signal::derive(move || seen.with(|s| s.as_ref().map(|s| s.lines.clone()))),
    );
    turn_on_map(task, is_driven, seen, look);

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
    let begin = begin(task, is_driven, look);
    let pause = move |()| {
        recorder.pause();
        look.update(|n| *n += 1);
    };
    let (finish, thrown) = (finish(task), throw(look));
    // Of a city that is half here a track would be half matched.
    let not_yet = Signal::derive(move || acts.busy.get() || !session.ready.get());
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
                        disabled=not_yet
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
    let no_fix = Memo::new(move |_| {
        recording.with(|r| r.as_ref().is_none_or(|r| r.legs.iter().all(Vec::is_empty)))
    });
    let go_by = move |driven: bool| {
        is_driven.set(driven);
        recorder.change(|r| r.is_driven = driven);
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
                <When is=move || no_fix.get() && other().is_none()>
                    <Segments
                        options=how.clone()
                        chosen=is_driven
                        on_choose=go_by
                        label=t!(words, track.how)
                    />
                </When>
                <When is=move || !own() && other().is_none()>
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
            match recorder.accuracy_m.get() {
                0.0 => t,
                metres => {
                    let d = format::distance(locale, metres);
                    format!("{t} · {}", t_string!(words, track.accuracy, d = d))
                }
            }
        }
    }
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
    is_driven: RwSignal<bool>,
    seen: RwSignal<Option<Followed>>,
    look: RwSignal<u32>,
) {
    let link = expect_context::<MapLink>();
    let session = expect_context::<Session>();
    let recorder = expect_context::<Recorder>();
    link.met.set(None);
    on_change(
        move || link.met.track(),
        move || {
            let Some(asset) = met_line(session, link) else {
                return;
            };
            link.met.set(None);
            let of = recorder
                .recording
                .with_untracked(|r| Some(r.as_ref()?.task));
            if of.is_some_and(|of| of != task) {
                return;
            }
            let known = seen.with_untracked(|seen| {
                let mut along = seen.iter().flat_map(|seen| &seen.along);
                along
                    .find(|line| line.asset.uid == asset)
                    .map(|line| (line.counts, line.is_matched))
            });
            let (counts, is_matched) = known.unwrap_or((false, false));
            if of.is_none() {
                recorder.by_hand(task, is_driven.get_untracked());
            }
            recorder.change(|r| r.by_hand.tap(asset, counts, is_matched));
            look.update(|n| *n += 1);
        },
    );
}
