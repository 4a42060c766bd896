//! Which assets a kind of work has reached in a period, and what is left.

use super::{
    by_place::ByPlace,
    ledger::LedgerWay,
    listed::order_words,
    period::{PeriodChoice, default_period},
    programme::ProgrammesWay,
    rounds::LeftRound,
    season::{Playing, SeasonDays},
    take_out::CompletionFile,
};
use crate::{
    components::{
        asset_row::AssetRow,
        choice::{Group, Segments, Select, SwitchRow},
        field::Field,
        icon::lu,
        kind_icon::StateMark,
        live::{When, maybe, or_nothing},
        notice::Empty,
        paged::More,
        panel::Panel,
    },
    locales::{Word, keys, keys::map, t, t_string, use_words},
    mode::{Lens, Step},
    state::{
        asking, format, naming, nav::Nav, place::Place, prefs::Prefs, session::Session, stored,
    },
    worker::protocol::{CompletionView, ListLeft, SetLeft},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{catalog::WorkKindId, ledger::season::Left as LeftOf, task::Mark};

/// Under which the kind of work is kept that was looked at last.
const LAST_WORK: &str = "completion";

/// Lines shown at first, and added by each press on "more".
const PORTION: usize = 60;

/// The completion page.
#[component]
pub fn CompletionPage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let nav = expect_context::<Nav>();
    let shown = Memo::new(move |_| nav.lens.with(Option::is_some));
    provide_context(Playing(RwSignal::new(false)));
    let subtitle = Signal::derive(move || {
        session
            .completion
            .with(|c| c.as_ref().map(|c| left_words(words, c)))
            .unwrap_or_default()
    });
    view! {
        <Panel
            title=t!(words, completion.title)
            subtitle=subtitle
            name="completion"
            foot=move || view! { <LeftRound /> }
        >
            <div class="stack">
                <LedgerWay />
                <ProgrammesWay />
                <WorkChoice />
                <When
                    is=move || shown.get()
                    otherwise=move || {
                        view! {
                            <Empty
                                icon=lu::LuChartPie
                                title=t!(words, completion.choose)
                                hint=t!(words, completion.choose_hint)
                            />
                        }
                    }
                >
                    <Figures />
                    <SeasonDays />
                    <ByPlace />
                    <CompletionFile />
                    <Left />
                </When>
            </div>
        </Panel>
    }
}

fn left_words(words: crate::locales::Words, view: &CompletionView) -> String {
    let n = format::count(words.get_locale(), view.left_total);
    t_string!(words, completion.left, n = n)
}

/// Kinds of work that are done to assets, by family, the heart first.
#[component]
fn WorkChoice() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let period = RwSignal::new(
        nav.lens
            .get_untracked()
            .map_or_else(default_period, |l| (l.from, l.to)),
    );
    // Beside the heart the list is long; a kind of the rest that is chosen stays in sight.
    let unfolded = RwSignal::new(false);
    let groups = Signal::derive(move || -> Vec<Group> {
        let chosen = nav.lens.get().map(|lens| lens.work);
        let locale = locale.get();
        let Some(catalog) = session.catalog.get() else {
            return Vec::new();
        };
        let mut families: Vec<_> = catalog.families.iter().collect();
        mendmap_core::order::sort_by_key(&mut families, |family| !family.heart);
        let none = t_string!(words, completion.choose_work).to_string();
        let grouped = families.into_iter().map(|family| {
            let kinds = catalog.work_kinds.iter();
            let shown = family.heart || unfolded.get();
            let kinds = kinds.filter(|k| k.family == family.id && !k.applies_to.is_empty());
            let kinds = kinds.filter(|k| shown || Some(&k.id) == chosen.as_ref());
            let options = kinds
                .map(|k| (k.id.0.clone(), locale.pick(&k.label)))
                .collect();
            (locale.pick(&family.label), options)
        });
        let grouped = grouped.filter(|(_, options): &Group| !options.is_empty());
        std::iter::once((String::new(), vec![(String::new(), none)]))
            .chain(grouped)
            .collect()
    });
    let value = Signal::derive(move || nav.lens.get().map(|l| l.work.0).unwrap_or_default());
    let look = move |work: String, (from, to): (String, String)| {
        // Days in the wrong order are said beside them; what was shown stays.
        if from > to {
            return;
        }
        let work = WorkKindId(work);
        let mut aside = nav.now().lens.map(|lens| lens.aside).unwrap_or_default();
        aside.on = None;
        let lens = (!work.0.is_empty()).then_some(Lens {
            work,
            from,
            to,
            aside,
        });
        stored::write(LAST_WORK, lens.as_ref().map(|lens| &*lens.work.0));
        nav.take(Step::Look(lens));
    };
    // Who comes back finds what was chosen before.
    if nav.lens.with_untracked(Option::is_none)
        && let Some(work) = stored::read(LAST_WORK)
    {
        look(work, period.get_untracked());
    }
    view! {
        <Field
            id="completion-work"
            label=t!(words, completion.work)
        >
            <Select
                id="completion-work"
                groups=groups
                value=value
                on_choose=move |work| look(work, period.get_untracked())
            />
        </Field>
        <SwitchRow on=unfolded on_turn=move |on| unfolded.set(on)>
            <span class="grow small">{t!(words, task.plot_other)}</span>
        </SwitchRow>
        <PeriodChoice
            period=period
            on_choose=move |days: (String, String)| {
                period.set(days.clone());
                look(value.get_untracked(), days);
            }
        />
    }
}

