//! An asset's card: what it is, what is to be done, what was done.

use super::{
    desk::TradesWay,
    missing::{Failed, Missing, Opening},
    rounds::RoundButton,
    said::SaidList,
};
use crate::{
    components::{
        button::{Button, Weight},
        icon::{Lucide, lu},
        kind_icon::KindIcon,
        live::{live, or_nothing},
        panel::{Leave, Panel},
        task_row::{TaskLine, work_name},
    },
    locales::{
        Word,
        keys::{layers, said},
        t, t_string, use_words,
    },
    mode::Step,
    number,
    state::{asking, format, naming, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::{AssetCard, AssetDetail, LookBack, SaidOf, Tapped},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{
    catalog::{Locates, Meaning},
    city::AssetSummary,
    ids::AssetUid,
    task::{Action, TaskView, YearOf, by_year},
};

/// The card of an asset.
#[component]
pub fn AssetPage(
    /// Which.
    uid: AssetUid,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let known = match session.take_tapped() {
        Some(Tapped::Asset(detail)) if detail.asset.summary.uid == uid => Some(Some(*detail)),
        _ => None,
    };
    let answer = asking::follow_from(session, known, move || {
        session.turns.track();
        session.layers.track();
        session
            .catalog
            .with(Option::is_some)
            .then_some(AssetCard { uid })
    });
    live(move || match (answer.trouble.get(), answer.good.get()) {
        (Some(trouble), _) => view! { <Failed trouble=trouble /> }.into_any(),
        (None, None) => view! { <Opening /> }.into_any(),
        (None, Some(None)) if !session.ready.get() => view! { <Opening /> }.into_any(),
        (None, Some(None)) => view! { <Missing /> }.into_any(),
        (None, Some(Some(detail))) => view! { <Card detail=detail /> }.into_any(),
    })
}

#[component]
fn Card(detail: AssetDetail) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let Some(catalog) = session.catalog.get_untracked() else {
        return ().into_any();
    };
    let AssetDetail {
        asset,
        tasks,
        work,
        mark,
        said,
        is_whole,
    } = detail;
    let kind = catalog.asset_kind(&asset.summary.kind).cloned();
    let kind_locates = kind.as_ref().and_then(|kind| kind.locates);
    let symbol = move || {
        or_nothing(
            kind.clone()
                .map(|kind| view! { <KindIcon kind=kind mark=mark /> }),
        )
    };
    let (open, closed): (Vec<_>, Vec<_>) = tasks
        .into_iter()
        .partition(|task| task.summary.state.is_open());
    // What was touched last is most likely what is done now; where there is more than
    // one, the button says which it means.
    let reportable = open
        .iter()
        .find(|task| task.actions.contains(&Action::Report))
        .map(|task| task.summary.clone());
    let among_several = open.len() > 1;
    let can_plot = !work.is_empty();
    let foot = move || {
        let plot_weight = if reportable.is_some() {
            Weight::Quiet
        } else {
            Weight::Primary
        };
        let plot = can_plot.then(|| {
            view! {
                <Button weight=plot_weight icon=lu::LuMapPin on_press=move |()| nav.take(Step::Plot)>
                    {t!(words, task.plot)}
                </Button>
            }
        });
        let report = reportable.clone().map(|task| {
            let uid = task.uid;
            let label = move || match among_several {
                true => t_string!(
                    words,
                    task.report_of,
                    work = work_name(session, words, &task)
                ),
                false => t_string!(words, task.report).into(),
            };
            view! {
                <Button
                    weight=Weight::Primary
                    icon=lu::LuCheck
                    on_press=move |()| nav.take(Step::Report(uid))
                >
                    {label}
                </Button>
            }
        });
        view! {
            {plot}
            {report}
        }
    };
    let (names, whole) = (catalog.clone(), asset.summary.clone());
    let title = Signal::derive(move || naming::asset(&names, locale.get(), &whole));
    // The code has a line of its own.
    let whole = AssetSummary {
        code: None,
        ..asset.summary.clone()
    };
    let names = catalog.clone();
    let subtitle = Signal::derive(move || naming::about(&names, locale.get(), &whole));
    let empty = open.is_empty() && closed.is_empty();
    // Of a street, or on one; or an area.
    let is_street = kind_locates == Some(Locates::Street);
    let has_street = is_street || asset.summary.street.is_some();
    let is_point = can_plot && asset.area_m2.is_none() && asset.length_m.is_none();
    let uid = asset.summary.uid;
    let of_kind = asset.summary.kind.clone();
    let has_round = can_plot && (has_street || asset.area_m2.is_some());
    let said: SaidOf = said.read().unwrap_or_default();
    let may_propose = said.may_propose && !said.is_gone;
    let amend = match said.may_vanish {
        true => said::amend,
        false => said::wrong,
    };
    view! {
        <Panel title=title subtitle=subtitle leave=Leave::Close linked=true mark=symbol foot=foot>
            <div class="stack">
                <SaidList uid=uid said=said />
                <TaskList tasks=open title=t!(words, task.open_tasks) />
                <Facts asset=asset />
                <div class="buttons">
                    <TradesWay uid=uid kind=of_kind />
                    {or_nothing(has_round.then(|| view! { <RoundButton /> }))}
                    {or_nothing(is_point.then(|| {
                        view! {
                            <Button
                                icon=lu::LuListPlus
                                on_press=move |()| nav.take(Step::Choose(vec![uid]))
                            >
                                {t!(words, task.choose)}
                            </Button>
                        }
                    }))}
                    {or_nothing(can_plot
                        .then(|| {
                            view! {
                                <Button icon=lu::LuTriangleAlert on_press=move |()| nav.take(Step::Find)>
                                    {t!(words, task.find)}
                                </Button>
                            }
                        }))}
                    {or_nothing(may_propose
                        .then(|| {
                            view! {
                                <Button icon=lu::LuMapPinOff on_press=move |()| nav.take(Step::Amend)>
                                    {words.live(amend)}
                                </Button>
                            }
                        }))}
                </div>
                <Years tasks=closed is_whole=is_whole />
                {or_nothing(empty.then(|| view! { <p class="muted">{t!(words, task.history_none)}</p> }))}
            </div>
        </Panel>
    }
    .into_any()
}

#[component]
fn TaskList(tasks: Vec<TaskView>, title: Signal<String>) -> impl IntoView {
    or_nothing((!tasks.is_empty()).then(|| {
        let rows: Vec<_> = tasks
            .into_iter()
            .map(|task| view! { <li><TaskLine task=task.summary here=true /></li> })
            .collect();
        view! {
            <section class="section">
                <h3>{title}</h3>
                <ul class="rows">{rows}</ul>
            </section>
        }
    }))
}

/// What was done, year by year, the last first.
#[component]
fn Years(tasks: Vec<TaskView>, is_whole: bool) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let year = |of: YearOf| {
        let rows: Vec<_> = of
            .tasks
            .into_iter()
            .map(|task| view! { <li><TaskLine task=task.summary here=true /></li> })
            .collect();
        view! {
            {or_nothing(of.year.map(|year| view! { <h4>{year}</h4> }))}
            <ul class="rows">{rows}</ul>
        }
    };
    let look_back = move |()| {
        spawn_local(async move {
            if let Err(trouble) = session.ask(LookBack {}).await {
                session.trouble.set(Some(trouble));
            }
        });
    };
    let earlier = (!is_whole).then(|| {
        view! {
            <Button icon=lu::LuCalendarClock on_press=look_back>
                {t!(words, task.history_earlier)}
            </Button>
        }
    });
    let is_shown = !tasks.is_empty() || !is_whole;
    let years: Vec<_> = by_year(tasks).into_iter().map(year).collect();
    or_nothing(is_shown.then(|| {
        view! {
            <section class="section">
                <h3>{t!(words, task.history)}</h3>
                {years}
                {or_nothing(earlier)}
            </section>
        }
    }))
}

