//! Choosing the work of a round: what could be done on a whole street, or in an area; or what a
//! completion has left.

use super::{desk::GiveWay, season::Playing};
use crate::{
    components::{
        button::{Button, Weight},
        icon::lu,
        live::{live, maybe, or_nothing},
        notice::Empty,
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{t, t_string, use_words},
    mode::Step,
    state::{acts::Acts, asking, format, naming, nav::Nav, place, prefs::Prefs, session::Session},
    worker::protocol::{Around, Command, Place, RoundsThere},
};
use leptos::prelude::*;
use mendmap_core::{ids::TaskUid, task::RoundOffer};
use std::sync::Arc;

/// The way to the menu of rounds around what is selected.
#[component]
pub fn RoundButton() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    view! {
        <Button icon=lu::LuListChecks on_press=move |()| nav.take(Step::MakeRound)>
            {t!(words, task.round_make)}
        </Button>
    }
}

/// The menu of rounds.
#[component]
pub fn RoundsPage(
    /// Around what.
    around: Around,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let answer = asking::follow(session, move || {
        session.layers.track();
        session.turns.track();
        let around = around.clone();
        session
            .catalog
            .with(Option::is_some)
            .then_some(RoundsThere { around })
    });
    let there = answer.good;
    let on = Signal::derive(move || {
        let name = there.get().and_then(|there| there.name);
        name.map(|s| t_string!(words, task.plot_on, place = s))
            .unwrap_or_default()
    });
    let menu = live(move || {
        // Of a city that is half here a round would be half made.
        let Some(there) = there.get().filter(|_| session.ready.get()) else {
            return view! { <progress aria-label=t!(words, task.loading)></progress> }.into_any();
        };
        if there.offers.is_empty() {
            let (title, hint) = (t!(words, task.round_none), t!(words, task.round_none_hint));
            return view! { <Empty icon=lu::LuClipboardList title=title hint=hint /> }.into_any();
        }
        let name = there.name;
        let tiles: Vec<_> = there
            .offers
            .into_iter()
            .map(|offer| view! { <li><Choice offer=offer name=name.clone() /></li> })
            .collect();
        view! {
            <ul class="tiles">{tiles}</ul>
            <GiveWay />
        }
        .into_any()
    });
    view! {
        <Panel title=t!(words, task.round_title) subtitle=on leave=Leave::Back>
            <TroubleThere trouble=answer.trouble />
            {menu}
        </Panel>
    }
}

/// A round; a tap makes it.
#[component]
fn Choice(offer: RoundOffer, name: Option<String>) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let made = make(nav, Step::Plotted);
    let locale = expect_context::<Prefs>().locale;
    let (count, busy, beyond) = (offer.assets.len(), offer.busy, offer.beyond);
    let title = work_of(&offer);
    let size = move || {
        t_string!(
            words,
            task.round_size,
            n = format::count(locale.get(), count)
        )
    };
    let busy = (busy > 0)
        .then(|| view! { <span class="small muted">{move || t_string!(words, task.round_busy, n = busy)}</span> });
    let beyond = (beyond > 0)
        .then(|| view! { <span class="small muted">{move || t_string!(words, task.round_beyond, n = beyond)}</span> });
    view! {
        <button type="button" class="tile" on:click=move |_| made(offer.clone(), name.clone())>
            <span class="name">{title}</span>
            <span class="small muted">{size}</span>
            {or_nothing(busy)}
            {or_nothing(beyond)}
        </button>
    }
}

/// The button that makes a round of what the completion that is shown has left: in the part of
/// the map that is seen or, without a map, nearby.
#[component]
pub fn LeftRound() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let place = expect_context::<place::Place>();
    let locale = expect_context::<Prefs>().locale;
    let playing = use_context::<Playing>();
    let answer = asking::follow(session, move || {
        if playing.is_some_and(|playing| playing.0.get()) {
            return None;
        }
        session.layers.track();
        let (_, within) = place.around()?;
        let at = place.origin();
        session
            .completion
            .with(Option::is_some)
            .then_some(RoundsThere {
                around: Around::Left { at, within },
            })
    });
    let made = make(nav, Step::OpenTask);
    maybe(move || {
        // Of a city that is half here a round would be half made.
        let there = answer.good.get().filter(|_| session.ready.get())?;
        let offer = there.offers.into_iter().next()?;
        let name = there.name;
        let made = made.clone();
        let n = format::count(locale.get(), offer.assets.len());
        let label = match place.no_map.get() || offer.beyond > 0 {
            true => t_string!(words, completion.round_near, n = n),
            false => t_string!(words, completion.round_seen, n = n),
        };
        Some(view! {
            <Button
                weight=Weight::Primary
                icon=lu::LuListChecks
                on_press=move |()| made(offer.clone(), name.clone())
            >
                {label}
            </Button>
        })
    })
}

/// The kind of work of a round, in words.
fn work_of(offer: &RoundOffer) -> impl Fn() -> String + Clone + use<> {
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let work = offer.work.clone();
    move || {
        let catalog = session.catalog.get();
        catalog
            .map(|catalog| naming::work(&catalog, locale.get(), &work))
            .unwrap_or_default()
    }
}

/// Makes a round, which then is called so, and takes a step to it.
type Make = Arc<dyn Fn(RoundOffer, Option<String>) + Send + Sync>;

fn make(nav: Nav, step: fn(TaskUid) -> Step) -> Make {
    let words = use_words();
    let acts = expect_context::<Acts>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    Arc::new(move |offer: RoundOffer, name: Option<String>| {
        let work = offer.work.clone();
        let said = move || {
            let catalog = session.catalog.get();
            let work = catalog.map(|catalog| naming::work(&catalog, locale.get(), &work));
            t_string!(words, task.plotted, work = work.unwrap_or_default())
        };
        let command = Command::Plot {
            work: offer.work,
            place: Place::Round {
                name,
                assets: offer.assets,
            },
            note: String::new(),
        };
        acts.act(command, said, move |acted| {
            nav.take(step(acted.task.summary.uid))
        });
    })
}
