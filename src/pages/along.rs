//! Measuring along streets: taps on the map, and between them the way along the lines that the
//! work is done along.

use crate::{
    components::{
        button::{Button, Weight},
        icon::lu,
        live::{maybe, or_nothing},
        panel::{Leave, Panel},
        trouble::sentence,
    },
    locales::{t, t_string, use_words},
    mode::{Mode, Step},
    state::{
        asking, drafts, effect::effect, format, map_link::MapLink, naming, nav::Nav, place::Place,
        prefs::Prefs, session::Session,
    },
    worker::protocol::{Draft, Known, MeasureAlong, TaskCard},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Catalog, WorkKind},
    geodesy::LonLat,
    ids::TaskUid,
    log::{Measured, Stretch},
};
use std::sync::Arc;

/// The panel while something is measured along streets.
#[component]
pub fn AlongPage(
    /// The task.
    task: TaskUid,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let link = expect_context::<MapLink>();
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let taps = Memo::new(move |_| match nav.mode.get() {
        Mode::Measuring(_, taps) => taps,
        _ => Vec::new(),
    });
    let chosen = RwSignal::new(Vec::<usize>::new());
    let ready =
        move || session.catalog.with(Option::is_some) && session.layers.with(|l| !l.is_empty());
    let answer = asking::follow(session, move || {
        let taps = taps.get().into_iter().map(LonLat::from).collect();
        let chosen = chosen.get();
        ready().then_some(MeasureAlong { task, taps, chosen })
    });
    let card = asking::follow(session, move || ready().then_some(TaskCard { uid: task }));
    // What was meant of some taps stays for them, and says nothing of others.
    let before = StoredValue::new(Vec::new());
    effect(move || {
        let now = taps.get();
        let then = before.try_update_value(|then| std::mem::replace(then, now.clone()));
        let same = then.iter().flatten().zip(&now).take_while(|(a, b)| a == b);
        let pairs = same.count().saturating_sub(1);
        if chosen.with_untracked(Vec::len) > pairs {
            chosen.update(|chosen| chosen.truncate(pairs));
        }
    });
    effect(move || {
        let lines = answer
            .good
            .with(|along| along.as_ref().map(|a| a.lines.clone()));
        link.path.set(lines.unwrap_or_default());
    });
    let path = link.path;
    on_cleanup(move || path.set(Vec::new()));

    let amount = Signal::derive(move || answer.good.with(|along| along.as_ref()?.amount.clone()));
    let work = move || {
        let card = card.good.get()??;
        let catalog = session.catalog.get()?;
        let work = catalog.work_kind(card.task.summary.work.as_ref()?)?.clone();
        Some((catalog, work))
    };
    let told = Signal::derive(move || {
        let (catalog, work) = work()?;
        let unit = naming::unit(&catalog, locale.get(), &work.unit);
        Some(format::quantity(locale.get(), &amount.get()?, &unit))
    });
    let name = Signal::derive(move || {
        let of = |(catalog, work): (Arc<Catalog>, WorkKind)| {
            naming::work(&catalog, locale.get(), &work.id)
        };
        work().map(of).unwrap_or_default()
    });
    let add = move |at: Option<LonLat>| {
        if let Some(at) = at {
            nav.take(Step::AddCorner(at.into()));
        }
    };
    let middle = move || {
        let map = link.handle;
        map.with_untracked(|map| Some(map.as_ref()?.middle()))
    };
    let take = move |()| {
        let found = answer.good.get_untracked();
        let Some((along, (_, work))) = found.zip(untrack(work)) else {
            return;
        };
        let Some(amount) = along.amount else { return };
        let typed = card
            .good
            .get_untracked()
            .flatten()
            .and_then(|card| card.typed);
        keep(
            task,
            typed,
            &work.id.0,
            Measured::Along,
            amount,
            along.covered,
        );
        nav.back();
    };
    let hint = Signal::derive(move || {
        if let Some(trouble) = answer.trouble.get() {
            return sentence(words, &trouble);
        }
        let n = taps.with(Vec::len);
        let how = match n {
            0 => t_string!(words, map.along_start),
            1 => t_string!(words, map.along_end),
            _ => t_string!(words, map.along_more),
        };
        format!("{} · {how}", name.get())
    });
    let another = move |ways: usize| {
        let last = taps.with_untracked(Vec::len).saturating_sub(2);
        chosen.update(|chosen| {
            chosen.resize(last + 1, 0);
            chosen[last] = (chosen[last] + 1) % ways;
        });
    };
    let ways = Signal::derive(move || answer.good.with(|a| a.as_ref().map_or(0, |a| a.ways)));
    let foot = move || {
        view! {
            <Button
                icon=lu::LuUndo2
                disabled=Signal::derive(move || taps.with(Vec::is_empty))
                on_press=move |()| nav.take(Step::CornerBack)
            >
                {t!(words, map.draw_back)}
            </Button>
            {maybe(move || {
                let n = ways.get();
                (n > 1)
                    .then(|| {
                        view! {
                            <Button
                                icon=lu::LuWaypoints
                                on_press=move |()| another(n)>
                                {t_string!(words, map.along_other, n = n)}
                            </Button>
                        }
                    })
            })}
            {or_nothing((!place.no_map.get_untracked())
                .then(|| {
                    view! {
                        <Button icon=lu::LuPlus on_press=move |()| add(middle())>
                            {t!(words, map.draw_center)}
                        </Button>
                    }
                }))}
            <Button
                weight=Weight::Primary
                icon=lu::LuCheck
                disabled=Signal::derive(move || amount.with(Option::is_none))
                on_press=take
            >
                {move || match told.get() {
                    Some(n) => t_string!(words, map.along_take, n = n),
                    None => t_string!(words, map.along_none).to_string(),
                }}
            </Button>
        }
    };
    view! {
        <Panel title=t!(words, map.along) subtitle=hint leave=Leave::Back foot=foot>
            <div class="stack tight">
                <p class="figure" role="status">
                    {move || told.get().unwrap_or_default()}
                </p>
                <div class="buttons">
                    {maybe(move || {
                        let here = place.me.get()?;
                        Some(view! {
                            <Button icon=lu::LuLocateFixed on_press=move |()| add(Some(here))>
                                {t!(words, map.along_here)}
                            </Button>
                        })
                    })}
                </div>
            </div>
        </Panel>
    }
}

