//! How often work falls due, and how long it may take.

use super::entry::{Entry, EntryProps};
use crate::{
    components::keyed::{Keyed, Line},
    locales::{t, t_string, use_words},
    state::{prefs::Prefs, session::Session},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Catalog, Label},
    settings::What,
};
use std::sync::Arc;

/// Settings, each with the names that make up what it is called.
type Named = Vec<(What, Vec<Label>)>;

/// Both, for the kinds of work that have the one or the other.
#[component]
pub fn Rhythm() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let list = move |of: fn(&Catalog) -> Named, unit: Signal<String>| {
        let lines = Signal::derive(move || {
            let all = session
                .catalog
                .with(|catalog| catalog.as_deref().map(of).unwrap_or_default());
            let line = |(what, names)| line(what, names, unit);
            all.into_iter().map(line).collect()
        });
        view! {
            <ul class="settings-list">
                <Keyed lines=lines />
            </ul>
        }
    };
    let times = Signal::derive(move || t_string!(words, govern.per_year).to_string());
    let hours = Signal::derive(move || t_string!(words, govern.hours).to_string());
    view! {
        <section class="section">
            <h3>{t!(words, govern.cycles)}</h3>
            <p class="help">{t!(words, govern.cycles_hint)}</p>
            {list(cycles, times)}
        </section>
        <section class="section">
            <h3>{t!(words, govern.limits)}</h3>
            <p class="help">{t!(words, govern.limits_hint)}</p>
            {list(limits, hours)}
        </section>
    }
}

fn cycles(catalog: &Catalog) -> Named {
    let kinds = catalog.work_kinds.iter();
    let cycled = kinds.filter(|kind| kind.cycle.as_ref().is_some_and(|c| c.per_year.is_some()));
    let per_year = cycled.map(|kind| {
        let work = kind.id.clone();
        (What::PerYear { work }, vec![kind.label.clone()])
    });
    per_year.collect()
}

fn limits(catalog: &Catalog) -> Named {
    let mut all = Vec::new();
    for kind in &catalog.work_kinds {
        for (limit, of) in (0..).zip(&kind.limits) {
            if of.hours.is_some() {
                let work = kind.id.clone();
                let names = vec![kind.label.clone(), of.when.clone()];
                all.push((What::Hours { work, limit }, names));
            }
        }
    }
    all
}

fn line(what: What, names: Vec<Label>, unit: Signal<String>) -> Line {
    let key = what.path();
    let make = move || {
        let locale = expect_context::<Prefs>().locale;
        let names = names.clone();
        let label = Signal::derive(move || {
            let names: Vec<String> = names.iter().map(|name| locale.get().pick(name)).collect();
            names.join(" · ")
        });
        let props = EntryProps::builder().what(what.clone()).label(label);
        Entry(props.unit(unit).build()).into_any()
    };
    Line {
        key,
        make: Arc::new(make),
    }
}
