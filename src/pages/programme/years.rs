//! A programme in figures: year by year, and a year by what its assets are.

use super::Shown;
use crate::{
    components::live::{live, maybe, or_nothing},
    locales::{Words, t, t_string, use_words},
    state::{format, naming, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::{FigureRow, PartRow, YearRow},
};
use leptos::prelude::*;
use mendmap_core::catalog::{Catalog, Nature, Programme, WorkKind};

/// The kinds of work of a programme.
fn works<'c>(catalog: &'c Catalog, programme: &Programme) -> Vec<&'c WorkKind> {
    let works = programme.works.iter();
    works.filter_map(|work| catalog.work_kind(work)).collect()
}

/// What the columns of figures are called: of what is cumulative there are two.
fn heads(catalog: &Catalog, programme: &Programme, words: Words) -> Vec<String> {
    let mut heads = Vec::new();
    for kind in works(catalog, programme) {
        let name = words.get_locale().pick(&kind.label);
        let in_all = t_string!(words, programme.in_all, work = name);
        heads.push(name);
        heads.extend((kind.nature == Nature::Cumulative).then_some(in_all));
    }
    heads
}

/// Its years, the last first, each a way to what is of it.
#[component]
pub fn Years(
    /// What is shown.
    shown: Shown,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let table = live(move || {
        let (catalog, programme) = (session.catalog.get()?, shown.programme.get()?);
        let years = shown.view.with(|view| Some(view.as_ref()?.years.clone()))?;
        let heads = heads(&catalog, &programme, words);
        let heads = heads
            .into_iter()
            .map(|head| view! { <th scope="col">{head}</th> });
        let heads = heads.collect_view();
        let figure = |row: &FigureRow| {
            let said = |digits: &Option<String>| {
                let digits = digits.as_deref();
                digits.map_or_else(
                    || "–".into(),
                    |digits| format::decimal(locale.get(), digits),
                )
            };
            let planned = row.planned.as_deref().map(|planned| {
                let n = format::decimal(locale.get(), planned);
                t_string!(words, programme.planned, n = n)
            });
            let in_all = row.in_all.is_some().then(|| said(&row.in_all));
            view! {
                <td class="n">
                    {said(&row.in_year)}
                    {or_nothing(planned.map(|text| view! { <span class="small muted">{text}</span> }))}
                </td>
                {or_nothing(in_all.map(|text| view! { <td class="n">{text}</td> }))}
            }
        };
        let row = |row: &YearRow| {
            let figures = row.figures.iter().map(figure).collect_view();
            view! {
                <tr>
                    <th scope="row"><Year year=row.year shown=shown /></th>
                    {figures}
                </tr>
            }
        };
        let rows = years.iter().map(row).collect_view();
        Some(view! {
            <div class="scrolls" role="region" tabindex="0" aria-label=t!(words, programme.years)>
                <table class="figures years">
                    <caption>{t!(words, programme.years)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!(words, programme.year)}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        })
    });
    view! { <section class="section">{table}</section> }
}

/// The way to a year.
#[component]
fn Year(year: i16, shown: Shown) -> impl IntoView {
    let nav = expect_context::<Nav>();
    let is_shown = move || shown.year() == Some(year);
    view! {
        <button
            type="button"
            class="button plain"
            aria-pressed=move || is_shown().to_string()
            on:click=move |_| nav.take(shown.to(Some(year), None))
        >
            {year}
        </button>
    }
}

/// The figures of the year by the values of the programme's property, where it names one.
#[component]
pub fn Parts(
    /// What is shown.
    shown: Shown,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    maybe(move || {
        let (catalog, programme) = (session.catalog.get()?, shown.programme.get()?);
        let by = programme.by.clone()?;
        let (year, parts) = shown.view.with(|view| {
            let view = view.as_ref()?;
            Some((view.year, view.parts.clone()))
        })?;
        let locale = locale.get();
        let (name, _) = naming::property(&catalog, locale, &by, "");
        let caption = t_string!(words, programme.parts, year = year, name = name);
        let region = caption.clone();
        let heads = works(&catalog, &programme).into_iter();
        let heads = heads.map(|kind| view! { <th scope="col">{locale.pick(&kind.label)}</th> });
        let heads = heads.collect_view();
        let count = |n: usize| view! { <td class="n">{format::count(locale, n)}</td> };
        let row = |part: &PartRow| {
            let value = part.value.as_deref();
            let value = value.map(|value| naming::property(&catalog, locale, &by, value).1);
            let value = value.unwrap_or_else(|| t_string!(words, programme.no_value).into());
            let counted = part.counted.iter().map(|n| count(*n)).collect_view();
            view! {
                <tr>
                    <th scope="row">{value}</th>
                    {count(part.held)}
                    {counted}
                </tr>
            }
        };
        let rows = parts.iter().map(row).collect_view();
        Some(view! {
            <section class="section">
                <div class="scrolls" role="region" tabindex="0" aria-label=region>
                    <table class="figures parts">
                        <caption>{caption}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{name}</th>
                                <th scope="col">{t!(words, programme.held)}</th>
                                {heads}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        })
    })
}
