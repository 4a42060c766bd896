//! Search by code, name or street, all of it by keyboard.

use crate::{
    components::{
        asset_row::AssetRow,
        button::IconButton,
        icon::{Lucide, lu},
        live::{When, maybe},
        notice::Empty,
        paged::More,
    },
    locales::{t, t_string, use_words},
    state::{
        asking,
        effect::{effect, on_change},
        format,
        place::Place,
        prefs::Prefs,
        session::Session,
    },
    worker::protocol,
};
use leptos::{html, prelude::*};
use mendmap_core::city::Searched;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Results shown at first, and added by each press.
const PORTION: usize = 20;

/// The search box and, under it, what was found.
#[component]
pub fn Search() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let place = expect_context::<Place>();
    let input = NodeRef::<html::Input>::new();
    let area = NodeRef::<html::Div>::new();
    let typed = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let wanted = settled(typed);
    let limit = RwSignal::new(PORTION);
    on_change(move || wanted.track(), move || limit.set(PORTION));
    let answer = asking::follow(session, move || {
        // Asked again when layers arrive.
        session.layers.track();
        let (text, limit) = (wanted.get(), limit.get());
        // A list under a finger does not change its order because somebody walks on.
        let near = untrack(|| place.origin());
        (!text.is_empty()).then_some(protocol::Search { text, limit, near })
    });
    let found = answer.good;
    let shown = Memo::new(move |_| open.get() && !wanted.with(String::is_empty));

    let clear = move |()| {
        typed.set(String::new());
        if let Some(input) = input.get_untracked() {
            // The field is there to be typed in.
            let _ = input.focus();
        }
    };
    let leave = move |ev: web_sys::FocusEvent| {
        let to = ev
            .related_target()
            .and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        let inside = area
            .get_untracked()
            .is_some_and(|area| area.contains(to.as_ref()));
        if !inside {
            open.set(false);
        }
    };
    let by_key = move |ev: KeyboardEvent| {
        let Some(area) = area.get_untracked() else {
            return;
        };
        match ev.key().as_str() {
            "ArrowDown" => move_focus(&area, 1),
            "ArrowUp" => move_focus(&area, -1),
            "Enter" if is_input(&ev) => press_first(&area),
            "Escape" if shown.get_untracked() => open.set(false),
            _ => return,
        }
        ev.prevent_default();
    };
    view! {
        // `in-use` keeps the focus here when a panel comes; see [`crate::components::panel`].
        <div
            class="search"
            class:in-use=open
            role="search"
            node_ref=area
            on:focusout=leave
            on:keydown=by_key
        >
            <div class="search-box">
                <Lucide icon=lu::LuSearch />
                <input
                    id="search"
                    type="search"
                    enterkeyhint="search"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=t!(words, map.search)
                    placeholder=t!(words, map.search)
                    aria-controls="search-results"
                    aria-expanded=move || shown.get().to_string()
                    role="combobox"
                    aria-autocomplete="list"
                    node_ref=input
                    prop:value=typed
                    on:input:target=move |ev| {
                        typed.set(ev.target().value());
                        open.set(true);
                    }
                    on:focus=move |_| open.set(true)
                />
                <When is=move || !typed.with(String::is_empty)>
                    <IconButton
                        icon=lu::LuX
                        label=t!(words, map.search_clear)
                        on_press=clear
                    />
                </When>
            </div>
            <div id="search-results">
                <When is=move || shown.get()>
                    <Results
                        found=found
                        text=wanted
                        limit=limit
                        on_open=Callback::new(move |()| {
                            open.set(false);
                            // Found: the next search begins by typing.
                            typed.set(String::new());
                        })
                    />
                </When>
            </div>
        </div>
    }
}

#[component]
fn Results(
    found: RwSignal<Option<Searched>>,
    text: RwSignal<String>,
    limit: RwSignal<usize>,
    on_open: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let nothing = move || {
        let text = text.get();
        let hint = if session.ready.get() {
            t_string!(words, map.search_none_hint)
        } else {
            t_string!(words, map.search_wait)
        };
        let title = t_string!(words, map.search_none, text = text);
        view! { <Empty icon=lu::LuSearch title=title hint=hint.to_string() /> }
    };
    let total = Signal::derive(move || found.with(|f| f.as_ref().map_or(0, |f| f.total)));
    let status = Signal::derive(move || match total.get() {
        1 => t_string!(words, map.search_one).to_string(),
        n => t_string!(
            words,
            map.search_results,
            n = format::count(locale.get(), n)
        ),
    });
    let rows = maybe(move || {
        let found = found.get()?.best;
        Some(if found.is_empty() {
            nothing().into_any()
        } else {
            let rows: Vec<_> = found
                .into_iter()
                .map(|found| view! { <li><AssetRow asset=found.asset /></li> })
                .collect();
            view! {
                <ul class="rows" aria-label=status on:click=move |_| on_open.run(())>
                    {rows}
                </ul>
            }
            .into_any()
        })
    });
    view! {
        <div class="search-results">
            <p class="small muted" role="status">{status}</p>
            {rows}
            <More total=total shown=limit portion=PORTION />
        </div>
    }
}

/// What was typed, once the typing has paused.
fn settled(typed: RwSignal<String>) -> RwSignal<String> {
    let settled = RwSignal::new(String::new());
    let mut later =
        leptos::leptos_dom::helpers::debounce(Duration::from_millis(120), move |text| {
            settled.set(text);
        });
    effect(move || later(typed.with(|text| text.trim().to_string())));
    settled
}

fn is_input(ev: &KeyboardEvent) -> bool {
    ev.target()
        .and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok())
        .is_some()
}

/// The field and the lines under it, in order.
fn stops(area: &web_sys::HtmlDivElement) -> Vec<HtmlElement> {
    let Ok(all) = area.query_selector_all("input, .row, .button") else {
        return Vec::new();
    };
    (0..all.length())
        .filter_map(|i| all.get(i)?.dyn_into().ok())
        .collect()
}

fn move_focus(area: &web_sys::HtmlDivElement, by: isize) {
    let stops = stops(area);
    let active = document().active_element();
    let at = stops
        .iter()
        .position(|stop| active.as_ref().is_some_and(|a| a == stop.as_ref()));
    let next = at
        .unwrap_or(0)
        .checked_add_signed(by)
        .and_then(|next| stops.get(next));
    if let Some(next) = next {
        // Lines are buttons, which take the focus.
        let _ = next.focus();
    }
}

fn press_first(area: &web_sys::HtmlDivElement) {
    if let Some(first) = stops(area).get(1) {
        first.click();
    }
}
