//! Files of one's own in place of layers: chosen or dropped, looked at one after the other, put in
//! place at a person's word.

use super::{file_look::FileLook, own_files::OwnFiles};
use crate::{
    components::{
        button::Button,
        choice::{Group, Select},
        field::Field,
        file_button::FileButton,
        icon::{Lucide, lu},
        live::maybe,
        outcome::Outcome,
        trouble::TroubleBanner,
    },
    locales::{Words, t, t_string, use_words},
    state::{announce::Announcer, files, format, prefs::Prefs, session::Session},
    worker::protocol::{FileSaid, LookAtFile, Looked, Packed, PutFile, TakeLayer, Trouble},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::catalog::LayerId;
use web_sys::{DragEvent, File};

/// What became of the file that was given.
#[derive(Clone)]
enum Given {
    /// Its name says no layer.
    Nowhere(String),
    Reading(String),
    Looked(FileSaid, Box<Looked>),
    Done(FileSaid, Box<Looked>),
    Failed(Trouble),
}

/// The form to give files.
#[component]
pub fn OwnLayer() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let announcer = expect_context::<Announcer>();
    let locale = expect_context::<Prefs>().locale;
    let layer = RwSignal::new(String::new());
    let given = RwSignal::new(None::<Given>);
    let over = RwSignal::new(false);
    // The file that is looked at is the first of them.
    let queue = RwSignal::new_local(Vec::<File>::new());
    let look = move |said: FileSaid| {
        let Some(file) = queue.with_untracked(|queue| queue.first().cloned()) else {
            return;
        };
        given.set(Some(Given::Reading(said.name.clone())));
        spawn_local(async move {
            let end = match looked(session, &said, &file).await {
                Ok(looked) => Given::Looked(said, Box::new(looked)),
                Err(trouble) => Given::Failed(trouble),
            };
            if let Given::Looked(said, looked) = &end {
                announcer.say(headline(words, &said.name, looked, false));
            }
            given.try_set(Some(end));
        });
    };
    let begin = move || {
        let Some(name) = queue.with_untracked(|queue| Some(queue.first()?.name())) else {
            return;
        };
        let chosen = layer.get_untracked();
        let by_name = || {
            let catalog = session.catalog;
            catalog.with_untracked(|catalog| catalog.as_ref()?.layer_named(&name).cloned())
        };
        let layer = match chosen.is_empty() {
            false => Some(LayerId(chosen)),
            true => by_name(),
        };
        match layer {
            None => given.set(Some(Given::Nowhere(name))),
            Some(layer) => look(FileSaid {
                layer,
                name,
                is_gcj02: false,
                table: None,
                fields: None,
            }),
        }
    };
    let give = move |files: Vec<File>| {
        queue.set(files);
        begin();
    };
    let next = move || {
        queue.update(|queue| drop(queue.drain(..queue.len().min(1))));
        begin();
    };
    let leave = Callback::new(move |()| {
        given.set(None);
        next();
    });
    let put = Callback::new(move |()| {
        let Some(Given::Looked(said, looked)) = given.get_untracked() else {
            return;
        };
        spawn_local(async move {
            let end = session.ask(PutFile {}).await;
            session.settle();
            if end.is_ok() {
                announcer.say(headline(words, &said.name, &looked, true));
            }
            given.try_set(Some(match end {
                Ok(()) => Given::Done(said, looked),
                Err(trouble) => Given::Failed(trouble),
            }));
            if queue
                .try_with_untracked(Vec::len)
                .is_some_and(|len| len > 1)
            {
                next();
            }
        });
    });
    let groups = Signal::derive(move || -> Vec<Group> {
        let locale = locale.get();
        let none = (
            String::new(),
            t_string!(words, layers.add_by_name).to_string(),
        );
        let layers = session.catalog.with(|c| {
            let layers = c.iter().flat_map(|c| &c.layers);
            layers
                .map(|l| (l.id.0.clone(), locale.pick(&l.label)))
                .collect::<Vec<_>>()
        });
        vec![(String::new(), std::iter::once(none).chain(layers).collect())]
    });
    let choose = move |id: String| {
        layer.set(id);
        // It waited for that.
        if matches!(given.get_untracked(), Some(Given::Nowhere(_))) {
            begin();
        }
    };
    let dropped = move |ev: DragEvent| {
        ev.prevent_default();
        over.set(false);
        if let Some(list) = ev.data_transfer().and_then(|data| data.files()) {
            give((0..list.length()).filter_map(|n| list.get(n)).collect());
        }
    };
    let take = move |()| {
        let id = LayerId(layer.get_untracked());
        let name = format!("{}.geojson", id.0);
        spawn_local(async move {
            match session.ask_for_bytes(TakeLayer { layer: id }).await {
                Ok(((), Some(bytes))) => {
                    // Where the browser saves nothing it says so itself.
                    let _ = files::hand_out(&bytes, &name, "application/geo+json");
                }
                Ok(_) => {}
                Err(trouble) => {
                    given.try_set(Some(Given::Failed(trouble)));
                }
            }
        });
    };
    let none_chosen = Signal::derive(move || layer.with(String::is_empty));
    let waiting = move || {
        let more = queue.with(Vec::len).saturating_sub(1);
        (more > 0).then(|| {
            let n = format::count(locale.get(), more);
            view! { <p class="small muted">{t_string!(words, layers.add_more, n = n)}</p> }
        })
    };
    let became = move || {
        let view = match given.get()? {
            Given::Nowhere(name) => view! {
                <p role="status">{t_string!(words, layers.add_nowhere, name = name)}</p>
            }
            .into_any(),
            Given::Reading(name) => view! {
                <p role="status">{t_string!(words, layers.add_reading, name = name)}</p>
                <progress aria-label=t!(words, common.loading)></progress>
            }
            .into_any(),
            Given::Failed(trouble) => view! { <TroubleBanner trouble=trouble /> }.into_any(),
            Given::Looked(said, looked) => {
                let title = headline(words, &said.name, &looked, false);
                view! {
                    <FileLook
                        title=title
                        said=said
                        looked=*looked
                        on_look=look
                        on_put=Some(put)
                        on_leave=leave
                    />
                }
                .into_any()
            }
            Given::Done(said, looked) => {
                let title = headline(words, &said.name, &looked, true);
                view! {
                    <FileLook
                        title=title
                        said=said
                        looked=*looked
                        on_look=look
                        on_put=None
                        on_leave=leave
                    />
                }
                .into_any()
            }
        };
        Some(view! { <Outcome>{view}</Outcome> })
    };
    view! {
        <section class="section">
            <h3>{t!(words, layers.add_title)}</h3>
            <p class="small muted">{t!(words, layers.add_hint)}</p>
            <Field id="own-layer" label=t!(words, layers.add_kind)>
                <Select id="own-layer" groups=groups value=layer on_choose=choose />
            </Field>
            <div
                class="drop"
                class:over=over
                on:dragover=move |ev: DragEvent| {
                    ev.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=dropped
            >
                <Lucide icon=lu::LuFileUp />
                <FileButton
                    accept=".geojson,.json,.geojsonl,.ndjson,.csv,.txt,.gz,.mendmap-layer,application/geo+json,application/json"
                    multiple=true
                    on_files=give
                >
                    {t!(words, layers.add_choose)}
                </FileButton>
                <span class="small muted">{t!(words, layers.add_drop)}</span>
            </div>
            {maybe(waiting)}
            {maybe(became)}
            <div class="buttons">
                <Button icon=lu::LuDownload disabled=none_chosen on_press=take>
                    {t!(words, layers.take)}
                </Button>
            </div>
            <OwnFiles />
        </section>
    }
}

/// What became of a file, in a sentence.
fn headline(words: Words, name: &str, looked: &Looked, is_put: bool) -> String {
    match (looked.report.loaded > 0, is_put) {
        (false, _) => t_string!(words, layers.add_failed, name = name),
        (true, false) => t_string!(words, layers.add_looked, name = name),
        (true, true) => t_string!(words, layers.add_done, name = name),
    }
}

async fn looked(session: Session, said: &FileSaid, file: &File) -> Result<Looked, Trouble> {
    let unreadable = || Trouble::NotThere { what: file.name() };
    let bytes = files::bytes(file).await.map_err(|_| unreadable())?;
    let said = Packed::of(said);
    let looked = session.ask_with(LookAtFile { said }, bytes).await;
    session.settle();
    looked?.read().ok_or_else(unreadable)
}
