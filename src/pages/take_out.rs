//! Figures and layers as files for other programs: made in the worker, handed to the person here.

use crate::{
    components::{
        button::Button,
        icon::{Icon, lu},
        live::maybe,
        notice::{Banner, Tone},
        trouble::sentence,
    },
    locales::{Locale, Word, Words, keys, t, t_string, use_words},
    state::{files, format, nav::Nav, prefs::Prefs, session::Session, toasts::Toasts},
    worker::protocol::{
        LedgerView, ListFileProblems, ShowLedger, TakeCompletion, TakeLayer, TakeTasks,
        TakeWorkbook, Trouble,
    },
};
use js_sys::ArrayBuffer;
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{catalog::LayerId, ledger::NoFile};
use std::{pin::Pin, sync::Arc};

const GEOJSON: &str = "application/geo+json";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Why there is no file.
enum Missing {
    /// It was not made.
    Trouble(Trouble),
    /// The workbook was counted, and its file was not made.
    Workbook(NoFile),
}

impl From<Trouble> for Missing {
    fn from(trouble: Trouble) -> Self {
        Missing::Trouble(trouble)
    }
}

/// A file that is asked of the worker.
type Made = Pin<Box<dyn Future<Output = Result<Option<ArrayBuffer>, Missing>>>>;

/// A file that can be taken out.
struct Offer {
    /// What the button says.
    label: Word,
    /// Its icon.
    icon: Icon,
    /// What it is, for the browser.
    kind: &'static str,
    /// Its name.
    name: Arc<dyn Fn() -> String + Send + Sync>,
    /// Asks for it.
    make: Arc<dyn Fn() -> Made + Send + Sync>,
}

/// The ledger as a workbook, and its tasks as GeoJSON.
#[component]
pub fn LedgerFiles(
    /// Of which ledger.
    asked: Memo<ShowLedger>,
    /// What was counted of it.
    view: RwSignal<Option<LedgerView>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let english = is_english();
    let named = move |ending: &'static str| -> Arc<dyn Fn() -> String + Send + Sync> {
        Arc::new(move || {
            asked.with_untracked(|of| format!("mendmap-{}-{}.{ending}", of.from, of.to))
        })
    };
    let tasks = Offer {
        label: keys::desk::shapes,
        icon: lu::LuMap,
        kind: GEOJSON,
        name: named("geojson"),
        make: Arc::new(move || {
            let (of, english) = (asked.get_untracked(), english());
            let made = session.ask_for_bytes(TakeTasks { of, english });
            Box::pin(async move { Ok(made.await?.1) })
        }),
    };
    let workbook = Offer {
        label: keys::desk::workbook,
        icon: lu::LuDownload,
        kind: XLSX,
        name: named("xlsx"),
        make: Arc::new(move || {
            let (of, english) = (asked.get_untracked(), english());
            let made = session.ask_for_bytes(TakeWorkbook { of, english });
            Box::pin(async move {
                let (why, bytes) = made.await?;
                match why.read().flatten() {
                    Some(why) => Err(Missing::Workbook(why)),
                    None => Ok(bytes),
                }
            })
        }),
    };
    let is_whole = move || view.with_untracked(|v| v.as_ref().is_none_or(|v| v.is_whole));
    offered(vec![workbook, tasks], Arc::new(is_whole))
}

/// The completion layer of the day that is shown, as GeoJSON.
#[component]
pub fn CompletionFile() -> impl IntoView {
    let session = expect_context::<Session>();
    let nav = expect_context::<Nav>();
    let english = is_english();
    let layer = Offer {
        label: keys::desk::shapes,
        icon: lu::LuMap,
        kind: GEOJSON,
        name: Arc::new(move || {
            let work = nav.lens.get_untracked().map(|lens| lens.work.0);
            let on = session
                .completion
                .with_untracked(|c| c.as_ref().map(|c| c.on.clone()));
            let (work, on) = (work.unwrap_or_default(), on.unwrap_or_default());
            format!("mendmap-{work}-{on}.geojson")
        }),
        make: Arc::new(move || {
            let english = english();
            let made = session.ask_for_bytes(TakeCompletion { english });
            Box::pin(async move { Ok(made.await?.1) })
        }),
    };
    offered(vec![layer], Arc::new(|| true))
}

