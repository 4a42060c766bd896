//! A report on a card: how much, how that is known, when, by whom.

use super::{checklist::Found, history, photos::Photos};
use crate::{
    components::live::{maybe, or_nothing},
    locales::{Words, keys::task, t, t_string, use_words},
    state::{format, naming, prefs::Prefs, session::Session},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Catalog, Measure},
    log::{Measured, Quantity},
    photo,
    task::{LineView, ReportView},
};

/// A report: how much, when, by whom.
#[component]
pub fn Report(
    /// The report.
    report: ReportView,
    /// Photos of how it was before, by their names, a space between: shown beside its own.
    #[prop(optional)]
    before: String,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let work = report.lines.first().map(|line| line.work.clone());
    let lines: Vec<_> = report
        .lines
        .into_iter()
        .map(|line| {
            let material = line.material.clone();
            let line = StoredValue::new(line);
            let way = Signal::derive(move || {
                session
                    .catalog
                    .with(|catalog| line.with_value(|line| way(catalog.as_ref()?, words, line)))
            });
            let catalog = move || session.catalog.get();
            let name = move || {
                line.with_value(|l| catalog().map(|c| naming::work(&c, locale.get(), &l.work)))
                    .unwrap_or_default()
            };
            let amount = move || {
                line.with_value(|l| {
                    let unit = catalog().map(|c| naming::unit(&c, locale.get(), &l.unit));
                    format::quantity(
                        locale.get(),
                        &l.quantity.to_string(),
                        &unit.unwrap_or_default(),
                    )
                })
            };
            view! {
                <dt>{move || name()}</dt>
                <dd class="figure">{move || amount()}</dd>
                {maybe(move || way.get().map(|way| view! {
                    <dt>{t!(words, task.known_by)}</dt>
                    <dd>{way}</dd>
                }))}
                {or_nothing(material.map(|material| view! {
                    <dt>{t!(words, task.material)}</dt>
                    <dd>{material}</dd>
                }))}
            }
        })
        .collect();
    let with = (!report.with.is_empty()).then_some(report.with);
    let with = with.map(|with| {
        let names = move || with.join(t_string!(words, task.safe_comma));
        view! {
            <dt>{t!(words, task.with)}</dt>
            <dd>{names}</dd>
        }
    });
    let on_behalf = report.on_behalf.map(|on| {
        let name = move || history::author_alone(session, words, &on.0);
        view! {
            <dt>{t!(words, task.on_behalf)}</dt>
            <dd>{name}</dd>
        }
    });
    let found = (!report.checked.is_empty()).then_some(report.checked);
    let found = found.map(|checked| view! { <Found checked=checked work=work /> });
    let done_on = report.done_on.to_string();
    let before = before.split(' ').filter(|name| !name.is_empty());
    let before = before.map(|name| photo::entry_of(name, Some(photo::BEFORE)));
    let photos = report.photos.iter();
    let photos = photos.map(|photo| photo::entry_of(&photo.sha256, photo.role.as_deref()));
    let photos = before.chain(photos).collect::<Vec<_>>().join(" ");
    let notes: Vec<_> = report
        .notes
        .into_iter()
        .map(|note| view! { <p>{note}</p> })
        .collect();
    view! {
        <div class="card">
            <dl class="facts">
                {lines} <dt>{t!(words, task.done_on)}</dt>
                <dd>{move || format::day(locale.get(), &done_on)}</dd>
                {or_nothing(with)}
                {or_nothing(on_behalf)}
            </dl>
            {or_nothing(found)}
            {notes}
            <Photos names=photos />
        </div>
    }
}

/// How an amount is known; nothing to say of what is counted.
fn way(catalog: &Catalog, words: Words, line: &LineView) -> Option<String> {
    let is_counted = || {
        let unit = catalog.unit(&line.unit);
        unit.is_none_or(|unit| unit.measures == Measure::Count)
    };
    let word = match line.measured {
        Measured::Patches if !line.patches.is_empty() => return Some(patches(words, line)),
        Measured::Typed if !is_counted() => task::known_typed,
        Measured::Drawn => task::known_drawn,
        Measured::Along => task::known_along,
        Measured::Patches => task::patches,
        Measured::Tracked => task::known_tracked,
        Measured::Typed | Measured::Counted | Measured::Other(_) => return None,
    };
    Some(words.say(word).to_owned())
}

/// Each patch of a sum: 2.5 × 1.2 m + 1 × 3 m.
fn patches(words: Words, line: &LineView) -> String {
    let locale = words.get_locale();
    let side = |side: &Quantity| side.to_string();
    let each = line.patches.iter().map(|patch| {
        let length = format::decimal(locale, &side(&patch.length));
        format!("{length} × {}", format::metres(locale, &side(&patch.width)))
    });
    each.collect::<Vec<_>>().join(" + ")
}
