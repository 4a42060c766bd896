//! A task of the day: how far it is and which way, and until when there is time.

use crate::{
    components::{
        kind_icon::StateMark,
        live::{maybe, or_nothing},
        task_row::TaskLine,
    },
    locales::{Word, Words, keys::task, t, t_string, use_words},
    state::{format, prefs::Prefs},
};
use leptos::prelude::*;
use mendmap_core::{
    geodesy::Wind,
    log::Moment,
    task::{Errand, Mark, Urgency},
};

/// Within so many milliseconds a deadline is told as a span of time, else as a date.
const NEAR_MS: f64 = 48.0 * 3_600_000.0;

/// A task of the day, in a list.
#[component]
pub fn ErrandLine(
    /// It.
    errand: Errand,
    /// Turns as time passes.
    minute: RwSignal<u32>,
) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let Errand {
        task,
        urgency,
        due,
        leg,
        is_news,
    } = errand;
    let changed = task.changed;
    let end = Signal::derive(move || match leg {
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
        let time = maybe(move || {
            minute.track();
            let told = due_words(words, urgency, due?);
            let (class, mark) = match urgency {
                Urgency::Overdue => ("state overdue", Some(Mark::Overdue)),
                Urgency::Returned | Urgency::DueToday => ("state due", Some(Mark::Due)),
                Urgency::Open | Urgency::Closed => ("small muted", None),
            };
            let mark = or_nothing(mark.map(|mark| view! { <StateMark mark=mark /> }));
            Some(view! { <span class=class>{mark} {told}</span> })
        });
        view! { <span class="flags">{or_nothing(news)} {time}</span> }
    };
    view! { <TaskLine task=task flag=flag end=end /> }
}

/// Until when: near by how long, far by the day.
fn due_words(words: Words, urgency: Urgency, due: Moment) -> String {
    let locale = words.get_locale();
    let left = due.utc.as_millisecond() as f64 - js_sys::Date::now();
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
