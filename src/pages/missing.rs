//! Cards that are not there, or not yet.

use crate::{
    components::{
        button::Button,
        icon::lu,
        live::When,
        notice::{Banner, Empty, Tone},
        panel::{Leave, Panel},
        trouble::TroubleBanner,
    },
    locales::{t, use_words},
    worker::protocol::Trouble,
};
use leptos::prelude::*;

/// On its way.
#[component]
pub fn Opening() -> impl IntoView {
    let words = use_words();
    view! {
        <Panel title=t!(words, task.loading) leave=Leave::Close>
            <progress aria-label=t!(words, task.loading)></progress>
        </Panel>
    }
}

/// Could not be asked for.
#[component]
pub fn Failed(
    /// Why.
    trouble: Trouble,
    /// Asks once more, where that may help.
    #[prop(optional)]
    again: Option<Callback<()>>,
) -> impl IntoView {
    let words = use_words();
    let again = again.map(|again| {
        view! {
            <Button icon=lu::LuRefreshCw on_press=move |()| again.run(())>
                {t!(words, common.retry)}
            </Button>
        }
    });
    view! {
        <Panel title=String::new() leave=Leave::Close>
            <TroubleBanner trouble=trouble />
            {again}
        </Panel>
    }
}

/// Not on this device.
#[component]
pub fn Missing() -> impl IntoView {
    let words = use_words();
    let title = t!(words, task.not_found);
    view! {
        <Panel title=title leave=Leave::Close>
            <Empty
                icon=lu::LuCircleHelp
                title=title
                hint=t!(words, task.not_found_hint)
            />
        </Panel>
    }
}

/// Says that figures may miss what was done long ago, while that is on its way.
#[component]
pub fn NotWhole(
    /// Whether all is here.
    #[prop(into)]
    is_whole: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <When is=move || !is_whole.get()>
            <Banner tone=Tone::Warn title=t!(words, desk.not_whole)>
                <p>{t!(words, desk.not_whole_why)}</p>
            </Banner>
        </When>
    }
}
