//! Choosing the work of a round: what could be done on a whole street, or in a drawn area.

use crate::{
    components::{
        button::Button,
        icon::lu,
        live::{live, or_nothing},
        notice::Empty,
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{t, t_string, use_words},
    mode::Step,
    state::{acts::Acts, asking, format, naming, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::{Around, Command, Place, RoundsThere},
};
use leptos::prelude::*;
use mendmap_core::task::RoundOffer;

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
        let street = there.get().and_then(|there| there.street);
        street
            .map(|s| t_string!(words, task.plot_on, place = s))
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
        let street = there.street;
        let tiles: Vec<_> = there
            .offers
            .into_iter()
            .map(|offer| view! { <li><Choice offer=offer street=street.clone() /></li> })
            .collect();
        view! { <ul class="tiles">{tiles}</ul> }.into_any()
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
fn Choice(offer: RoundOffer, street: Option<String>) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let (count, busy) = (offer.assets.len(), offer.busy);
    let work = offer.work.clone();
    let name = move || {
        let catalog = session.catalog.get();
        catalog
            .map(|catalog| naming::work(&catalog, locale.get(), &work))
            .unwrap_or_default()
    };
    let title = name.clone();
    let size = move || {
        t_string!(
            words,
            task.round_size,
            n = format::count(locale.get(), count)
        )
    };
    let busy = (busy > 0)
        .then(|| view! { <span class="small muted">{move || t_string!(words, task.round_busy, n = busy)}</span> });
    let make = move |_| {
        let place = Place::Round {
            name: street.clone(),
            assets: offer.assets.clone(),
        };
        let command = Command::Plot {
            work: offer.work.clone(),
            place,
            note: String::new(),
        };
        let name = name.clone();
        let said = move || t_string!(words, task.plotted, work = name());
        acts.act(command, said, move |acted| {
            nav.take(Step::Plotted(acted.task.summary.uid))
        });
    };
    view! {
        <button type="button" class="tile" on:click=make>
            <span class="name">{title}</span>
            <span class="small muted">{size}</span>
            {or_nothing(busy)}
        </button>
    }
}