/// A layer as GeoJSON.
#[component]
pub fn LayerAsFile(
    /// Which.
    layer: LayerId,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let name = format!("{}.geojson", layer.0);
    let layer = Offer {
        label: keys::layers::take,
        icon: lu::LuDownload,
        kind: GEOJSON,
        name: Arc::new(move || name.clone()),
        make: Arc::new(move || {
            let layer = layer.clone();
            let made = session.ask_for_bytes(TakeLayer { layer });
            Box::pin(async move { Ok(made.await?.1) })
        }),
    };
    offered(vec![layer], Arc::new(|| true))
}

/// The whole list of what was wrong with the file that is looked at, to mend it by.
#[component]
pub fn FileProblems(
    /// The file's name.
    name: String,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let list = Offer {
        label: keys::layers::list_problems,
        icon: lu::LuDownload,
        kind: "text/csv",
        name: Arc::new(move || format!("{name}.problems.csv")),
        make: Arc::new(move || {
            let made = session.ask_for_bytes(ListFileProblems {});
            Box::pin(async move { Ok(made.await?.1) })
        }),
    };
    offered(vec![list], Arc::new(|| true))
}

/// Whether files are wanted in English by now.
fn is_english() -> impl Fn() -> bool + Copy {
    let locale = expect_context::<Prefs>().locale;
    move || locale.get_untracked() == Locale::En
}

/// A button for each; one file at a time.
fn offered(offers: Vec<Offer>, is_whole: Arc<dyn Fn() -> bool + Send + Sync>) -> AnyView {
    let words = use_words();
    let toasts = expect_context::<Toasts>();
    let missing = RwSignal::new(None::<String>);
    let making = RwSignal::new(false);
    let button = |offer: Offer| {
        let Offer {
            label,
            icon,
            kind,
            name,
            make,
        } = offer;
        let is_whole = Arc::clone(&is_whole);
        let press = move |()| {
            making.set(true);
            missing.set(None);
            let (name, made, whole) = (name(), make(), is_whole());
            spawn_local(async move {
                let made = made.await;
                // Who has gone on by now wanted the file all the same.
                let _ = making.try_set(false);
                match made {
                    Ok(bytes) => toasts.show(handed(words, bytes, name, kind, whole), None),
                    Err(why) => {
                        let _ = missing.try_set(Some(untrack(|| said(words, &why))));
                    }
                }
            });
        };
        view! {
            <Button icon=icon disabled=making on_press=press>
                {move || words.say(label)}
            </Button>
        }
    };
    let buttons: Vec<_> = offers.into_iter().map(button).collect();
    view! {
        <div class="buttons">{buttons}</div>
        {maybe(move || {
            let said = missing.get()?;
            Some(view! { <Banner tone=Tone::Danger title=t!(words, trouble.title)><p>{said}</p></Banner> })
        })}
    }
    .into_any()
}

/// Why there is no file, and what to do.
fn said(words: Words, why: &Missing) -> String {
    let count = |n| format::count(words.get_locale(), n);
    match why {
        Missing::Trouble(trouble) => sentence(words, trouble),
        Missing::Workbook(NoFile::TooLong { sheet, rows, most }) => {
            let (n, most) = (count(*rows), count(*most));
            t_string!(words, desk.book_long, sheet = sheet, n = n, most = most)
        }
        Missing::Workbook(NoFile::Unwritten { detail }) => {
            t_string!(words, desk.book_none, detail = detail)
        }
    }
}

/// Hands a file out; what is to be said of that.
fn handed(
    words: Words,
    bytes: Option<ArrayBuffer>,
    name: String,
    kind: &str,
    is_whole: bool,
) -> String {
    let Some(bytes) = bytes else {
        return untrack(|| t_string!(words, desk.no_file)).into();
    };
    match files::hand_out(&bytes, &name, kind) {
        Ok(()) if is_whole => name,
        Ok(()) => format!("{name} · {}", untrack(|| t_string!(words, desk.not_whole))),
        Err(_) => untrack(|| t_string!(words, desk.no_file)).into(),
    }
}
