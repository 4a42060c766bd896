//! Choosing assets one by one, on the map or in the list that mirrors it, to make a round of them.

use super::{
    desk::GiveWay,
    listed::{PORTION, order_words},
};
use crate::{
    components::{
        asset_row::AssetRow,
        button::{Button, IconButton, Weight},
        icon::{Lucide, lu},
        keyed::{Keyed, Line},
        live::{When, live, maybe},
        paged::More,
        panel::{Leave, Panel},
    },
    locales::{keys::task, t, t_string, use_words},
    mode::{Mode, Step},
    state::{
        asking,
        effect::effect,
        format,
        lit::{self, Marked},
        map_link::MapLink,
        nav::Nav,
        place::Place,
        prefs::Prefs,
        session::Session,
        toasts::Toasts,
    },
    worker::protocol::{Around, Nearest, RoundsThere},
};
use leptos::prelude::*;
use mendmap_core::{
    city::AssetSummary,
    ids::AssetUid,
    task::{Mark, is_stop},
};
use std::sync::Arc;

/// The panel while assets are chosen.
#[component]
pub fn ChoosePage() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let link = expect_context::<MapLink>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let chosen = Memo::new(move |_| match nav.mode.get() {
        Mode::Choosing(chosen) => chosen,
        _ => Vec::new(),
    });
    let answer = asking::follow(session, move || {
        session.layers.track();
        let around = Around::These(chosen.get());
        session
            .catalog
            .with(Option::is_some)
            .then_some(RoundsThere { around })
    });
    let these = Memo::new(move |_| answer.good.get().unwrap_or_default().these);
    let strays = Memo::new(move |_| answer.good.get().unwrap_or_default().strays);
    only_points(strays, chosen);
    let marked = move || -> Vec<Marked> {
        let plain = |asset| Marked {
            asset,
            mark: Mark::None,
            is_ringed: true,
        };
        these.get().into_iter().map(plain).collect()
    };
    lit::light(link, marked);
    // What somebody begins with lay under the sheet, perhaps; what is chosen from then on is in view.
    if chosen.with_untracked(|chosen| !chosen.is_empty()) {
        let at = |these: &Vec<AssetSummary>| these.iter().map(|asset| asset.at).collect();
        lit::reveal(link, Memo::new(move |_| these.with(at)));
    }
    let count = Memo::new(move |_| chosen.with(Vec::len));
    let title = Signal::derive(move || match count.get() {
        0 => t_string!(words, task.choose).to_string(),
        n => t_string!(words, task.chosen, n = format::count(locale.get(), n)),
    });
    let foot = move || {
        view! {
            <Button
                weight=Weight::Primary
                icon=lu::LuListChecks
                disabled=Signal::derive(move || { count.get() < 2 })
                on_press=move |()| nav.take(Step::MakeRound)
            >
                {t!(words, task.round_make)}
            </Button>
            <When is=move || { count.get() > 1 }>
                <GiveWay />
            </When>
        }
    };
    view! {
        <Panel title=title subtitle=t!(words, task.choose_how) leave=Leave::Back foot=foot>
            <div class="stack">
                {maybe(move || {
                    (count.get() > 0).then(|| view! { <Chosen these=these chosen=chosen /> })
                })}
                <InView chosen=chosen />
            </div>
        </Panel>
    }
}

/// Takes out again what no round can be of, such as a street, and says so.
fn only_points(strays: Memo<Vec<AssetUid>>, chosen: Memo<Vec<AssetUid>>) {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let toasts = expect_context::<Toasts>();
    effect(move || {
        let strays = strays.get();
        let mut kept = chosen.get_untracked();
        let before = kept.len();
        kept.retain(|uid| !strays.contains(uid));
        if kept.len() < before {
            toasts.show(untrack(|| t_string!(words, task.choose_points)), None);
            nav.take(Step::Choose(kept));
        }
    });
}

/// What is chosen, folded away: under a finger that chooses nothing must move.
#[component]
fn Chosen(these: Memo<Vec<AssetSummary>>, chosen: Memo<Vec<AssetUid>>) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let lines = Signal::derive(move || these.with(|these| lines(these.iter(), chosen)));
    let n = move || format::count(locale.get(), chosen.with(Vec::len));
    view! {
        <details class="fold">
            <summary>
                <Lucide icon=lu::LuChevronRight small=true />
                {move || t_string!(words, task.chosen, n = n())}
            </summary>
            <ul class="rows">
                <Keyed lines=lines />
            </ul>
        </details>
    }
}

/// The list that mirrors the map; without a map, what is nearby.
#[component]
fn InView(chosen: Memo<Vec<AssetUid>>) -> impl IntoView {
    let words = use_words();
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let count = RwSignal::new(PORTION);
    let near = asking::follow(session, move || {
        session.layers.track();
        let (at, within) = place.around()?;
        let mut visible = place.visible.get();
        let catalog = session.catalog.get()?;
        visible.retain(|id| {
            let kinds = catalog.layer(id).map_or(&[][..], |layer| &layer.kinds);
            kinds.iter().any(|kind| is_stop(&catalog, kind))
        });
        Some(Nearest {
            at,
            count: count.get(),
            within,
            visible,
        })
    })
    .good;
    let lines = Signal::derive(move || {
        near.with(|near| {
            let hits = near.iter().flat_map(|near| &near.hits);
            lines(hits.map(|hit| &hit.asset), chosen)
        })
    });
    let total = Signal::derive(move || near.with(|near| near.as_ref().map_or(0, |n| n.total)));
    view! {
        <p class="small muted">
            {live(move || match place.no_map.get() {
                true => order_words(words, place, task::sorted_city),
                false => words.say(task::sorted_middle),
            })}
        </p>
        <ul class="rows">
            <Keyed lines=lines />
        </ul>
        <More total=total shown=count portion=PORTION />
    }
}

fn lines<'a>(
    assets: impl Iterator<Item = &'a AssetSummary>,
    chosen: Memo<Vec<AssetUid>>,
) -> Vec<Line> {
    let line = |asset: &AssetSummary| {
        let asset = asset.clone();
        Line {
            key: asset.uid.to_string(),
            make: Arc::new(move || {
                view! { <Choosable asset=asset.clone() chosen=chosen /> }.into_any()
            }),
        }
    };
    assets.map(line).collect()
}

/// An asset that can be chosen: a tap on it, or on its tick, chooses it or takes it out.
#[component]
fn Choosable(asset: AssetSummary, chosen: Memo<Vec<AssetUid>>) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let uid = asset.uid;
    let is_chosen = Memo::new(move |_| chosen.with(|chosen| chosen.contains(&uid)));
    let name = asset.name.clone().or(asset.code.clone());
    let name = name.unwrap_or_default();
    let turn = move |()| nav.take(Step::TapAsset(uid));
    view! {
        <div class="stop" class:chosen=move || is_chosen.get()>
            <AssetRow asset=asset on_open=Callback::new(turn) />
            <IconButton
                icon=lu::LuCheck
                class="tick"
                label=Signal::derive(move || t_string!(words, task.choose_one, place = name))
                pressed=Signal::derive(move || is_chosen.get())
                on_press=turn
            />
        </div>
    }
}
