//! How far the tasks of a period have come: shares, each with what it is a share of; how long it took;
//! how old what is open is.

use super::{
    crews::crews,
    missing::NotWhole,
    period::{Days, PeriodChoice, default_period},
};
use crate::{
    components::{
        bars::{Bar, Bars},
        choice::{Group, Segments, Select},
        field::Field,
        icon::lu,
        live::{When, maybe},
        notice::Empty,
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{Locale, Word, Words, keys, t, t_string, use_words},
    mode::{Mode, Step},
    state::{asking, effect::effect, format, naming, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::{IndicatorsView, ShowIndicators},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Catalog, WorkKindId},
    ledger::indicators::{
        BOUNDS_MS, Classes, Day, Denominator, Each, Indicators, Part, Rate, Step as S,
    },
};
use std::cell::RefCell;

/// What was asked for last: who looked at a task comes back to the same figures.
#[derive(Clone, Default)]
struct Last {
    crew: String,
    by: Day,
    of: Each<Denominator>,
}

thread_local! {
    static LAST: RefCell<Last> = RefCell::default();
}

/// The page.
#[component]
pub fn IndicatorsPage() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let days = Memo::new(move |_| match nav.mode.get() {
        Mode::Indicators(Some(days)) => days,
        _ => default_period(),
    });
    let period = RwSignal::new(days.get_untracked());
    effect(move || period.set(days.get()));
    let last = LAST.with_borrow(Last::clone);
    let (crew, by, of) = (
        RwSignal::new(last.crew),
        RwSignal::new(last.by),
        RwSignal::new(last.of),
    );
    on_cleanup(move || {
        let (crew, by, of) = (crew.get_untracked(), by.get_untracked(), of.get_untracked());
        LAST.set(Last { crew, by, of });
    });
    let answer = asking::follow_packed::<_, IndicatorsView>(session, move || {
        session.turns.track();
        session.catalog.with(Option::is_some).then_some(())?;
        let (from, to) = period.get();
        (from <= to).then_some(())?;
        let (crew, by, of) = (crew.get(), by.get(), of.get());
        Some(ShowIndicators {
            from,
            to,
            crew,
            by,
            of,
        })
    });
    let view = answer.good;
    let has_some = Memo::new(move |_| view.with(Option::is_some));
    let is_whole = Memo::new(move |_| view.with(|v| v.as_ref().is_none_or(|v| v.is_whole)));
    let is_none = Memo::new(move |_| {
        view.with(|v| {
            let all = v.as_ref().map(|v| &v.all);
            all.is_some_and(|all| all.tasks == 0 && all.open.tasks == 0)
        })
    });
    let subtitle = Signal::derive(move || {
        let locale = locale.get();
        let (from, to) = period.get();
        format!(
            "{} – {}",
            format::day(locale, &from),
            format::day(locale, &to)
        )
    });
    let all = Signal::derive(move || view.with(|view| view.as_ref().map(|view| view.all.clone())));
    let by_options = vec![
        (Day::Due, t!(words, rates.by_due)),
        (Day::Found, t!(words, rates.by_found)),
    ];
    view! {
        <Panel
            title=t!(words, rates.title)
            subtitle=subtitle
            name="indicators"
            leave=Leave::Back
            linked=true
        >
            <div class="stack">
                <PeriodChoice
                    period=period
                    on_choose=move |days: Days| nav.take(Step::OpenIndicators(Some(days)))
                />
                <Segments
                    options=by_options
                    chosen=by
                    on_choose=move |chosen| by.set(chosen)
                    label=t!(words, rates.by)
                />
                <Field id="indicators-crew" label=t!(words, desk.crew)>
                    <Select
                        id="indicators-crew"
                        groups=crews(keys::desk::crew_all)
                        value=crew
                        on_choose=move |chosen| crew.set(chosen)
                    />
                </Field>
                <TroubleThere trouble=answer.trouble />
                <NotWhole is_whole=is_whole />
                <When is=move || is_none.get()>
                    <Empty
                        icon=lu::LuChartPie
                        title=t_string!(words, rates.nothing).to_string()
                        hint=t_string!(words, rates.nothing_hint).to_string()
                    />
                </When>
                <When is=move || has_some.get() && !is_none.get()>
                    <Rates all=all of=of />
                    <Steps all=all />
                    <Times all=all />
                    <Age all=all />
                    <Parts
                        caption=t!(words, rates.by_crew)
                        parts=Signal::derive(move || {
                            view.with(|v| v.as_ref().map(|v| v.crews.clone()).unwrap_or_default())
                        })
                        name=naming::crew
                    />
                    <Parts
                        caption=t!(words, rates.by_work)
                        parts=Signal::derive(move || {
                            view.with(|v| v.as_ref().map(|v| v.works.clone()).unwrap_or_default())
                        })
                        name=work_name
                    />
                </When>
            </div>
        </Panel>
    }
}