/// What a mark says here.
fn mark_words(mark: Mark) -> Word {
    use keys::completion as key;
    match mark {
        Mark::Done => key::m_done,
        Mark::Verified => key::m_verified,
        Mark::Reported => key::m_reported,
        Mark::UnderWay => key::m_under_way,
        Mark::SentBack => key::m_sent_back,
        Mark::Conflict => key::m_conflict,
        Mark::Open => key::m_open,
        Mark::Due => key::m_due,
        Mark::Overdue => key::m_overdue,
        Mark::Never | Mark::None => key::m_never,
    }
}

/// The marks in the order of the bar, each with its pattern.
const MARKS: [(Mark, &str); 10] = [
    (Mark::Verified, "verified"),
    (Mark::Done, "done"),
    (Mark::Reported, "reported"),
    (Mark::UnderWay, "under-way"),
    (Mark::SentBack, "sent-back"),
    (Mark::Conflict, "conflict"),
    (Mark::Open, "open"),
    (Mark::Due, "due"),
    (Mark::Overdue, "overdue"),
    (Mark::Never, "never"),
];

/// The share as a bar with patterns, and the counts.
#[component]
fn Figures() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let nav = expect_context::<Nav>();
    let locale = expect_context::<Prefs>().locale;
    let playing = expect_context::<Playing>().0;
    // The kind's unit, and whether it is done at drawn places too.
    let kind = move || {
        let lens = nav.lens.get()?;
        session.catalog.with(|c| {
            let catalog = c.as_ref()?;
            let kind = catalog.work_kind(&lens.work)?;
            let unit = naming::unit(catalog, locale.get(), &kind.unit);
            Some((unit, !kind.places.is_empty()))
        })
    };
    maybe(move || {
        let view = session.completion.get()?;
        let locale = locale.get();
        let counts = view.counts;
        let count = |n: u64| format::decimal(locale, &n.to_string());
        let share = format::share(locale, counts.share());
        let chart = t_string!(
            words,
            completion.chart,
            done = count(counts.done()),
            open = count(counts.open()),
            never = count(counts.never())
        );
        let all = counts.whole().max(1);
        // What is there; and always what is not done.
        let there = MARKS
            .iter()
            .filter(|(mark, _)| *mark == Mark::Never || counts.of(*mark) > 0);
        let parts: Vec<_> = there
            .clone()
            .map(|(mark, pattern)| {
                let width = format!("calc(100% * {} / {all})", counts.of(*mark));
                view! { <span class=*pattern style:width=width></span> }
            })
            .collect();
        let lines: Vec<_> = there
            .map(|(mark, pattern)| {
                view! {
                    <div>
                        <dt>
                            <i class=format!("swatch {pattern}")></i>
                            <StateMark mark=*mark />
                            {words.say(mark_words(*mark))}
                        </dt>
                        <dd>{count(counts.of(*mark).into())}</dd>
                    </div>
                }
            })
            .collect();
        let (unit, drawn) = kind().unwrap_or_default();
        // What was done is added up for the whole period alone.
        let quantity = (view.day == view.last).then(|| {
            let n = format::quantity(locale, &view.quantity, &unit);
            view! { <p class="muted">{t_string!(words, completion.quantity, n = n)}</p> }
        });
        let drawn = drawn
            .then(|| view! { <p class="small muted">{t_string!(words, completion.drawn)}</p> });
        Some(view! {
            <section class="section" aria-live=if playing.get_untracked() { "off" } else { "polite" }>
                <p class="figure">{t_string!(words, completion.share, share = share)}</p>
                <div class="bar" role="img" aria-label=chart>
                    {parts}
                </div>
                <dl class="counts">{lines}</dl>
                {or_nothing(quantity)}
                {or_nothing(drawn)}
            </section>
        })
    })
}

