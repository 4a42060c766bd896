//! Saying how much was done. What is typed stays until it is kept: a refusal, a
//! reload or a tap on "back" loses nothing of it, nor does taking the report back.

use super::{
    attended::{Attendance, Attended, SaidLast},
    checklist::{ChecklistField, Looked},
    lines::{Line, lines},
    missing::{Missing, Opening},
    patches::{Patches, is_faulty},
    photos::PhotoField,
    quantity::QuantityField,
};
use crate::{
    components::{
        button::{Button, Weight},
        field::{Field, describes},
        icon::lu,
        in_wechat::InWeChat,
        live::{When, live, maybe, or_nothing},
        notice::{Banner, Tone},
        panel::{Leave, Panel},
        task_row::where_name,
        trouble::sentence,
    },
    locales::{t, t_string, use_words},
    mode::Step,
    state::{
        acts::Acts,
        asking,
        drafts::{self, Said},
        effect::on_change,
        entry, format, naming,
        nav::Nav,
        prefs::Prefs,
        session::Session,
    },
    worker::protocol::{Command, Draft, TaskCard, TaskDetail},
};
use leptos::{html, prelude::*};
use mendmap_core::{
    catalog::{Measure, WorkKindId},
    ids::TaskUid,
    task::Action,
};

/// Within this time after a question came up, a tap was meant for what stood there before;
/// in milliseconds.
const HURRIED_MS: f64 = 500.0;

/// The report form of a task.
#[component]
pub fn ReportPage(
    /// Which.
    uid: TaskUid,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let answer = asking::follow(session, move || {
        session
            .catalog
            .with(Option::is_some)
            .then_some(TaskCard { uid })
    });
    let detail = answer.good;
    live(move || match detail.get() {
        None => view! { <Opening /> }.into_any(),
        Some(None) => view! { <Missing /> }.into_any(),
        Some(Some(detail)) => view! { <Form uid=uid detail=detail /> }.into_any(),
    })
}

