//! The ledger: how much was done in a period, the tasks behind each figure, and the paragraph that a
//! newspaper would carry.

use super::{
    crews::crews,
    missing::NotWhole,
    monthly::Monthly,
    period::{Days, PeriodChoice, default_period},
    printed::{Paper, Print},
    published::PublishedFigures,
};
use crate::{
    components::{
        bars::{Bar, Bars},
        button::Button,
        choice::{Group, Segments, Select},
        field::Field,
        icon::lu,
        keyed::{Keyed, Line},
        live::{When, maybe},
        notice::Empty,
        panel::{Leave, Panel},
        row::Row,
        task_row::TaskLine,
        trouble::TroubleThere,
    },
    locales::{Locale, Words, keys, t, t_string, use_words},
    mode::{Figures, Mode, Step},
    state::{asking, effect::effect, format, naming, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::{LedgerPart, LedgerRow, LedgerView, ListBehind, ListParts, ShowLedger},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::WorkKindId,
    ledger::{By, Wanted},
    task::TaskSummary,
};
use std::sync::Arc;

/// So many of the tasks behind a figure are listed.
const BEHIND: usize = 50;

/// The ledger's page.
#[component]
pub fn LedgerPage() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let shown = Memo::new(move |_| match nav.mode.get() {
        Mode::Ledger(Some(figures)) => figures,
        _ => {
            let (from, to) = default_period();
            Figures {
                from,
                to,
                ..Figures::default()
            }
        }
    });
    let period = RwSignal::new(Days::default());
    effect(move || shown.with(|f| period.set((f.from.clone(), f.to.clone()))));
    let show = move |change: &dyn Fn(&mut Figures)| {
        let mut figures = shown.get_untracked();
        change(&mut figures);
        nav.take(Step::OpenLedger(Some(figures)));
    };
    let asked = Memo::new(move |_| {
        let figures = shown.get();
        ShowLedger {
            from: figures.from,
            to: figures.to,
            crew: figures.crew,
            street: figures.street,
            community: figures.community,
            state: figures.state,
        }
    });
    // Turned once other figures were taken in.
    let again = RwSignal::new(0_u32);
    let answer = asking::follow_packed::<_, LedgerView>(session, move || {
        session.turns.track();
        again.track();
        session.layers.track();
        session.catalog.with(Option::is_some).then_some(())?;
        let question = asked.get();
        // Days in the wrong order are said beside them; what was shown stays.
        (question.from <= question.to).then_some(question)
    });
    let (view, trouble) = (answer.good, answer.trouble);
    let crews = crews(keys::desk::crew_all);
    // What is chosen is there to be seen, whatever the reports name.
    let places = move |of: fn(&LedgerView) -> &Vec<String>, chosen: fn(&Figures) -> &String| {
        Signal::derive(move || -> Vec<Group> {
            let all = (String::new(), t_string!(words, desk.anywhere).to_owned());
            let mut names = view.with(|view| view.as_ref().map(|view| of(view).clone()));
            let chosen = shown.with(|f| chosen(f).clone());
            let names = names.get_or_insert_default();
            if !chosen.is_empty() && !names.contains(&chosen) {
                names.push(chosen);
            }
            let names = names.iter().map(|name| (name.clone(), name.clone()));
            vec![(String::new(), std::iter::once(all).chain(names).collect())]
        })
    };
    let wanted = vec![
        (Wanted::Counted, t!(words, desk.w_counted)),
        (Wanted::Reported, t!(words, desk.w_reported)),
        (Wanted::Verified, t!(words, desk.w_verified)),
    ];
    let open = RwSignal::new(None::<WorkKindId>);
    let lines = Signal::derive(move || {
        view.with(|view| {
            let rows = view.iter().flat_map(|view| &view.lines);
            rows.map(|row| line(row, asked, open)).collect()
        })
    });
    let is_whole = Memo::new(move |_| view.with(|v| v.as_ref().is_none_or(|v| v.is_whole)));
    let is_none = Memo::new(move |_| {
        view.with(|view| view.as_ref().is_some_and(|view| view.lines.is_empty()))
    });
    let note = move || {
        let note = session
            .catalog
            .with(|catalog| catalog.as_ref()?.plan_note.clone())?;
        let planned = |row: &LedgerRow| row.planned.is_some();
        let is_planned = view.with(|view| view.iter().flat_map(|v| &v.lines).any(planned));
        is_planned.then(|| locale.get().pick(&note))
    };
    let subtitle = Signal::derive(move || {
        let locale = locale.get();
        let (from, to) = period.get();
        format!(
            "{} – {}",
            format::day(locale, &from),
            format::day(locale, &to)
        )
    });
    let text = RwSignal::new(String::new());
    let printing = RwSignal::new(false);
    view! {
        <Panel
            title=t!(words, desk.ledger)
            subtitle=subtitle
            name="ledger"
            leave=Leave::Back
            linked=true
        >
            <div class="stack">
                <IndicatorsWay period=period />
                <PeriodChoice
                    period=period
                    on_choose=move |(from, to): Days| {
                        show(&move |f| (f.from, f.to) = (from.clone(), to.clone()));
                    }
                />
                <Field id="ledger-crew" label=t!(words, desk.crew)>
                    <Select
                        id="ledger-crew"
                        groups=crews
                        value=Signal::derive(move || shown.with(|f| f.crew.clone()))
                        on_choose=move |chosen: String| show(&move |f| f.crew.clone_from(&chosen))
                    />
                </Field>
                <div class="two">
                    <Field id="ledger-street" label=t!(words, completion.by_street)>
                        <Select
                            id="ledger-street"
                            groups=places(|view| &view.streets, |f| &f.street)
                            value=Signal::derive(move || shown.with(|f| f.street.clone()))
                            on_choose=move |chosen: String| {
                                show(&move |f| f.street.clone_from(&chosen));
                            }
                        />
                    </Field>
                    <Field id="ledger-community" label=t!(words, completion.by_community)>
                        <Select
                            id="ledger-community"
                            groups=places(|view| &view.communities, |f| &f.community)
                            value=Signal::derive(move || shown.with(|f| f.community.clone()))
                            on_choose=move |chosen: String| {
                                show(&move |f| f.community.clone_from(&chosen));
                            }
                        />
                    </Field>
                </div>
                <Segments
                    options=wanted
                    chosen=Signal::derive(move || shown.with(|f| f.state))
                    on_choose=move |chosen| show(&move |f| f.state = chosen)
                    label=t!(words, desk.counts)
                />
                <TroubleThere trouble=trouble />
                <NotWhole is_whole=is_whole />
                <When is=move || is_none.get()>
                    <Empty
                        icon=lu::LuChartPie
                        title=t_string!(words, desk.nothing).to_string()
                        hint=t_string!(words, desk.nothing_hint).to_string()
                    />
                </When>
                <ul class="rows">
                    <Keyed lines=lines />
                </ul>
                {maybe(move || note().map(|note| view! { <p class="small muted">{note}</p> }))}
                <PublishedFigures asked=asked view=view again=again />
                <Monthly asked=asked />
                <Print view=view asked=asked text=text printing=printing />
                <Paper view=view title=subtitle text=text printing=printing />
            </div>
        </Panel>
    }
}

