//! The frame of a screen inside the sheet: title, content, and at the lower edge
//! what can be done.
//!
//! It gives the focus to its title, so that keyboard and screen reader arrive
//! with the eyes; and when a list comes back, to the line that was left.

use super::{button::IconButton, icon::lu, live::or_nothing, sheet::SheetState};
use crate::{
    locales::{t, t_string, use_words},
    state::{effect::effect, media::on_height, nav::Nav, toasts::Toasts},
};
use leptos::{html, prelude::*, task::spawn_local};
use std::collections::HashMap;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

/// Where each panel was left: how far it was scrolled, and which line was opened.
#[derive(Clone, Copy)]
pub struct Places(StoredValue<Known>);

#[derive(Default)]
struct Known {
    /// False until the first panel came: then nobody moved, and focus stays.
    begun: bool,
    left: HashMap<&'static str, (i32, Option<String>)>,
}

impl Places {
    /// Nothing was left yet.
    pub fn start() -> Self {
        Places(StoredValue::new(Known::default()))
    }
}

/// What stands beside the title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Leave {
    /// Nothing: the navigation leads away.
    #[default]
    Nowhere,
    /// An arrow back to where we were.
    Back,
    /// A cross that lets go of the selection.
    Close,
}

/// A screen's frame.
#[component]
pub fn Panel(
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// A line under the title.
    #[prop(optional, into)]
    subtitle: Option<Signal<String>>,
    /// Which panel this is, where it should come back as it was left.
    #[prop(optional)]
    name: Option<&'static str>,
    /// How one leaves it.
    #[prop(optional)]
    leave: Leave,
    /// Whether its address is worth handing on.
    #[prop(optional)]
    linked: bool,
    /// A mark before the title.
    #[prop(optional, into)]
    mark: ViewFn,
    /// What can be done, at the lower edge.
    #[prop(optional, into)]
    foot: ViewFn,
    /// The content.
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<html::H2>::new();
    let body = NodeRef::<html::Div>::new();
    arrive(name, heading, body);
    let footer = NodeRef::<html::Footer>::new();
    let sheet = expect_context::<SheetState>();
    effect(move || {
        if let Some(footer) = footer.get() {
            // One without buttons is not shown, and of that no height is heard.
            sheet.foot.set(0.0);
            on_height(&footer, move |height| sheet.foot.set(height));
        }
    });
    view! {
        <header class="sheet-head" class:has-back=leave == Leave::Back>
            {leave_button(leave, Leave::Back)}
            {mark.run()}
            <div class="sheet-title">
                <h2 node_ref=heading tabindex="-1">
                    {title}
                </h2>
                {or_nothing(subtitle.map(|text| view! { <p>{text}</p> }))}
            </div>
            {or_nothing(linked.then(copy_button))}
            {leave_button(leave, Leave::Close)}
        </header>
        <div class="sheet-body" node_ref=body>
            {children()}
        </div>
        <footer class="sheet-foot" node_ref=footer>{foot.run()}</footer>
    }
}

fn leave_button(leave: Leave, which: Leave) -> AnyView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let (icon, label) = match which {
        Leave::Back => (lu::LuArrowLeft, t!(words, common.back)),
        _ => (lu::LuX, t!(words, common.close)),
    };
    or_nothing(
        (leave == which)
            .then(|| view! { <IconButton icon=icon label=label on_press=move |()| nav.back() /> }),
    )
}

/// The way to hand what is selected to somebody: an app on the home screen shows no
/// address. Over plain http a browser lends nobody its clipboard.
fn copy_button() -> AnyView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let toasts = expect_context::<Toasts>();
    let copy = move |()| {
        let copied = window().navigator().clipboard().write_text(&nav.link());
        spawn_local(async move {
            let said = match JsFuture::from(copied).await {
                Ok(_) => untrack(|| t_string!(words, map.link_copied)),
                Err(_) => untrack(|| t_string!(words, map.link_not_copied)),
            };
            toasts.show(said, None);
        });
    };
    or_nothing(window().is_secure_context().then(|| {
        let label = t!(words, map.share_link);
        view! { <IconButton icon=lu::LuLink label=label on_press=copy /> }
    }))
}

/// Brings focus and scrolling to where they belong, and notes where they were.
fn arrive(name: Option<&'static str>, heading: NodeRef<html::H2>, body: NodeRef<html::Div>) {
    let places = expect_context::<Places>().0;
    // Now, before the panel is in the document: from then on someone may see it and go on.
    let before = document().active_element();
    effect(move || {
        let (Some(heading), Some(body)) = (heading.get(), body.get()) else {
            return;
        };
        let begun = places.with_value(|known| known.begun);
        places.update_value(|known| known.begun = true);
        if !begun {
            return;
        }
        let left = name.and_then(|name| places.with_value(|known| known.left.get(name).cloned()));
        let before = before.clone();
        request_animation_frame(move || {
            let (top, key) = left.unwrap_or_default();
            body.set_scroll_top(top);
            // On a slow device the card comes late, and its first frame later still: a
            // hand that has gone on meanwhile keeps the focus it took, and a search
            // that is in use keeps it whenever it began.
            let now = document().active_element();
            let moved_on = now != before;
            if now.is_some_and(|now| {
                let searching = now.closest(".search.in-use").is_ok_and(|it| it.is_some());
                searching || moved_on && now.tag_name() != "BODY"
            }) {
                return;
            }
            let line = key.and_then(|key| {
                body.query_selector(&format!("[data-key='{key}']"))
                    .ok()
                    .flatten()
            });
            let target = line.and_then(|line| line.dyn_into::<HtmlElement>().ok());
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            // An element that cannot take the focus leaves it where it is.
            let _ = target
                .as_ref()
                .unwrap_or(&heading)
                .focus_with_options(&options);
        });
    });
    on_cleanup(move || {
        let (Some(name), Some(body)) = (name, body.get_untracked()) else {
            return;
        };
        let key = document()
            .active_element()
            .filter(|element| body.contains(Some(element)))
            .and_then(|element| element.get_attribute("data-key"));
        let top = body.scroll_top();
        places.update_value(|known| {
            known.left.insert(name, (top, key));
        });
    });
}
