//! What is planned of each kind of work for a year.

use super::entry::{Entry, EntryProps};
use crate::{
    components::{
        choice::Segments,
        keyed::{Keyed, Line},
    },
    locales::{t, use_words},
    state::{format, prefs::Prefs, session::Session},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Label, UnitId, WorkKindId},
    settings::What,
};
use std::sync::Arc;

/// The plan of a year: the last, this or the next.
#[component]
pub fn Plan() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let now: u16 = format::today()
        .get(..4)
        .and_then(|year| year.parse().ok())
        .unwrap_or(2000);
    let year = RwSignal::new(now);
    let years = [now - 1, now, now + 1].map(|year| (year, Signal::stored(year.to_string())));
    let lines = Signal::derive(move || {
        let year = year.get();
        let kinds = session.catalog.with(|catalog| {
            let kinds = catalog.iter().flat_map(|catalog| &catalog.work_kinds);
            let kinds = kinds.map(|kind| (kind.id.clone(), kind.label.clone(), kind.unit.clone()));
            kinds.collect::<Vec<_>>()
        });
        kinds.into_iter().map(|of| line(of, year)).collect()
    });
    view! {
        <section class="section">
            <h3>{t!(words, govern.plan)}</h3>
            <p class="help">{t!(words, govern.plan_hint)}</p>
            <Segments
                options=years.to_vec()
                chosen=year
                on_choose=move |chosen| year.set(chosen)
                label=t!(words, govern.year)
            />
            <ul class="settings-list">
                <Keyed lines=lines />
            </ul>
        </section>
    }
}

fn line((work, label, unit): (WorkKindId, Label, UnitId), year: u16) -> Line {
    let key = format!("{work}/{year}");
    let make = move || {
        let session = expect_context::<Session>();
        let locale = expect_context::<Prefs>().locale;
        let what = What::Plan {
            work: work.clone(),
            year,
        };
        let (label, unit) = (label.clone(), unit.clone());
        let unit = Signal::derive(move || {
            session.catalog.with(|catalog| {
                let unit = catalog.as_ref().and_then(|catalog| catalog.unit(&unit));
                unit.map(|unit| locale.get().pick(&unit.label))
                    .unwrap_or_default()
            })
        });
        let label = Signal::derive(move || locale.get().pick(&label));
        let props = EntryProps::builder().what(what).label(label).unit(unit);
        Entry(props.build()).into_any()
    };
    Line {
        key,
        make: Arc::new(make),
    }
}
