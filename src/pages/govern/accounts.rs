//! Accounts: who may log in, as what, in which crews. A password is given here and never shown.

use super::{
    account_form::{Crews, NewAccount, Roles, field, joined, parted, password_field},
    account_history::AccountHistory,
    hand::Hand,
};
use crate::{
    components::{
        button::Button,
        field::FieldError,
        icon::lu,
        keyed::{Keyed, Line},
        live::{When, live},
    },
    locales::{t, t_string, use_words},
    pages::account::role_word,
    state::{asking, effect::effect, session::Session},
    worker::protocol::{AccountList, ListAccounts},
};
use leptos::prelude::*;
use mendmap_core::account::{Account, act::Deed};
use std::sync::Arc;

/// The accounts, a form for one more, and what was done with them; nothing for who may do nothing with them.
#[component]
pub fn Accounts() -> impl IntoView {
    let session = expect_context::<Session>();
    let answer = asking::follow_packed::<_, AccountList>(session, move || {
        session.turns.track();
        session.me.track();
        Some(ListAccounts {})
    });
    let list = answer.good;
    let is_there = move || list.with(|list| list.as_ref().is_some_and(|l| l.me.is_some()));
    let lines = Signal::derive(move || {
        let ids = |list: &AccountList| list.accounts.iter().map(|a| a.id.to_string()).collect();
        let ids: Vec<String> = list.with(|list| list.as_ref().map_or_else(Vec::new, ids));
        let lines = ids.into_iter().map(|id| Line {
            key: id.clone(),
            make: Arc::new(move || account_lines(id.clone(), list)),
        });
        lines.collect()
    });
    view! { <When is=is_there>{section(list, lines)}</When> }
}

/// Never inlined: what stands in the children of another is compiled under a name that does not say of which
/// page it is, and then comes with a first view (hooks/lib/late.mjs).
#[inline(never)]
fn section(list: RwSignal<Option<AccountList>>, lines: Signal<Vec<Line>>) -> AnyView {
    let words = use_words();
    view! {
        <section class="section">
            <h3>{t!(words, govern.accounts)}</h3>
            <p class="help">{t!(words, govern.accounts_hint)}</p>
            <ul class="settings-list">
                <Keyed lines=lines />
            </ul>
            <details class="fold">
                <summary>{t!(words, govern.account_add)}</summary>
                <NewAccount />
            </details>
            <AccountHistory list=list />
        </section>
    }
    .into_any()
}

/// An account of those that are listed, looked up anew by each who asks: a memo of it would be a kind of
/// signal of its own, and each of those is compiled into the first view.
#[derive(Clone)]
struct Listed {
    id: Arc<str>,
    list: RwSignal<Option<AccountList>>,
}

impl Listed {
    fn get<T: Default>(&self, of: impl Fn(&Account) -> T) -> T {
        self.list.with(|list| {
            let mut all = list.iter().flat_map(|list| &list.accounts);
            let found = all.find(|account| *account.id.0 == *self.id);
            found.map_or_else(T::default, of)
        })
    }

    fn is_me(&self) -> bool {
        let me = |list: &AccountList| list.me.as_deref() == Some(&*self.id);
        self.list.with(|list| list.as_ref().is_some_and(me))
    }
}

fn account_lines(id: String, list: RwSignal<Option<AccountList>>) -> AnyView {
    let words = use_words();
    let hand = expect_context::<Hand>();
    let listed = Listed {
        id: id.as_str().into(),
        list,
    };
    let of = || listed.clone();
    let title = {
        let of = of();
        move || {
            let mut said = of.get(|a| format!("{} · {}", a.name, words.say(role_word(a.role))));
            if of.get(|a| a.locked) {
                said.push_str(" · ");
                said.push_str(t_string!(words, govern.account_is_locked));
            }
            said
        }
    };
    let wrong = RwSignal::new(None::<String>);
    let does = {
        let id = id.clone();
        move |deed: Deed| {
            hand.deed(id.clone(), deed, move |why| {
                wrong.try_set(why);
            });
        }
    };
    // A memo: what is typed is not taken away by something else that is done meanwhile.
    let stands = {
        let of = of();
        Memo::new(move |_| of.get(|a| a.name.clone()))
    };
    let name = RwSignal::new(String::new());
    effect(move || name.set(stands.get()));
    let rename = {
        let does = does.clone();
        Callback::new(move |()| {
            let typed = name.get_untracked().trim().to_owned();
            if typed != stands.get_untracked() {
                does(Deed::Name(typed));
            }
        })
    };
    let role = {
        let of = of();
        Signal::derive(move || of.get(|a| a.role.to_string()))
    };
    let choose_role = {
        let does = does.clone();
        Callback::new(move |role: String| {
            if let Ok(role) = role.parse() {
                does(Deed::Role(role));
            }
        })
    };
    let crews = {
        let of = of();
        Signal::derive(move || of.get(|a| joined(&a.crews)))
    };
    let choose_crews = {
        let does = does.clone();
        Callback::new(move |crews: String| does(Deed::Crews(parted(&crews))))
    };
    let is_locked = {
        let of = of();
        Signal::derive(move || of.get(|a| a.locked))
    };
    let lock = move |()| does(Deed::Lock(!is_locked.get_untracked()));
    let password = RwSignal::new(String::new());
    let give = {
        let id = id.clone();
        move |()| hand.give_password(id.clone(), password, wrong)
    };
    let other = {
        let of = of();
        Signal::derive(move || !of.is_me())
    };
    let (at, error_id) = (format!("account-{id}"), format!("account-{id}-error"));
    let password_at = format!("{at}-password");
    let name = field(
        format!("{at}-name"),
        t!(words, govern.account_name),
        name,
        Some(rename),
        &error_id,
    );
    let error_of = error_id.clone();
    let (give, lock) = (Callback::new(give), Callback::new(lock));
    view! {
        <details class="fold">
            <summary>
                {live(title)} <span class="muted">" " {id}</span>
            </summary>
            <div class="stack">
                {name}
                <When is=move || other.get()>
                    <Roles role=role on_choose=choose_role />
                </When>
                <Crews crews=crews on_choose=choose_crews />
                <FieldError id=error_id error=wrong />
                <When is=move || other.get()>
                    {password_field(password_at.clone(), t!(words, govern.password), password, &error_of)}
                    <div class="buttons">
                        <Button icon=lu::LuKeyRound on_press=give>
                            {t!(words, govern.password_give)}
                        </Button>
                        <Button icon=lu::LuLock on_press=lock>
                            {move || match is_locked.get() {
                                true => t_string!(words, govern.account_unlock),
                                false => t_string!(words, govern.account_lock),
                            }}
                        </Button>
                    </div>
                </When>
            </div>
        </details>
    }
    .into_any()
}