fn line(row: &LedgerRow, asked: Memo<ShowLedger>, open: RwSignal<Option<WorkKindId>>) -> Line {
    let row = row.clone();
    Line {
        key: format!("{row:?}"),
        make: Arc::new(move || view! { <One row=row.clone() asked=asked open=open /> }.into_any()),
    }
}

/// A figure, and the tasks behind it once it is opened.
#[component]
fn One(
    row: LedgerRow,
    asked: Memo<ShowLedger>,
    open: RwSignal<Option<WorkKindId>>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let work = row.work.clone();
    let name = {
        let (work, is_within) = (work.clone(), row.is_within);
        Signal::derive(move || {
            let catalog = session.catalog.get();
            let name = catalog.map(|catalog| naming::work(&catalog, locale.get(), &work));
            let name = name.unwrap_or_default();
            match is_within {
                true => t_string!(words, task.of_which, work = name),
                false => name,
            }
        })
    };
    let figure = {
        let (work, quantity) = (work.clone(), row.quantity.clone());
        Signal::derive(move || match &quantity {
            Some(quantity) => amount(session, words, &work, quantity),
            None => "–".into(),
        })
    };
    let about = {
        let (work, row) = (work.clone(), row.clone());
        Signal::derive(move || about(session, words, &work, &row))
    };
    let toggle = {
        let work = work.clone();
        move |()| {
            open.update(|open| {
                *open = (open.as_ref() != Some(&work)).then(|| work.clone());
            });
        }
    };
    let is_open = {
        let work = work.clone();
        Memo::new(move |_| open.with(|open| open.as_ref() == Some(&work)))
    };
    let key = format!("ledger-{work}");
    view! {
        <Row name=name about=about end=figure key=key on_open=toggle />
        {maybe(move || {
            let work = work.clone();
            is_open.get().then(|| view! { <Tasks work=work asked=asked /> })
        })}
    }
}

