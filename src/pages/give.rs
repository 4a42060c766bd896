//! Giving out many assets at once: what falls due by the catalogue's cycles, or what was chosen on the
//! map, in rounds, split among crews by nearness.

use super::{crews::crews, missing::NotWhole};
use crate::{
    components::{
        button::{Button, Weight},
        choice::{Group, Segments, Select, TickRow},
        field::{Field, describes},
        icon::lu,
        keyed::{Keyed, Line},
        live::{When, maybe, or_nothing},
        notice::{Banner, Empty, Tone},
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{keys, t, t_string, use_words},
    mode::Target,
    state::{asking, format, naming, nav::Nav, prefs::Prefs, session::Session, toasts::Toasts},
    worker::protocol::{
        Act, Around, Command, DueList, GiveOut, Given, GivenTo, ListDue, PlanRounds, PlannedFrom,
        RoundPlan, RoundsThere, Trouble,
    },
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{
    catalog::{CrewId, WorkKindId},
    ids::TaskUid,
    ledger::due::{Area, DueCounts, DueGroup},
};
use std::sync::Arc;

/// How many assets a round has at most if nobody says otherwise: a day of two people.
const MOST: &str = "40";

/// What falls due, kind by kind and street by street.
#[component]
pub fn DuePage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let by = RwSignal::new(Area::Street);
    let work = RwSignal::new(String::new());
    let chosen = RwSignal::new(Vec::<Option<String>>::new());
    let form = PlanForm::new();
    let answer = asking::follow_packed::<_, DueList>(session, move || {
        if form.busy.get() {
            return None;
        }
        session.turns.track();
        session.layers.track();
        session.catalog.with(Option::is_some).then_some(())?;
        let (work, by) = (WorkKindId(work.get()), by.get());
        Some(ListDue { work, by })
    });
    let list = answer.good;
    let kinds = Signal::derive(move || -> Vec<Group> {
        let none = t_string!(words, completion.choose_work).to_owned();
        let name = |(work, counts): &(WorkKindId, DueCounts)| {
            let catalog = session.catalog.get();
            let name = catalog.map(|catalog| naming::work(&catalog, locale.get(), work));
            let n = format::count(locale.get(), counts.overdue + counts.due);
            (
                work.0.clone(),
                format!("{} · {n}", name.unwrap_or_default()),
            )
        };
        let kinds = list.with(|list| {
            list.iter()
                .flat_map(|l| &l.counts)
                .map(name)
                .collect::<Vec<_>>()
        });
        let none = std::iter::once((String::new(), none));
        vec![(String::new(), none.chain(kinds).collect())]
    });
    let groups = Signal::derive(move || {
        list.with(|list| {
            let shown = list.as_ref().and_then(|list| list.shown.as_ref());
            let groups = shown.iter().flat_map(|shown| &shown.groups);
            let due = groups.filter(|group| group.counts.overdue + group.counts.due > 0);
            due.cloned().collect::<Vec<_>>()
        })
    });
    let since = move || {
        let since = list.with(|list| list.as_ref()?.shown.as_ref()?.since)?;
        let day = format::day(locale.get(), &since.to_string());
        Some(t_string!(words, give.since, day = day))
    };
    let line = move |group: &DueGroup| {
        let group = group.clone();
        Line {
            key: format!("{:?} {:?}", group.name, group.counts),
            make: Arc::new(move || {
                view! { <DueLine group=group.clone() chosen=chosen /> }.into_any()
            }),
        }
    };
    let lines = Signal::derive(move || groups.with(|g| g.iter().map(line).collect::<Vec<_>>()));
    let is_none = Memo::new(move |_| {
        list.with(|list| list.as_ref().is_some_and(|l| l.shown.is_some()))
            && groups.with(Vec::is_empty)
    });
    let is_whole = Memo::new(move |_| list.with(|l| l.as_ref().is_none_or(|l| l.is_whole)));
    let all = move |()| {
        let names =
            |g: &Vec<DueGroup>| g.iter().map(|group| group.name.clone()).collect::<Vec<_>>();
        let names = groups.with_untracked(names);
        chosen.update(|chosen| {
            *chosen = if chosen.len() == names.len() {
                Vec::new()
            } else {
                names
            };
        });
    };
    let from = Signal::derive(move || {
        let names = chosen.get();
        let by = by.get();
        (!names.is_empty()).then_some(PlannedFrom::Due { by, names })
    });
    let areas = vec![
        (Area::Street, t!(words, completion.by_street)),
        (Area::Community, t!(words, completion.by_community)),
    ];
    let has_work = Memo::new(move |_| work.with(|work| !work.is_empty()));
    let planned = Signal::derive(move || WorkKindId(work.get()));
    view! {
        <Panel
            title=t!(words, give.due)
            subtitle=t!(words, give.due_hint)
            name="due"
            leave=Leave::Back
            foot=move || view! { <GiveButton form=form from=from work=planned /> }
        >
            <div class="stack">
                <Field id="due-work" label=t!(words, completion.work)>
                    <Select
                        id="due-work"
                        groups=kinds
                        value=work
                        on_choose=move |kind| {
                            chosen.set(Vec::new());
                            work.set(kind);
                        }
                    />
                </Field>
                <TroubleThere trouble=answer.trouble />
                <NotWhole is_whole=is_whole />
                <When is=move || has_work.get()>
                    <Segments
                        options=areas.clone()
                        chosen=by
                        on_choose=move |area| {
                            chosen.set(Vec::new());
                            by.set(area);
                        }
                        label=t!(words, completion.by_place)
                    />
                    {maybe(move || since().map(|said| view! { <p class="small muted">{said}</p> }))}
                    <When is=move || is_none.get()>
                        <Empty
                            icon=lu::LuCircleCheck
                            title=t_string!(words, give.due_none).to_string()
                            hint=t_string!(words, give.due_none_hint).to_string()
                        />
                    </When>
                    <When is=move || groups.with(|g| !g.is_empty())>
                        <div class="buttons">
                            <Button on_press=all>{t!(words, give.all)}</Button>
                        </div>
                    </When>
                    <ul class="rows">
                        <Keyed lines=lines />
                    </ul>
                    <Plan form=form from=from work=planned />
                </When>
            </div>
        </Panel>
    }
}

/// A street or community to tick, with how much is due there.
#[component]
fn DueLine(group: DueGroup, chosen: RwSignal<Vec<Option<String>>>) -> impl IntoView {
    let words = use_words();
    let name = group.name.clone();
    let is_on = {
        let name = name.clone();
        Signal::derive(move || chosen.with(|chosen| chosen.contains(&name)))
    };
    let turn = move |on: bool| {
        chosen.update(|chosen| {
            chosen.retain(|other| *other != name);
            if on {
                chosen.push(name.clone());
            }
        });
    };
    let label = Signal::derive(move || {
        let locale = words.get_locale();
        let count = |n| format::count(locale, n);
        let name = group.name.clone();
        let name = name.unwrap_or_else(|| t_string!(words, completion.nowhere).to_owned());
        let counts = group.counts;
        let (overdue, due) = (count(counts.overdue), count(counts.due));
        t_string!(
            words,
            give.due_line,
            name = name,
            overdue = overdue,
            due = due
        )
    });
    view! { <TickRow on=is_on on_turn=turn label=label /> }
}

/// Rounds of what was chosen on the map.
#[component]
pub fn GivePage(
    /// What was chosen.
    target: Target,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let around = match target {
        Target::Asset(uid) | Target::Around(uid) => Some(Around::Asset(uid)),
        Target::Chosen(chosen) => Some(Around::These(chosen)),
        Target::Place(sketch) | Target::Inside(sketch) => {
            super::place::shape(&sketch).map(Around::Area)
        }
    };
    let work = RwSignal::new(String::new());
    let there = {
        let around = around.clone();
        asking::follow(session, move || {
            session.layers.track();
            session.catalog.with(Option::is_some).then_some(())?;
            let around = around.clone()?;
            Some(RoundsThere { around })
        })
    };
    let kinds = Signal::derive(move || -> Vec<Group> {
        let none = t_string!(words, completion.choose_work).to_owned();
        let there = there.good.get().unwrap_or_default();
        let catalog = session.catalog.get();
        let name = |offer: &mendmap_core::task::RoundOffer| {
            let name = catalog
                .as_ref()
                .map(|c| naming::work(c, locale.get(), &offer.work));
            let n = format::count(locale.get(), offer.assets.len() + offer.beyond);
            (
                offer.work.0.clone(),
                format!("{} · {n}", name.unwrap_or_default()),
            )
        };
        let kinds = there.offers.iter().map(name);
        let none = std::iter::once((String::new(), none));
        vec![(String::new(), none.chain(kinds).collect())]
    });
    let name = Signal::derive(move || {
        let name = there.good.with(|there| there.as_ref()?.name.clone());
        name.unwrap_or_default()
    });
    let from = Signal::derive(move || {
        let is_chosen = work.with(|work| !work.is_empty());
        is_chosen
            .then_some(())
            .and(around.clone())
            .map(PlannedFrom::Around)
    });
    let planned = Signal::derive(move || WorkKindId(work.get()));
    let form = PlanForm::new();
    view! {
        <Panel
            title=t!(words, give.title)
            subtitle=name
            leave=Leave::Back
            foot=move || view! { <GiveButton form=form from=from work=planned /> }
        >
            <div class="stack">
                <TroubleThere trouble=there.trouble />
                <Field id="give-work" label=t!(words, completion.work)>
                    <Select
                        id="give-work"
                        groups=kinds
                        value=work
                        on_choose=move |kind| work.set(kind)
                    />
                </Field>
                <Plan form=form from=from work=planned />
            </div>
        </Panel>
    }
}

/// To whom, until when, and how large a round is.
#[derive(Clone, Copy)]
struct PlanForm {
    crews: RwSignal<Vec<CrewId>>,
    most: RwSignal<String>,
    due: RwSignal<String>,
    note: RwSignal<String>,
    plan: RwSignal<Option<RoundPlan>>,
    trouble: RwSignal<Option<Trouble>>,
    busy: RwSignal<bool>,
}

impl PlanForm {
    fn new() -> PlanForm {
        PlanForm {
            crews: RwSignal::default(),
            most: RwSignal::new(MOST.to_owned()),
            due: RwSignal::default(),
            note: RwSignal::default(),
            plan: RwSignal::new(None),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// What is to be given out, as it stands in the form.
    fn question(self, from: Option<PlannedFrom>, work: WorkKindId) -> Option<GiveOut> {
        Some(GiveOut {
            work,
            from: from?,
            crews: self.crews.get(),
            most: self
                .most
                .get()
                .trim()
                .parse()
                .ok()
                .filter(|most| *most > 0)?,
            due: self.due.get(),
            note: self.note.get(),
        })
    }
}

/// The crews with their loads before and after, and what else there is to say.
#[component]
fn Plan(
    form: PlanForm,
    from: Signal<Option<PlannedFrom>>,
    work: Signal<WorkKindId>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let answer = asking::follow_packed::<_, RoundPlan>(session, move || {
        // What is being given out changes at every round.
        if form.busy.get() {
            return None;
        }
        session.turns.track();
        // Words and a time change no plan.
        let of = GiveOut {
            due: String::new(),
            note: String::new(),
            ..form.question(from.get(), work.get())?
        };
        Some(PlanRounds { of })
    });
    crate::state::effect::effect(move || {
        let is_asked = form.question(from.get(), work.get()).is_some();
        form.plan.set(answer.good.get().filter(|_| is_asked));
    });
    let all = crews(keys::desk::crew_none);
    let ticks = move || {
        maybe(move || {
            let crews = all.get().into_iter().flat_map(|(_, options)| options);
            let crews = crews.filter(|(id, _)| !id.is_empty());
            let rows = crews.map(|(id, name)| {
                let crew = CrewId(id);
                view! { <CrewLine crew=crew name=name form=form /> }
            });
            Some(rows.collect::<Vec<_>>())
        })
    };
    let bad = Signal::derive(move || {
        let most = form.most.with(|most| most.trim().parse::<u32>().ok());
        let is_bad = most.is_none_or(|most| most == 0);
        is_bad.then(|| t_string!(words, give.most_bad).to_owned())
    });
    let is_asked = Memo::new(move |_| from.with(Option::is_some));
    view! {
        <When is=move || is_asked.get()>
            <section class="section">
                <h3>{t!(words, give.to_whom)}</h3>
                <p class="small muted">{t!(words, give.to_whom_hint)}</p>
                {ticks()}
                <TroubleThere trouble=answer.trouble />
                <Field id="give-most" label=t!(words, give.most) error=bad>
                    <input
                        id="give-most"
                        class="input"
                        inputmode="numeric"
                        autocomplete="off"
                        aria-describedby=describes("give-most")
                        prop:value=form.most
                        on:input:target=move |ev| form.most.set(ev.target().value())
                    />
                </Field>
                <When is=move || form.crews.with(|crews| !crews.is_empty())>
                    <Field id="give-due" label=t!(words, desk.due) help=t!(words, desk.due_hint)>
                        <input
                            id="give-due"
                            class="input"
                            type="datetime-local"
                            aria-describedby=describes("give-due")
                            prop:value=form.due
                            on:input:target=move |ev| form.due.set(ev.target().value())
                        />
                    </Field>
                </When>
                <Field id="give-note" label=t!(words, task.note) help=t!(words, desk.note_hint)>
                    <textarea
                        id="give-note"
                        class="input"
                        rows="2"
                        maxlength="500"
                        aria-describedby=describes("give-note")
                        prop:value=form.note
                        on:input:target=move |ev| form.note.set(ev.target().value())
                    ></textarea>
                </Field>
                {maybe(move || {
                    let trouble = form.trouble.get()?;
                    let why = crate::components::trouble::sentence(words, &trouble);
                    Some(view! { <Banner tone=Tone::Danger title=why>""</Banner> })
                })}
            </section>
        </When>
    }
}

/// A crew to tick: what it has, and what it would have.
#[component]
fn CrewLine(crew: CrewId, name: String, form: PlanForm) -> impl IntoView {
    let words = use_words();
    let is_on = {
        let crew = crew.clone();
        Signal::derive(move || form.crews.with(|crews| crews.contains(&crew)))
    };
    let turn = {
        let crew = crew.clone();
        move |on: bool| {
            form.crews.update(|crews| {
                crews.retain(|other| *other != crew);
                if on {
                    crews.push(crew.clone());
                }
            });
        }
    };
    let part = Signal::derive(move || -> Option<GivenTo> {
        form.plan.with(|plan| {
            let parts = plan.as_ref()?.parts.iter();
            parts
                .clone()
                .find(|part| part.crew.as_ref() == Some(&crew))
                .cloned()
        })
    });
    let label = Signal::derive(move || match part.get() {
        Some(part) => {
            let locale = words.get_locale();
            let count = |n: usize| format::count(locale, n);
            t_string!(
                words,
                give.load,
                name = name,
                before = count(part.before as usize),
                after = count(part.after as usize),
                assets = count(part.assets),
                rounds = count(part.rounds.len() + part.alone.len()),
                way = format::distance(locale, part.way_m)
            )
        }
        None => name.clone(),
    });
    view! { <TickRow on=is_on on_turn=turn label=label /> }
}

/// Puts the rounds on the map and gives them out.
#[component]
fn GiveButton(
    form: PlanForm,
    from: Signal<Option<PlannedFrom>>,
    work: Signal<WorkKindId>,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let toasts = expect_context::<Toasts>();
    let session = expect_context::<Session>();
    let sizes = Signal::derive(move || {
        form.plan.with(|plan| {
            let parts = plan.iter().flat_map(|plan| &plan.parts);
            parts.fold((0, 0), |(rounds, assets), part| {
                (
                    rounds + part.rounds.len() + part.alone.len(),
                    assets + part.assets,
                )
            })
        })
    });
    let take_back = move |tasks: Vec<TaskUid>| {
        spawn_local(async move {
            // What somebody has begun meanwhile stays, and is said; the others go.
            let mut trouble = None;
            for task in tasks {
                let reason = String::new();
                let command = Command::Cancel { task, reason };
                trouble = session.ask(Act { command }).await.err().or(trouble);
            }
            match trouble {
                Some(trouble) => session.trouble.set(Some(trouble)),
                None => toasts.show(untrack(|| t_string!(words, task.undone)), None),
            }
        });
    };
    let send = move |()| {
        let question = untrack(|| form.question(from.get(), work.get()));
        let Some(question) = question.filter(|_| !form.busy.get_untracked()) else {
            return;
        };
        form.busy.set(true);
        spawn_local(async move {
            let said = session.ask(question).await;
            // Whoever has gone on by now stays there.
            let is_here = form.busy.try_set(false).is_none();
            match said.map(|packed| packed.read::<Given>()) {
                Ok(Some(Given { tasks, trouble })) => {
                    let n = tasks.len();
                    let said = untrack(|| {
                        let n = format::count(words.get_locale(), n);
                        t_string!(words, give.given, n = n)
                    });
                    let undo = Callback::new(move |()| take_back(tasks.clone()));
                    // What is said next is said of the screen behind this one.
                    if is_here && trouble.is_none() {
                        toasts.carry();
                    }
                    toasts.show(said, Some(undo));
                    match trouble {
                        Some(trouble) => {
                            let _ = form.trouble.try_set(Some(trouble));
                        }
                        None if is_here => nav.back(),
                        None => {}
                    }
                }
                Ok(None) => {}
                Err(trouble) => {
                    let _ = form.trouble.try_set(Some(trouble));
                }
            }
        });
    };
    let text = move || {
        let locale = words.get_locale();
        let (rounds, assets) = sizes.get();
        let (n, m) = (format::count(locale, rounds), format::count(locale, assets));
        match form.crews.with(Vec::is_empty) {
            true => t_string!(words, give.make, n = n, m = m),
            false => t_string!(words, give.send, n = n, m = m),
        }
    };
    let nothing = Signal::derive(move || sizes.get().0 == 0 || form.busy.get());
    or_nothing(Some(view! {
        <Button weight=Weight::Primary icon=lu::LuSend disabled=nothing on_press=send>
            {text}
        </Button>
    }))
}
