//! The map page's panel: what is in view, the legend, and at first how it works.

use super::legend::Legend;
use crate::{
    components::{
        asset_row::AssetRow,
        button::{Button, Weight},
        choice::Segments,
        icon::lu,
        live::{When, maybe, or_nothing},
        notice::{Banner, Empty, Progress, Tone},
        panel::Panel,
        trouble::TroubleThere,
    },
    locales::{t, t_string, use_words},
    state::{asking, format, place::Place, prefs::Prefs, session::Session},
    worker::protocol::{InView, Nearest},
};
use leptos::prelude::*;

/// Assets listed at most: those nearest to the middle of the map.
const LISTED: usize = 30;

/// The panel of the map page.
#[component]
pub fn Browse() -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let legend = RwSignal::new(false);
    let seen = asking::follow(session, move || {
        session.layers.track();
        Some(InView {
            bounds: place.bounds.get()?,
            visible: place.visible.get(),
            limit: 0,
        })
    })
    .good;
    let title = Signal::derive(move || {
        // Before anything has come there is nothing to count.
        let counted = seen.with(|seen| seen.as_ref().map(|seen| seen.total));
        let Some(n) = counted.filter(|n| *n > 0 || session.ready.get()) else {
            return match place.no_map.get() {
                true => t_string!(words, map.nearby).to_string(),
                false => t_string!(words, common.loading).to_string(),
            };
        };
        t_string!(words, map.in_view_count, n = format::count(locale.get(), n))
    });
    let options = vec![
        (false, t!(words, map.in_view)),
        (true, t!(words, map.legend)),
    ];
    view! {
        <Panel title=title name="map">
            <div class="stack">
                <CityState />
                <super::device::Insecure />
                <Hint />
                <Segments
                    options=options
                    chosen=legend
                    on_choose=move |on| legend.set(on)
                    label=t!(words, map.in_view)
                />
                <When is=move || legend.get() otherwise=|| view! { <Listed /> }>
                    <Legend />
                </When>
            </div>
        </Panel>
    }
}

/// How the loading of the city goes, and what went wrong with it.
#[component]
pub fn CityState() -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let progress = maybe(move || {
        let loading = session.loading.get()?;
        let share = loading
            .total
            .filter(|total| *total > 0)
            .map(|total| loading.bytes as f64 / total as f64);
        let name = session.catalog.with(|catalog| {
            let layers = &catalog.as_ref()?.layers;
            layers
                .iter()
                .find(|l| l.id == loading.layer)
                .map(|l| locale.get().pick(&l.label))
        });
        let done = format::bytes(locale.get(), loading.bytes as f64);
        let label = t_string!(
            words,
            common.loading_layer,
            layer = name.unwrap_or_default(),
            done = done
        );
        Some(view! { <Progress share=share label=label /> })
    });
    let no_map = t!(words, map.no_webgl);
    view! {
        <When is=move || place.no_map.get()>
            <Banner tone=Tone::Warn title=no_map>
                <p>{t!(words, map.no_webgl_why)}</p>
            </Banner>
        </When>
        <TroubleThere trouble=session.trouble retry=Callback::new(move |()| session.open()) />
        {progress}
    }
}

/// How it works, until it was read or work was plotted.
#[component]
fn Hint() -> impl IntoView {
    let words = use_words();
    let hint = expect_context::<Prefs>().hint;
    let session = expect_context::<Session>();
    let is_new = move || {
        session
            .me
            .with(|me| me.as_ref().is_none_or(|me| me.events == 0))
    };
    view! {
        <When is=move || hint.get() && is_new()>
            <div class="card">
                <h3>{t!(words, map.hint_title)}</h3>
                <ol class="steps">
                    <li>{t!(words, map.hint_1)}</li>
                    <li>{t!(words, map.hint_2)}</li>
                    <li>{t!(words, map.hint_3)}</li>
                </ol>
                <Button weight=Weight::Quiet icon=lu::LuCheck on_press=move |()| hint.set(false)>
                    {t!(words, map.hint_got)}
                </Button>
            </div>
        </When>
    }
}

/// The list that mirrors the map; without a map, what is nearby.
#[component]
fn Listed() -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let near = asking::follow(session, move || {
        session.layers.track();
        let at = if place.no_map.get() {
            place.origin()
        } else {
            place.center.get()
        };
        Some(Nearest {
            at: at?,
            count: LISTED,
            visible: place.visible.get(),
        })
    })
    .good;
    let listed = Memo::new(move |_| {
        let bounds = place.bounds.get();
        let hits = near.get()?;
        let inside = hits.into_iter().filter(|hit| {
            bounds.is_none_or(|b| {
                let at = hit.asset.at;
                (b.west..=b.east).contains(&at.lon) && (b.south..=b.north).contains(&at.lat)
            })
        });
        Some(inside.collect::<Vec<_>>())
    });
    maybe(move || {
        let hits = listed.get()?;
        Some(if hits.is_empty() && session.ready.get() {
            let title = t_string!(words, map.in_view_none).to_string();
            let hint = t_string!(words, map.in_view_none_hint).to_string();
            view! { <Empty icon=lu::LuMap title=title hint=hint /> }.into_any()
        } else {
            let rows: Vec<_> = hits
                .into_iter()
                .map(|hit| view! { <li><AssetRow asset=hit.asset metres=hit.metres /></li> })
                .collect();
            let capped = (rows.len() == LISTED && !place.no_map.get()).then(|| {
                let n = format::count(locale.get(), LISTED);
                view! { <p class="small muted">{t_string!(words, map.in_view_listed, n = n)}</p> }
            });
            view! {
                {or_nothing(capped)}
                <ul class="rows">{rows}</ul>
            }
            .into_any()
        })
    })
}
