//! A line of a list.

use leptos::prelude::*;

/// A line that opens something: a mark, a name, something about it, a figure.
#[component]
pub fn Row(
    /// What it is, as on the map.
    #[prop(optional, into)]
    mark: ViewFn,
    /// Its name.
    #[prop(into)]
    name: Signal<String>,
    /// More about it, in one line.
    #[prop(into)]
    about: Signal<String>,
    /// What must not be overlooked about it.
    #[prop(optional, into)]
    flag: ViewFn,
    /// A figure at the end, such as a distance.
    #[prop(optional, into)]
    end: Signal<String>,
    /// What it opens, by which focus finds it again; see [`super::panel`].
    #[prop(into)]
    key: String,
    /// Opens it.
    #[prop(into)]
    on_open: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="row" data-key=key on:click=move |_| on_open.run(())>
            {mark.run()}
            <span class="text">
                <span class="name">{name}</span>
                <span class="about">{about}</span>
                {flag.run()}
            </span>
            <span class="end">{end}</span>
        </button>
    }
}
