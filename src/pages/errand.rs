//! A task of the day: how far it is and which way, and until when there is time.

use crate::{
    components::{kind_icon::StateMark, live::or_nothing, task_row::TaskLine},
    locales::{Word, Words, keys::task, t, t_string, use_words},
    state::{format, prefs::Prefs, session::Session},
};
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};
use mendmap_core::{
    geodesy::Wind,
    log::Moment,
    task::{Errand, Mark, Urgency},
};
use std::time::Duration;

/// Within so many milliseconds a deadline is told as a span of time, else as a date.
const NEAR_MS: f64 = 48.0 * 3_600_000.0;

/// A task of the day, in a list.
#[component]
pub fn ErrandLine(
    /// It.
    errand: Errand,
    /// All of them, as far as they are known now.
    errands: RwSignal<Option<Vec<Errand>>>,
    /// Turns as time passes.
    minute: RwSignal<u32>,
) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let Errand {
        task,
        urgency,
        due,
        is_news,
        is_dangerous,
        ..
    } = errand;
    let uid = task.uid;
    let leg = move || {
        errands.with(|errands| {
            let mut all = errands.iter().flatten();
            all.find(|errand| errand.task.uid == uid)?.leg
        })
    };
    let (changed, is_urgent) = (task.changed, task.is_urgent());
    let end = Signal::derive(move || match leg() {
        Some(leg) => {
            let far = format::distance(locale.get(), leg.metres);
            match leg.towards {
                Some(wind) => format!("{far} {}", words.say(wind_word(wind))),
                None => far,
            }
        }
        None => changed
            .map(|at| format::moment(locale.get(), &at.to_string()))
            .unwrap_or_default(),
    });
    let flag = move || {
        let news = is_news.then(|| view! { <span class="badge">{t!(words, task.news)}</span> });
        let due = due.map(|due| view! { <DueFlag urgency=urgency due=due minute=minute /> });
        let (danger, urgent) = (danger_flag(is_dangerous), urgent_flag(is_urgent));
        view! {
            <span class="flags">{or_nothing(news)} {danger} {urgent} {or_nothing(due)}</span>
        }
    };
    view! { <TaskLine task=task flag=flag end=end /> }
}

/// That something must be guarded at once, by mark and word.
pub fn danger_flag(is_dangerous: bool) -> AnyView {
    let words = use_words();
    or_nothing(is_dangerous.then(|| {
        view! {
            <span class="state overdue">
                <StateMark mark=Mark::Overdue />
                {t!(words, task.danger)}
            </span>
        }
    }))
}

/// That somebody called it urgent, in a word.
pub fn urgent_flag(is_urgent: bool) -> AnyView {
    let words = use_words();
    or_nothing(is_urgent.then(|| {
        view! { <span class="badge">{t!(words, task.urgent)}</span> }
    }))
}

/// Until when there is time, by mark and word.
#[component]
pub fn DueFlag(
    /// How the work presses.
    urgency: Urgency,
    /// Until when it is to be done.
    due: Moment,
    /// Turns as time passes.
    minute: RwSignal<u32>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let told = move || {
        minute.track();
        let offset = session
            .me
            .with(|me| me.as_ref().map_or(0, |me| me.offset_ms));
        due_words(words, urgency, due, js_sys::Date::now() + offset as f64)
    };
    let (class, mark) = match urgency {
        Urgency::Overdue => ("state overdue", Some(Mark::Overdue)),
        Urgency::Returned | Urgency::DueToday => ("state due", Some(Mark::Due)),
        Urgency::Open | Urgency::Closed => ("small muted", None),
    };
    let mark = or_nothing(mark.map(|mark| view! { <StateMark mark=mark /> }));
    view! { <span class=class>{mark} {told}</span> }
}

/// Turns once a minute while the view lives that asks: what was in time may not be any more.
pub fn each_minute() -> RwSignal<u32> {
    let minute = RwSignal::new(0);
    let turn = move || {
        let _gone = minute.try_update(|n| *n += 1);
    };
    if let Ok(clock) = set_interval_with_handle(turn, Duration::from_secs(60)) {
        on_cleanup(move || clock.clear());
    }
    minute
}

/// Until when: near by how long, far by the day.
fn due_words(words: Words, urgency: Urgency, due: Moment, now_ms: f64) -> String {
    let locale = words.get_locale();
    let left = due.utc.as_millisecond() as f64 - now_ms;
    if urgency == Urgency::Overdue {
        return t_string!(words, task.due_over, t = format::span(locale, left.abs()));
    }
    match left {
        left if (0.0..NEAR_MS).contains(&left) => {
            t_string!(words, task.due_in, t = format::span(locale, left))
        }
        _ => t_string!(
            words,
            task.due_at,
            t = format::moment(locale, &due.to_string())
        ),
    }
}

fn wind_word(wind: Wind) -> Word {
    match wind {
        Wind::North => task::wind_n,
        Wind::NorthEast => task::wind_ne,
        Wind::East => task::wind_e,
        Wind::SouthEast => task::wind_se,
        Wind::South => task::wind_s,
        Wind::SouthWest => task::wind_sw,
        Wind::West => task::wind_w,
        Wind::NorthWest => task::wind_nw,
    }
}
