//! A task's card: where it stands, what may be done now, what happened.

use super::{
    checks::Checks,
    conflict::Conflicts,
    errand::{DueFlag, danger_flag, each_minute, urgent_flag},
    history::{self, History},
    missing::{Failed, Missing, Opening},
    photos::Photos,
    reported::Report,
    stops::RoundCard,
    tell::Tell,
};
use crate::{
    components::{
        button::{Button, Weight},
        icon::lu,
        kind_icon::KindIcon,
        live::{live, or_nothing},
        notice::{Banner, Tone},
        panel::{Leave, Panel},
        task_row::{StateLabel, where_name, work_name},
        way::WayThere,
    },
    locales::{t, t_string, use_words},
    mode::Step,
    state::{acts::Acts, asking, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::{Command, Tapped, TaskCard, TaskDetail},
};
use leptos::prelude::*;
use mendmap_core::{catalog::Counting, geodesy::LonLat, ids::TaskUid, task::Action};

/// The card of a task.
#[component]
pub fn TaskPage(
    /// Which.
    uid: TaskUid,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let known = match session.take_tapped() {
        Some(Tapped::Task(detail)) if detail.task.summary.uid == uid => Some(Some(*detail)),
        _ => None,
    };
    let answer = asking::follow_from(session, known, move || {
        session.turns.track();
        session
            .catalog
            .with(Option::is_some)
            .then_some(TaskCard { uid })
    });
    // A round stays where it was scrolled to while it is ticked off.
    let is_round = Memo::new(move |_| {
        let ticked = |detail: &Option<TaskDetail>| detail.as_ref()?.task.summary.ticked;
        answer
            .good
            .with(|detail| detail.as_ref().and_then(ticked).is_some())
    });
    let detail = Signal::derive(move || answer.good.get().flatten());
    let card = move || match (answer.trouble.get(), answer.good.get()) {
        (Some(trouble), _) => view! { <Failed trouble=trouble /> }.into_any(),
        (None, None) => view! { <Opening /> }.into_any(),
        (None, Some(None)) => view! { <Missing /> }.into_any(),
        (None, Some(Some(detail))) => view! { <Card detail=detail /> }.into_any(),
    };
    live(move || match is_round.get() {
        true => view! { <RoundCard uid=uid detail=detail /> }.into_any(),
        false => live(card).into_any(),
    })
}

#[component]
fn Card(detail: TaskDetail) -> impl IntoView {
    let tell = view! { <Tell detail=detail.clone() /> };
    let TaskDetail {
        task,
        checks,
        answers,
        urgency,
        due,
        found_photos,
        severity,
        is_dangerous,
        ..
    } = detail;
    let danger = danger_flag(is_dangerous);
    let urgent = urgent_flag(task.summary.is_urgent());
    let locale = expect_context::<Prefs>().locale;
    let severity = severity.map(|label| {
        view! { <span class="small">{move || locale.get().pick(&label)}</span> }
    });
    let entries = Signal::stored(history::told(task.history.clone(), &answers));
    let due = due.map(|due| view! { <DueFlag urgency=urgency due=due minute=each_minute() /> });
    let can_answer = task.actions.contains(&Action::MakeSafe);
    let words = use_words();
    let session = expect_context::<Session>();
    let summary = StoredValue::new(task.summary.clone());
    let kind = task
        .summary
        .target
        .as_ref()
        .and_then(|target| target.kind.clone());
    let kind = session
        .catalog
        .with_untracked(|c| c.as_ref()?.asset_kind(&kind?).cloned());
    let mark = task.summary.mark;
    let symbol = move || {
        or_nothing(
            kind.clone()
                .map(|kind| view! { <KindIcon kind=kind mark=mark /> }),
        )
    };
    let title = Signal::derive(move || summary.with_value(|t| work_name(session, words, t)));
    let place = Signal::derive(move || summary.with_value(|t| where_name(session, words, t)));
    let actions = StoredValue::new((task.summary.uid, task.actions.clone()));
    let tracks = session.catalog.with_untracked(|catalog| {
        let work = task.summary.work.as_ref();
        let kind = catalog
            .as_ref()
            .zip(work)
            .and_then(|(c, work)| c.work_kind(work));
        kind.is_some_and(|kind| {
            kind.counts == Counting::CoveredOnce || kind.quantity_from.is_some()
        })
    });
    let foot = move || {
        let (uid, actions) = actions.get_value();
        view! { <Foot uid=uid actions=actions tracks=tracks /> }
    };
    let read_only = task.read_only.then(|| {
        let title = t!(words, task.read_only);
        view! { <Banner tone=Tone::Warn title=title>""</Banner> }
    });
    let reasons: Vec<_> = task
        .reasons
        .iter()
        .map(|why| view! { <p>{why.clone()}</p> })
        .collect();
    let note = task
        .summary
        .note
        .clone()
        .map(|note| view! { <p>{note}</p> });
    let reports: Vec<_> = task
        .reports
        .iter()
        .map(|report| view! { <Report report=report.clone() /> })
        .collect();
    let is_open = task.summary.state.is_open();
    let at = task
        .summary
        .target
        .as_ref()
        .and_then(|target| target.position);
    let at = at.map(|(lon, lat)| LonLat::new(lon, lat));
    view! {
        <Panel title=title subtitle=place leave=Leave::Close linked=true mark=symbol foot=foot>
            <div class="stack">
                <span class="flags">
                    <StateLabel state=task.summary.state />
                    {danger}
                    {urgent}
                    {or_nothing(severity)}
                    {or_nothing(due)}
                </span>
                {or_nothing(read_only)}
                <Conflicts task=task.clone() />
                {reasons}
                {or_nothing(note)}
                <Photos names=found_photos />
                {reports}
                <Checks task=task.summary.uid checks=checks can_answer=can_answer />
                {or_nothing(is_open.then_some(at).flatten().map(|at| view! { <WayThere at=at name=place /> }))}
                {tell}
                <History entries=entries />
                <Later uid=task.summary.uid actions=task.actions is_open=is_open />
            </div>
        </Panel>
    }
}

/// The one thing to do now, and another.
#[component]
fn Foot(uid: TaskUid, actions: Vec<Action>, tracks: bool) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let has = |action: Action| actions.contains(&action);
    let (accept, start, report) = (has(Action::Accept), has(Action::Start), has(Action::Report));
    let verify = actions
        .iter()
        .any(|action| matches!(action, Action::Verify { .. }));
    // Where both may be done, beginning is what comes first.
    let report_weight = if start || tracks {
        Weight::Quiet
    } else {
        Weight::Primary
    };
    let begin = move |()| {
        let said = move || t_string!(words, task.started_short).to_string();
        acts.act(Command::Start { task: uid }, said, |_| ());
    };
    let take = move |()| {
        let said = move || t_string!(words, task.accepted_short).to_string();
        acts.act(Command::Accept { task: uid }, said, |_| ());
    };
    view! {
        {or_nothing(verify.then(|| view! { <Check uid=uid /> }))}
        {or_nothing(accept
            .then(|| {
                view! {
                    <Button icon=lu::LuHand disabled=acts.busy on_press=take>
                        {t!(words, task.accept)}
                    </Button>
                }
            }))}
        {or_nothing(report
            .then(|| {
                view! {
                    <Button
                        weight=report_weight
                        icon=lu::LuCheck
                        on_press=move |()| nav.take(Step::Report(uid))
                    >
                        {t!(words, task.report)}
                    </Button>
                }
            }))}
        {or_nothing((report && tracks)
            .then(|| {
                view! {
                    <Button
                        weight=if start { Weight::Quiet } else { Weight::Primary }
                        icon=lu::LuFootprints
                        on_press=move |()| nav.take(Step::Track(uid))
                    >
                        {t!(words, track.record)}
                    </Button>
                }
            }))}
        {or_nothing(start
            .then(|| {
                view! {
                    <Button
                        weight=Weight::Primary
                        icon=lu::LuPlay
                        disabled=acts.busy
                        on_press=begin
                    >
                        {t!(words, task.start)}
                    </Button>
                }
            }))}
    }
}