#[component]
fn Form(uid: TaskUid, detail: TaskDetail) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let of = drafts::Form {
        task: uid,
        asset: None,
    };
    let draft = drafts::load(of).or_else(|| detail.typed.clone());
    let lines = StoredValue::new(lines(session, &detail, draft.as_ref()));
    let had_draft = draft.is_some();
    let photos = RwSignal::new(drafts::load_photos(of));
    let draft = draft.unwrap_or_default();
    let attendance = Attendance::of(session, words, &draft);
    let looked = Looked::of(session, &detail, &draft);
    let note = RwSignal::new(draft.note);
    let today = format::today();
    let done_on = RwSignal::new(if draft.done_on.is_empty() {
        today.clone()
    } else {
        draft.done_on
    });
    let tried = RwSignal::new(false);
    let sure = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let summary = StoredValue::new(detail.task.summary.clone());
    let target = detail.task.summary.target.as_ref();
    let on_one_asset = target.is_some_and(|t| t.asset.is_some());
    let reportable = detail.task.actions.contains(&Action::Report);

    // Kept as it is typed.
    let hear_lines = move || lines.with_value(|l| l.iter().for_each(|line| line.typed.track()));
    let hear_ways = move || {
        lines.with_value(|l| {
            l.iter().for_each(|line| {
                line.known.track();
                line.patches.track();
                line.material.track();
            });
        });
    };
    let hear = move || {
        hear_lines();
        hear_ways();
        attendance.track();
        looked.track();
        note.track();
        done_on.track();
    };
    on_change(hear, move || {
        let name = |line: &Line| line.kind.id.0.clone();
        let typed = |line: &Line| (name(line), line.typed.get());
        let known = |line: &Line| (name(line), line.known.get());
        let patches = |line: &Line| (name(line), line.patches.get());
        let material = |line: &Line| (name(line), line.material.get());
        let mut draft = lines.with_value(|lines| Draft {
            lines: lines.iter().map(typed).collect(),
            known: lines.iter().map(known).collect(),
            patches: lines.iter().map(patches).collect(),
            materials: lines.iter().map(material).collect(),
            note: note.get(),
            done_on: done_on.get(),
            checked: looked.findings(),
            ..Draft::default()
        });
        attendance.keep(&mut draft);
        drafts::save(of, &draft);
    });
    // Another number is another question.
    on_change(hear_lines, move || {
        sure.set(false);
        refused.set(None);
    });

    let main = move || lines.with_value(|lines| lines.first().cloned());
    let amount = Signal::derive(move || {
        let line = main()?;
        let read = entry::read(&line.typed.get(), line.unit.as_ref()).ok()?;
        let unit = line
            .unit
            .map(|u| locale.get().pick(&u.label))
            .unwrap_or_default();
        Some(format::quantity(locale.get(), &read.to_string(), &unit))
    });
    let faults = move || {
        lines.with_value(|lines| {
            let patch = |line: &Line| line.patches.with(|rows| rows.iter().any(is_faulty));
            let at_fault = |line: &&Line| line.fault(&lines[0]).is_some() || patch(line);
            lines.iter().filter(at_fault).count()
        }) + usize::from(attendance.is_faulty())
    };
    let improbable = Signal::derive(move || {
        lines.with_value(|lines| lines.iter().any(|line| line.is_improbable(on_one_asset)))
    });
    let bad_day = Signal::derive(move || {
        let day = done_on.get();
        if day.len() != 10 {
            return Some(t_string!(words, task.err_date, example = format::today()));
        }
        (day > format::today()).then(|| t_string!(words, task.err_future).to_string())
    });
    let asks =
        Signal::derive(move || tried.get() && improbable.get() && !sure.get() && faults() == 0);

    // A second tap of one hurried finger is no answer to a question that came between.
    let asked_at = StoredValue::new(0.0);
    on_change(
        move || asks.track(),
        move || {
            if asks.get_untracked() {
                asked_at.set_value(js_sys::Date::now());
            }
        },
    );

    let submit = move || {
        tried.set(true);
        if faults() > 0 || bad_day.get_untracked().is_some() {
            focus_first_fault();
            return;
        }
        if improbable.get_untracked() && !sure.get_untracked() {
            return;
        }
        let day = done_on.get_untracked();
        let told = lines
            .with_value(|lines| note.with_untracked(|note| attendance.told(lines, &day, note)));
        let lines = lines.with_value(|lines| lines.iter().filter_map(Line::entry).collect());
        let command = Command::Report {
            task: uid,
            lines,
            done_on: day,
            with: attendance.with.get_untracked(),
            on_behalf: attendance.on_behalf.get_untracked(),
            checked: looked.findings(),
            note: note.get_untracked(),
            photos: photos.get_untracked(),
        };
        let what = summary.with_value(|t| t.work.clone());
        // Read now: the form may be gone when it is said.
        let n = amount.get_untracked().unwrap_or_default();
        let said = move || {
            let name = work_name(session, locale.get_untracked(), what.as_ref());
            t_string!(words, task.reported, work = name, n = n)
        };
        let then = move |_: &_| {
            drafts::forget(of);
            told.keep();
            nav.take(Step::Reported(uid));
        };
        acts.act_or(command, said, then, move |trouble| {
            refused.set(Some(sentence(words, &trouble)))
        });
    };
    let action = move || {
        let label = main()
            .map(|line| locale.get().pick(&line.kind.action))
            .unwrap_or_default();
        match amount.get() {
            Some(amount) => t_string!(words, task.close, action = label, n = amount),
            None => label,
        }
    };
    let foot = move || {
        view! {
            <Button
                weight=Weight::Primary
                icon=lu::LuCheck
                disabled=acts.busy
                on_press=move |()| {
                    if asks.get_untracked() {
                        if js_sys::Date::now() - asked_at.get_value() < HURRIED_MS {
                            return;
                        }
                        sure.set(true);
                    }
                    submit();
                }
            >
                {move || {
                    if asks.get() { t_string!(words, common.yes_sure).to_string() } else { action() }
                }}
            </Button>
        }
    };
    let fields: Vec<_> = lines.with_value(|lines| {
        lines
            .iter()
            .enumerate()
            .map(|(at, line)| {
                let (line_at_fault, main) = (line.clone(), lines[0].clone());
                let fault = move || line_at_fault.fault(&main);
                let error = Signal::derive(move || tried.get().then(&fault).flatten());
                let measures = line.unit.as_ref().map(|unit| unit.measures);
                let patches = (measures == Some(Measure::Area)).then(|| line.clone());
                let is_along = at == 0 && measures == Some(Measure::Length);
                let is_swept = at == 0 && line.kind.quantity_from.is_some();
                // Where nothing is suggested, what was typed for such work before.
                let before = line.known.with_untracked(|known| known.amount.is_empty());
                let (work, typed) = (line.kind.id.clone(), line.typed);
                view! {
                    <QuantityField at=at line=line.clone() fault=error />
                    {or_nothing(before.then(|| {
                        view! { <SaidLast what=Said::Amount work=work typed=typed /> }
                    }))}
                    {or_nothing(patches.map(|line| view! { <Patches line=line tried=tried /> }))}
                    {or_nothing((is_along || is_swept).then(|| {
                        view! {
                            <Button
                                icon=lu::LuFootprints
                                on_press=move |()| nav.take(Step::Track(uid))
                            >
                                {t!(words, track.record)}
                            </Button>
                        }
                    }))}
                    {or_nothing(is_along.then(|| {
                        view! {
                            <Button
                                icon=lu::LuRoute
                                on_press=move |()| nav.take(Step::Measure(uid))
                            >
                                {t!(words, task.measure_along)}
                            </Button>
                        }
                    }))}
                }
            })
            .collect()
    });
    let noted = lines.with_value(|lines| {
        let work = lines.first()?.kind.id.clone();
        Some(view! { <SaidLast what=Said::Note work=work typed=note /> })
    });
    let noted = or_nothing(noted);
    let on_submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        submit();
    };
    let form = NodeRef::<html::Form>::new();
    view! {
        <Panel
            title=t!(words, task.report_title)
            subtitle=Signal::derive(move || {
                summary.with_value(|t| {
                    let work = work_name(session, locale.get(), t.work.as_ref());
                    format!("{work} · {}", where_name(session, words, t))
                })
            })
            leave=Leave::Back
            foot=foot
        >
            <form class="stack" novalidate node_ref=form on:submit=on_submit>
                <InWeChat />
                {or_nothing(had_draft
                    .then(|| view! { <p class="small muted">{t!(words, task.draft_kept)}</p> }))}
                {or_nothing((!reportable)
                    .then(|| {
                        let title = t!(words, trouble.r_not_now);
                        view! { <Banner tone=Tone::Warn title=title>""</Banner> }
                    }))}
                <ChecklistField of=looked />
                {fields}
                <When is=move || asks.get()>
                    <Banner
                        tone=Tone::Warn
                        title=Signal::derive(move || {
                            let n = amount.get().unwrap_or_default();
                            t_string!(words, task.improbable, n = n)
                        })
                    >
                        ""
                    </Banner>
                </When>
                <Field
                    id="note"
                    label=t!(words, task.note)
                >
                    {noted}
                    <textarea
                        id="note"
                        class="input"
                        rows="2"
                        maxlength="500"
                        placeholder=t!(words, task.note_hint)
                        prop:value=note
                        on:input:target=move |ev| note.set(ev.target().value())
                    ></textarea>
                </Field>
                <PhotoField of=of names=photos refused=refused both=true />
                <Attended of=attendance lines=lines tried=tried />
                <Field
                    id="done-on"
                    label=t!(words, task.done_on)
                    help=Signal::derive(move || format::day(locale.get(), &done_on.get()))
                    error=Signal::derive(move || tried.get().then(|| bad_day.get()).flatten())
                >
                    <input
                        id="done-on"
                        class="input"
                        type="date"
                        max=today
                        aria-describedby=describes("done-on")
                        prop:value=done_on
                        on:input:target=move |ev| done_on.set(ev.target().value())
                    />
                    {attendance.day_again(done_on)}
                </Field>
                {maybe(move || {
                    refused
                        .get()
                        .map(|why| view! { <Banner tone=Tone::Danger title=why>""</Banner> })
                })}
                // For Enter in a field; the button at the foot is the one to see and to hear.
                <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true">
                    {move || action()}
                </button>
            </form>
        </Panel>
    }
}

fn work_name(
    session: Session,
    locale: crate::locales::Locale,
    work: Option<&WorkKindId>,
) -> String {
    session.catalog.with(|c| {
        let both = c.as_ref().zip(work);
        both.map(|(c, work)| naming::work(c, locale, work))
            .unwrap_or_default()
    })
}

/// Takes the hand to the first field that needs it.
fn focus_first_fault() {
    request_animation_frame(|| super::focus(".invalid .input"));
}