type All = Signal<Option<Indicators>>;

/// A rate: its words, how it is read, and where what it is of is kept.
type RateKind = (
    Word,
    fn(&Each<Rate>) -> Rate,
    fn(&mut Each<Denominator>) -> &mut Denominator,
);

fn rate_kinds() -> [RateKind; 6] {
    use keys::rates as key;
    [
        (key::handled, |e| e.handled, |e| &mut e.handled),
        (
            key::handled_in_time,
            |e| e.handled_in_time,
            |e| &mut e.handled_in_time,
        ),
        (key::closed, |e| e.closed, |e| &mut e.closed),
        (
            key::closed_in_time,
            |e| e.closed_in_time,
            |e| &mut e.closed_in_time,
        ),
        (key::reworked, |e| e.reworked, |e| &mut e.reworked),
        (
            key::checked_in_time,
            |e| e.checked_in_time,
            |e| &mut e.checked_in_time,
        ),
    ]
}

const DENOMINATORS: [(Denominator, &str, Word); 7] = [
    (Denominator::Due, "due", keys::rates::of_due),
    (
        Denominator::DueToClose,
        "due_to_close",
        keys::rates::of_due_to_close,
    ),
    (
        Denominator::DueToCheck,
        "due_to_check",
        keys::rates::of_due_to_check,
    ),
    (Denominator::Handled, "handled", keys::rates::of_handled),
    (Denominator::Closed, "closed", keys::rates::of_closed),
    (Denominator::Dated, "dated", keys::rates::of_dated),
    (Denominator::All, "all", keys::rates::of_all),
];

/// A share in words: so much, so many of so many; a dash where there is none to be a share of.
fn share(words: Words, rate: Rate) -> (String, String) {
    let locale = words.get_locale();
    let count = |n: u64| format::count(locale, n as usize);
    let (part, whole) = (rate.share.part, rate.share.whole);
    let said = match whole {
        0 => "–".into(),
        _ => format::share(locale, rate.share),
    };
    let of = t_string!(words, rates.n_of_m, n = count(part), m = count(whole));
    (said, of)
}

