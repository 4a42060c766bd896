//! Who did what with which account, and when.

use super::hand::Hand;
use crate::{
    components::{
        button::Button,
        icon::lu,
        live::{live, or_nothing},
    },
    locales::{Words, t, t_string, use_words},
    pages::account::role_word,
    state::{format, naming, prefs::Prefs, session::Session},
    worker::protocol::AccountList,
};
use leptos::prelude::*;
use mendmap_core::{
    account::act::{Deed, Done},
    catalog::{Catalog, CrewId},
};

/// What was done with accounts, the last first.
#[component]
pub(super) fn AccountHistory(
    /// The accounts.
    list: RwSignal<Option<AccountList>>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let hand = expect_context::<Hand>();
    let rows = live(move || {
        let (list, catalog) = (list.get()?, session.catalog.get()?);
        let me = list.me.unwrap_or_default();
        let row = |done: Done| {
            let said = told(words, &catalog, &done.deed);
            let at = format::moment(locale.get(), &done.at.to_string());
            let who = format!("{at} · {}", done.by);
            let is_own = *done.account.0 == *me;
            let event = done.event;
            let back = done.is_taken_back.then(|| {
                view! { <span class="small">{t!(words, govern.taken_back)}</span> }
            });
            let undo = (!done.is_taken_back && !is_own).then(|| {
                view! {
                    <Button icon=lu::LuUndo2 on_press=move |()| hand.take_back_deed(event)>
                        {t!(words, govern.take_back)}
                    </Button>
                }
            });
            view! {
                <li class="stack">
                    <span>{done.account.to_string()} ": " <strong>{said}</strong></span>
                    <span class="small muted">{who}</span>
                    {or_nothing(back)}
                    {or_nothing(undo)}
                </li>
            }
        };
        let rows = list.done.into_iter().map(row).collect_view();
        Some(view! { <ol class="settings-list history">{rows}</ol> })
    });
    view! {
        <details class="fold">
            <summary>{t!(words, govern.account_history)}</summary>
            {rows}
        </details>
    }
}

/// What was done, in words.
fn told(words: Words, catalog: &Catalog, deed: &Deed) -> String {
    let locale = words.get_locale();
    let named = |id: &CrewId| naming::crew(catalog, locale, &id.0);
    let all = |crews: &[CrewId]| match crews.is_empty() {
        true => t_string!(words, govern.nothing).to_string(),
        false => crews.iter().map(named).collect::<Vec<_>>().join(", "),
    };
    match deed {
        Deed::Add { name, role, crews } => {
            let role = words.say(role_word(*role));
            let (made, crews) = (t_string!(words, govern.d_added), all(crews));
            format!("{made} · {name} · {role} · {crews}")
        }
        Deed::Name(name) => format!("{} {name}", t_string!(words, govern.d_name)),
        Deed::Role(role) => {
            format!(
                "{} {}",
                t_string!(words, govern.d_role),
                words.say(role_word(*role))
            )
        }
        Deed::Crews(crews) => format!("{} {}", t_string!(words, govern.d_crews), all(crews)),
        Deed::Lock(true) => t_string!(words, govern.d_locked).to_string(),
        Deed::Lock(false) => t_string!(words, govern.d_unlocked).to_string(),
    }
}
