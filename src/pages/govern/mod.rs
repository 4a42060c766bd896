//! The city's own settings: what is planned, how often work falls due, how long it may take, who does it,
//! who may log in; and who changed what of it.

pub mod account_form;
pub mod account_history;
pub mod accounts;
pub mod crews;
pub mod entry;
pub mod hand;
pub mod history;
pub mod plan;
pub mod rhythm;

use crate::{
    components::{
        icon::lu,
        live::When,
        notice::Empty,
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{t, t_string, use_words},
    state::{asking, session::Session},
    worker::protocol::{ListSettings, SettingsList},
};
use leptos::prelude::*;

/// The page.
#[component]
pub fn GovernPage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    hand::Hand::offer();
    let answer = asking::follow_packed::<_, SettingsList>(session, move || {
        session.turns.track();
        session.catalog.with(Option::is_some).then_some(())?;
        // Whoever logs in may set more than before.
        session.me.track();
        Some(ListSettings {})
    });
    let list = answer.good;
    let may_set = Memo::new(move |_| list.with(|l| l.as_ref().is_some_and(|l| l.may_set)));
    let may_not = Memo::new(move |_| list.with(|l| l.as_ref().is_some_and(|l| !l.may_set)));
    view! {
        <Panel title=t!(words, govern.title) name="govern" leave=Leave::Back linked=true>
            <div class="stack roomy">
                <p class="help">{t!(words, govern.hint)}</p>
                <TroubleThere trouble=answer.trouble />
                <When is=move || may_not.get()>
                    <Empty
                        icon=lu::LuLock
                        title=t_string!(words, govern.may_not).to_string()
                        hint=t_string!(words, govern.may_not_hint).to_string()
                    />
                </When>
                <When is=move || may_set.get()>
                    <plan::Plan />
                    <rhythm::Rhythm />
                    <crews::Crews />
                    <accounts::Accounts />
                </When>
                <history::History list=list />
            </div>
        </Panel>
    }
}
