//! An asset of a round, where one tap does not say it all: how much, what besides, or why not.

use super::{
    checks::Checks,
    lines::Line,
    missing::{Failed, Missing, Opening},
    photos::PhotoField,
    quantity::QuantityField,
};
use crate::{
    components::{
        button::{Button, Weight},
        field::{Field, describes},
        icon::lu,
        in_wechat::InWeChat,
        live::{live, maybe, or_nothing},
        notice::{Banner, Tone},
        panel::{Leave, Panel},
        trouble::sentence,
        way::WayThere,
    },
    locales::{t, t_string, use_words},
    mode::Step,
    state::{
        acts::Acts, asking, drafts, effect::on_change, naming, nav::Nav, prefs::Prefs,
        session::Session,
    },
    worker::protocol::{Command, Draft, Known, StopRow, Stops, TaskCard, TaskDetail},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::WorkKindId,
    ids::{AssetUid, TaskUid},
    log::Measured,
    task::Action,
};

/// The form of one asset of a round.
#[component]
pub fn StopPage(
    /// Which round.
    task: TaskUid,
    /// Which asset.
    asset: AssetUid,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let known = move || session.catalog.with(Option::is_some);
    let answer = asking::follow(session, move || known().then_some(TaskCard { uid: task }));
    let card = answer.good;
    let stops = asking::follow(session, move || known().then_some(Stops { task, at: None }));
    let stops = stops.good;
    live(move || {
        let (Some(card), Some(stops)) = (card.get(), stops.get()) else {
            return match answer.trouble.get() {
                Some(trouble) => view! { <Failed trouble=trouble /> }.into_any(),
                None => view! { <Opening /> }.into_any(),
            };
        };
        let row = stops.into_iter().find(|row| row.asset.uid == asset);
        match card.zip(row) {
            Some((detail, row)) => view! { <Form detail=detail row=row /> }.into_any(),
            None => view! { <Missing /> }.into_any(),
        }
    })
}

