//! A round: what is left of it, the nearest first, each ticked off with one tap.

use super::{
    checks::Checks,
    errand::{DueFlag, each_minute, urgent_flag},
    history::{self, History},
    observed::{Finish, ObservedLine},
    paper::Paper,
    task::Later,
};
use crate::{
    components::{
        asset_row::AssetRow,
        button::{Button, IconButton, Weight},
        held::Held,
        icon::lu,
        live::{live, maybe, or_nothing},
        notice::{Banner, Progress, Tone},
        paged::Paged,
        panel::{Leave, Panel},
        task_row::{StateLabel, where_name, work_name},
        trouble::TroubleThere,
    },
    locales::{t, t_string, use_words},
    mode::{Mode, Step},
    state::{
        acts::Acts,
        asking, format,
        lit::{self, Marked},
        map_link::MapLink,
        naming,
        nav::Nav,
        place::Place,
        prefs::Prefs,
        session::Session,
    },
    worker::protocol::{Command, StopRow, Stops, TaskDetail},
};
use leptos::prelude::*;
use mendmap_core::{
    ids::{AssetUid, TaskUid},
    ledger::Ratio,
    task::{Action, Check, Mark, Stop},
};
use std::{cell::Cell, sync::Arc};

/// The card of a round.
#[component]
pub fn RoundCard(
    /// Which.
    uid: TaskUid,
    /// The round as it stands.
    #[prop(into)]
    detail: Signal<Option<TaskDetail>>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let place = expect_context::<Place>();
    let answer = asking::follow(session, move || {
        session.turns.track();
        let question = Stops {
            task: uid,
            at: place.origin(),
        };
        session.catalog.with(Option::is_some).then_some(question)
    });
    let rows = answer.good;
    // Kept: each line asks it how far it is.
    let listed = Memo::new(move |_| rows.get().unwrap_or_default());
    let listed: Signal<Vec<StopRow>> = listed.into();
    let summary = move || detail.get().map(|detail| detail.task.summary);
    let title = Signal::derive(move || {
        let task = summary();
        task.map(|task| work_name(session, words, &task))
            .unwrap_or_default()
    });
    let ticker = Ticker {
        acts: expect_context(),
        round: uid,
        rows,
        title,
    };
    let subtitle = Signal::derive(move || {
        let task = summary();
        task.map(|task| where_name(session, words, &task))
            .unwrap_or_default()
    });
    let minute = each_minute();
    let standing = Memo::new(move |_| {
        let detail = detail.get()?;
        let task = &detail.task.summary;
        Some((
            task.apparent_state(),
            task.is_urgent(),
            detail.urgency,
            detail.due,
        ))
    });
    let can_tick = Memo::new(move |_| {
        let ticks = |detail: TaskDetail| detail.task.actions.contains(&Action::Tick);
        detail.get().is_some_and(ticks)
    });
    let checks = Memo::new(move |_| {
        let detail = detail.get()?;
        let can_answer = detail.task.actions.contains(&Action::MakeSafe);
        Some((detail.checks, can_answer))
    });
    // What it looks at, where it is a round that observes.
    let observes = Memo::new(move |_| {
        let work = detail.get()?.task.summary.work?;
        session
            .catalog
            .with(|catalog| catalog.as_ref()?.work_kind(&work)?.observes.clone())
    });
    let line = move |row: StopRow| match observes.get_untracked() {
        Some(observes) => view! {
            <ObservedLine
                round=uid
                row=row
                rows=listed
                can_tick=can_tick.into()
                observes=observes
            />
        }
        .into_any(),
        None => view! { <StopLine row=row rows=listed can_tick=can_tick.into() ticker=ticker /> }
            .into_any(),
    };
    let (done, all) = (counted(listed, Some(Stop::Done)), counted(listed, None));
    let came = Memo::new(move |_| {
        let ticked = || Ratio {
            part: done.get() as u64,
            whole: all.get() as u64,
        };
        let seen = detail.get().and_then(|detail| detail.seen);
        seen.unwrap_or_else(ticked)
    });
    let reached = Signal::derive(move || {
        let locale = locale.get();
        let came = came.get();
        let share = format::share(locale, came);
        let [n, all] = [came.part, came.whole].map(|n| format::count(locale, n as usize));
        match observes.get() {
            Some(observes) => {
                let well = locale.pick(&observes.well);
                t_string!(
                    words,
                    task.round_seen,
                    n = n,
                    all = all,
                    well = well,
                    share = share
                )
            }
            None => t_string!(words, task.round_done, done = n, all = all, share = share),
        }
    });
    show_on_map(uid, listed);
    let can_report = Memo::new(move |_| {
        let reports = |detail: TaskDetail| detail.task.actions.contains(&Action::Report);
        detail.get().is_some_and(reports)
    });
    let can_verify = Memo::new(move |_| {
        let verifies = |action: &Action| matches!(action, Action::Verify { .. });
        let detail = detail.get();
        detail.is_some_and(|detail| detail.task.actions.iter().any(verifies))
    });
    let foot = move || {
        live(move || match observes.get() {
            _ if can_verify.get() => view! { <super::task::Check uid=uid /> }.into_any(),
            Some(observes) => view! {
                <Finish
                    uid=uid
                    can_report=can_report.into()
                    observes=observes
                    title=title
                    came=reached
                />
            }
            .into_any(),
            None => view! {
                <Foot
                    rows=listed
                    can_tick=can_tick.into()
                    can_report=can_report.into()
                    ticker=ticker
                />
            }
            .into_any(),
        })
    };
    view! {
        <Panel title=title subtitle=subtitle leave=Leave::Close linked=true foot=foot>
            <div class="stack">
                {maybe(move || {
                    let (state, is_urgent, urgency, due) = standing.get()?;
                    let due = due
                        .map(|due| view! { <DueFlag urgency=urgency due=due minute=minute /> });
                    Some(view! {
                        <span class="flags">
                            <StateLabel state=state />
                            {urgent_flag(is_urgent)}
                            {or_nothing(due)}
                        </span>
                    })
                })}
                <TroubleThere trouble=answer.trouble />
                {maybe(move || {
                    let (checks, can_answer) = checks.get()?;
                    Some(view! { <Checks task=uid checks=checks can_answer=can_answer /> })
                })}
                <Progress
                    share=Signal::derive(move || {
                        let came = came.get();
                        Some(came.part as f64 / (came.whole as f64).max(1.0))
                    })
                    label=reached
                />
                <Paged lines=listed key=key show=line />
                <Paper title=title place=subtitle rows=listed />
                <Rest detail=detail />
            </div>
        </Panel>
    }
}

