//! What a track says that was covered, and the switches by which a person corrects it.

use crate::{
    components::{
        button::Button,
        choice::SwitchRow,
        icon::lu,
        live::{live, maybe},
        notice::{Banner, Tone},
    },
    locales::{t, t_string, use_words},
    mode::Step,
    state::{format, naming, nav::Nav, prefs::Prefs, recorder::Recorder, session::Session},
    worker::protocol::{CoveredLine, Followed, GapThere},
};
use leptos::prelude::*;

/// From so many metres on it is worth telling.
const TOLD_M: f64 = 20.0;

/// The way back to what is being recorded.
#[component]
pub fn Recording() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let recording = expect_context::<Recorder>().recording;
    let of = Memo::new(move |_| recording.with(|r| r.as_ref().map(|r| (r.task, r.is_paused))));
    maybe(move || {
        let (task, is_paused) = of.get()?;
        let title = match is_paused {
            true => t!(words, track.paused),
            false => t!(words, track.recording),
        };
        Some(view! {
            <Banner title=title>
                <Button icon=lu::LuFootprints on_press=move |()| nav.take(Step::Track(task))>
                    {t!(words, track.other_open)}
                </Button>
            </Banner>
        })
    })
}

/// What was not believed, what lies beside all lines, what is not certain.
#[component]
pub fn Said(
    /// What is known of the track.
    seen: RwSignal<Option<Followed>>,
) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let far = move |metres: f64| format::distance(locale.get(), metres);
    live(move || {
        let Some(seen) = seen.get() else {
            return ().into_any();
        };
        let mut said = Vec::new();
        if seen.refused > 0 {
            let n = format::count(locale.get(), seen.refused);
            let told = t_string!(words, track.refused, n = n);
            said.push(format!("{told}. {}", t_string!(words, track.refused_why)));
        }
        if seen.beside_m >= TOLD_M {
            said.push(t_string!(words, track.beside, d = far(seen.beside_m)));
        }
        let doubt = (seen.contested_m >= TOLD_M).then(|| {
            let title = t_string!(words, track.contested, d = far(seen.contested_m));
            view! { <Banner tone=Tone::Warn title=Signal::stored(title)>""</Banner> }
        });
        let said: Vec<_> = said
            .into_iter()
            .map(|text| view! { <p class="small muted">{text}</p> })
            .collect();
        view! { {doubt} {said} }.into_any()
    })
}

/// Gaps, each with a switch where a person can say that it was gone through.
#[component]
pub fn Gaps(
    /// What is known of the track.
    seen: RwSignal<Option<Followed>>,
    /// Asks for it anew.
    look: RwSignal<u32>,
) -> impl IntoView {
    let words = use_words();
    let recorder = expect_context::<Recorder>();
    let locale = expect_context::<Prefs>().locale;
    let line = move |gap: GapThere| {
        let t = format::span(locale.get(), f64::from(gap.seconds) * 1000.0);
        let title = match gap.metres {
            Some(metres) => {
                let d = format::distance(locale.get(), metres);
                t_string!(words, track.gap_way, t = t, d = d)
            }
            None => t_string!(words, track.gap, t = t),
        };
        let about = match (gap.is_plain, gap.metres) {
            (true, Some(_)) => t_string!(words, track.gap_plain),
            (false, Some(_)) => t_string!(words, track.gap_ask),
            (_, None) => t_string!(words, track.gap_none),
        };
        let text = view! { <span class="text"><span class="name">{title}</span><span class="about">{about}</span></span> };
        let asks = gap.metres.is_some() && !gap.is_plain;
        if !asks {
            return view! { <div class="row">{text}</div> }.into_any();
        }
        let turn = move |on: bool| {
            recorder.change(|r| r.by_hand.turn_gap(gap.id, on));
            look.update(|n| *n += 1);
        };
        let counts = Signal::stored(gap.counts);
        view! { <SwitchRow on=counts on_turn=turn>{text}</SwitchRow> }.into_any()
    };
    live(move || {
        let gaps = seen.with(|seen| seen.as_ref().map(|seen| seen.gaps.clone()));
        let gaps = gaps.unwrap_or_default();
        if gaps.is_empty() {
            return ().into_any();
        }
        let lines: Vec<_> = gaps.into_iter().map(line).collect();
        view! { <section class="section"><h3>{t!(words, track.gaps)}</h3>{lines}</section> }
            .into_any()
    })
}

/// The streets or pipes that count, each with a switch.
#[component]
pub fn Lines(
    /// What is known of the track.
    seen: RwSignal<Option<Followed>>,
    /// Asks for it anew.
    look: RwSignal<u32>,
) -> impl IntoView {
    let words = use_words();
    let recorder = expect_context::<Recorder>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let line = move |line: CoveredLine| {
        let catalog = session.catalog.get();
        let name = catalog.map(|catalog| naming::asset(&catalog, locale.get(), &line.asset));
        let far = format::distance(locale.get(), line.metres);
        let about = match line.is_matched {
            true => far,
            false => format!("{far} · {}", t_string!(words, track.by_hand)),
        };
        let (asset, is_matched) = (line.asset.uid, line.is_matched);
        let turn = move |on: bool| {
            recorder.change(|r| r.by_hand.turn(asset, on, is_matched));
            look.update(|n| *n += 1);
        };
        let counts = Signal::stored(line.counts);
        view! {
            <SwitchRow on=counts on_turn=turn>
                <span class="text">
                    <span class="name">{name}</span>
                    <span class="about">{about}</span>
                </span>
            </SwitchRow>
        }
    };
    live(move || {
        let along = seen.with(|seen| seen.as_ref().map(|seen| seen.along.clone()));
        let lines: Vec<_> = along.unwrap_or_default().into_iter().map(line).collect();
        view! {
            <section class="section">
                <h3>{t!(words, track.lines)}</h3>
                <p class="small muted">{t!(words, track.lines_hint)}</p>
                {lines}
            </section>
        }
        .into_any()
    })
}