/// The tasks behind a figure.
#[component]
fn Tasks(work: WorkKindId, asked: Memo<ShowLedger>) -> impl IntoView {
    let words = use_words();
    let of_parts = StoredValue::new(work.clone());
    let session = expect_context::<Session>();
    let answer = asking::follow_packed::<_, Vec<TaskSummary>>(session, move || {
        session.turns.track();
        Some(ListBehind {
            of: asked.get(),
            work: work.clone(),
            count: BEHIND,
        })
    });
    let (tasks, trouble) = (answer.good, answer.trouble);
    let lines = Signal::derive(move || {
        let line = |task: &TaskSummary| {
            let task = task.clone();
            Line {
                key: format!("{} {:?}", task.uid, task.changed),
                make: Arc::new(move || view! { <TaskLine task=task.clone() /> }.into_any()),
            }
        };
        tasks.with(|tasks| tasks.iter().flatten().map(line).collect())
    });
    let by = RwSignal::new(None::<By>);
    let options = vec![
        (None, t!(words, desk.p_tasks)),
        (Some(By::Month), t!(words, desk.p_month)),
        (Some(By::Crew), t!(words, desk.crew)),
        (Some(By::Street), t!(words, completion.by_street)),
        (Some(By::Community), t!(words, completion.by_community)),
    ];
    let is_tasks = Memo::new(move |_| by.get().is_none());
    view! {
        <div class="stack tight" role="group" aria-label=t!(words, desk.behind)>
            <Segments
                options=options
                chosen=by
                on_choose=move |chosen| by.set(chosen)
                label=t!(words, desk.apart)
            />
            <When is=move || is_tasks.get()>
                <TroubleThere trouble=trouble />
                <ul class="rows">
                    <Keyed lines=lines />
                </ul>
                <When is=move || tasks.with(|tasks| tasks.as_ref().is_some_and(|tasks| tasks.len() == BEHIND))>
                    <p class="small muted">{t_string!(words, desk.behind_more, n = BEHIND)}</p>
                </When>
            </When>
            {maybe(move || {
                let by = by.get()?;
                let work = of_parts.get_value();
                Some(view! { <Parts work=work asked=asked by=by /> })
            })}
        </div>
    }
}

