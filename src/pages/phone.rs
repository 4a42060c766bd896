//! Being told on this phone while the app is closed: on, off, or why it cannot be.

use crate::{
    components::{choice::SwitchRow, live::When},
    locales::{Word, keys::phone, t, use_words},
    state::{
        effect::effect,
        prefs::Prefs,
        push::{self, NotOn, Stands},
        session::Session,
    },
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::told::Telling;

/// The section of the settings; nothing where nobody is logged in.
#[component]
pub fn Phone() -> impl IntoView {
    let session = expect_context::<Session>();
    let is_somebody = move || account(session).is_some();
    view! {
        <When is=is_somebody>
            <Told />
        </When>
    }
}

/// Who is logged in.
fn account(session: Session) -> Option<String> {
    session
        .syncing
        .with(|s| s.as_ref()?.person.as_ref()?.account.clone())
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
        let can = [Telling::Off, Telling::On, Telling::Denied];
        is_there.try_set(can.contains(&stands.telling));
        on.try_set(stands.telling == Telling::On);
        says.try_set(word(stands.telling));
        key.try_set_value(stands.key);
    };
    let looked = StoredValue::new(None);
    effect(move || {
        let now = (account(session), locale.get());
        if looked.get_value().as_ref() == Some(&now) {
            return;
        }
        let locale = now.1;
        looked.set_value(Some(now));
        spawn_local(async move {
            match push::look(session, locale).await {
                Ok(stands) => show(stands),
                Err(_) => {
                    says.try_set(Some(phone::unknown));
                }
            }
        });
    });
    let turn = move |wanted: bool| {
        on.set(wanted);
        says.set(wanted.then_some(phone::asking));
        let (key, locale) = (key.get_value(), locale.get_untracked());
        spawn_local(async move {
            let turned = match wanted {
                true => push::turn_on(session, key, locale).await,
                false => Ok(push::turn_off(session).await.unwrap_or(Stands {
                    telling: Telling::Off,
                    key,
                })),
            };
            match turned {
                Ok(stands) => show(stands),
                Err(why) => {
                    on.try_set(false);
                    says.try_set(Some(not_on(&why)));
                }
            }
        });
    };
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
        Telling::On => phone::on,
    })
}

fn not_on(why: &NotOn) -> Word {
    match why {
        NotOn::NotAllowed => phone::denied,
        NotOn::NoService => phone::no_service,
        NotOn::Server(_) => phone::server,
    }
}
