//! One file a screen, and what lies over all of them.
//!
//! * over all: [`top`] with [`search`]; [`keys`]
//! * [`map`], [`add`], [`browse`] with its [`legend`] and what is [`listed`]; [`draw`], [`place`]; without a
//!   map, [`walk`] with its [`corners`]; an outline one does [`go_round`], or it is [`boxed`]
//! * [`asset`], [`plot`], [`find`], [`task`] with [`conflict`], [`checks`], [`history`], what was [`reported`] and how to [`tell`] of it;
//!   [`safe`], [`report`] with its [`lines`], [`quantity`] and [`patches`], who [`attended`], its [`checklist`], and
//!   what is measured [`along`] streets or by a [`track`], corrected as [`tracked`] and put into the report by
//!   [`kept_track`]; [`photos`]; [`missing`]
//! * what the layers do not have so: to [`amend`] them, and what was [`said`] of an asset; all
//!   such [`proposals`], for whoever decides
//! * [`govern`]: what is set of the city's catalogue
//! * [`programme`]: what is done over years, year by year and asset by asset
//! * [`rounds`] that can be made, also of what one does [`choose`]; of one, the [`stops`], and each [`stop`];
//!   of one that looks at things, what it has [`observed`]; on [`paper`]
//! * [`work`], each an [`errand`], and what one is to [`find_now`]; [`completion`] with its [`period`], day by day ([`season`]) and [`by_place`]
//! * the [`ledger`], what was done, its [`monthly`] form, and what of it is [`printed`]; [`indicators`], how far it came and how long that took
//! * the [`crews`] to choose from; of the [`desk`], whose panels wait for a part of the program of their own ([`at_desk`]): to [`dispatch`] work and say its [`priority`], to [`give`] out what falls due or was chosen, and reports to [`review`] or to [`send_back`]
//! * [`layers`] with [`problems`] and [`own_layer`]: [`file_source`], from where a file comes; [`file_look`] and
//!   [`file_on_map`] before it is in place, [`own_files`] for the way back
//! * [`settings`] with [`account`], [`phone`], [`records`] and [`device`]

pub mod account;
pub mod add;
pub mod along;
pub mod amend;
pub mod asset;
mod at_desk;
pub mod attended;
pub mod boxed;
pub mod browse;
pub mod by_place;
pub mod checklist;
pub mod checks;
pub mod choose;
pub mod completion;
pub mod conflict;
pub mod corners;
pub mod crews;
pub mod desk;
pub mod device;
pub mod dispatch;
pub mod draw;
pub mod errand;
pub mod facts;
pub mod file_look;
pub mod file_on_map;
pub mod file_source;
pub mod find;
pub mod find_now;
pub mod give;
pub mod go_round;
pub mod govern;
pub mod history;
pub mod indicators;
pub mod kept_track;
pub mod keys;
mod later;
pub mod layers;
pub mod ledger;
pub mod legend;
pub mod lines;
pub mod listed;
pub mod map;
pub mod missing;
pub mod monthly;
pub mod observed;
pub mod own_files;
pub mod own_layer;
pub mod paper;
pub mod patches;
pub mod period;
pub mod phone;
pub mod photos;
pub mod place;
pub mod plot;
pub mod printed;
pub mod priority;
pub mod problems;
pub mod programme;
pub mod proposals;
pub mod published;
pub mod quantity;
pub mod records;
pub mod report;
pub mod reported;
pub mod review;
pub mod rounds;
pub mod safe;
pub mod said;
pub mod search;
pub mod season;
pub mod send_back;
pub mod settings;
pub mod stop;
pub mod stops;
pub mod take_out;
pub mod task;
pub mod tell;
pub mod top;
pub mod track;
pub mod tracked;
pub mod walk;
pub mod work;

use crate::mode::Mode;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent};

/// The panel for what the screen is doing.
pub fn page(mode: Mode) -> AnyView {
    match mode {
        Mode::Browsing => view! { <browse::Browse /> }.into_any(),
        other => later::page(other),
    }
}

/// Takes the focus to the panel without touching the address.
pub fn skip(ev: MouseEvent) {
    ev.prevent_default();
    to_title();
}

/// Takes the focus to the panel's title.
pub fn to_title() {
    // A heading with a tabindex takes the focus.
    focus(".sheet h2");
}

/// Takes the focus to the first thing of this kind that there is; a browser may leave it.
pub fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}