#[component]
fn Form(detail: TaskDetail, row: StopRow) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let (task, asset) = (detail.task.summary.uid, row.asset.uid);
    let of = drafts::Form {
        task,
        asset: Some(asset),
    };
    let draft = drafts::load(of).unwrap_or_default();
    let lines = StoredValue::new(lines(session, &detail, &draft));
    let note = RwSignal::new(draft.note);
    let photos = RwSignal::new(drafts::load_photos(of));
    let (tried, sure) = (RwSignal::new(false), RwSignal::new(false));
    let no_reason = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let hear_lines = move || lines.with_value(|l| l.iter().for_each(|line| line.typed.track()));
    on_change(
        move || {
            hear_lines();
            note.track();
        },
        move || {
            let typed = |line: &Line| (line.kind.id.0.clone(), line.typed.get());
            let draft = Draft {
                lines: lines.with_value(|lines| lines.iter().map(typed).collect()),
                note: note.get(),
                ..Draft::default()
            };
            drafts::save(of, &draft);
            sure.set(false);
            no_reason.set(false);
        },
    );
    let at_fault =
        move || lines.with_value(|lines| lines.iter().any(|line| line.fault(&lines[0]).is_some()));
    let asks = Signal::derive(move || {
        let far = |lines: &Vec<Line>| lines.iter().any(|line| line.is_improbable(true));
        tried.get() && !sure.get() && !at_fault() && lines.with_value(far)
    });
    let (names, whole) = (session.catalog, row.asset.clone());
    let name = Signal::derive(move || {
        let catalog = names.get();
        catalog
            .map(|catalog| naming::asset(&catalog, locale.get(), &whole))
            .unwrap_or_default()
    });
    let send = move |unreached: String| {
        let is_done = unreached.is_empty();
        let told = |lines: &Vec<Line>| {
            let as_always =
                |line: &Line| line.typed.get_untracked() == line.known.get_untracked().amount;
            let own = lines.first().is_some_and(as_always);
            let lines = lines.iter().skip(usize::from(own));
            lines.filter_map(Line::entry).collect()
        };
        let command = Command::Tick {
            task,
            asset,
            lines: if is_done {
                lines.with_value(told)
            } else {
                Vec::new()
            },
            note: if is_done {
                note.get_untracked()
            } else {
                String::new()
            },
            photos: photos.get_untracked(),
            unreached,
        };
        let place = name.get_untracked();
        let said = move || match is_done {
            true => place.clone(),
            false => t_string!(words, task.round_unreached_said, place = place),
        };
        let then = move |_: &_| {
            // How much was typed where nothing could be done is there when somebody comes back.
            if is_done {
                drafts::forget(of);
            }
            drafts::save_photos(of, "");
            nav.take(Step::Reported(task));
        };
        acts.act_or(command, said, then, move |trouble| {
            let _ = refused.try_set(Some(sentence(words, &trouble)));
        });
    };
    let done = move |()| {
        if asks.get_untracked() {
            sure.set(true);
        }
        tried.set(true);
        if !at_fault() && !asks.get_untracked() {
            send(String::new());
        }
    };
    let unreached = move |()| match note.get_untracked().trim() {
        "" => {
            no_reason.set(true);
            super::focus("#note");
        }
        why => send(why.to_owned()),
    };
    let can_tick = detail.task.actions.contains(&Action::Tick);
    let can_answer = detail.task.actions.contains(&Action::MakeSafe);
    let foot =
        move || {
            or_nothing(can_tick.then(|| view! {
            <Button disabled=acts.busy on_press=unreached>
                {t!(words, task.round_unreached)}
            </Button>
            <Button weight=Weight::Primary icon=lu::LuCheck disabled=acts.busy on_press=done>
                {move || match asks.get() {
                    true => t_string!(words, common.yes_sure).to_string(),
                    false => t_string!(words, task.round_tick).to_string(),
                }}
            </Button>
        }))
        };
    let fields: Vec<_> = lines.with_value(|all| {
        let field = |(at, line): (usize, &Line)| {
            let (own, main) = (line.clone(), all[0].clone());
            let fault = move || own.fault(&main);
            let error = Signal::derive(move || tried.get().then(&fault).flatten());
            view! { <QuantityField at=at line=line.clone() fault=error /> }
        };
        all.iter().enumerate().map(field).collect()
    });
    let error = Signal::derive(move || {
        no_reason
            .get()
            .then(|| t_string!(words, task.round_why).to_string())
    });
    view! {
        <Panel title=name leave=Leave::Back foot=foot>
            <div class="stack">
                <InWeChat />
                <Checks task=task checks=row.checks can_answer=can_answer />
                {fields}
                {maybe(move || {
                    let title = t!(words, task.round_improbable);
                    asks.get().then(|| view! { <Banner tone=Tone::Warn title=title>""</Banner> })
                })}
                <Field id="note" label=t!(words, task.note) error=error>
                    <textarea
                        id="note"
                        class="input"
                        rows="2"
                        maxlength="500"
                        aria-describedby=describes("note")
                        prop:value=note
                        on:input:target=move |ev| note.set(ev.target().value())
                    ></textarea>
                </Field>
                <PhotoField of=of names=photos refused=refused both=true />
                <WayThere at=row.asset.at name=name />
                {or_nothing(can_tick.then(|| {
                    view! {
                        <div class="buttons">
                            <Button
                                icon=lu::LuTriangleAlert
                                on_press=move |()| nav.take(Step::Find)
                            >
                                {t!(words, task.find)}
                            </Button>
                        </div>
                    }
                }))}
                {maybe(move || {
                    refused
                        .get()
                        .map(|why| view! { <Banner tone=Tone::Danger title=why>""</Banner> })
                })}
            </div>
        </Panel>
    }
}

/// The round's own work, and what may have been done besides.
fn lines(session: Session, detail: &TaskDetail, draft: &Draft) -> Vec<Line> {
    let catalog = session.catalog.get_untracked();
    let line = |work: &WorkKindId, optional: bool| {
        let catalog = catalog.as_ref()?;
        let kind = catalog.work_kind(work)?.clone();
        let usual = kind.default_quantity.filter(|_| !optional);
        let suggested = usual.map(|usual| usual.to_string()).unwrap_or_default();
        let typed = draft.lines.iter().find(|(id, _)| *id == work.0);
        let typed = typed.map_or_else(|| suggested.clone(), |(_, typed)| typed.clone());
        Some(Line {
            unit: catalog.unit(&kind.unit).cloned(),
            kind,
            typed: RwSignal::new(typed),
            known: RwSignal::new(Known {
                amount: suggested,
                measured: Measured::Counted,
                covered: Vec::new(),
            }),
            patches: RwSignal::new(Vec::new()),
            material: RwSignal::new(String::new()),
            optional,
        })
    };
    let own = detail
        .task
        .summary
        .work
        .iter()
        .filter_map(|work| line(work, false));
    let extra = detail.extra.iter().filter_map(|work| line(work, true));
    own.chain(extra).collect()
}
