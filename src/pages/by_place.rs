//! A kind of work place by place: the share of each street, community or cell in a list and on the
//! map, and two periods side by side.

use super::{
    period::{Days, PeriodChoice},
    season::Playing,
};
use crate::{
    components::{
        choice::{Segments, SwitchRow},
        keyed::{Keyed, Line},
        live::{When, maybe},
        paged::More,
        row::Row,
        trouble::TroubleThere,
    },
    locales::{Words, t, t_string, use_words},
    mode::Aside,
    state::{
        asking, effect::effect, format, lens::set_aside, map_link::MapLink, nav::Nav, prefs::Prefs,
        session::Session,
    },
    worker::protocol::{GroupBy, GroupRow, Groups, ListGroups, ShowShares},
};
use leptos::prelude::*;
use mendmap_core::ledger::{
    Ratio,
    season::{Counts, Covered, GroupKey, Sides},
};
use std::sync::Arc;

/// Lines shown at first, and added by each press on "more".
const PORTION: usize = 20;
/// How close the map goes to a place.
const ZOOM: f64 = 15.5;

/// The choice of places, the list, and what the map shows of it.
#[component]
pub fn ByPlace() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let link = expect_context::<MapLink>();
    let nav = expect_context::<Nav>();
    let linked = nav.lens.get_untracked().map(|lens| lens.aside);
    let Aside { by, beside, .. } = linked.unwrap_or_default();
    let (by, beside) = (RwSignal::new(by), RwSignal::new(beside));
    effect(move || {
        let (by, beside) = (by.get(), beside.get());
        set_aside(nav, |aside| (aside.by, aside.beside) = (by, beside));
    });
    let count = RwSignal::new(PORTION);
    let options = vec![
        (None, t!(words, completion.by_none)),
        (Some(GroupBy::Street), t!(words, completion.by_street)),
        (Some(GroupBy::Community), t!(words, completion.by_community)),
        (Some(GroupBy::Cell), t!(words, completion.by_cell)),
    ];
    let playing = expect_context::<Playing>().0;
    let answer = asking::follow_packed::<_, Groups>(session, move || {
        if playing.get() {
            return None;
        }
        session.completion.with(Option::is_some).then_some(())?;
        let by = by.get()?;
        let (from, to) = beside
            .get()
            .filter(|(from, to)| from <= to)
            .unwrap_or_default();
        let count = count.get();
        Some(ListGroups {
            by,
            from,
            to,
            count,
        })
    });
    let shapes = asking::follow(session, move || {
        session.completion.with(Option::is_some).then_some(())?;
        Some(ShowShares { by: by.get()? })
    });
    effect(move || {
        let shapes = by.get().and(shapes.good.get());
        link.with(|map| map.set_shares(shapes.as_ref().map_or("", |shapes| &shapes.geojson)));
    });
    on_cleanup(move || link.ask(|map| map.set_shares("")));
    let list = answer.good;
    let total =
        Signal::derive(move || list.with(|list| list.as_ref().map_or(0, |list| list.total)));
    let lines = Signal::derive(move || {
        list.with(|list| {
            let rows = list.iter().flat_map(|list| &list.rows);
            rows.map(line).collect::<Vec<_>>()
        })
    });
    let sides =
        move || list.with(|list| list.as_ref()?.sides.map(|sides| sides_words(words, sides)));
    let is_by = Memo::new(move |_| by.get().is_some());
    // The year before, on the same days.
    let before = move || {
        let lens = nav.lens.get_untracked()?;
        let year = |day: &str| {
            let year: u16 = day.get(..4)?.parse().ok()?;
            // There is no 29 February in the year before.
            let rest = day.get(4..)?.replace("-02-29", "-02-28");
            Some(format!("{:04}{rest}", year.checked_sub(1)?))
        };
        Some((year(&lens.from)?, year(&lens.to)?))
    };
    let period = RwSignal::new(beside.get_untracked().unwrap_or_default());
    let compare = move |on: bool| {
        beside.set(on.then(before).flatten());
        period.set(beside.get_untracked().unwrap_or_default());
    };
    view! {
        <section class="section">
            <h3>{t!(words, completion.by_place)}</h3>
            <Segments
                options=options
                chosen=by
                on_choose=move |chosen| {
                    count.set(PORTION);
                    by.set(chosen);
                }
                label=t!(words, completion.by_place)
            />
            <When is=move || is_by.get()>
                <SwitchRow on=Signal::derive(move || beside.get().is_some()) on_turn=compare>
                    <span class="grow small">{t!(words, completion.compare)}</span>
                </SwitchRow>
                {maybe(move || {
                    beside.with(Option::is_some).then(|| {
                        view! {
                            <PeriodChoice
                                period=period
                                on_choose=move |days: Days| {
                                    period.set(days.clone());
                                    beside.set(Some(days));
                                }
                            />
                        }
                    })
                })}
                {maybe(move || sides().map(|said| view! { <p class="small">{said}</p> }))}
                <TroubleThere trouble=answer.trouble />
                <ul class="rows">
                    <Keyed lines=lines />
                </ul>
                <More total=total shown=count portion=PORTION />
            </When>
        </section>
    }
}

