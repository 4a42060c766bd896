//! Two people wrote differently without knowing of each other: both are shown,
//! and one of them is chosen.

use super::{
    facts::{field_word, value_words},
    history::author_alone,
};
use crate::{
    components::{
        button::Button,
        icon::lu,
        live::or_nothing,
        notice::{Banner, Tone},
    },
    locales::{t, t_string, use_words},
    state::{acts::Acts, format, naming, prefs::Prefs, session::Session},
    worker::protocol::Command,
};
use leptos::prelude::*;
use mendmap_core::{
    ids::{EventId, TaskUid},
    log::{Choice, Field},
    task::{Action, AlternativeView, ConflictView, TaskView},
};

/// The conflicts of a task, each with its choices.
#[component]
pub fn Conflicts(
    /// The task.
    task: TaskView,
) -> impl IntoView {
    let uid = task.summary.uid;
    let task = StoredValue::new(task);
    let cards: Vec<_> = task
        .with_value(|task| task.conflicts.clone())
        .into_iter()
        .map(|conflict| view! { <Card uid=uid task=task conflict=conflict /> })
        .collect();
    cards
}

/// Whether who is here may end conflicts.
fn may_choose(task: &TaskView) -> bool {
    let resolves = |action: &Action| matches!(action, Action::Resolve { .. });
    task.actions.iter().any(resolves)
}

#[component]
fn Card(uid: TaskUid, task: StoredValue<TaskView>, conflict: ConflictView) -> impl IntoView {
    let words = use_words();
    let field = conflict.field;
    let title = Signal::derive(move || {
        format!(
            "{}: {}",
            t_string!(words, task.conflict_title),
            field_word(words, field)
        )
    });
    let may = task.with_value(may_choose);
    let options: Vec<_> = conflict
        .alternatives
        .into_iter()
        .map(|option| view! { <Alternative uid=uid task=task field=field option=option /> })
        .collect();
    view! {
        <Banner tone=Tone::Warn title=title>
            <p class="small">{if may { t!(words, task.conflict_why) } else { t!(words, task.conflict_wait) }}</p>
            <ul class="alternatives">{options}</ul>
        </Banner>
    }
}

#[component]
fn Alternative(
    uid: TaskUid,
    task: StoredValue<TaskView>,
    field: Field,
    option: AlternativeView,
) -> impl IntoView {
    let words = use_words();
    let acts = expect_context::<Acts>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let event = option.event;
    let value = option.value.clone();
    let text = Signal::derive(move || {
        let value = match &value {
            Some(value) => session
                .catalog
                .with(|catalog| Some(value_words(catalog.as_deref(), words, field, value))),
            None => task.with_value(|task| amounts(session, locale.get(), task, event)),
        };
        value.unwrap_or_else(|| t_string!(words, common.unknown).to_string())
    });
    let at = option.at.map(|at| at.to_string());
    let by = Signal::derive(move || {
        let at = at
            .as_ref()
            .map(|at| format::moment(locale.get(), at))
            .unwrap_or_default();
        let who: Vec<String> = option
            .actors
            .iter()
            .map(|actor| author_alone(session, words, &actor.0))
            .collect();
        format!("{} · {at}", who.join(", "))
    });
    let may_choose = task.with_value(may_choose);
    let choose = move |()| {
        let choices = vec![Choice { field, event }];
        let said = move || t_string!(words, task.conflict_solved).to_string();
        acts.act(Command::Resolve { task: uid, choices }, said, |_| ());
    };
    view! {
        <li class="alternative">
            <strong>{text}</strong>
            <span class="small muted">{by}</span>
            {or_nothing(may_choose.then(|| view! {
                <Button icon=lu::LuCheck disabled=acts.busy on_press=choose>
                    {t!(words, task.conflict_choose)}
                </Button>
            }))}
        </li>
    }
}

/// The quantities of the report that this event made.
fn amounts(
    session: Session,
    locale: crate::locales::Locale,
    task: &TaskView,
    event: EventId,
) -> Option<String> {
    let report = task.reports.iter().find(|report| report.event == event)?;
    let lines = report.lines.iter().map(|line| {
        session.catalog.with(|catalog| {
            let Some(catalog) = catalog else {
                return String::new();
            };
            let unit = naming::unit(catalog, locale, &line.unit);
            let amount = format::quantity(locale, &line.quantity.to_string(), &unit);
            format!("{} {amount}", naming::work(catalog, locale, &line.work))
        })
    });
    let day = format::day(locale, &report.done_on.to_string());
    Some(format!("{} · {day}", lines.collect::<Vec<_>>().join(", ")))
}
