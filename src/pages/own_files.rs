//! The layers that a file of one's own stands for, and the way back.

use crate::{
    components::{
        button::Button,
        icon::lu,
        live::{live, maybe, or_nothing},
        trouble::TroubleBanner,
    },
    locales::{t, t_string, use_words},
    state::{format, prefs::Prefs, session::Session},
    worker::protocol::{Back, RestoreLayer, Trouble},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::catalog::LayerId;

/// Each with its file, since when, and how to give it up.
#[component]
pub fn OwnFiles() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let trouble = RwSignal::new(None::<Trouble>);
    let restore = move |layer: LayerId, back: Back| {
        spawn_local(async move {
            let end = session.ask(RestoreLayer { layer, back }).await;
            session.settle();
            trouble.try_set(end.err());
        });
    };
    let own = live(move || {
        let layers = session.layers.get().into_iter();
        let own = layers.filter_map(|layer| Some((layer.layer, layer.own?)));
        own.map(|(id, own)| {
            let locale = locale.get();
            let name = session.catalog.with(|c| {
                let layers = c.iter().flat_map(|c| &c.layers);
                let mut layers = layers.filter(|l| l.id == id);
                layers.next().map(|l| locale.pick(&l.label))
            });
            let since = (!own.at.is_empty()).then(|| {
                let at = format::moment(locale, &own.at);
                t_string!(words, layers.own_since, name = own.name, at = at)
            });
            let (city, before) = (id.clone(), id);
            view! {
                <div class="stack">
                    <p class="small">{name} " · " {since}</p>
                    <div class="buttons">
                        {or_nothing(own.has_before.then(|| view! {
                            <Button
                                icon=lu::LuUndo2
                                on_press=move |()| restore(before.clone(), Back::ToBefore)
                            >
                                {t!(words, layers.restore_before)}
                            </Button>
                        }))}
                        <Button
                            icon=lu::LuRotateCcw
                            on_press=move |()| restore(city.clone(), Back::ToCity)
                        >
                            {t!(words, layers.remove_own)}
                        </Button>
                    </div>
                </div>
            }
        })
        .collect_view()
    });
    let failed = move || {
        let trouble = trouble.get()?;
        Some(view! { <TroubleBanner trouble=trouble /> })
    };
    view! {
        {own}
        {maybe(failed)}
    }
}