/// What makes up a figure, in bars.
#[component]
fn Parts(work: WorkKindId, asked: Memo<ShowLedger>, by: By) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let kind = work.clone();
    let answer = asking::follow_packed::<_, Vec<LedgerPart>>(session, move || {
        session.turns.track();
        let (of, work) = (asked.get(), work.clone());
        Some(ListParts { of, work, by })
    });
    let bars = Signal::derive(move || {
        let name = |key: &Option<String>| match (key, by) {
            (None, _) => t_string!(words, completion.nowhere).to_owned(),
            (Some(crew), By::Crew) => crew_name(session, words.get_locale(), crew),
            (Some(name), _) => name.clone(),
        };
        let bar = |part: &LedgerPart| Bar {
            name: name(&part.key),
            figure: amount(
                session,
                words,
                &kind,
                part.quantity.as_deref().unwrap_or("0"),
            ),
            count: part.thousandths,
        };
        answer
            .good
            .with(|parts| parts.iter().flatten().map(bar).collect::<Vec<_>>())
    });
    view! {
        <TroubleThere trouble=answer.trouble />
        <Bars caption=t!(words, desk.apart) bars=bars />
    }
}

fn crew_name(session: Session, locale: Locale, id: &str) -> String {
    session.catalog.with(|catalog| {
        let catalog = catalog.as_ref();
        catalog.map_or_else(|| id.to_owned(), |of| naming::crew(of, locale, id))
    })
}

/// How much, in the unit of a kind of work.
pub fn amount(session: Session, words: Words, work: &WorkKindId, digits: &str) -> String {
    let locale = words.get_locale();
    let unit = session.catalog.with(|catalog| {
        let catalog = catalog.as_ref()?;
        Some(naming::unit(
            catalog,
            locale,
            &catalog.work_kind(work)?.unit,
        ))
    });
    format::quantity(locale, digits, &unit.unwrap_or_default())
}

/// What is to be said beside a figure.
fn about(session: Session, words: Words, work: &WorkKindId, row: &LedgerRow) -> String {
    let locale = words.get_locale();
    let mut said = Vec::new();
    if let Some(plan) = &row.planned {
        let plan = amount(session, words, work, plan);
        said.push(match &row.percent {
            Some(percent) => {
                let percent = format::decimal(locale, percent);
                t_string!(words, desk.of_plan, percent = percent, plan = plan)
            }
            None => t_string!(words, desk.planned_only, plan = plan),
        });
    }
    let signed = |change: &str| {
        let sign = if change.starts_with('-') { "" } else { "+" };
        format!("{sign}{}", format::decimal(locale, change))
    };
    if let Some(change) = &row.change {
        said.push(t_string!(words, desk.change, n = signed(change)));
    }
    if let Some(change) = &row.change_before {
        said.push(t_string!(words, desk.change_before, n = signed(change)));
    }
    if let Some(published) = &row.published {
        let n = amount(session, words, work, published);
        said.push(t_string!(words, desk.published_row, n = n));
    }
    if let Some(mean) = &row.monthly_mean {
        let n = amount(session, words, work, mean);
        said.push(t_string!(words, desk.mean, n = n));
    }
    let count = |n| format::count(locale, n);
    match row.tasks {
        0 => {}
        1 => said.push(t_string!(words, desk.tasks_one).to_string()),
        n => said.push(t_string!(words, desk.tasks_n, n = count(n))),
    }
    if row.unverified > 0 {
        said.push(t_string!(words, desk.not_yet, n = count(row.unverified)));
    }
    if row.conflicts > 0 {
        said.push(t_string!(words, desk.disputed, n = count(row.conflicts)));
    }
    said.join(" · ")
}

/// The way to how the tasks of the same days went.
#[component]
fn IndicatorsWay(period: RwSignal<Days>) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let open = move |()| nav.take(Step::OpenIndicators(Some(period.get_untracked())));
    view! {
        <Button icon=lu::LuChartPie on_press=open>
            {t!(words, rates.open)}
        </Button>
    }
}

/// The way from completion to the ledger.
#[component]
pub fn LedgerWay() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let open = move |()| nav.take(Step::OpenLedger(None));
    view! {
        <Button icon=lu::LuScrollText on_press=open>
            {t!(words, desk.open_ledger)}
        </Button>
    }
}
