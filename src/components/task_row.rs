//! A piece of work in a list, and its state in mark and word.

use super::{
    kind_icon::{KindIcon, StateMark},
    row::Row,
};
use crate::{
    locales::{Word, Words, keys::common, t_string, use_words},
    mode::Step,
    state::{format, naming, nav::Nav, prefs::Prefs, session::Session},
};
use leptos::prelude::*;
use mendmap_core::task::{Mark, State, TaskSummary};

/// A state in a word.
pub fn state_word(state: State) -> Word {
    match state {
        State::Open | State::Dispatched | State::Accepted => common::mark_open,
        State::UnderWay => common::mark_under_way,
        State::Reported => common::mark_reported,
        State::Verified => common::mark_verified,
        State::Returned => common::mark_returned,
        State::Cancelled => common::mark_cancelled,
        State::Conflict => common::mark_conflict,
    }
}

/// A state by mark and word.
#[component]
pub fn StateLabel(
    /// The state.
    state: State,
) -> impl IntoView {
    let words = use_words();
    view! {
        <span class="state">
            <StateMark mark=Mark::of(state) />
            {words.live(state_word(state))}
        </span>
    }
}

/// Where a task is, in words: the asset's name, or the street of a drawn place.
pub fn where_name(session: Session, words: Words, task: &TaskSummary) -> String {
    let locale = words.get_locale();
    let Some(target) = &task.target else {
        return String::new();
    };
    if target.place.is_some() {
        return match &target.name {
            Some(street) => t_string!(words, map.near_street, street = street),
            None => t_string!(words, task.at_place).to_string(),
        };
    }
    session.catalog.with(|catalog| {
        catalog
            .as_ref()
            .map(|catalog| {
                let (name, code) = (target.name.as_deref(), target.code.as_deref());
                naming::named(catalog, locale, name, target.kind.as_ref(), code)
            })
            .unwrap_or_default()
    })
}

/// What is to be done, in words.
pub fn work_name(session: Session, words: Words, task: &TaskSummary) -> String {
    let locale = words.get_locale();
    session.catalog.with(|catalog| {
        let work = catalog.as_ref().zip(task.work.as_ref());
        work.map(|(catalog, work)| naming::work(catalog, locale, work))
            .unwrap_or_default()
    })
}

/// A task that opens its card.
#[component]
pub fn TaskLine(
    /// The task.
    task: TaskSummary,
    /// What must not be overlooked about it.
    #[prop(optional, into)]
    flag: ViewFn,
    /// A figure at the end; else when it last changed.
    #[prop(optional, into)]
    end: Option<Signal<String>>,
    /// True on a card that says where it is already.
    #[prop(optional)]
    here: bool,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let task = StoredValue::new(task);
    let uid = task.with_value(|task| task.uid);
    let mark = move || {
        let (kind, mark) = task.with_value(|t| {
            (
                t.target.as_ref().and_then(|target| target.kind.clone()),
                t.mark,
            )
        });
        let kind = session
            .catalog
            .with_untracked(|c| c.as_ref()?.asset_kind(&kind?).cloned());
        match kind {
            Some(kind) => view! { <KindIcon kind=kind mark=mark /> }.into_any(),
            None => view! { <span class="mark"><StateMark mark=mark /></span> }.into_any(),
        }
    };
    let name = Signal::derive(move || task.with_value(|task| work_name(session, words, task)));
    let about = Signal::derive(move || {
        task.with_value(|task| {
            let state = words.say(state_word(task.apparent_state()));
            let state = match task.ticked {
                Some((done, all)) => format!("{state} {done}/{all}"),
                None => state.to_string(),
            };
            let place = if here {
                String::new()
            } else {
                where_name(session, words, task)
            };
            if place.is_empty() {
                state
            } else {
                format!("{state} · {place}")
            }
        })
    });
    let changed = Signal::derive(move || {
        task.with_value(|task| {
            task.changed
                .map(|at| format::moment(locale.get(), &at.to_string()))
                .unwrap_or_default()
        })
    });
    view! {
        <Row
            mark=mark
            name=name
            about=about
            flag=flag
            end=end.unwrap_or(changed)
            key=uid.to_string()
            on_open=move |()| nav.take(Step::OpenTask(uid))
        />
    }
}