/// Shows the round on the map, with a ring around what is left; and brings it into sight when it
/// is opened.
fn show_on_map(uid: TaskUid, rows: Signal<Vec<StopRow>>) {
    thread_local! {
        /// Which round was brought into sight last: who comes back from a stop looks at that.
        static SEEN: Cell<Option<TaskUid>> = const { Cell::new(None) };
    }
    let link = expect_context::<MapLink>();
    lit::light(link, move || {
        let marked = |row: StopRow| Marked {
            is_ringed: !matches!(row.mark, Mark::Reported | Mark::None),
            asset: row.asset,
            mark: row.mark,
        };
        rows.get().into_iter().map(marked).collect()
    });
    let nav = expect_context::<Nav>();
    on_cleanup(move || {
        let is_of_it = matches!(
            nav.now().mode,
            Mode::Stopping(task, _) | Mode::Checking(task, ..) | Mode::Reporting(task) if task == uid
        );
        if !is_of_it {
            SEEN.set(None);
        }
    });
    if SEEN.replace(Some(uid)) == Some(uid) {
        return;
    }
    let left = |row: &&StopRow| row.stop != Stop::Done;
    let places =
        move |rows: &Vec<StopRow>| rows.iter().filter(left).map(|row| row.asset.at).collect();
    lit::reveal(link, Memo::new(move |_| rows.with(places)));
}