#[component]
fn Facts(asset: mendmap_core::city::Asset) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let session = expect_context::<Session>();
    let summary = asset.summary;
    let metres = |value| number::text(value, 1);
    let length = asset.length_m.map(metres);
    let area = asset.area_m2.map(metres);
    let properties: Vec<_> = asset
        .properties
        .into_iter()
        .map(|(name, value)| {
            let words = Memo::new(move |_| {
                session.catalog.with(|catalog| {
                    let catalog = catalog.as_ref()?;
                    Some(naming::property(catalog, locale.get(), &name, &value))
                })
            });
            view! {
                <dt>{move || words.get().map(|(name, _)| name)}</dt>
                <dd>{move || words.get().map(|(_, value)| value)}</dd>
            }
        })
        .collect();
    let meant: Vec<_> = (asset.meant.into_iter())
        .map(|meant| {
            let value = Memo::new(move |_| {
                session.catalog.with(|catalog| {
                    let catalog = catalog.as_ref()?;
                    let said =
                        naming::property(catalog, locale.get(), &meant.property, &meant.value);
                    Some(said.1)
                })
            });
            view! { <dt>{words.live(meaning_words(meant.meaning))}</dt><dd>{value}</dd> }
        })
        .collect();
    view! {
        <dl class="facts">
            {summary.code.map(|code| view! { <dt>{t!(words, task.code)}</dt><dd>{code}</dd> })}
            {length.map(|m| view! { <dt>{t!(words, map.length)}</dt><dd>{move || format::metres(locale.get(), &m)}</dd> })}
            {area.map(|m| view! { <dt>{t!(words, map.area)}</dt><dd>{move || format::square_metres(locale.get(), &m)}</dd> })}
            {meant}
        </dl>
        <details class="fold">
            <summary>
                <Lucide icon=lu::LuChevronRight small=true />
                {t!(words, task.properties)}
            </summary>
            <dl class="facts small">{properties}</dl>
        </details>
    }
}

/// What a meaning of a property is called.
pub fn meaning_words(meaning: Meaning) -> Word {
    match meaning {
        Meaning::Code => layers::field_code,
        Meaning::Name => layers::field_name,
        Meaning::Street => layers::field_street,
        Meaning::Owner => layers::field_owner,
        Meaning::Date => layers::field_date,
        Meaning::State => layers::field_state,
    }
}
