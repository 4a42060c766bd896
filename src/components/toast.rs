//! What was just done, with the way to take it back.

use super::{
    button::{Button, IconButton, Weight},
    icon::lu,
    live::{maybe, or_nothing},
};
use crate::{
    locales::{t, use_words},
    state::{announce::Announcer, toasts::Toasts},
};
use leptos::prelude::*;

/// The notice that is shown, in a live region that is always there.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let words = use_words();
    let toasts = expect_context::<Toasts>();
    let shown = toasts.shown();
    let undo = move || {
        let offer = shown.with(|toast| {
            let toast = toast.as_ref()?;
            toast.undo.map(|_| toast.offer)
        });
        offer.map(|offer| {
            view! {
                <Button weight=Weight::Plain on_press=move |()| { toasts.undo(); }>
                    {words.live(offer)}
                </Button>
            }
        })
    };
    view! {
        <div class="toasts" role="status">
            {maybe(move || {
                shown
                    .get()
                    .map(|toast| {
                        view! {
                            <div
                                class="toast in"
                                on:pointerenter=move |_| toasts.hold(true)
                                on:pointerleave=move |_| toasts.hold(false)
                                on:focusin=move |_| toasts.hold(true)
                                on:focusout=move |_| toasts.hold(false)
                            >
                                <p>{toast.text}</p>
                                {or_nothing(undo())}
                                <IconButton
                                    icon=lu::LuX
                                    label=t!(words, common.close)
                                    on_press=move |()| toasts.dismiss()
                                />
                            </div>
                        }
                    })
            })}
        </div>
    }
}

/// What is said to those who listen.
#[component]
pub fn Voice() -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    view! {
        <div class="visually-hidden" aria-live="polite" aria-atomic="true">
            {announcer.said()}
        </div>
    }
}
