//! Puts the page together: what is shared, the map, the panel and the navigation.

use crate::worker::protocol::Trouble;
use crate::{
    components::{
        nav::NavBar,
        panel::Places,
        sheet::{Height, Sheet, SheetState},
        splitter::Splitter,
        toast::{ToastRegion, Voice},
    },
    locales::t,
    mode::{Mode, OfProgramme, Sketch},
    pages::{self, keys::KeyList, top::Top},
    rest::rest,
    state::{
        acts::Acts,
        announce::Announcer,
        effect::effect,
        keys::{self, Dialogs},
        lens,
        map_link::MapLink,
        nav::Nav,
        place::Place,
        prefs::Prefs,
        push,
        recorder::Recorder,
        session::Session,
        signal,
        toasts::Toasts,
        work_filter::WorkFilter,
    },
};
use leptos::{prelude::*, task::spawn_local};

/// Lets the browser keep the app from now on, which is as much again as was fetched so far: see
/// boot/offline.mjs.
fn keep() {
    // An event with a name of our own can always be made, and nobody stops it.
    if let Ok(event) = web_sys::Event::new("mendmap:whole") {
        let _ = window().dispatch_event(&event);
    }
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let prefs = Prefs::start();
    let words = prefs.speak();
    provide_context(words);
    let nav = Nav::start();
    let sheet = SheetState::start(nav.mode);
    provide_context(prefs);
    provide_context(nav);
    provide_context(sheet);
    let session = Session::start();
    provide_context(session);
    let place = Place::start(session, prefs);
    provide_context(place);
    provide_context(MapLink::start());
    let (toasts, announcer) = (Toasts::start(nav.mode), Announcer::start());
    provide_context(toasts);
    provide_context(announcer);
    provide_context(Acts::start(session, toasts, announcer, words));
    provide_context(WorkFilter::start());
    let recorder = Recorder::start();
    provide_context(recorder);
    lens::follow(session, nav);
    provide_context(Places::start());
    let dialogs = Dialogs {
        keys: RwSignal::new(false),
        add: RwSignal::new(false),
    };
    provide_context(dialogs);
    keys::listen(dialogs);

    let page = Memo::new(move |_| nav.mode.with(page_of));
    // Whatever is not the map itself waits for the rest of the program; where nothing does, it
    // comes behind the streets, as in the worker: the next thing is a tap.
    let whole = RwSignal::new(None);
    let has_streets = Memo::new(move |_| session.layers.with(|layers| !layers.is_empty()));
    effect(move || {
        let wanted = page.get() != Mode::Browsing || has_streets.get();
        if wanted && whole.get_untracked() != Some(Ok(())) {
            spawn_local(async move {
                let came = Some(rest().await);
                if came == Some(Ok(())) {
                    session.whole.set(true);
                    keep();
                    recorder.resume(place);
                    signal::send_when_back(session);
                    push::follow(session, prefs.locale, None);
                    pages::desk::resume(session, prefs.desk);
                }
                if whole.get_untracked() != came {
                    whole.set(came);
                }
            });
        }
    });
    let shown = move || match page.get() {
        Mode::Browsing => pages::page(Mode::Browsing),
        mode => match whole.get() {
            Some(Ok(())) => pages::page(mode),
            Some(Err(detail)) => {
                let trouble = Trouble::no_rest(detail);
                view! { <pages::missing::Failed trouble=trouble /> }.into_any()
            }
            None => view! { <pages::missing::Opening /> }.into_any(),
        },
    };
    view! {
        <div
            class="app"
            class:focused=move || nav.mode.with(Mode::is_focused)
            class:sheet-half=move || sheet.height.get() == Height::Half
            class:sheet-full=move || sheet.height.get() == Height::Full
            style=("--covered", move || format!("{}px", sheet.covered.get() as i32))
            style=("--foot", move || format!("{}px", sheet.foot.get() as i32))
            style=("--panel", move || format!("{}px", prefs.panel.get()))
        >
            <a class="skip" href="#panel" on:click=pages::skip>
                {t!(words, common.skip)}
            </a>
            <main class="main">
                <section class="map-region" aria-label=t!(words, common.map_region)>
                    <pages::map::MapArea />
                </section>
                <Top />
                <Splitter width=prefs.panel />
                <Sheet>{shown}</Sheet>
                <ToastRegion />
            </main>
            <NavBar />
            <Voice />
            <KeyList open=dialogs.keys />
        </div>
    }
}

/// The mode as far as another page has to be made for it: corners that are added
/// to a drawing, or assets to a choice, change the page, not which page it is.
fn page_of(mode: &Mode) -> Mode {
    match mode {
        Mode::Drawing(sketch) => Mode::Drawing(Sketch {
            shape: sketch.shape,
            points: Vec::new(),
        }),
        Mode::Measuring(task, _) => Mode::Measuring(*task, Vec::new()),
        Mode::Amending(asset, _) => Mode::Amending(*asset, Vec::new()),
        Mode::Choosing(_) => Mode::Choosing(Vec::new()),
        Mode::Ledger(_) => Mode::Ledger(None),
        Mode::Indicators(_) => Mode::Indicators(None),
        // The years of a programme are one page, and each asset has its own.
        Mode::Programmes(of) => Mode::Programmes(OfProgramme {
            asset: of.asset,
            ..OfProgramme::default()
        }),
        other => other.clone(),
    }
}