/// The shares, each with what it is a share of, which can be another.
#[component]
fn Rates(all: All, of: RwSignal<Each<Denominator>>) -> impl IntoView {
    const IDS: [&str; 6] = [
        "rate-handled",
        "rate-handled-in-time",
        "rate-closed",
        "rate-closed-in-time",
        "rate-reworked",
        "rate-checked-in-time",
    ];
    let words = use_words();
    let row = move |(id, (name, rate, place)): (&'static str, RateKind)| {
        let rate = move || all.with(|all| all.as_ref().map(|all| rate(&all.rates)));
        let said =
            Signal::derive(move || rate().map(|rate| share(words, rate)).unwrap_or_default());
        let width = move || {
            let share = rate().map(|rate| rate.share).unwrap_or_default();
            format!("calc(100% * {} / {})", share.part, share.whole.max(1))
        };
        let groups = Signal::derive(move || -> Vec<Group> {
            let options = DENOMINATORS.iter();
            let options =
                options.map(|(_, id, phrase)| ((*id).to_owned(), words.say(*phrase).to_owned()));
            vec![(String::new(), options.collect())]
        });
        let value = Signal::derive(move || {
            let now = *place(&mut of.get());
            let found = DENOMINATORS.iter().find(|(of, ..)| *of == now);
            found.map(|(_, id, _)| (*id).to_owned()).unwrap_or_default()
        });
        let choose = move |id: String| {
            let found = DENOMINATORS.iter().find(|(_, name, _)| *name == id);
            if let Some((chosen, ..)) = found {
                of.update(|of| *place(of) = *chosen);
            }
        };
        view! {
            <tr>
                <th scope="row">
                    <label for=id>{move || words.say(name)}</label>
                </th>
                <td class="n">
                    <strong>{move || said.get().0}</strong>
                    <span class="small muted">{move || said.get().1}</span>
                </td>
                <td class="bars-bar" aria-hidden="true">
                    <span style:width=width></span>
                </td>
                <td>
                    <Select id=id groups=groups value=value on_choose=choose />
                </td>
            </tr>
        }
    };
    let rows: Vec<_> = IDS.into_iter().zip(rate_kinds()).map(row).collect();
    view! {
        <section class="section">
            <table class="bars rates">
                <caption>{t!(words, rates.rates)}</caption>
                <tbody>{rows}</tbody>
            </table>
            <p class="small muted">{t!(words, rates.rates_hint)}</p>
        </section>
    }
}

/// How many tasks stand at each of the seven steps.
#[component]
fn Steps(all: All) -> impl IntoView {
    use keys::rates as key;
    const NAMES: [(S, Word); 6] = [
        (S::Found, key::s_found),
        (S::Filed, key::s_filed),
        (S::Dispatched, key::s_dispatched),
        (S::UnderWay, key::s_under_way),
        (S::Reported, key::s_reported),
        (S::Closed, key::s_closed),
    ];
    let words = use_words();
    let bars = Signal::derive(move || {
        let locale = words.get_locale();
        let bar = |name: Word, count: u64| Bar {
            name: words.say(name).to_owned(),
            figure: format::count(locale, count as usize),
            count,
        };
        all.with(|all| {
            let Some(all) = all else { return Vec::new() };
            let steps = &all.steps;
            let standing = NAMES
                .iter()
                .filter_map(|(step, name)| Some(bar(*name, steps.at(*step)?)));
            let aside = [
                (key::s_conflict, steps.conflicts),
                (key::s_cancelled, steps.cancelled),
            ];
            let aside = aside.into_iter().filter(|(_, n)| *n > 0);
            standing
                .chain(aside.map(|(name, n)| bar(name, n)))
                .collect()
        })
    });
    view! {
        <section class="section">
            <Bars caption=t!(words, rates.steps) bars=bars />
            <p class="small muted">{t!(words, rates.steps_hint)}</p>
        </section>
    }
}

/// Tasks by how long: up to 2 hours, up to 6, and so on.
fn by_time(words: Words, classes: &Classes) -> Vec<Bar> {
    let locale = words.get_locale();
    let span = |ms: i64| format::span(locale, ms as f64);
    let names = BOUNDS_MS
        .iter()
        .map(|bound| t_string!(words, rates.up_to, t = span(*bound)));
    let more = BOUNDS_MS
        .last()
        .map(|bound| t_string!(words, rates.longer, t = span(*bound)));
    let bar = |(name, count): (String, &u64)| Bar {
        name,
        figure: format::count(locale, *count as usize),
        count: *count,
    };
    names.chain(more).zip(&classes.0).map(bar).collect()
}