/// What is left, each line leading to its card.
#[component]
fn Left() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let place = expect_context::<Place>();
    let count = RwSignal::new(PORTION);
    let playing = expect_context::<Playing>().0;
    let answer = asking::follow(session, move || {
        if playing.get() {
            return None;
        }
        session.completion.with(Option::is_some).then_some(())?;
        Some(ListLeft {
            at: place.origin(),
            count: count.get(),
        })
    });
    let listed = answer.good;
    let total = Signal::derive(move || {
        session
            .completion
            .with(|c| c.as_ref().map_or(0, |c| c.left_total))
    });
    let end = move |mark: Mark, metres: Option<f64>| {
        Signal::derive(move || {
            let state = words.say(mark_words(mark));
            match metres {
                Some(m) => format!("{state} · {}", format::distance(locale.get(), m)),
                None => state.to_string(),
            }
        })
    };
    let lines = maybe(move || {
        let rows = listed.get()?;
        if rows.is_empty() {
            let (left, all) = session.completion.with(|c| {
                let c = c.as_ref();
                c.map_or_else(Default::default, |c| (c.left, c.counts.whole()))
            });
            let (title, hint) = match left {
                _ if all == 0 => (
                    t!(words, completion.no_assets),
                    t!(words, completion.choose_hint),
                ),
                LeftOf::NotDone => (
                    t!(words, completion.left_none),
                    t!(words, completion.left_none_hint),
                ),
                _ => (
                    t!(words, completion.left_nobody_none),
                    t!(words, completion.left_nobody_none_hint),
                ),
            };
            return Some(
                view! { <Empty icon=lu::LuCircleCheck title=title hint=hint /> }.into_any(),
            );
        }
        let rows: Vec<_> = rows
            .into_iter()
            .map(
                |row| view! { <li><AssetRow asset=row.asset end=Some(end(row.mark, row.metres)) /></li> },
            )
            .collect();
        let list = view! {
            <p class="small muted">{move || order_words(words, place, map::streets)}</p>
            <ul class="rows">{rows}</ul>
        };
        Some(list.into_any())
    });
    let which = Signal::derive(move || {
        let left = session.completion.with(|c| c.as_ref().map(|c| c.left));
        left.unwrap_or_default()
    });
    let options = vec![
        (LeftOf::NotDone, t!(words, completion.left_not_done)),
        (LeftOf::NobodyBeen, t!(words, completion.left_nobody)),
        (LeftOf::NeverEver, t!(words, completion.left_never)),
    ];
    let choose = move |left: LeftOf| {
        spawn_local(async move {
            let said = session.ask(SetLeft { left }).await;
            // Who looks at something else by now is not taken back.
            if session.completion.with_untracked(Option::is_none) {
                return;
            }
            match said {
                Ok(view) => session.completion.set(Some(view)),
                Err(trouble) => session.trouble.set(Some(trouble)),
            }
        });
    };
    view! {
        <section class="section">
            <Segments
                options=options
                chosen=which
                on_choose=choose
                label=t!(words, completion.which_left)
            />
            <h3>
                {move || {
                    let n = format::count(locale.get(), total.get());
                    t_string!(words, completion.left, n = n)
                }}
            </h3>
            {lines}
            <More total=total shown=count portion=PORTION />
        </section>
    }
}
