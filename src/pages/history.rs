//! What happened to a task, in plain sentences.

use super::{checks, facts::facts};
use crate::{
    components::{
        keyed::{Keyed, Line},
        paged::More,
    },
    locales::{Word, Words, keys::task, t, t_string, use_words},
    state::{format, prefs::Prefs, session::Session},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::CrewId,
    ids::DeviceId,
    task::{Answer, HistoryEntry, Standing},
};
use std::sync::Arc;

/// Lines shown at first, and added by each press.
const PORTION: usize = 10;

/// Something that happened, and what it answered to a safety check.
pub type Told = (HistoryEntry, Option<Answer>);

/// What happened, newest first, each with what it answered.
pub fn told(history: Vec<HistoryEntry>, answers: &[Answer]) -> Vec<Told> {
    let entries = history.into_iter().rev();
    let told = entries.map(|entry| {
        let answer = answers.iter().find(|answer| answer.event == entry.event);
        (entry, answer.cloned())
    });
    told.collect()
}

/// The history of a task, newest first.
#[component]
pub fn History(
    /// What happened, newest first.
    #[prop(into)]
    entries: Signal<Vec<Told>>,
) -> impl IntoView {
    let words = use_words();
    let shown = RwSignal::new(PORTION);
    let total = Signal::derive(move || entries.with(Vec::len));
    let lines = Signal::derive(move || {
        let line = |(entry, answer): &Told| {
            let (entry, answer) = (entry.clone(), answer.clone());
            Line {
                key: format!("{} {:?}", entry.event, entry.standing),
                make: Arc::new(move || {
                    view! { <Entry entry=entry.clone() answer=answer.clone() /> }.into_any()
                }),
            }
        };
        entries.with(|entries| entries.iter().take(shown.get()).map(line).collect())
    });
    view! {
        <section class="section">
            <h3>{t!(words, task.history)}</h3>
            <ol class="history">
                <Keyed lines=lines />
            </ol>
            <More total=total shown=shown portion=PORTION />
        </section>
    }
}

#[component]
fn Entry(entry: HistoryEntry, #[prop(optional_no_strip)] answer: Option<Answer>) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let HistoryEntry {
        kind,
        actor,
        device,
        at,
        text,
        facts: given,
        standing,
        on_behalf,
        ..
    } = entry;
    let at = at.to_string();
    let quiet = match standing {
        Standing::Holds => None,
        Standing::Undone => Some(task::ev_was_undone),
        Standing::Refused | Standing::Inert => Some(task::ev_ineffective),
    };
    let when = move || {
        let at = format::moment(locale.get(), &at);
        let mut who = author(session, words, &actor.0, device);
        if let Some(on) = &on_behalf {
            let on = author_alone(session, words, &on.0);
            who = t_string!(words, task.by_for, who = who, on = on);
        }
        if let Some(other) = other_device(session, device) {
            let other = t_string!(words, task.device_tag, id = other);
            who = format!("{who} · {other}");
        }
        match quiet {
            Some(quiet) => format!("{at} · {who} · {}", words.say(quiet)),
            None => format!("{at} · {who}"),
        }
    };
    // An answer to a check says what was answered; where nothing is known of it, that there is one.
    let told = Signal::derive(move || {
        let said = answer.as_ref().and_then(|answer| {
            let catalog = session.catalog.get()?;
            checks::said(&catalog, words, answer)
        });
        said.unwrap_or_else(|| {
            let sentence = words.say(sentence(&kind));
            match facts(session, words, &given) {
                facts if facts.is_empty() => sentence.to_owned(),
                facts => format!("{sentence} · {facts}"),
            }
        })
    });
    view! {
            <span class:undone=standing == Standing::Undone>{told}</span>
            {text.map(|text| view! { <span>" “"{text}"”"</span> })}
            <br />
            <span class="when">{move || when()}</span>
    }
}

/// What an event says, by its name on the wire.
fn sentence(kind: &str) -> Word {
    match kind {
        "plotted" | "found" => task::ev_plotted,
        "dispatched" => task::ev_dispatched,
        "accepted" => task::ev_accepted,
        "started" => task::ev_started,
        "made_safe" => task::ev_made_safe,
        "ticked" => task::ev_ticked,
        "tracked" => task::ev_tracked,
        "reported" => task::ev_reported,
        "verified" => task::ev_verified,
        "returned" => task::ev_returned,
        "resolved" => task::ev_resolved,
        "cancelled" => task::ev_cancelled,
        "undone" => task::ev_undone,
        "moved" => task::ev_moved,
        "edited" => task::ev_edited,
        "noted" => task::ev_noted,
        _ => task::ev_other,
    }
}

/// The last of another device's number, by which two of them are told apart; none of this one's.
fn other_device(session: Session, device: DeviceId) -> Option<String> {
    let here = session.me.with(|me| me.as_ref().map(|me| me.device));
    let number = device.to_string();
    (here != Some(device)).then(|| number.get(number.len() - 4..).unwrap_or("").to_owned())
}

/// Who did it: the crew's name where it is one, else which device.
pub fn author(session: Session, words: Words, actor: &str, device: DeviceId) -> String {
    named(session, words, actor, move |here| here == device)
}

/// Who did it, where the device is known by what it calls whoever holds it.
pub fn author_alone(session: Session, words: Words, actor: &str) -> String {
    named(session, words, actor, |here| {
        *actor == format!("device-{here}")
    })
}

fn named(session: Session, words: Words, actor: &str, is_it: impl Fn(DeviceId) -> bool) -> String {
    let locale = words.get_locale();
    let crew = session.catalog.with(|catalog| {
        let crews = catalog.as_ref().map(|catalog| &catalog.crews);
        let id = CrewId(actor.into());
        crews
            .and_then(|c| c.iter().find(|c| c.id == id))
            .map(|c| locale.pick(&c.label))
    });
    crew.unwrap_or_else(|| {
        let here = session
            .me
            .with(|me| me.as_ref().is_some_and(|me| is_it(me.device)));
        let account = session
            .syncing
            .with(|s| s.as_ref()?.person.as_ref()?.account.clone());
        if here && actor.starts_with("device-") || account.as_deref() == Some(actor) {
            t_string!(words, task.me).into()
        } else if !actor.starts_with("device-") {
            // An account; its name is known to the server only.
            actor.into()
        } else {
            t_string!(words, task.other_device).into()
        }
    })
}