fn line(row: &GroupRow) -> Line {
    let row = row.clone();
    Line {
        key: format!("{row:?}"),
        make: Arc::new(move || view! { <Place row=row.clone() /> }.into_any()),
    }
}

/// One place: its share, what is left there, and how it was in the other period.
#[component]
fn Place(row: GroupRow) -> impl IntoView {
    let words = use_words();
    let link = expect_context::<MapLink>();
    let locale = expect_context::<Prefs>().locale;
    let GroupRow {
        key,
        name,
        counts,
        covered,
        sides,
        at,
    } = row;
    let named = {
        let (key, name) = (key.clone(), name.clone());
        Signal::derive(move || match &key {
            GroupKey::Nowhere => t_string!(words, completion.nowhere).to_string(),
            GroupKey::Cell(_) => t_string!(words, completion.cell, n = name),
            _ => name.clone(),
        })
    };
    let share = Signal::derive(move || format::share(locale.get(), counts.share()));
    let about = Signal::derive(move || about(words, counts, covered, sides));
    let open = move |()| {
        if let Some(at) = at {
            link.ask(|map| map.fly_to(at, ZOOM));
        }
    };
    view! { <Row name=named about=about end=share key=format!("place-{name}") on_open=open /> }
}

fn about(words: Words, counts: Counts, covered: Option<Covered>, sides: Option<Sides>) -> String {
    let locale = words.get_locale();
    let count = |n: u64| format::count(locale, n as usize);
    let mut said = vec![t_string!(
        words,
        completion.chart,
        done = count(counts.done()),
        open = count(counts.open()),
        never = count(counts.never())
    )];
    if let Some(covered) = covered {
        let metres = format::metres(locale, &covered.metres().to_string());
        said.push(match covered.share() {
            Some(share) => {
                let share = format::share(locale, share);
                t_string!(words, completion.covered, n = metres, share = share)
            }
            None => metres,
        });
    }
    said.extend(sides.map(|sides| sides_words(words, sides)));
    said.join(" · ")
}

/// How two periods lie to each other.
fn sides_words(words: Words, sides: Sides) -> String {
    let locale = words.get_locale();
    let count = |n: u32| format::count(locale, n as usize);
    let all = u64::from(sides.both + sides.first + sides.second + sides.neither);
    let share = |part: u32| {
        let part = u64::from(part);
        format::share(locale, Ratio { part, whole: all })
    };
    t_string!(
        words,
        completion.sides,
        before = share(sides.both + sides.second),
        now = share(sides.both + sides.first),
        both = count(sides.both),
        gained = count(sides.first),
        lost = count(sides.second)
    )
}
