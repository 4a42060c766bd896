//! A button that asks for files.

use super::{
    button::{Button, Weight},
    icon::Icon,
};
use crate::state::files;
use leptos::{html, prelude::*};
use web_sys::File;

/// A button that lets a person choose files; the input behind it has no look of its own.
#[component]
pub fn FileButton(
    /// Which files, as an input's `accept`.
    accept: &'static str,
    /// Several at once.
    #[prop(optional)]
    multiple: bool,
    /// From the camera, where there is one, and not from the gallery.
    #[prop(optional)]
    camera: bool,
    /// How much it stands out.
    #[prop(default = Weight::Quiet)]
    weight: Weight,
    /// An icon before the words.
    #[prop(optional_no_strip)]
    icon: Option<Icon>,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Takes those that were chosen.
    #[prop(into)]
    on_files: Callback<Vec<File>>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let pick = move |()| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <Button weight=weight icon=icon disabled=disabled on_press=pick>
            {children()}
        </Button>
        <input
            hidden
            type="file"
            accept=accept
            multiple=multiple
            capture=camera.then_some("environment")
            node_ref=input
            on:change:target=move |ev| {
                let files = files::chosen(&ev.target());
                if !files.is_empty() {
                    on_files.run(files);
                }
            }
        />
    }
}
