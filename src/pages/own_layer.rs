//! Files of one's own in place of layers: chosen or dropped, looked at one after the other, put in
//! place at a person's word.

use super::{file_look::FileLook, own_files::OwnFiles, take_out::LayerAsFile};
use crate::{
    components::{
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
    worker::protocol::{FileSaid, LookAtFile, Looked, Packed, PutFile, Trouble},
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
    /// It was read; whether it is in place by now.
    Looked {
        said: FileSaid,
        looked: Box<Looked>,
        is_put: bool,
    },
    /// It was not.
    Failed(FileSaid, Trouble),
}

/// The files that were given.
#[derive(Clone, Copy)]
struct Files {
    words: Words,
    session: Session,
    announcer: Announcer,
    /// For which layer they are; empty where their names say that.
    layer: RwSignal<String>,
    /// What became of the first of them.
    given: RwSignal<Option<Given>>,
    /// Those that wait, the one that is looked at first.
    queue: RwSignal<Vec<File>, LocalStorage>,
    /// Why the one that was looked at is not in place.
    trouble: RwSignal<Option<Trouble>>,
    /// Whether it is on its way there.
    is_busy: RwSignal<bool>,
}

impl Files {
    fn none() -> Self {
        Files {
            words: use_words(),
            session: expect_context(),
            announcer: expect_context(),
            layer: RwSignal::new(String::new()),
            given: RwSignal::new(None),
            queue: RwSignal::new_local(Vec::new()),
            trouble: RwSignal::new(None),
            is_busy: RwSignal::new(false),
        }
    }

    fn give(self, files: Vec<File>) {
        self.queue.set(files);
        self.begin();
    }

    /// Looks at the first that waits.
    fn begin(self) {
        let first = |queue: &Vec<File>| Some(queue.first()?.name());
        let Some(name) = self.queue.with_untracked(first) else {
            return;
        };
        let chosen = self.layer.get_untracked();
        let by_name = || {
            let catalog = self.session.catalog;
            catalog.with_untracked(|catalog| catalog.as_ref()?.layer_named(&name).cloned())
        };
        let layer = match chosen.is_empty() {
            false => Some(LayerId(chosen)),
            true => by_name(),
        };
        match layer {
            None => self.given.set(Some(Given::Nowhere(name))),
            Some(layer) => self.look(FileSaid {
                layer,
                name,
                is_gcj02: false,
                table: None,
                fields: None,
            }),
        }
    }

    /// Has the first read as it is said to be.
    fn look(self, said: FileSaid) {
        let first = |queue: &Vec<File>| queue.first().cloned();
        let Some(file) = self.queue.with_untracked(first) else {
            return;
        };
        self.trouble.set(None);
        self.given.set(Some(Given::Reading(said.name.clone())));
        spawn_local(async move {
            let end = match looked(self.session, &said, &file).await {
                Ok(looked) => {
                    let sentence = headline(self.words, &said.name, &looked, false);
                    self.announcer.say(sentence);
                    Given::Looked {
                        said,
                        looked: Box::new(looked),
                        is_put: false,
                    }
                }
                Err(trouble) => Given::Failed(said, trouble),
            };
            self.given.try_set(Some(end));
        });
    }

    /// Puts what was looked at in place. Where that fails it stays to be looked at, and can be put again.
    fn put(self) {
        let Some(Given::Looked { said, looked, .. }) = self.given.get_untracked() else {
            return;
        };
        self.trouble.set(None);
        self.is_busy.set(true);
        spawn_local(async move {
            let end = self.session.ask(PutFile {}).await;
            self.session.settle();
            self.is_busy.try_set(false);
            if let Err(trouble) = end {
                self.trouble.try_set(Some(trouble));
                return;
            }
            let sentence = headline(self.words, &said.name, &looked, true);
            self.announcer.say(sentence);
            self.given.try_set(Some(Given::Looked {
                said,
                looked,
                is_put: true,
            }));
            let left = self.queue.try_with_untracked(Vec::len);
            if left.is_some_and(|left| left > 1) {
                self.next();
            }
        });
    }

    fn leave(self) {
        self.trouble.set(None);
        self.given.set(None);
        self.next();
    }

    fn next(self) {
        self.queue
            .update(|queue| drop(queue.drain(..queue.len().min(1))));
        self.begin();
    }
}

/// The form to give files.
#[component]
pub fn OwnLayer() -> impl IntoView {
    let files = Files::none();
    let Files {
        words,
        session,
        layer,
        given,
        queue,
        ..
    } = files;
    let locale = expect_context::<Prefs>().locale;
    let over = RwSignal::new(false);
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
            files.begin();
        }
    };
    let dropped = move |ev: DragEvent| {
        ev.prevent_default();
        over.set(false);
        if let Some(list) = ev.data_transfer().and_then(|data| data.files()) {
            files.give((0..list.length()).filter_map(|n| list.get(n)).collect());
        }
    };
    let taken = move || {
        let layer = LayerId(layer.get());
        (!layer.0.is_empty()).then(|| view! { <LayerAsFile layer=layer /> })
    };
    let waiting = move || {
        let more = queue.with(Vec::len).saturating_sub(1);
        (more > 0).then(|| {
            let n = format::count(locale.get(), more);
            view! { <p class="small muted">{t_string!(words, layers.add_more, n = n)}</p> }
        })
    };
    let became = move || given.get().map(|given| became(files, given));
    let failed = move || {
        let trouble = files.trouble.get()?;
        Some(view! { <Outcome><TroubleBanner trouble=trouble /></Outcome> })
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
                    on_files=move |chosen| files.give(chosen)
                >
                    {t!(words, layers.add_choose)}
                </FileButton>
                <span class="small muted">{t!(words, layers.add_drop)}</span>
            </div>
            {maybe(waiting)}
            {maybe(became)}
            {maybe(failed)}
            {maybe(taken)}
            <OwnFiles />
        </section>
    }
}

fn became(files: Files, given: Given) -> AnyView {
    let words = files.words;
    let view = match given {
        Given::Nowhere(name) => view! {
            <p role="status">{t_string!(words, layers.add_nowhere, name = name)}</p>
        }
        .into_any(),
        Given::Reading(name) => view! {
            <p role="status">{t_string!(words, layers.add_reading, name = name)}</p>
            <progress aria-label=t!(words, common.loading)></progress>
        }
        .into_any(),
        Given::Failed(said, trouble) => {
            let again = Callback::new(move |()| files.look(said.clone()));
            view! { <TroubleBanner trouble=trouble retry=Some(again) /> }.into_any()
        }
        Given::Looked {
            said,
            looked,
            is_put,
        } => view! {
            <FileLook
                title=headline(words, &said.name, &looked, is_put)
                said=said
                looked=*looked
                is_put=is_put
                is_busy=files.is_busy
                on_look=move |said| files.look(said)
                on_put=move |()| files.put()
                on_leave=move |()| files.leave()
            />
        }
        .into_any(),
    };
    view! { <Outcome>{view}</Outcome> }.into_any()
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
