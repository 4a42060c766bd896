//! The city's layers: what each holds, what was wrong with its file, and files of
//! one's own.

use super::{at_desk::own_layer, legend::LayerSwitch, problems::Problems};
use crate::{
    components::{
        icon::{Lucide, lu},
        live::{When, live, or_nothing},
        notice::{Banner, Tone},
        panel::Panel,
        trouble::TroubleBanner,
    },
    locales::{keys::trouble, t, t_string, use_words},
    state::{format, prefs::Prefs, session::Session},
    worker::protocol::LayerState,
};
use leptos::prelude::*;
use mendmap_core::catalog::{CatalogProblem, LayerFile, Remedy};

/// The layers page.
#[component]
pub fn LayersPage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let list = move |heart: bool| {
        live(move || {
            let catalog = session.catalog.get();
            let layers = catalog.iter().flat_map(|c| c.layers_by_heart(heart));
            let rows: Vec<_> = layers
                .map(|layer| view! { <li><Layer layer=layer.clone() /></li> })
                .collect();
            view! { <ul class="rows">{rows}</ul> }
        })
    };
    view! {
        <Panel
            title=t!(words, layers.title)
            name="layers"
        >
            <div class="stack">
                <super::browse::CityState />
                <CatalogProblems />
                <section class="section">
                    <h3>{t!(words, layers.heart)}</h3>
                    {list(true)}
                </section>
                <details class="fold">
                    <summary>
                        <Lucide icon=lu::LuChevronRight small=true />
                        {t!(words, layers.others)}
                    </summary>
                    {list(false)}
                </details>
                {own_layer()}
            </div>
        </Panel>
    }
}

/// What of the catalogue had to be left out or mended, by its place in the file.
#[component]
fn CatalogProblems() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let title = Signal::derive(move || {
        let n = format::count(locale.get(), session.catalog_problems.with(Vec::len));
        t_string!(words, trouble.c_problems, n = n)
    });
    let lines = move || {
        let line = |problem: CatalogProblem| {
            let remedy = words.live(match problem.remedy {
                Remedy::EntryLeftOut => trouble::c_entry_left_out,
                Remedy::PartLeftOut => trouble::c_part_left_out,
                Remedy::Replaced => trouble::c_replaced,
                Remedy::Kept => trouble::c_kept,
            });
            // The place and what is wrong with it are for whoever edits the file.
            view! { <li><span lang="en">{problem.to_string()}</span> " · " {remedy}</li> }
        };
        let problems = session.catalog_problems.get().into_iter();
        problems.map(line).collect_view()
    };
    view! {
        <When is=move || !session.catalog_problems.with(Vec::is_empty)>
            <Banner tone=Tone::Warn title=title>
                <p>{t!(words, trouble.c_problems_hint)}</p>
                <ul class="bullets small">{live(lines)}</ul>
            </Banner>
        </When>
    }
}

/// A layer with its switch and what reading it said.
#[component]
fn Layer(layer: LayerFile) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let id = layer.id.clone();
    let state = Memo::new(move |_| {
        session
            .layers
            .with(|layers| layers.iter().find(|l| l.layer == id).cloned())
    });
    let said = live(move || match state.get() {
        None => view! { <p class="small muted">{t!(words, layers.waiting)}</p> }.into_any(),
        Some(LayerState {
            trouble: Some(trouble),
            ..
        }) => view! { <TroubleBanner trouble=trouble /> }.into_any(),
        Some(LayerState {
            report: Some(report),
            own,
            ..
        }) => view! {
            {or_nothing(own.map(|_| view! { <p class="small">{t!(words, layers.own)}</p> }))}
            <Problems report=report />
        }
        .into_any(),
        Some(_) => ().into_any(),
    });
    view! {
        <LayerSwitch layer=layer />
        {said}
    }
}