/// What whoever checks a report says of it.
#[component]
pub fn Check(
    /// Of which task.
    uid: TaskUid,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let verify = move |()| {
        let said = move || t_string!(words, task.verified).to_string();
        acts.act(Command::Verify { task: uid }, said, |_| ());
    };
    view! {
        <Button icon=lu::LuUndo2 on_press=move |()| nav.take(Step::SendBack(uid))>
            {t!(words, desk.send_back)}
        </Button>
        <Button
            weight=Weight::Primary
            icon=lu::LuCheck
            disabled=acts.busy
            on_press=verify
        >
            {t!(words, desk.verify)}
        </Button>
    }
}

/// What else may be done: taking back, calling off.
#[component]
pub fn Later(
    /// Which task.
    uid: TaskUid,
    /// What may be done with it.
    actions: Vec<Action>,
    /// Whether it is still to be done.
    is_open: bool,
) -> impl IntoView {
    let words = use_words();
    let acts = expect_context::<Acts>();
    let can_undo = actions
        .iter()
        .any(|action| matches!(action, Action::Undo { .. }));
    let undo_words = if is_open {
        t!(words, task.undo_later)
    } else {
        t!(words, task.reopen)
    };
    let nav = expect_context::<Nav>();
    let call_off = move |()| {
        let command = Command::Cancel {
            task: uid,
            reason: String::new(),
        };
        acts.act(
            command,
            move || t_string!(words, task.cancelled).to_string(),
            |_| (),
        );
    };
    view! {
        <div class="buttons">
            {or_nothing(actions
                .contains(&Action::Dispatch)
                .then(|| {
                    view! {
                        <Button icon=lu::LuSend on_press=move |()| nav.take(Step::Dispatch(uid))>
                            {t!(words, desk.dispatch)}
                        </Button>
                    }
                }))}
            {or_nothing(can_undo
                .then(|| {
                    view! {
                        <Button
                            icon=lu::LuUndo2
                            disabled=acts.busy
                            on_press=move |()| acts.undo(Command::Undo { task: uid })
                        >
                            {undo_words}
                        </Button>
                    }
                }))}
            {or_nothing(actions
                .contains(&Action::Cancel)
                .then(|| {
                    view! {
                        <Button icon=lu::LuX disabled=acts.busy on_press=call_off>
                            {t!(words, task.cancel_task)}
                        </Button>
                    }
                }))}
        </div>
    }
}
