//! What the app says in place: banners, empty states, progress.

use super::{
    icon::{Icon, Lucide, lu},
    live::or_nothing,
};
use crate::number;
use leptos::prelude::*;

/// How grave a banner is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// Needs a look.
    Warn,
    /// Something failed.
    Danger,
}

/// A notice that stays: what happened, what it means, what to do.
#[component]
pub fn Banner(
    /// How grave.
    #[prop(optional)]
    tone: Tone,
    /// What happened.
    #[prop(into)]
    title: Signal<String>,
    /// What it means and what to do.
    children: Children,
) -> impl IntoView {
    let (class, icon, role) = match tone {
        Tone::Info => ("banner", lu::LuInfo, "note"),
        Tone::Warn => ("banner warn", lu::LuTriangleAlert, "status"),
        Tone::Danger => ("banner danger", lu::LuOctagonAlert, "alert"),
    };
    view! {
        <div class=class role=role>
            <Lucide icon=icon />
            <div class="text">
                <strong>{title}</strong>
                {children()}
            </div>
        </div>
    }
}

/// Nothing here yet, and how to change that.
#[component]
pub fn Empty(
    /// A picture of what is missing.
    icon: Icon,
    /// What is missing.
    #[prop(into)]
    title: Signal<String>,
    /// What to do.
    #[prop(into)]
    hint: Signal<String>,
    /// A button that does it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Lucide icon=icon />
            <p class="title">{title}</p>
            <p class="hint">{hint}</p>
            {or_nothing(children.map(|children| children()))}
        </div>
    }
}

/// How far something has come; without a share, that it goes on.
#[component]
pub fn Progress(
    /// The share done, 0 to 1.
    #[prop(into)]
    share: Signal<Option<f64>>,
    /// What is under way.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="stack tight">
            <span class="small muted">{label}</span>
            <progress
                max="1"
                aria-label=label
                value=move || share.get().map(|share| number::text(share, 3))
            ></progress>
        </div>
    }
}
