//! The ways to the supervisor's desk: from the list of work, and from the settings.

use crate::{
    components::{
        button::Button,
        choice::SwitchRow,
        icon::{Icon, lu},
        live::{live, maybe},
    },
    locales::{Word, keys, t, t_string, use_words},
    mode::{OfProgramme, Step},
    state::{effect::effect, format, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::BeDesk,
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{
    catalog::{AssetKindId, Programme},
    ids::AssetUid,
};

/// The way from the list of work to the reports that wait to be checked; nothing for who checks none.
#[component]
pub fn ReviewRow() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let waiting = Memo::new(move |_| session.me.with(|me| me.as_ref()?.to_check));
    let text = move || {
        let n = format::count(locale.get(), waiting.get().unwrap_or_default());
        t_string!(words, desk.to_check, n = n)
    };
    maybe(move || {
        waiting.get().is_some().then(|| {
            let open = move |()| nav.take(Step::Review);
            view! { <Button icon=lu::LuClipboardCheck on_press=open>{text}</Button> }
        })
    })
}

/// The way from the list of work to what falls due; nothing for who gives nothing out.
#[component]
pub fn DueRow() -> impl IntoView {
    way_to_give(lu::LuCalendarClock, keys::give::due_open, Step::OpenDue)
}

/// The way from rounds that can be made to giving them to several crews; nothing for who gives
/// nothing out.
#[component]
pub fn GiveWay() -> impl IntoView {
    way_to_give(lu::LuUsers, keys::give::open, Step::GiveOut)
}

/// The way from the settings to those of the city; nothing for who may set none.
#[component]
pub fn GovernWay() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let may_set = Memo::new(move |_| {
        session
            .me
            .with(|me| me.as_ref().is_some_and(|me| me.may_set))
    });
    maybe(move || {
        may_set.get().then(|| {
            let open = move |()| nav.take(Step::Govern);
            view! {
                <Button icon=lu::LuSlidersHorizontal on_press=open>
                    {t!(words, govern.title)}
                </Button>
            }
        })
    })
}

/// The ways from an asset's card to what is done to it over years, trade by trade; nothing for a kind of
/// asset of which no programme says so.
#[component]
pub fn TradesWay(
    /// The asset.
    uid: AssetUid,
    /// Its kind.
    kind: AssetKindId,
) -> impl IntoView {
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    live(move || {
        let catalog = session.catalog.get()?;
        let button = |programme: &Programme| {
            let label = programme.label.clone();
            let text = move || locale.get().pick(&label);
            let to = Step::OpenProgrammes(OfProgramme {
                programme: programme.id.0.clone(),
                year: None,
                asset: Some(uid),
            });
            let open = move |()| nav.take(to.clone());
            view! { <Button icon=lu::LuCalendarClock on_press=open>{text}</Button> }
        };
        Some(catalog.trades_of(&kind).map(button).collect_view())
    })
}

fn way_to_give(icon: Icon, text: Word, step: Step) -> AnyView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let gives = Memo::new(move |_| session.me.with(|me| me.as_ref()?.to_check).is_some());
    let way = move || {
        gives.get().then(|| {
            let step = step.clone();
            let open = move |()| nav.take(step.clone());
            view! { <Button icon=icon on_press=open>{words.live(text)}</Button> }
        })
    };
    maybe(way).into_any()
}

/// Whether work is given out and checked here, where no server says who does.
#[component]
pub fn DeskSwitch() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let desk = expect_context::<Prefs>().desk;
    let turn = move |on: bool| {
        desk.set(on);
        be(session, on);
    };
    maybe(move || {
        session.syncing.with(Option::is_none).then(|| {
            view! {
                <SwitchRow on=desk on_turn=turn>
                    <span class="grow">
                        {t!(words, desk.desk)}
                        <span class="help">{t!(words, desk.desk_hint)}</span>
                    </span>
                </SwitchRow>
            }
        })
    })
}

/// Says what was chosen before to the worker, once it has a city.
pub fn resume(session: Session, desk: RwSignal<bool>) {
    let has_city = Memo::new(move |_| session.catalog.with(Option::is_some));
    effect(move || {
        if has_city.get() && desk.get_untracked() {
            be(session, true);
        }
    });
}

/// Says so to the worker, which forgets it with the page.
pub fn be(session: Session, on: bool) {
    spawn_local(async move {
        match session.ask(BeDesk { on }).await {
            Ok(me) => session.is(me),
            Err(trouble) => session.trouble.set(Some(trouble)),
        }
    });
}
