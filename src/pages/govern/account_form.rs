//! What is asked of an account: its name, its role, its crews, its password.

use super::hand::Hand;
use crate::{
    components::{
        button::Button,
        choice::{Segments, TickRow},
        field::FieldError,
        icon::lu,
        live::live,
    },
    locales::{t, use_words},
    pages::account::role_word,
    state::{prefs::Prefs, session::Session},
};
use leptos::prelude::*;
use mendmap_core::{
    account::{
        Role,
        act::{Deed, LONGEST_NAME},
    },
    catalog::CrewId,
};

/// A line of text with its name before it; `keep` hears when the hand leaves it.
pub(super) fn field(
    id: String,
    label: Signal<String>,
    value: RwSignal<String>,
    keep: Option<Callback<()>>,
    error_id: &str,
) -> AnyView {
    input(id, label, value, keep, error_id, ("text", "off"))
}

/// The same for a password that somebody else will type.
pub(super) fn password_field(
    id: String,
    label: Signal<String>,
    value: RwSignal<String>,
    error_id: &str,
) -> AnyView {
    input(
        id,
        label,
        value,
        None,
        error_id,
        ("password", "new-password"),
    )
}

fn input(
    id: String,
    label: Signal<String>,
    value: RwSignal<String>,
    keep: Option<Callback<()>>,
    error_id: &str,
    (kind, complete): (&'static str, &'static str),
) -> AnyView {
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                class="input"
                type=kind
                autocomplete=complete
                autocapitalize="none"
                spellcheck="false"
                maxlength=LONGEST_NAME.to_string()
                aria-describedby=error_id.to_owned()
                prop:value=value
                on:input:target=move |ev| value.set(ev.target().value())
                on:change=move |_| {
                    if let Some(keep) = keep {
                        keep.run(());
                    }
                }
            />
        </div>
    }
    .into_any()
}

/// Ids of crews as one text: a list would be a kind of signal of its own.
pub(super) fn joined(crews: &[CrewId]) -> String {
    let ids: Vec<&str> = crews.iter().map(|crew| crew.0.as_str()).collect();
    ids.join(" ")
}

/// The ids of such a text.
pub(super) fn parted(crews: &str) -> Vec<CrewId> {
    let ids = crews.split_ascii_whitespace();
    ids.map(|id| CrewId(id.to_owned())).collect()
}

/// What an account is there for.
#[component]
pub(super) fn Roles(
    /// What it is there for now, by its name.
    #[prop(into)]
    role: Signal<String>,
    /// Chooses another.
    on_choose: Callback<String>,
) -> impl IntoView {
    let words = use_words();
    let options = Role::ALL.map(|role| (role.to_string(), words.live(role_word(role))));
    view! {
        <Segments
            options=options.to_vec()
            chosen=role
            on_choose=on_choose
            label=t!(words, govern.account_role)
        />
    }
}

/// The crews it belongs to.
#[component]
pub(super) fn Crews(
    /// Their ids, see [`joined`].
    #[prop(into)]
    crews: Signal<String>,
    /// Chooses: all of them.
    on_choose: Callback<String>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let rows = move || {
        let all = session.catalog.with(|catalog| {
            let crews = catalog.iter().flat_map(|catalog| &catalog.crews);
            crews.cloned().collect::<Vec<_>>()
        });
        let tick = |crew: mendmap_core::catalog::Crew| {
            let (id, label) = (crew.id, crew.label);
            let of = id.clone();
            let on = Signal::derive(move || parted(&crews.get()).contains(&of));
            let turn = move |on: bool| {
                let mut now = parted(&crews.get_untracked());
                now.retain(|known| *known != id);
                if on {
                    now.push(id.clone());
                }
                on_choose.run(joined(&now));
            };
            let label = Signal::derive(move || locale.get().pick(&label));
            view! { <TickRow on=on on_turn=turn label=label /> }
        };
        all.into_iter().map(tick).collect_view()
    };
    view! {
        <fieldset>
            <legend>{t!(words, govern.crews)}</legend>
            {live(rows)}
        </fieldset>
    }
}

/// A form for one more account. What was typed stays until it is made.
#[component]
pub(super) fn NewAccount() -> impl IntoView {
    let words = use_words();
    let hand = expect_context::<Hand>();
    let [id, name, password, crews] = [(); 4].map(|()| RwSignal::new(String::new()));
    let role = RwSignal::new(Role::Crew.to_string());
    let wrong = RwSignal::new(None::<String>);
    let add = move |()| {
        if let Err(why) = hand.sound(&password.get_untracked()) {
            wrong.set(Some(why));
            return;
        }
        let account = id.get_untracked().trim().to_owned();
        let deed = Deed::Add {
            name: name.get_untracked(),
            role: role.get_untracked().parse().unwrap_or(Role::Viewer),
            crews: parted(&crews.get_untracked()),
        };
        let of = account.clone();
        hand.deed(account, deed, move |why| {
            wrong.try_set(why.clone());
            if why.is_some() {
                return;
            }
            id.try_set(String::new());
            name.try_set(String::new());
            crews.try_set(String::new());
            hand.give_password(of.clone(), password, wrong);
        });
    };
    const ERROR: &str = "new-account-error";
    view! {
        <div class="stack">
            {field("new-account-id".into(), t!(words, govern.account_id), id, None, ERROR)}
            {field("new-account-name".into(), t!(words, govern.account_name), name, None, ERROR)}
            <Roles role=role on_choose=Callback::new(move |to| role.set(to)) />
            <Crews crews=crews on_choose=Callback::new(move |to| crews.set(to)) />
            {password_field("new-account-password".into(), t!(words, govern.password_first), password, ERROR)}
            <FieldError id=ERROR.to_owned() error=wrong />
            <Button icon=lu::LuPlus on_press=add>
                {t!(words, govern.account_add)}
            </Button>
        </div>
    }
}
