//! Choosing the kind of work: the families of the product's heart first, the
//! rest folded away.

use crate::{
    components::{
        icon::{Lucide, lu},
        live::{maybe, or_nothing},
        notice::Empty,
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{t, t_string, use_words},
    mode::{Sketch, Step, Target},
    state::{acts::Acts, asking, drafts, naming, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::{Around, AssetCard, Command, Place, PlaceCard},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Catalog, WorkKind, WorkKindId},
    ids::TaskUid,
    task::favourites,
};
use std::sync::Arc;

/// The menu of fitting work.
#[component]
pub fn Plot(
    /// What it is plotted on.
    target: Target,
) -> impl IntoView {
    let words = use_words();
    let title = t!(words, task.plot_title);
    match target {
        Target::Asset(uid) => view! { <OnAsset uid=uid title=title /> }.into_any(),
        Target::Place(sketch) => view! { <OnPlace sketch=sketch title=title /> }.into_any(),
        Target::Around(uid) => {
            let around = Around::Asset(uid);
            view! { <super::rounds::RoundsPage around=around /> }.into_any()
        }
        Target::Chosen(chosen) => {
            let around = Around::These(chosen);
            view! { <super::rounds::RoundsPage around=around /> }.into_any()
        }
        Target::Inside(sketch) => or_nothing(super::place::shape(&sketch).map(|shape| {
            let around = Around::Area(shape);
            view! { <super::rounds::RoundsPage around=around /> }
        })),
    }
}

#[component]
fn OnAsset(uid: mendmap_core::ids::AssetUid, title: Signal<String>) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let session = expect_context::<Session>();
    let answer = asking::follow(session, move || {
        session.layers.track();
        session
            .catalog
            .with(Option::is_some)
            .then_some(AssetCard { uid })
    });
    let detail = answer.good;
    let on = Signal::derive(move || {
        let name = session.catalog.with(|catalog| {
            let (catalog, detail) = catalog.as_ref().zip(detail.get().flatten())?;
            Some(naming::asset(catalog, locale.get(), &detail.asset.summary))
        });
        name.map(|name| t_string!(words, task.plot_on, place = name))
            .unwrap_or_default()
    });
    view! {
        <Panel title=title subtitle=on leave=Leave::Back>
            <TroubleThere trouble=answer.trouble />
            {maybe(move || {
                let detail = detail.get().flatten()?;
                let open = detail.work.iter().filter_map(|work| Some((work.clone(), detail.open_work(work)?)));
                let open = open.collect();
                Some(view! { <Menu work=detail.work open=open place=Place::Asset(uid) /> })
            })}
        </Panel>
    }
}

#[component]
fn OnPlace(sketch: Sketch, title: Signal<String>) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let shape = super::place::shape(&sketch);
    let asked = shape.clone();
    let answer = asking::follow(session, move || {
        session.layers.track();
        let shape = asked.clone()?;
        session
            .catalog
            .with(Option::is_some)
            .then_some(PlaceCard { shape })
    });
    let detail = answer.good;
    let on = Signal::derive(move || {
        let street = detail.get().and_then(|d| d.street);
        street
            .map(|s| t_string!(words, map.near_street, street = s))
            .unwrap_or_default()
    });
    view! {
        <Panel title=title subtitle=on leave=Leave::Back>
            {maybe(move || {
                let (detail, shape) = (detail.get()?, shape.clone()?);
                Some(view! { <Menu work=detail.work open=Vec::new() place=Place::Drawn(shape) /> })
            })}
        </Panel>
    }
}

/// Work that is plotted here already, by kind.
type Open = Vec<(WorkKindId, TaskUid)>;

