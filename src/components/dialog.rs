//! A list or a question over everything: the browser's own dialog, which keeps
//! the focus inside and gives it back.

use super::{button::IconButton, icon::lu, live::When};
use crate::{
    locales::{t, use_words},
    state::effect::effect,
};
use leptos::{html, prelude::*};

/// A dialog that is open while `open` is true.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// Its content.
    children: ChildrenFn,
) -> impl IntoView {
    let words = use_words();
    let dialog = NodeRef::<html::Dialog>::new();
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only where the page is going away.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog
            class="dialog"
            aria-label=title
            node_ref=dialog
            on:close=move |_| open.set(false)
            on:click=move |ev| {
                // A click on the dialog itself, not on what is in it, met the backdrop.
                let target: web_sys::Element = event_target(&ev);
                if target.tag_name() == "DIALOG" {
                    open.set(false);
                }
            }
        >
            <When is=move || open.get()>
                <div class="dialog-head">
                    <h2>{title}</h2>
                    <IconButton
                        icon=lu::LuX
                        label=t!(words, common.close)
                        on_press=move |()| open.set(false)
                    />
                </div>
                <div class="dialog-body">{children()}</div>
            </When>
        </dialog>
    }
}
