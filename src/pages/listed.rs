//! The list that mirrors the map; without a map, what is nearby.

use crate::{
    components::{
        asset_row::AssetRow,
        button::Button,
        icon::lu,
        live::{When, maybe},
        notice::Empty,
        paged::More,
    },
    locales::{Word, Words, keys::task, t, t_string, use_words},
    state::{
        effect::effect,
        place::{Here, Place},
        session::Session,
        toasts::Toasts,
    },
};
use leptos::prelude::*;
use mendmap_core::city::Near;

/// Assets listed at first, and added by each press.
pub const PORTION: usize = 30;

/// The list, nearest first.
#[component]
pub fn Listed(
    /// What is there.
    near: Signal<Option<Near>>,
    /// How many lines are asked for.
    count: RwSignal<usize>,
) -> impl IntoView {
    let words = use_words();
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let order = move || match place.no_map.get() {
        true => order_words(words, place, task::sorted_city),
        false => words.say(task::sorted_middle),
    };
    let rows = maybe(move || {
        let hits = near.get()?.hits;
        Some(if hits.is_empty() && session.ready.get() {
            let title = t_string!(words, map.in_view_none).to_string();
            let hint = t_string!(words, map.in_view_none_hint).to_string();
            view! { <Empty icon=lu::LuMap title=title hint=hint /> }.into_any()
        } else {
            let rows: Vec<_> = hits
                .into_iter()
                .map(|hit| view! { <li><AssetRow asset=hit.asset metres=Some(hit.metres) /></li> })
                .collect();
            view! {
                <p class="small muted">{order}</p>
                <ul class="rows">{rows}</ul>
            }
            .into_any()
        })
    });
    let total = Signal::derive(move || near.with(|near| near.as_ref().map_or(0, |n| n.total)));
    view! {
        <When is=move || place.no_map.get()>
            <Locate />
        </When>
        {rows}
        <More total=total shown=count portion=PORTION />
    }
}

/// Finds out where this device is, so that the list begins there: a map would do it.
#[component]
fn Locate() -> impl IntoView {
    let words = use_words();
    let asked = RwSignal::new(false);
    let button = move || {
        view! {
            <Button icon=lu::LuLocate on_press=move |()| asked.set(true)>
                {t!(words, map.locate)}
            </Button>
        }
    };
    view! {
        <When is=move || asked.get() otherwise=button>
            <Locating asked=asked />
        </When>
    }
}

#[component]
fn Locating(asked: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let toasts = expect_context::<Toasts>();
    let here = Here::start();
    expect_context::<Place>().follow(here, words);
    // Once is enough: in a list that moves a finger meets the wrong line.
    effect(move || {
        let (found, why_not) = (here.at.get().is_some(), here.doubt.get());
        if !found && !why_not.is_empty() {
            toasts.show(why_not, None);
        } else if !found {
            return;
        }
        asked.set(false);
    });
    view! { <p class="muted" role="status">{t!(words, map.locating)}</p> }
}

/// How a list is ordered: by distance, or as `otherwise` says where there is no place
/// to measure from.
pub fn order_words(words: Words, place: Place, otherwise: Word) -> &'static str {
    words.say(match (place.me.get(), place.origin()) {
        (Some(_), _) => task::sorted_near,
        (None, Some(_)) if place.no_map.get() => task::sorted_city,
        (None, Some(_)) => task::sorted_middle,
        (None, None) => otherwise,
    })
}
