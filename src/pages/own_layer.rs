//! A GeoJSON file of one's own in place of a layer's features.

use super::problems::Problems;
use crate::{
    components::{
        button::Button,
        choice::{Group, Select},
        field::Field,
        file_button::FileButton,
        icon::{Lucide, lu},
        live::{live, maybe},
        outcome::Outcome,
        trouble::TroubleBanner,
    },
    locales::{t, t_string, use_words},
    state::{announce::Announcer, files, prefs::Prefs, session::Session},
    worker::protocol::{ReplaceLayer, RestoreLayer, Trouble},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{catalog::LayerId, city::Report};
use web_sys::{DragEvent, File};

/// What became of the file that was given.
#[derive(Clone)]
enum Given {
    Reading(String),
    Done(String, Report),
    Failed(Trouble),
}

/// The form to give a file.
#[component]
pub fn OwnLayer() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let announcer = expect_context::<Announcer>();
    let locale = expect_context::<Prefs>().locale;
    let layer = RwSignal::new(String::new());
    let given = RwSignal::new(None::<Given>);
    let over = RwSignal::new(false);
    let groups = Signal::derive(move || -> Vec<Group> {
        let locale = locale.get();
        let none = (
            String::new(),
            t_string!(words, layers.add_kind_choose).to_string(),
        );
        let layers = session.catalog.with(|c| {
            let layers = c.iter().flat_map(|c| &c.layers);
            layers
                .map(|l| (l.id.0.clone(), locale.pick(&l.label)))
                .collect::<Vec<_>>()
        });
        vec![(String::new(), std::iter::once(none).chain(layers).collect())]
    });
    let none_chosen = move || layer.with(String::is_empty);
    let give = move |file: File| {
        let name = file.name();
        let layer = LayerId(layer.get_untracked());
        given.set(Some(Given::Reading(name.clone())));
        spawn_local(async move {
            let end = match replace(session, layer, &file).await {
                Ok(report) => Given::Done(name, report),
                Err(trouble) => Given::Failed(trouble),
            };
            if let Given::Done(name, report) = &end {
                let done = report.loaded > 0;
                announcer.say(if done {
                    t_string!(words, layers.add_done, name = name)
                } else {
                    t_string!(words, layers.add_failed, name = name)
                });
            }
            given.try_set(Some(end));
        });
    };
    let drop = move |ev: DragEvent| {
        ev.prevent_default();
        over.set(false);
        let file = ev
            .data_transfer()
            .and_then(|data| data.files())
            .and_then(|files| files.get(0));
        if let (Some(file), false) = (file, none_chosen()) {
            give(file);
        }
    };
    let restore = move |id: LayerId| {
        spawn_local(async move {
            let end = session.ask(RestoreLayer { layer: id }).await;
            session.settle();
            given.try_set(end.err().map(Given::Failed));
        });
    };
    let own = live(move || {
        let layers = session.layers.get();
        let own = layers.into_iter().filter(|l| l.own);
        own.map(|state| {
            let id = state.layer.clone();
            let name = session.catalog.with(|c| {
                let layers = c.iter().flat_map(|c| &c.layers);
                let mut layers = layers.filter(|l| l.id == state.layer);
                layers.next().map(|l| locale.get().pick(&l.label))
            });
            view! {
                <Button icon=lu::LuRotateCcw on_press=move |()| restore(id.clone())>
                    {name} " · " {t!(words, layers.remove_own)}
                </Button>
            }
        })
        .collect_view()
    });
    let give_all = move |files: Vec<File>| files.into_iter().for_each(give);
    view! {
        <section class="section">
            <h3>{t!(words, layers.add_title)}</h3>
            <p class="small muted">{t!(words, layers.add_hint)}</p>
            <Field
                id="own-layer"
                label=t!(words, layers.add_kind)
            >
                <Select id="own-layer" groups=groups value=layer on_choose=move |id| layer.set(id) />
            </Field>
            <div
                class="drop"
                class:over=over
                on:dragover=move |ev: DragEvent| {
                    ev.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=drop
            >
                <Lucide icon=lu::LuFileUp />
                <FileButton
                    accept=".geojson,.json,application/geo+json,application/json"
                    disabled=Signal::derive(none_chosen)
                    on_files=give_all
                >
                    {t!(words, layers.add_choose)}
                </FileButton>
                <span class="small muted">{t!(words, layers.add_drop)}</span>
            </div>
            {maybe(move || given.get().map(|given| view! { <Outcome><Became given=given /></Outcome> }))}
            {own}
        </section>
    }
}

#[component]
fn Became(given: Given) -> impl IntoView {
    let words = use_words();
    match given {
        Given::Reading(name) => view! {
            <p role="status">{t_string!(words, layers.add_reading, name = name)}</p>
            <progress aria-label=t!(words, common.loading)></progress>
        }
        .into_any(),
        Given::Failed(trouble) => view! { <TroubleBanner trouble=trouble /> }.into_any(),
        Given::Done(name, report) => {
            let said = if report.loaded > 0 {
                t_string!(words, layers.add_done, name = name)
            } else {
                t_string!(words, layers.add_failed, name = name)
            };
            let counts = t_string!(
                words,
                layers.loaded,
                read = report.read,
                loaded = report.loaded
            );
            view! {
                <div class="card" role="status">
                    <strong>{said}</strong>
                    <p>{counts}</p>
                    <Problems report=report />
                </div>
            }
            .into_any()
        }
    }
}

async fn replace(session: Session, layer: LayerId, file: &File) -> Result<Report, Trouble> {
    let unreadable = || Trouble::NotThere { what: file.name() };
    let bytes = files::bytes(file).await.map_err(|_| unreadable())?;
    let end = session.ask_with(ReplaceLayer { layer }, bytes).await;
    session.settle();
    end
}
