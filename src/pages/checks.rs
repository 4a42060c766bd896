//! Safety before work, as a card shows it: what is asked, what was answered, and whether
//! anybody may enter.

use super::history::author;
use crate::{
    components::{
        icon::{Icon, Lucide, lu},
        live::{live, or_nothing},
        notice::{Banner, Tone},
        row::Row,
    },
    locales::{Locale, Words, t, t_string, use_words},
    mode::Step,
    state::{format, nav::Nav, prefs::Prefs, session::Session},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Catalog, Precheck, Reading},
    ids::TaskUid,
    task::{Answer, Check, Lack},
};

/// The checks that are asked here, and the way to each one's form.
#[component]
pub fn Checks(
    /// Of which task.
    task: TaskUid,
    /// The checks.
    checks: Vec<Check>,
    /// Whether they can be answered now.
    can_answer: bool,
) -> impl IntoView {
    let words = use_words();
    let Some(catalog) = expect_context::<Session>().catalog.get_untracked() else {
        return ().into_any();
    };
    let lines: Vec<_> = checks
        .into_iter()
        .filter_map(|check| {
            let precheck = catalog.precheck(&check.precheck)?.clone();
            Some(view! { <Line task=task check=check precheck=precheck can_answer=can_answer /> })
        })
        .collect();
    if lines.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="section">
            <h3>{t!(words, task.precheck)}</h3>
            {lines}
        </section>
    }
    .into_any()
}

/// A check: how it stands, and what forbids entry.
#[component]
fn Line(task: TaskUid, check: Check, precheck: Precheck, can_answer: bool) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let (icon, class) = match &check.answer {
        None => (lu::LuShieldQuestion, "check"),
        Some(_) if check.forbids() => (lu::LuShieldAlert, "check forbids"),
        Some(_) => (lu::LuShieldCheck, "check allows"),
    };
    let label = precheck.label.clone();
    let name = Signal::derive(move || locale.get().pick(&label));
    let answer = check.answer.clone();
    let about = Signal::derive(move || match &answer {
        None => t_string!(words, task.safe_unanswered).to_string(),
        Some(answer) => {
            let at = format::moment(locale.get(), &answer.at.to_string());
            let who = author(session, words, &answer.actor.0, answer.device);
            // What forbids is not called answered: a banner says what it comes to.
            let said = match answer.lacks.is_empty() {
                true => format!("{} · {who} · {at}", t_string!(words, task.safe_answered)),
                false => format!("{who} · {at}"),
            };
            match &answer.said.watcher {
                Some(name) => format!("{said} · {}", t_string!(words, task.safe_watch, who = name)),
                None => said,
            }
        }
    });
    let end = match check.answer {
        None => t!(words, task.safe_go),
        Some(_) => t!(words, task.safe_again),
    };
    let mark = move || mark(icon);
    let (id, asset) = (check.precheck.clone(), check.asset);
    let key = id.0.clone();
    let open = move |()| nav.take(Step::Check(task, id.clone(), asset));
    let line = match can_answer {
        true => view! { <Row mark=mark name=name about=about end=end key=key on_open=open /> }
            .into_any(),
        false => view! {
            <div class="row">
                {mark()} <span class="text">
                    <span class="name">{name}</span>
                    <span class="about">{about}</span>
                </span>
            </div>
        }
        .into_any(),
    };
    let forbidden = check.answer.filter(|answer| !answer.lacks.is_empty());
    view! {
        <div class=class>
            {line}
            {or_nothing(
                forbidden.map(|answer| view! { <Forbidden answer=answer precheck=precheck /> }),
            )}
        </div>
    }
}

fn mark(icon: Icon) -> AnyView {
    view! {
        <span class="mark">
            <Lucide icon=icon />
        </span>
    }
    .into_any()
}

/// Why nobody may enter, and what to do.
#[component]
fn Forbidden(answer: Answer, precheck: Precheck) -> impl IntoView {
    let words = use_words();
    let is_entry = precheck.each_chamber;
    let (tone, title) = match is_entry {
        true => (Tone::Danger, t!(words, task.safe_forbidden)),
        false => (Tone::Warn, t!(words, task.safe_open)),
    };
    let is_bad = |lack: &Lack| matches!(lack, Lack::Bad { .. });
    let ventilate = is_entry && answer.lacks.iter().any(is_bad);
    let lacks = live(move || {
        let lines = lack_words(words, &precheck, &answer.lacks).into_iter();
        lines.map(|line| view! { <li>{line}</li> }).collect_view()
    });
    view! {
        <Banner tone=tone title=title>
            <ul class="bullets">{lacks}</ul>
            {or_nothing(ventilate.then(|| view! { <p>{t!(words, task.safe_ventilate)}</p> }))}
        </Banner>
    }
}

