//! Being told on this phone while the app is closed: on, off, or why it cannot be.

use crate::{
    components::{choice::SwitchRow, live::When},
    locales::{Word, keys::phone, t, use_words},
    state::{
        prefs::Prefs,
        push::{self, NotOn, Stands},
        session::Session,
    },
    sync::remote::LogInError,
    worker::protocol::Trouble,
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::told::Telling;
use std::{
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

/// The section of the settings; nothing where nobody is logged in.
#[component]
pub fn Phone() -> impl IntoView {
    let session = expect_context::<Session>();
    let is_somebody = move || push::account(session).is_some();
    view! {
        <When is=is_somebody>
            <Told />
        </When>
    }
}

#[component]
fn Told() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let (is_there, on) = (RwSignal::new(false), RwSignal::new(false));
    let says = RwSignal::new(None::<Word>);
    let key = StoredValue::new(String::new());
    // The page may be left before an answer comes.
    let show = move |stands: Stands| {
        // Who has said no may have said otherwise since, in the browser's settings.
        let can =
            stands.telling.is_on() || matches!(stands.telling, Telling::Off | Telling::Denied);
        is_there.try_set(can);
        on.try_set(stands.telling.is_on());
        says.try_set(word(stands.telling));
        key.try_set_value(stands.key);
    };
    let shown = move |found| match found {
        Ok(stands) => show(stands),
        Err(trouble) => {
            says.try_set(Some(without_server(&trouble, phone::unknown)));
        }
    };
    push::follow(session, locale, Some(Rc::new(shown)));
    // What is wanted by now, and whether somebody sees to it already.
    let (wish, is_turning) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicBool::new(false)),
    );
    let turn = Callback::new(move |wanted: bool| {
        on.set(wanted);
        says.set(wanted.then_some(phone::asking));
        wish.store(wanted, Relaxed);
        if is_turning.swap(true, Relaxed) {
            return;
        }
        let (wish, is_turning) = (wish.clone(), is_turning.clone());
        let (key, locale) = (key.get_value(), locale.get_untracked());
        let account = untrack(|| push::account(session)).unwrap_or_default();
        spawn_local(async move {
            let turned = loop {
                let (wanted, key) = (wish.load(Relaxed), key.clone());
                let turned = match wanted {
                    true => push::turn_on(session, account.clone(), key, locale).await,
                    false => Ok(push::turn_off(session).await.unwrap_or(Stands {
                        telling: Telling::Off,
                        key,
                    })),
                };
                // Whoever has pressed it again meanwhile means that.
                if wish.load(Relaxed) == wanted {
                    break turned;
                }
            };
            is_turning.store(false, Relaxed);
            match turned {
                Ok(stands) => show(stands),
                Err(why) => {
                    on.try_set(false);
                    says.try_set(Some(not_on(&why)));
                }
            }
        });
    });
    let said = move || says.get().map(|word| words.say(word));
    view! {
        <section class="section" id="phone">
            <h3>{t!(words, phone.title)}</h3>
            <p class="small muted">{t!(words, phone.hint)}</p>
            <When is=move || is_there.get()>
                <SwitchRow on=on on_turn=turn>
                    <span class="grow">{t!(words, phone.tell_me)}</span>
                </SwitchRow>
            </When>
            <p role="status">{said}</p>
            <p class="small muted">{t!(words, phone.china)}</p>
        </section>
    }
}

/// What is in its way and what can be done about that; that it is off needs no words.
fn word(telling: Telling) -> Option<Word> {
    Some(match telling {
        Telling::NoKey => phone::no_key,
        Telling::Insecure => phone::insecure,
        Telling::WeChat => phone::wechat,
        Telling::NoPush => phone::no_push,
        Telling::Denied => phone::denied,
        Telling::Off => return None,
        Telling::NoCrew => phone::no_crew,
        Telling::On => phone::on,
    })
}

fn not_on(why: &NotOn) -> Word {
    match why {
        NotOn::NotAllowed => phone::denied,
        NotOn::NotAnswered => phone::not_answered,
        NotOn::NotKept => phone::not_kept,
        NotOn::NoService => phone::no_service,
        NotOn::Server(trouble) => without_server(trouble, phone::server),
    }
}

/// What a trouble with the server is here; `else_` where that says nothing more.
fn without_server(trouble: &Trouble, else_: Word) -> Word {
    match trouble {
        Trouble::LogIn {
            error: LogInError::Expired,
        } => phone::expired,
        _ => else_,
    }
}
