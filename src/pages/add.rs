//! The way to work that is not at an asset: at a place, along a line, in an area.

use crate::{
    components::{
        button::IconButton,
        dialog::Dialog,
        icon::{Icon, Lucide, lu},
        live::When,
    },
    locales::{keys::map, t, t_string, use_words},
    mode::{Mode, Step},
    state::{keys::Dialogs, nav::Nav, place::Place, session::Session},
};
use leptos::prelude::*;
use mendmap_core::catalog::PlaceType;

/// The button over the map, and what it offers. Without a map the button is on the list
/// (see [`super::browse`]).
#[component]
pub fn Add() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let place = expect_context::<Place>();
    let open = expect_context::<Dialogs>().add;
    // What it offers comes behind the first view.
    let whole = expect_context::<Session>().whole;
    let drawing = move || {
        let by_hand = |mode: &Mode| {
            matches!(
                mode,
                Mode::Drawing(_) | Mode::Measuring(..) | Mode::Choosing(_) | Mode::Amending(..)
            )
        };
        nav.mode.with(by_hand)
    };
    view! {
        <When is=move || !drawing() && !place.no_map.get()>
            <div class="map-tools">
                <IconButton
                    icon=lu::LuPlus
                    class="floating"
                    label=t!(words, map.add)
                    on_press=move |()| open.set(true)
                />
            </div>
        </When>
        <Dialog open=open title=t!(words, map.add_title)>
            <When
                is=move || whole.get()
                otherwise=move || view! { <progress aria-label=t!(words, task.loading)></progress> }
            >
                <Choices open=open />
            </When>
        </Dialog>
    }
}

#[component]
fn Choices(open: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let place = expect_context::<Place>();
    let point = place.say(words, map::add_point_hint, map::draw_here);
    let line = place.say(words, map::add_line_hint, map::walk_line);
    let area = place.say(words, map::add_area_hint, map::walk_area);
    let point = (t!(words, map.add_point), point);
    let line = (t!(words, map.add_line), line);
    let area = (t!(words, map.add_area), area);
    view! {
        <ul class="rows">
            <FindHere open=open />
            <Choice open=open icon=lu::LuMapPin shape=PlaceType::Point words=point />
            <Choice open=open icon=lu::LuSpline shape=PlaceType::Line words=line />
            <Choice open=open icon=lu::LuPentagon shape=PlaceType::Polygon words=area />
            <Several open=open />
        </ul>
    }
}

/// A defect where this device is, or else in the middle of the map.
#[component]
fn FindHere(open: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let place = expect_context::<Place>();
    let go = move |_| {
        if let Some(at) = untrack(|| place.origin()) {
            open.set(false);
            nav.take(Step::FindAt(at.into()));
        }
    };
    let hint = move || match place.me.get() {
        Some(_) => t_string!(words, task.find_here),
        None => t_string!(words, task.find_middle),
    };
    view! {
        <li>
            <button type="button" class="row" on:click=go>
                <Lucide icon=lu::LuTriangleAlert />
                <span class="text">
                    <span class="name">{t!(words, task.find)}</span>
                    <span class="about">{hint}</span>
                </span>
            </button>
        </li>
    }
}

/// Assets that are chosen one by one.
#[component]
fn Several(open: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let go = move |_| {
        open.set(false);
        nav.take(Step::Choose(Vec::new()));
    };
    view! {
        <li>
            <button type="button" class="row" on:click=go>
                <Lucide icon=lu::LuListChecks />
                <span class="text">
                    <span class="name">{t!(words, task.choose)}</span>
                    <span class="about">{t!(words, task.choose_hint)}</span>
                </span>
            </button>
        </li>
    }
}

#[component]
fn Choice(
    open: RwSignal<bool>,
    icon: Icon,
    shape: PlaceType,
    words: (Signal<String>, Signal<String>),
) -> impl IntoView {
    let nav = expect_context::<Nav>();
    let (name, hint) = words;
    let choose = move |_| {
        open.set(false);
        nav.take(Step::Draw(shape));
    };
    view! {
        <li>
            <button type="button" class="row" on:click=choose>
                <Lucide icon=icon />
                <span class="text">
                    <span class="name">{name}</span>
                    <span class="about">{hint}</span>
                </span>
            </button>
        </li>
    }
}