/// Puts the amount into the report's form, which is read from its draft when it comes back: or
/// from what was `typed` into a report that was taken back.
pub(super) fn keep(
    task: TaskUid,
    typed: Option<Draft>,
    work: &str,
    measured: Measured,
    amount: String,
    covered: Vec<Stretch>,
) {
    let of = drafts::Form { task, asset: None };
    let mut draft = drafts::load(of).or(typed).unwrap_or_default();
    draft.lines.retain(|(id, _)| id != work);
    draft.lines.push((work.into(), amount.clone()));
    draft.known.retain(|(id, _)| id != work);
    let known = Known {
        amount,
        measured,
        covered,
    };
    draft.known.push((work.into(), known));
    drafts::save(of, &draft);
}

/// What the draft of a report says was covered by a track, or else the report that was taken back.
pub(super) fn covered_before(task: TaskUid, typed: Option<&Draft>, work: &str) -> Vec<Stretch> {
    let known = known_before(task, typed, work);
    known.map_or_else(Vec::new, |known| known.covered)
}

/// How that is known, where something was.
pub(super) fn measured_before(
    task: TaskUid,
    typed: Option<&Draft>,
    work: &str,
) -> Option<Measured> {
    Some(known_before(task, typed, work)?.measured)
}

/// What was measured along lines for a report, unless another amount was typed over it.
fn known_before(task: TaskUid, typed: Option<&Draft>, work: &str) -> Option<Known> {
    let of = drafts::Form { task, asset: None };
    let draft = drafts::load(of).or_else(|| typed.cloned())?;
    let (_, amount) = draft.lines.iter().find(|(id, _)| id == work)?;
    let (_, known) = draft.known.iter().find(|(id, _)| id == work)?;
    let along = matches!(known.measured, Measured::Tracked | Measured::Along);
    (along && known.amount == *amount).then(|| known.clone())
}
