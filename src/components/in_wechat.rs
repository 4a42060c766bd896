//! WeChat's own browser, in which links from a chat open: it may clear what it keeps.

use super::notice::{Banner, Tone};
use crate::locales::{t, use_words};
use leptos::prelude::*;

/// What WeChat's browser calls itself by, in its user agent (Weixin's documents for web pages).
const NAME: &str = "MicroMessenger";

/// Whether this is it.
pub fn is_here() -> bool {
    let agent = window().navigator().user_agent().unwrap_or_default();
    agent.contains(NAME)
}

/// Advises, there, to open another browser before anything is filled in.
#[component]
pub fn InWeChat() -> impl IntoView {
    let words = use_words();
    match is_here() {
        true => view! {
            <Banner tone=Tone::Warn title=t!(words, task.wechat)>
                <p>{t!(words, task.wechat_why)}</p>
            </Banner>
        }
        .into_any(),
        false => ().into_any(),
    }
}