/// What a line of the round is and says. How far it is changes as one walks, and is followed.
fn key(row: &StopRow) -> String {
    let forbids = row.checks.iter().any(Check::forbids);
    let (uid, amiss, about) = (row.asset.uid, row.amiss, row.about);
    format!("{uid} {forbids} {amiss} {about:?} {:?}", row.stop)
}

/// How many stand as this, or are there.
fn counted(rows: Signal<Vec<StopRow>>, stop: Option<Stop>) -> Signal<usize> {
    Signal::derive(move || {
        rows.with(|rows| {
            let counts = |row: &&StopRow| stop.as_ref().is_none_or(|stop| row.stop == *stop);
            rows.iter().filter(counts).count()
        })
    })
}

/// What else there is to it: conflicts, reports, what happened, what may be done.
#[component]
fn Rest(detail: Signal<Option<TaskDetail>>) -> impl IntoView {
    let words = use_words();
    // Each made anew only when it says something else: a tick changes the history alone.
    let said = Memo::new(move |_| {
        let task = detail.get()?.task;
        let reasons: Vec<_> = task.reasons.into_iter().chain(task.summary.note).collect();
        Some((task.read_only, reasons, task.reports))
    });
    let conflicts = Memo::new(move |_| {
        let task = detail.get()?.task;
        (!task.conflicts.is_empty()).then_some(task)
    });
    let later = Memo::new(move |_| {
        let task = detail.get()?.task;
        let mut actions = task.actions;
        // Which step it would be does not show.
        for action in &mut actions {
            if let Action::Undo { events } = action {
                events.clear();
            }
        }
        Some((task.summary.uid, actions, task.summary.state.is_open()))
    });
    let entries = Signal::derive(move || {
        let detail = detail.get();
        detail.map_or_else(Vec::new, |detail| {
            history::told(detail.task.history, &detail.answers)
        })
    });
    view! {
        {maybe(move || {
            let (read_only, reasons, reports) = said.get()?;
            let read_only = read_only.then(|| {
                let title = t!(words, task.read_only);
                view! { <Banner tone=Tone::Warn title=title>""</Banner> }
            });
            let reasons: Vec<_> = reasons.into_iter().map(|said| view! { <p>{said}</p> }).collect();
            let reports: Vec<_> = reports
                .into_iter()
                .map(|report| view! { <super::reported::Report report=report /> })
                .collect();
            Some(view! {
                {or_nothing(read_only)}
                {reasons}
                {reports}
            })
        })}
        {maybe(move || {
            let task = conflicts.get()?;
            Some(view! { <super::conflict::Conflicts task=task /> })
        })}
        <History entries=entries />
        {maybe(move || {
            let (uid, actions, is_open) = later.get()?;
            Some(view! { <Later uid=uid actions=actions is_open=is_open /> })
        })}
    }
}

/// The nearest that is left, and the way to finish.
#[component]
fn Foot(
    rows: Signal<Vec<StopRow>>,
    can_tick: Signal<bool>,
    can_report: Signal<bool>,
    ticker: Ticker,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let next = move || {
        let left = |rows: &Vec<StopRow>| rows.first().filter(|row| row.stop == Stop::Left).cloned();
        rows.with(left).filter(|_| can_tick.get())
    };
    maybe(move || {
        if !can_report.get() {
            return None;
        }
        let next = next();
        let weight = match &next {
            Some(_) => Weight::Quiet,
            None => Weight::Primary,
        };
        let tick = next.map(|row| {
            let name = {
                let asset = row.asset.clone();
                move || {
                    let catalog = session.catalog.get();
                    catalog
                        .map(|catalog| naming::asset(&catalog, locale.get(), &asset))
                        .unwrap_or_default()
                }
            };
            let label = move || t_string!(words, task.round_next, place = name());
            view! {
                <Button
                    weight=Weight::Primary
                    icon=lu::LuCheck
                    disabled=ticker.acts.busy
                    on_press=move |()| ticker.press(&row)
                >
                    {label}
                </Button>
            }
        });
        Some(view! {
            <Button weight=weight on_press=move |()| nav.take(Step::Report(ticker.round))>
                {t!(words, task.round_finish)}
            </Button>
            {tick}
        })
    })
}

