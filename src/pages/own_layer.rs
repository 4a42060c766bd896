//! Files of one's own in place of layers: chosen, dropped or fetched, looked at one after the other, put in
//! place at a person's word.

use super::{
    file_look::FileLook,
    file_source::{FileAddress, Source},
    own_files::OwnFiles,
    take_out::LayerAsFile,
};
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
    state::{announce::Announcer, format, prefs::Prefs, session::Session},
    worker::protocol::{FileSaid, LookAtFile, Looked, Packed, PutFile, Trouble},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::catalog::LayerId;
use web_sys::{DragEvent, File, Url};

/// What became of the file that was given.
#[derive(Clone)]
enum Given {
    /// Its name says no layer.
    Nowhere(String),
    /// It is on its way, or being read.
    Reading(String),
    /// It was read; whether it is in place by now.
    Looked {
        said: Box<FileSaid>,
        looked: Box<Looked>,
        is_put: bool,
    },
    /// It was not; how to try again.
    Failed(Trouble, Callback<()>),
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
    queue: RwSignal<Vec<Source>, LocalStorage>,
    /// How many bytes of it have come, and of how many, while it is on its way.
    came: RwSignal<Option<(f64, Option<f64>)>>,
    /// Counts what was given: what comes of something that was given before comes too late.
    turn: StoredValue<u32>,
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
            came: RwSignal::new(None),
            turn: StoredValue::new(0),
            trouble: RwSignal::new(None),
            is_busy: RwSignal::new(false),
        }
    }

    fn give(self, files: impl Iterator<Item = File>) {
        self.queue.set(files.map(Source::of).collect());
        self.begin();
    }

    /// Says that something is on its way; whether it still is what is waited for when that is asked again.
    fn waits(self, name: String) -> impl Fn() -> bool {
        self.trouble.set(None);
        self.came.set(None);
        self.given.set(Some(Given::Reading(name)));
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let turn = self.turn.get_value();
        move || self.turn.try_get_value() == Some(turn)
    }

    /// Fetches a file, and looks at it as at any other.
    fn fetch(self, url: Url) {
        let is_wanted = self.waits(url.href());
        spawn_local(async move {
            let mut progress = |bytes, total| {
                self.came.try_set(Some((bytes, total)));
            };
            let fetched = Source::fetched(&url, &mut progress).await;
            if !is_wanted() {
                return;
            }
            match fetched {
                Ok(source) => {
                    self.queue.set(vec![source]);
                    self.begin();
                }
                Err(trouble) => {
                    let address = url.href();
                    let again = move |()| {
                        if let Ok(url) = Url::new(&address) {
                            self.fetch(url);
                        }
                    };
                    self.given
                        .set(Some(Given::Failed(trouble, Callback::new(again))));
                }
            }
        });
    }

    /// Looks at the first that waits.
    fn begin(self) {
        let first = |queue: &Vec<Source>| queue.first().cloned();
        let Some(Source { file, name }) = self.queue.with_untracked(first) else {
            return;
        };
        let chosen = self.layer.get_untracked();
        let by_name = || {
            let catalog = self.session.catalog;
            catalog.with_untracked(|catalog| catalog.as_ref()?.layer_named(&file.name()).cloned())
        };
        let layer = match chosen.is_empty() {
            false => Some(LayerId(chosen)),
            true => by_name(),
        };
        match layer {
            None => {
                // Nothing that is still read comes in its place.
                drop(self.waits(name.clone()));
                self.given.set(Some(Given::Nowhere(name)));
            }
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
        let first = |queue: &Vec<Source>| queue.first().cloned();
        let Some(source) = self.queue.with_untracked(first) else {
            return;
        };
        let is_wanted = self.waits(said.name.clone());
        spawn_local(async move {
            let looked = self.looked(&said, &source).await;
            if !is_wanted() {
                return;
            }
            let end = match looked {
                Ok(looked) => {
                    let sentence = headline(self.words, &said.name, &looked, false);
                    self.announcer.say(sentence);
                    Given::Looked {
                        said: Box::new(said),
                        looked: Box::new(looked),
                        is_put: false,
                    }
                }
                Err(trouble) => {
                    let again = move |()| self.look(said.clone());
                    Given::Failed(trouble, Callback::new(again))
                }
            };
            self.given.try_set(Some(end));
        });
    }

    async fn looked(self, said: &FileSaid, source: &Source) -> Result<Looked, Trouble> {
        let unreadable = || Trouble::NotThere {
            what: source.name.clone(),
        };
        let mut progress = |bytes, total| {
            self.came.try_set(Some((bytes, total)));
        };
        let bytes = source.bytes(&mut progress).await;
        let bytes = bytes.map_err(|_| unreadable())?;
        let said = Packed::of(said);
        let looked = self.session.ask_with(LookAtFile { said }, bytes).await;
        self.session.settle();
        looked?.read().ok_or_else(unreadable)
    }

    /// Puts what was looked at in place. Where that fails it stays to be looked at, and can be put again.
    fn put(self) {
        let Some(Given::Looked { said, looked, .. }) = self.given.get_untracked() else {
            return;
        };
        self.trouble.set(None);
        self.is_busy.set(true);
        let turn = self.turn.get_value();
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
            // Another was given meanwhile.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
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
            files.give((0..list.length()).filter_map(|n| list.get(n)));
        }
    };
    let chosen = move |chosen: Vec<File>| files.give(chosen.into_iter());
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
                    on_files=chosen
                >
                    {t!(words, layers.add_choose)}
                </FileButton>
                <span class="small muted">{t!(words, layers.add_drop)}</span>
            </div>
            <FileAddress on_address=move |url| files.fetch(url) />
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
            <Progress files=files />
        }
        .into_any(),
        Given::Failed(trouble, again) => {
            view! { <TroubleBanner trouble=trouble retry=Some(again) /> }.into_any()
        }
        Given::Looked {
            said,
            looked,
            is_put,
        } => view! {
            <FileLook
                title=headline(words, &said.name, &looked, is_put)
                said=*said
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

/// How far the file has come, in bytes, and then in features.
#[component]
fn Progress(files: Files) -> impl IntoView {
    let words = files.words;
    let locale = expect_context::<Prefs>().locale;
    let share = move || {
        let (bytes, total) = files.came.get()?;
        Some(bytes / total?).filter(|share| *share < 1.0)
    };
    let said = move || {
        let locale = locale.get();
        let bytes = files.came.get().map(|(bytes, total)| {
            let bytes = format::bytes(locale, bytes);
            match total {
                Some(total) => format!("{bytes} / {}", format::bytes(locale, total)),
                None => bytes,
            }
        });
        // Before all is there, it may be another layer that is on its way.
        let is_ready = files.session.ready.get();
        let features = files.session.loading.with(|loading| {
            let features = loading.as_ref()?.features;
            let n = format::count(locale, features);
            (is_ready && features > 0).then(|| t_string!(words, layers.count, n = n))
        });
        let parts: Vec<String> = bytes.into_iter().chain(features).collect();
        parts.join(" · ")
    };
    view! {
        <progress value=share aria-label=t!(words, common.loading)></progress>
        <p class="small muted">{said}</p>
    }
}
