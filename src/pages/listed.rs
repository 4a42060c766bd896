//! The list that mirrors the map; without a map, what is nearby.

use super::work::order_words;
use crate::{
    components::{asset_row::AssetRow, icon::lu, live::maybe, notice::Empty, paged::More},
    locales::{keys::task, t_string, use_words},
    state::{place::Place, session::Session},
};
use leptos::prelude::*;
use mendmap_core::city::Near;

/// Assets listed at first, and added by each press.
pub const PORTION: usize = 30;

/// The list, nearest first.
#[component]
pub fn Listed(
    /// What is there.
    near: RwSignal<Option<Near>>,
    /// How many lines are asked for.
    count: RwSignal<usize>,
) -> impl IntoView {
    let words = use_words();
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let order = move || match place.no_map.get() {
        true => order_words(words, place, task::sorted_middle),
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
                .map(|hit| view! { <li><AssetRow asset=hit.asset metres=hit.metres /></li> })
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
        {rows}
        <More total=total shown=count portion=PORTION />
    }
}