/// The hand that ticks the assets of a round off.
#[derive(Clone, Copy)]
struct Ticker {
    acts: Acts,
    round: TaskUid,
    rows: RwSignal<Option<Vec<StopRow>>>,
    title: Signal<String>,
}

impl Ticker {
    /// Ticks an asset off, or takes that back.
    fn press(self, row: &StopRow) {
        let Ticker { acts, round, .. } = self;
        let asset = row.asset.uid;
        if row.stop == Stop::Done {
            return acts.undo(Command::Untick { task: round, asset });
        }
        let command = Command::Tick {
            task: round,
            asset,
            unreached: String::new(),
            lines: Vec::new(),
            note: String::new(),
            photos: String::new(),
        };
        let place = row.asset.name.clone().or(row.asset.code.clone());
        let title = self.title.get_untracked();
        let text = format!("{title} · {}", place.unwrap_or_default());
        let said = move || text.clone();
        acts.act(command, said, move |_| self.ticked(asset));
    }

    /// Marks at once what is on the disk: the list as it then stands comes a moment later.
    fn ticked(self, asset: AssetUid) {
        self.rows.try_update(|rows| {
            let rows = rows.iter_mut().flatten();
            if let Some(row) = rows.into_iter().find(|row| row.asset.uid == asset) {
                row.stop = Stop::Done;
            }
        });
    }
}

/// An asset of the round: a tap on it says more, a tap on its tick does it. Whichever is held, it
/// says more.
#[component]
fn StopLine(
    row: StopRow,
    rows: Signal<Vec<StopRow>>,
    can_tick: Signal<bool>,
    ticker: Ticker,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let locale = expect_context::<Prefs>().locale;
    let asset = row.asset.clone();
    let uid = asset.uid;
    let far = Signal::derive(move || {
        let metres = rows.with(|rows| rows.iter().find(|row| row.asset.uid == uid)?.metres);
        metres.map_or_else(String::new, |m| format::distance(locale.get(), m))
    });
    let why = match &row.stop {
        Stop::Unreached(why) => Some(why.clone()),
        _ => None,
    };
    let is_done = row.stop == Stop::Done;
    let forbids = !is_done && row.checks.iter().any(Check::forbids);
    let end = match why {
        _ if forbids => Some(t!(words, task.safe_forbidden)),
        Some(why) => Some(Signal::derive(move || why.clone())),
        None if is_done => Some(t!(words, task.round_tick)),
        None => Some(far),
    };
    // What was said of one that is done is not begun anew.
    let open = move || {
        nav.take(match is_done {
            true => Step::OpenAsset(uid),
            false => Step::Stop(ticker.round, uid),
        });
    };
    let name = asset
        .name
        .clone()
        .or(asset.code.clone())
        .unwrap_or_default();
    let label = Signal::derive(move || t_string!(words, task.round_tick_of, place = name));
    let press = row.clone();
    let class = match (is_done, forbids) {
        (true, _) => "stop done",
        (_, true) => "stop forbids",
        _ => "stop",
    };
    view! {
        <Held class=class on_hold=Arc::new(open)>
            <AssetRow asset=asset end=end on_open=Callback::new(move |()| open()) />
            {maybe(move || {
                let press = press.clone();
                can_tick
                    .get()
                    .then(|| {
                        view! {
                            <IconButton
                                icon=lu::LuCheck
                                class="tick"
                                label=label
                                pressed=Signal::derive(move || is_done)
                                on_press=move |()| ticker.press(&press)
                            />
                        }
                    })
            })}
        </Held>
    }
}
