//! The crews: what they are called, those that come, those that go.

use super::{
    entry::{Entry, EntryProps},
    hand::Hand,
};
use crate::{
    components::{
        button::Button,
        choice::TickRow,
        field::{Field, describes},
        icon::lu,
        keyed::{Keyed, Line},
    },
    locales::{t, use_words},
    state::{prefs::Prefs, session::Session},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{CrewId, FamilyId},
    settings::{What, new_crew},
};
use std::sync::Arc;

/// The crews, and a form for one more.
#[component]
pub fn Crews() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let ids = Memo::new(move |_| {
        session.catalog.with(|catalog| {
            let crews = catalog.iter().flat_map(|catalog| &catalog.crews);
            crews.map(|crew| crew.id.clone()).collect::<Vec<_>>()
        })
    });
    let lines = Signal::derive(move || {
        let lines = ids.get().into_iter().map(|crew| Line {
            key: crew.0.clone(),
            make: Arc::new(move || crew_lines(crew.clone())),
        });
        lines.collect()
    });
    view! {
        <section class="section">
            <h3>{t!(words, govern.crews)}</h3>
            <ul class="settings-list">
                <Keyed lines=lines />
            </ul>
            <details class="fold">
                <summary>{t!(words, govern.crew_add)}</summary>
                <NewCrew />
            </details>
        </section>
    }
}

fn crew_lines(crew: CrewId) -> AnyView {
    let words = use_words();
    let hand = expect_context::<Hand>();
    let (zh, en) = (crew.clone(), crew.clone());
    let (zh, en) = (What::CrewZh { crew: zh }, What::CrewEn { crew: en });
    let entry = |what: What, label: Signal<String>| {
        Entry(EntryProps::builder().what(what).label(label).build())
    };
    let zh = entry(zh, t!(words, govern.crew_zh));
    let en = entry(en, t!(words, govern.crew_en));
    let wrong = RwSignal::new(None::<String>);
    let remove = move |()| {
        let what = What::Crew { crew: crew.clone() };
        hand.set(what, "null".into(), move |why| {
            wrong.try_set(why);
        });
    };
    view! {
        <div class="stack">
            {zh} {en} <Button icon=lu::LuTrash2 on_press=remove>
                {t!(words, govern.crew_remove)}
            </Button>
            <span class="error" aria-live="polite">
                {wrong}
            </span>
        </div>
    }
    .into_any()
}

#[component]
fn NewCrew() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let hand = expect_context::<Hand>();
    let (zh, en) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let chosen = RwSignal::new(Vec::<FamilyId>::new());
    let wrong = RwSignal::new(None::<String>);
    let families = move || {
        let families = session.catalog.with(|catalog| {
            let families = catalog.iter().flat_map(|catalog| &catalog.families);
            families.cloned().collect::<Vec<_>>()
        });
        let tick = |family: mendmap_core::catalog::Family| {
            let (id, label) = (family.id, family.label);
            let of = id.clone();
            let on = Signal::derive(move || chosen.with(|chosen| chosen.contains(&of)));
            let turn = move |on: bool| {
                chosen.update(|chosen| {
                    chosen.retain(|known| *known != id);
                    if on {
                        chosen.push(id.clone());
                    }
                });
            };
            let label = Signal::derive(move || locale.get().pick(&label));
            view! { <TickRow on=on on_turn=turn label=label /> }
        };
        families.into_iter().map(tick).collect_view()
    };
    let add = move |()| {
        let made = session.catalog.with_untracked(|catalog| {
            let catalog = catalog.as_ref()?;
            let (zh, en) = (zh.get_untracked(), en.get_untracked());
            new_crew(catalog, zh.trim(), en.trim(), &chosen.get_untracked())
        });
        let Some((what, json)) = made else { return };
        hand.set(what, json, move |why| {
            if why.is_none() {
                zh.try_set(String::new());
                en.try_set(String::new());
                chosen.try_set(Vec::new());
            }
            wrong.try_set(why);
        });
    };
    let name = |id: &'static str, value: RwSignal<String>| {
        view! {
            <input
                id=id
                class="input"
                type="text"
                autocomplete="off"
                maxlength="60"
                aria-describedby=describes(id)
                prop:value=value
                on:input:target=move |ev| value.set(ev.target().value())
            />
        }
    };
    view! {
        <div class="stack">
            <Field id="new-crew-zh" label=t!(words, govern.crew_zh)>
                {name("new-crew-zh", zh)}
            </Field>
            <Field id="new-crew-en" label=t!(words, govern.crew_en) error=wrong>
                {name("new-crew-en", en)}
            </Field>
            <fieldset>
                <legend>{t!(words, govern.crew_families)}</legend>
                {crate::components::live::live(families)}
            </fieldset>
            <Button icon=lu::LuPlus on_press=add>
                {t!(words, govern.crew_add)}
            </Button>
        </div>
    }
}