/// How long it took.
#[component]
fn Times(all: All) -> impl IntoView {
    let words = use_words();
    let bars = Signal::derive(move || {
        all.with(|all| all.as_ref().map(|all| by_time(words, &all.closing.classes)))
            .unwrap_or_default()
    });
    let said = move || {
        let all = all.get()?;
        let locale = words.get_locale();
        let span = |ms: i64| format::span(locale, ms as f64);
        let mut said = Vec::new();
        if let Some(mean) = all.handling.ms {
            let n = format::count(locale, all.handling.tasks as usize);
            said.push(t_string!(words, rates.mean, t = span(mean as i64), n = n));
        }
        if let (Some(median), Some(p90)) = (all.closing.median_ms, all.closing.p90_ms) {
            said.push(t_string!(
                words,
                rates.spread,
                half = span(median),
                most = span(p90)
            ));
        }
        if all.closing.unclocked > 0 {
            let n = format::count(locale, all.closing.unclocked as usize);
            said.push(t_string!(words, rates.unclocked, n = n));
        }
        Some(
            said.into_iter()
                .map(|line| view! { <p class="small">{line}</p> })
                .collect::<Vec<_>>(),
        )
    };
    view! {
        <section class="section">
            <Bars caption=t!(words, rates.times) bars=bars />
            {move || said()}
        </section>
    }
}

/// How old what is open is.
#[component]
fn Age(all: All) -> impl IntoView {
    let words = use_words();
    let open = Signal::derive(move || {
        all.with(|all| all.as_ref().map(|all| by_time(words, &all.open.open_for)))
            .unwrap_or_default()
    });
    let overdue = Signal::derive(move || {
        all.with(|all| all.as_ref().map(|all| by_time(words, &all.open.overdue)))
            .unwrap_or_default()
    });
    let said = move || {
        let all = all.get()?;
        let count = |n: u64| format::count(words.get_locale(), n as usize);
        Some(t_string!(
            words,
            rates.open_said,
            n = count(all.open.tasks),
            late = count(all.open.overdue.sum()),
            undated = count(all.open.undated)
        ))
    };
    view! {
        <section class="section">
            <h3>{t!(words, rates.still_open)}</h3>
            <p class="small">{move || said()}</p>
            <Bars caption=t!(words, rates.open_for) bars=open />
            <Bars caption=t!(words, rates.overdue) bars=overdue />
        </section>
    }
}

type Namer = fn(&Catalog, Locale, &str) -> String;

fn work_name(catalog: &Catalog, locale: Locale, id: &str) -> String {
    naming::work(catalog, locale, &WorkKindId(id.to_owned()))
}

/// The same for each crew or kind of work, in a table.
#[component]
fn Parts(
    #[prop(into)] caption: Signal<String>,
    parts: Signal<Vec<Part>>,
    name: Namer,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let row = move |part: Part| {
        let locale = words.get_locale();
        let named = part.key.as_deref().and_then(|id| {
            session
                .catalog
                .with(|c| c.as_ref().map(|c| name(c, locale, id)))
        });
        let named = named.unwrap_or_else(|| t_string!(words, desk.crew_none).to_string());
        let of = part.indicators;
        let cell = |rate: Rate| {
            let (said, of) = share(words, rate);
            view! { <td class="n"><strong>{said}</strong><span class="small muted">{of}</span></td> }
        };
        let mean = of
            .handling
            .ms
            .map_or("–".into(), |ms| format::span(locale, ms as f64));
        view! {
            <tr>
                <th scope="row">{named}</th>
                <td class="n">{format::count(locale, of.tasks as usize)}</td>
                {cell(of.rates.handled_in_time)}
                {cell(of.rates.closed)}
                {cell(of.rates.reworked)}
                <td class="n">{mean}</td>
                <td class="n">{format::count(locale, of.open.overdue.sum() as usize)}</td>
            </tr>
        }
    };
    let rows = move || parts.get().into_iter().map(row).collect::<Vec<_>>();
    let heads = move || {
        let heads = [
            keys::rates::tasks,
            keys::rates::handled_in_time,
            keys::rates::closed,
            keys::rates::reworked,
            keys::rates::mean_head,
            keys::rates::overdue_head,
        ];
        heads
            .map(|head| view! { <th scope="col">{words.say(head)}</th> })
            .collect_view()
    };
    maybe(move || {
        parts.with(|parts| !parts.is_empty()).then(|| {
            view! {
                <section class="section">
                    <div class="scrolls" tabindex="0" role="region" aria-label=caption>
                        <table class="figures">
                            <caption>{caption}</caption>
                            <thead>
                                <tr>
                                    <td></td>
                                    {heads}
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </section>
            }
        })
    })
}
