//! The map page's panel: what is in view, the legend, and at first how it works.

use super::{
    legend::Legend,
    listed::{Listed, PORTION},
};
use crate::{
    components::{
        button::{Button, Weight},
        choice::Segments,
        icon::lu,
        live::{When, maybe},
        notice::{Banner, Progress, Tone},
        panel::Panel,
        sheet::{Height, SheetState},
        trouble::TroubleThere,
    },
    locales::{keys::map, t, t_string, use_words},
    state::{
        asking, effect::on_change, format, keys::Dialogs, media, place::Place, prefs::Prefs,
        session::Session,
    },
    worker::protocol::Nearest,
};
use leptos::prelude::*;
use mendmap_core::city::Near;

/// The panel of the map page.
#[component]
pub fn Browse() -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let legend = RwSignal::new(false);
    let count = RwSignal::new(PORTION);
    let near = asking::follow(session, move || {
        session.layers.track();
        let (at, within) = place.around()?;
        Some(Nearest {
            at,
            count: count.get(),
            within,
            visible: place.visible.get(),
        })
    })
    .good;
    // Elsewhere the list begins anew.
    on_change(
        move || place.center.track(),
        move || {
            if count.get() != PORTION {
                count.set(PORTION);
            }
        },
    );
    let title = Signal::derive(move || {
        if place.no_map.get() {
            return t_string!(words, map.nearby).to_string();
        }
        // Before anything has come there is nothing to count.
        let counted = near.with(|near| near.as_ref().map(|near| near.total));
        match counted.filter(|n| *n > 0 || session.ready.get()) {
            None => t_string!(words, common.loading).to_string(),
            Some(1) => t_string!(words, map.in_view_one).to_string(),
            Some(n) => t_string!(words, map.in_view_count, n = format::count(locale.get(), n)),
        }
    });
    let listed = place.say(words, map::in_view, map::nearby);
    let listed_near = while_seen(near, place);
    let options = vec![(false, listed), (true, t!(words, map.legend))];
    let add = expect_context::<Dialogs>().add;
    // Without a map there is nowhere for it to float.
    let foot = move || {
        view! {
            <When is=move || place.no_map.get()>
                <Button
                    weight=Weight::Primary
                    icon=lu::LuPlus
                    on_press=move |()| add.set(true)
                >
                    {t!(words, map.add)}
                </Button>
            </When>
        }
    };
    view! {
        <Panel title=title name="map" foot=foot>
            <div class="stack">
                <CityState />
                <super::device::Insecure />
                <Hint />
                <Segments
                    options=options
                    chosen=legend
                    on_choose=move |on| legend.set(on)
                    label=listed
                />
                <When
                    is=move || legend.get()
                    otherwise=move || view! { <Listed near=listed_near count=count /> }
                >
                    <Legend />
                </When>
            </div>
        </Panel>
    }
}

/// What a list shows of what is near. A sheet that is small hides its list, which then stays as it
/// was: making thirty lines anew at the end of each swipe is felt in the next one.
fn while_seen(near: RwSignal<Option<Near>>, place: Place) -> Signal<Option<Near>> {
    let sheet = expect_context::<SheetState>();
    let desk = media::matches(media::DESK);
    let hides = Memo::new(move |_| {
        sheet.height.get() == Height::Peek && !desk.get() && !place.no_map.get()
    });
    let seen = Memo::new(
        move |last: Option<&Option<Near>>| match last.cloned().flatten() {
            Some(last) if hides.get() && !last.hits.is_empty() => Some(last),
            _ => near.get(),
        },
    );
    seen.into()
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
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let first = place.say(words, map::hint_1, map::hint_1_list);
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
                    <li>{first}</li>
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
