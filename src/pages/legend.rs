//! The legend: each layer with its symbol, its name, how many it holds and a
//! switch; the product's heart first, the rest folded away.

use crate::{
    components::{
        choice::SwitchRow,
        icon::{Lucide, lu},
        kind_icon::KindIcon,
        live::live,
    },
    locales::{t, use_words},
    state::{format, prefs::Prefs, session::Session},
};
use leptos::prelude::*;
use mendmap_core::catalog::LayerFile;

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
                .map(|layer| view! { <li><LayerSwitch layer=layer.clone() /></li> })
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
        </div>
    }
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
