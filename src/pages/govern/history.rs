//! Who set what, when, and what stood there before.

use super::hand::Hand;
use crate::{
    components::{
        button::Button,
        icon::lu,
        live::{live, or_nothing},
    },
    locales::{Words, t, t_string, use_words},
    state::{format, naming, prefs::Prefs, session::Session},
    worker::protocol::{SettingRow, SettingsList},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::Catalog,
    settings::{Standing, What, told},
};

/// All that was set, the last first.
#[component]
pub fn History(
    /// All that was set.
    list: RwSignal<Option<SettingsList>>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let hand = expect_context::<Hand>();
    let rows = live(move || {
        let (list, catalog) = (list.get()?, session.catalog.get()?);
        if list.rows.is_empty() {
            return Some(
                view! { <p class="small muted">{t!(words, govern.no_history)}</p> }.into_any(),
            );
        }
        let row = |row: SettingRow| {
            let about = about(words, &catalog, &row.what);
            let nothing = || t_string!(words, govern.nothing).to_string();
            let (was, is) = (row.was.as_deref(), Some(&*row.is));
            let value = |json: Option<&str>| json.and_then(told).unwrap_or_else(nothing);
            let change = format!("{} → {}", value(was), value(is));
            let who = format!(
                "{} · {}",
                format::moment(locale.get(), &row.at.to_string()),
                row.by
            );
            let said = match row.standing {
                Standing::TakenBack => Some(t!(words, govern.taken_back)),
                Standing::Refused => Some(t!(words, govern.refused)),
                Standing::Stands if row.is_idle => Some(t!(words, govern.idle)),
                Standing::Stands => None,
            };
            let can_undo = list.may_set && row.standing == Standing::Stands;
            let event = row.event;
            let undo = can_undo.then(|| {
                view! {
                    <Button icon=lu::LuUndo2 on_press=move |()| hand.take_back(event)>
                        {t!(words, govern.take_back)}
                    </Button>
                }
            });
            view! {
                <li class="stack">
                    <span>{about} ": " <strong>{change}</strong></span>
                    <span class="small muted">{who}</span>
                    {or_nothing(said.map(|said| view! { <span class="small">{said}</span> }))}
                    {or_nothing(undo)}
                </li>
            }
        };
        let rows = list.rows.iter().cloned().map(row).collect_view();
        Some(view! { <ol class="settings-list history">{rows}</ol> }.into_any())
    });
    view! {
        <section class="section">
            <h3>{t!(words, govern.history)}</h3>
            {rows}
        </section>
    }
}

/// What a setting is about, in words.
fn about(words: Words, catalog: &Catalog, what: &What) -> String {
    let locale = words.get_locale();
    let crew = |id: &mendmap_core::catalog::CrewId| naming::crew(catalog, locale, &id.0);
    match what {
        What::Plan { work, year } => {
            let work = naming::work(catalog, locale, work);
            t_string!(words, govern.of_plan, work = work, year = year)
        }
        What::PerYear { work } => {
            let work = naming::work(catalog, locale, work);
            t_string!(words, govern.of_cycle, work = work)
        }
        What::Hours { work, .. } => {
            let work = naming::work(catalog, locale, work);
            t_string!(words, govern.of_limit, work = work)
        }
        What::Crew { crew: id } => t_string!(words, govern.of_crew, crew = crew(id)),
        What::CrewZh { crew: id } | What::CrewEn { crew: id } => {
            t_string!(words, govern.of_name, crew = crew(id))
        }
        What::Other { path } => path.clone(),
    }
}