/// Why an answer does not allow entry, in words: a line for each bad reading, one for what was not
/// measured, one for what is not ticked.
fn lack_words(words: Words, precheck: &Precheck, lacks: &[Lack]) -> Vec<String> {
    let locale = words.get_locale();
    let (mut lines, mut gases, mut items) = (Vec::new(), Vec::new(), Vec::new());
    for lack in lacks {
        match lack {
            Lack::Bad { reading, value, .. } => {
                let measured = measured(precheck, locale, reading, &value.to_string());
                let of_it = precheck.readings.iter().find(|r| r.id == *reading);
                let range = of_it.map_or_else(String::new, |reading| range(words, reading));
                lines.push(t_string!(
                    words,
                    task.safe_lack_bad,
                    value = measured,
                    range = range
                ));
            }
            Lack::Unread(id) => gases.push(gas(precheck, locale, id)),
            Lack::Item(n) => {
                let item = precheck.items.get(usize::from(*n));
                items.extend(item.map(|item| locale.pick(item)));
            }
        }
    }
    let comma = t_string!(words, task.safe_comma);
    if !gases.is_empty() {
        lines.push(t_string!(
            words,
            task.safe_lack_reading,
            gas = gases.join(comma)
        ));
    }
    if !items.is_empty() {
        lines.push(t_string!(
            words,
            task.safe_lack_item,
            item = items.join(comma)
        ));
    }
    lines
}

/// What allows entry, in words: 19.5 to 23.5 %.
pub fn range(words: Words, reading: &Reading) -> String {
    let locale = words.get_locale();
    let [min, max] = [reading.min, reading.max]
        .map(|limit| limit.map(|limit| format::decimal(locale, &limit.to_string())));
    let unit = &reading.unit;
    match (min, max) {
        (Some(min), Some(max)) => {
            t_string!(words, task.safe_between, min = min, max = max, unit = unit)
        }
        (None, Some(max)) => t_string!(words, task.safe_at_most, max = max, unit = unit),
        (Some(min), None) => t_string!(words, task.safe_at_least, min = min, unit = unit),
        (None, None) => unit.clone(),
    }
}

/// What a gas is called.
fn gas(precheck: &Precheck, locale: Locale, id: &str) -> String {
    let reading = precheck.readings.iter().find(|reading| reading.id == id);
    reading.map_or_else(|| id.to_owned(), |reading| locale.pick(&reading.label))
}

/// What was measured of a gas: Oxygen 18 %.
fn measured(precheck: &Precheck, locale: Locale, id: &str, value: &str) -> String {
    let reading = precheck.readings.iter().find(|reading| reading.id == id);
    let unit = reading.map_or("", |reading| &reading.unit);
    let value = format::decimal(locale, value);
    format!("{} {value}\u{a0}{unit}", gas(precheck, locale, id))
}

/// What an answer says, in a line of the history; nothing where it is to no check that is known.
pub fn said(catalog: &Catalog, words: Words, answer: &Answer) -> Option<String> {
    let locale = words.get_locale();
    let said = &answer.said;
    let check = catalog.precheck(said.precheck.as_ref()?)?;
    let mut parts = vec![locale.pick(&check.label)];
    parts.extend(answer.place.clone());
    if !answer.lacks.is_empty() {
        let verdict = match check.each_chamber {
            true => t_string!(words, task.safe_forbidden),
            false => t_string!(words, task.safe_open),
        };
        parts.push(verdict.into());
    }
    let readings = said.readings.iter();
    parts.extend(readings.map(|(id, value)| measured(check, locale, id, &value.to_string())));
    let ticked = said.items.iter();
    let ticked = ticked.filter_map(|n| check.items.get(usize::from(*n)));
    parts.extend(ticked.map(|item| locale.pick(item)));
    let watcher = said.watcher.as_ref();
    parts.extend(watcher.map(|who| t_string!(words, task.safe_watch, who = who)));
    Some(parts.join(" · "))
}
