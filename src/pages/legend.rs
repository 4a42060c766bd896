//! The legend: each layer with its symbols, its name, how many it holds and a
//! switch, the product's heart first, the rest folded away; then the states of work.

use crate::{
    components::{
        choice::SwitchRow,
        icon::{Lucide, lu},
        kind_icon::KindIcon,
        live::live,
        task_row::StateLabel,
    },
    glyphs::SpeckIcon,
    locales::{t, use_words},
    state::{format, prefs::Prefs, session::Session},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{AssetKind, GeometryType, LayerFile},
    task::State,
};

/// The legend.
#[component]
pub fn Legend() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let layers = move |heart: bool| {
        live(move || {
            let catalog = session.catalog.get();
            let layers = catalog.iter().flat_map(|c| c.layers_by_heart(heart));
            layers
                .map(|layer| {
                    view! {
                        <li>
                            <LayerSwitch layer=layer.clone() />
                            <Kinds layer=layer.clone() />
                        </li>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <div class="stack tight">
            <ul class="rows">{layers(true)}</ul>
            <details class="fold">
                <summary>
                    <Lucide icon=lu::LuChevronRight small=true />
                    {t!(words, map.legend_more)}
                </summary>
                <ul class="rows">{layers(false)}</ul>
            </details>
            <section class="section">
                <h3>{t!(words, map.legend_marks)}</h3>
                <ul class="states">{STATES.map(|state| view! { <li><StateLabel state=state /></li> })}</ul>
            </section>
        </div>
    }
}

/// What the map shows of work, from plotted to verified, and what needs a person.
const STATES: [State; 6] = [
    State::Open,
    State::UnderWay,
    State::Reported,
    State::Verified,
    State::Returned,
    State::Conflict,
];

/// The kinds of a layer: how each is drawn from close by, and where it has no room.
#[component]
fn Kinds(layer: LayerFile) -> impl IntoView {
    let locale = expect_context::<Prefs>().locale;
    let catalog = expect_context::<Session>().catalog.get_untracked();
    let kinds: Vec<AssetKind> = catalog
        .iter()
        .flat_map(|c| {
            layer
                .kinds
                .iter()
                .filter_map(|id| c.asset_kind(id).cloned())
        })
        .collect();
    let says_more = kinds.len() > 1 || kinds.iter().any(|k| k.geometry == GeometryType::Point);
    let line = move |kind: AssetKind| {
        let label = kind.label.clone();
        let speck = (kind.geometry == GeometryType::Point)
            .then(|| view! { <SpeckIcon symbol=kind.symbol.clone() /> });
        view! {
            <li>
                <KindIcon kind=kind>{speck}</KindIcon>
                {move || locale.get().pick(&label)}
            </li>
        }
    };
    says_more.then(
        || view! { <ul class="kinds small">{kinds.into_iter().map(line).collect_view()}</ul> },
    )
}

/// A layer's line, with its switch.
#[component]
pub fn LayerSwitch(
    /// The layer.
    layer: LayerFile,
) -> impl IntoView {
    let prefs = expect_context::<Prefs>();
    let session = expect_context::<Session>();
    let id = layer.id.clone();
    let by_default = layer.visible;
    let on = {
        let id = id.clone();
        Signal::derive(move || prefs.turned.with(|t| t.shows(&id.0, by_default)))
    };
    let count = {
        let id = id.clone();
        move || {
            let n = session.layers.with(|layers| {
                layers
                    .iter()
                    .find(|l| l.layer == id)?
                    .report
                    .as_ref()
                    .map(|r| r.loaded)
            });
            n.map(|n| format::count(prefs.locale.get(), n))
                .unwrap_or_default()
        }
    };
    let label = layer.label.clone();
    let kinds = session.catalog.get_untracked();
    let icon = kinds
        .as_ref()
        .and_then(|c| c.asset_kind(layer.kinds.first()?).cloned())
        .map(|kind| view! { <KindIcon kind=kind /> });
    view! {
        <SwitchRow on=on on_turn=move |_| prefs.turned.update(|t| t.turn(&id.0))>
            {icon}
            <span class="grow">{move || prefs.locale.get().pick(&label)}</span>
            <span class="small muted number">{move || count()}</span>
        </SwitchRow>
    }
}
