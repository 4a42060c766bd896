//! The server: how sending stands, who is logged in, and what came back.

use crate::{
    components::{
        button::{Button, Weight},
        field::{Field, describes},
        icon::lu,
        live::{When, live, maybe, or_nothing},
        notice::{Banner, Tone},
        standing::status_words,
        trouble::sentence,
    },
    locales::{Word, keys::account, t, t_string, use_words},
    mode::Step,
    state::{asking, format, nav::Nav, prefs::Prefs, push, session::Session},
    worker::protocol::{BackWhy, ListPutBack, LogIn, LogOut, PutBack, SyncNow, SyncStatus},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::account::Role;

/// The section of the settings; nothing where there is no server.
#[component]
pub fn Account() -> impl IntoView {
    let session = expect_context::<Session>();
    let there = Memo::new(move |_| session.syncing.with(Option::is_some));
    view! {
        <When is=move || there.get()>
            <Server />
        </When>
    }
}

#[component]
fn Server() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    // No memos: each kind of signal is compiled anew.
    let of = move || session.syncing.get().unwrap_or_default();
    let said = move || status_words(words, &of());
    let expired = move || matches!(of().status, Some(SyncStatus::LoginNeeded));
    let skew = move || {
        let ms = of().skew_ms?;
        Some(t_string!(
            words,
            account.skew,
            n = (ms.unsigned_abs() + 30_000) / 60_000
        ))
    };
    let who = move || {
        let person = of().person.filter(|p| p.account.is_some())?;
        let role = words.say(role_word(person.role));
        Some(t_string!(
            words,
            account.who,
            name = person.name,
            role = role
        ))
    };
    let keeper = move || of().person.is_some_and(|p| p.account.is_none());
    let asks = move || expired() || of().person.is_none();
    let tried = RwSignal::new(None::<String>);
    let run = move |question: LogOut| {
        spawn_local(async move {
            let done = session.ask(question).await;
            if done.is_ok() {
                // The server has ended it, too: whoever logs in next asks anew.
                push::forget().await;
            }
            tried.set(
                done.err()
                    .map(|trouble| untrack(|| sentence(words, &trouble))),
            );
        });
    };
    let again = move |()| {
        spawn_local(async move {
            let done = session.ask(SyncNow {}).await;
            tried.set(
                done.err()
                    .map(|trouble| untrack(|| sentence(words, &trouble))),
            );
        });
    };
    view! {
        <section class="section" id="account">
            <h3>{t!(words, account.title)}</h3>
            <p role="status">{said}</p>
            {maybe(move || who().map(|who| view! { <p class="muted">{who}</p> }))}
            <When is=keeper>
                <p class="small muted">{t!(words, account.keeper)}</p>
            </When>
            {maybe(move || skew().map(|skew| view! { <Banner tone=Tone::Warn title=skew>""</Banner> }))}
            <When is=move || matches!(of().status, Some(SyncStatus::ChainBroken))>
                <Banner tone=Tone::Danger title=t!(words, account.broken)>
                    <p>{t!(words, account.broken_why)}</p>
                </Banner>
            </When>
            {maybe(move || {
                let n = of().photos_refused;
                let title = t_string!(words, account.photos_refused, n = n);
                (n > 0).then(|| view! { <Banner tone=Tone::Warn title=title>""</Banner> })
            })}
            {maybe(move || tried.get().map(|why| view! { <Banner tone=Tone::Danger title=why>""</Banner> }))}
            <When is=asks>
                <Form known=untrack(of).person.and_then(|p| p.account).unwrap_or_default() />
            </When>
            <PutBackList />
            <div class="buttons">
                <Button icon=lu::LuRotateCcw on_press=again>{t!(words, account.send_now)}</Button>
                <When is=move || who().is_some()>
                    <Button on_press=move |()| run(LogOut {})>{t!(words, account.log_out)}</Button>
                </When>
            </div>
        </section>
    }
}

/// Name and password. What is typed stays until it was right.
#[component]
fn Form(
    /// The account that was here before.
    known: String,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let (name, password) = (RwSignal::new(known), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let send = move || {
        let (account, password_typed) = (name.get_untracked(), password.get_untracked());
        if busy.get_untracked() || account.trim().is_empty() || password_typed.is_empty() {
            return;
        }
        busy.set(true);
        let question = LogIn {
            account: account.trim().to_owned(),
            password: password_typed,
        };
        spawn_local(async move {
            let done = session.ask(question).await;
            busy.try_set(false);
            wrong.try_set(
                done.err()
                    .map(|trouble| untrack(|| sentence(words, &trouble))),
            );
        });
    };
    let error = Signal::derive(move || wrong.get());
    view! {
        <form
            class="stack"
            novalidate
            on:submit=move |ev: web_sys::SubmitEvent| {
                ev.prevent_default();
                send();
            }
        >
            <Field id="account-name" label=t!(words, account.name)>
                <input
                    id="account-name"
                    class="input"
                    type="text"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    prop:value=name
                    on:input:target=move |ev| name.set(ev.target().value())
                />
            </Field>
            <Field id="account-password" label=t!(words, account.password) error=error>
                <input
                    id="account-password"
                    class="input"
                    type="password"
                    autocomplete="current-password"
                    aria-describedby=describes("account-password")
                    prop:value=password
                    on:input:target=move |ev| {
                        wrong.set(None);
                        password.set(ev.target().value());
                    }
                />
            </Field>
            <div class="buttons">
                <Button weight=Weight::Primary disabled=busy on_press=move |()| send()>
                    {t!(words, account.log_in)}
                </Button>
            </div>
            // For Enter in a field.
            <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true"></button>
        </form>
    }
}

/// What came back, each line leading to its task.
#[component]
fn PutBackList() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let count = Memo::new(move |_| {
        session
            .syncing
            .with(|s| s.as_ref().map_or(0, |s| s.put_back))
    });
    let answer = asking::follow(session, move || (count.get() > 0).then_some(ListPutBack {}));
    let row = move |row: PutBack| {
        let why = words.say(why_word(row.why));
        let at = row.at.map(|at| format::moment(locale.get(), &at));
        let open = row.task.map(|task| {
            view! {
                <Button on_press=move |()| nav.take(Step::OpenTask(task))>
                    {t!(words, account.open_task)}
                </Button>
            }
        });
        view! {
            <li class="row">
                <span class="text">
                    <span class="name">{why}</span>
                    <span class="about">{at}</span>
                </span>
                {or_nothing(open)}
            </li>
        }
    };
    live(move || {
        let rows = answer
            .good
            .get()
            .filter(|_| count.get() > 0)
            .unwrap_or_default();
        let rows: Vec<_> = rows.into_iter().map(row).collect();
        view! { <ul class="rows">{rows}</ul> }
    })
}

/// What a role is called.
pub(super) fn role_word(role: Role) -> Word {
    match role {
        Role::Viewer => account::viewer,
        Role::Crew => account::crew,
        Role::Supervisor => account::supervisor,
        Role::Administrator => account::administrator,
    }
}

fn why_word(why: BackWhy) -> Word {
    match why {
        BackWhy::OtherContent => account::why_other_content,
        BackWhy::Locked => account::why_locked,
        BackWhy::Role => account::why_role,
        BackWhy::Carried => account::why_carried,
        BackWhy::Newer => account::why_newer,
        BackWhy::Form => account::why_form,
        BackWhy::Size => account::why_size,
        BackWhy::City => account::why_city,
        BackWhy::Permission => account::why_permission,
    }
}