/// The kinds of work that fit, by family.
#[component]
fn Menu(work: Vec<WorkKindId>, open: Open, place: Place) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let Some(catalog) = session.catalog.get_untracked() else {
        return ().into_any();
    };
    if work.is_empty() {
        let title = t!(words, task.plot_none);
        return view! { <Empty icon=lu::LuClipboardList title=title hint=String::new() /> }
            .into_any();
    }
    let usual = usual(&catalog, &work, &open, &place);
    let group = |heart: bool| groups(&catalog, &work, &open, heart, &place);
    let (heart, others) = (group(true), group(false));
    let has_heart = !heart.is_empty();
    let folded = (!others.is_empty()).then(|| {
        view! {
            <details class="fold" open=!has_heart>
                <summary>
                    <Lucide icon=lu::LuChevronRight small=true />
                    {t!(words, task.plot_other)}
                </summary>
                <div class="stack">{others}</div>
            </details>
        }
    });
    view! { <div class="stack">{or_nothing(usual)}{heart}{or_nothing(folded)}</div> }.into_any()
}

/// What was mostly plotted on this device, above all else. It stands in its family too: there its
/// place is known by heart.
fn usual(
    catalog: &Arc<Catalog>,
    work: &[WorkKindId],
    open: &Open,
    place: &Place,
) -> Option<AnyView> {
    let words = use_words();
    let usual = favourites(&drafts::load_plotted(), work);
    let kinds = usual.iter().filter_map(|id| catalog.work_kind(id));
    let tiles: Vec<_> = kinds.map(|kind| tile(kind, open, place)).collect();
    (!tiles.is_empty()).then(|| {
        view! {
            <section class="section">
                <h3>{t!(words, task.plot_usual)}</h3>
                <ul class="tiles">{tiles}</ul>
            </section>
        }
        .into_any()
    })
}

fn tile(kind: &WorkKind, open: &Open, place: &Place) -> AnyView {
    let same = open.iter().find(|(work, _)| *work == kind.id);
    let open = same.map(|(_, task)| *task);
    view! { <li><Choice kind=kind.clone() open=open place=place.clone() /></li> }.into_any()
}

fn groups(
    catalog: &Arc<Catalog>,
    work: &[WorkKindId],
    open: &Open,
    heart: bool,
    place: &Place,
) -> Vec<AnyView> {
    let locale = expect_context::<Prefs>().locale;
    let families = catalog
        .families
        .iter()
        .filter(|family| family.heart == heart);
    families
        .filter_map(|family| {
            let fitting = catalog.work_kinds.iter();
            let tiles: Vec<_> = fitting
                .filter(|kind| kind.family == family.id && work.contains(&kind.id))
                .map(|kind| tile(kind, open, place))
                .collect();
            let label = family.label.clone();
            (!tiles.is_empty()).then(|| {
                view! {
                    <section class="section">
                        <h3>{move || locale.get().pick(&label)}</h3>
                        <ul class="tiles">{tiles}</ul>
                    </section>
                }
                .into_any()
            })
        })
        .collect()
}

/// A kind of work; a tap plots it, or opens it where it is plotted already.
#[component]
fn Choice(kind: WorkKind, open: Option<TaskUid>, place: Place) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let kind = StoredValue::new(kind);
    let name = move || kind.with_value(|kind| locale.get().pick(&kind.label));
    let unit = move || {
        if open.is_some() {
            return t_string!(words, task.plot_already).into();
        }
        let locale = locale.get();
        let unit = |c: &Arc<Catalog>| kind.with_value(|kind| naming::unit(c, locale, &kind.unit));
        session
            .catalog
            .with(|c| c.as_ref().map(unit).unwrap_or_default())
    };
    let plot = move |_| {
        if let Some(task) = open {
            return nav.take(Step::Plotted(task));
        }
        let work = kind.with_value(|kind| kind.id.clone());
        let command = Command::Plot {
            work,
            place: place.clone(),
            note: String::new(),
        };
        // Read now: the menu may be gone when it is said.
        let label = kind.with_value(|kind| kind.label.clone());
        let said = move || {
            let work = locale.get_untracked().pick(&label);
            t_string!(words, task.plotted, work = work)
        };
        let work = kind.with_value(|kind| kind.id.clone());
        acts.act(command, said, move |acted| {
            drafts::save_plotted(&work);
            nav.take(Step::Plotted(acted.task.summary.uid))
        });
    };
    view! {
        <button type="button" class="tile" on:click=plot>
            <span class="name">{move || name()}</span>
            <span class="small muted">{move || unit()}</span>
        </button>
    }
}
