//! Giving work to a crew: to whom, until when, how urgent, and how much is expected.

use super::{
    crews::crews,
    missing::{Failed, Missing, Opening},
    priority::Priority,
};
use crate::{
    components::{
        button::{Button, Weight},
        choice::Select,
        field::{Field, describes},
        icon::lu,
        live::{live, maybe},
        notice::{Banner, Tone},
        panel::{Leave, Panel},
        task_row::work_name,
        trouble::sentence,
    },
    locales::{keys, t, t_string, use_words},
    state::{
        acts::Acts, asking, drafts, effect::on_change, naming, nav::Nav, prefs::Prefs,
        session::Session, toasts::Toasts,
    },
    worker::protocol::{Command, Draft, TaskCard, TaskDetail},
};
use leptos::prelude::*;
use mendmap_core::{ids::TaskUid, log::Moment, task::Action};

/// The form.
#[component]
pub fn DispatchPage(
    /// Of which task.
    uid: TaskUid,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let answer = asking::follow(session, move || {
        let known = session.catalog.with(Option::is_some);
        known.then_some(TaskCard { uid })
    });
    live(move || match (answer.trouble.get(), answer.good.get()) {
        (Some(trouble), _) => view! { <Failed trouble=trouble /> }.into_any(),
        (None, None) => view! { <Opening /> }.into_any(),
        (None, Some(None)) => view! { <Missing /> }.into_any(),
        (None, Some(Some(detail))) if detail.task.actions.contains(&Action::Dispatch) => {
            view! { <Form detail=detail /> }.into_any()
        }
        (None, Some(Some(_))) => view! { <Missing /> }.into_any(),
    })
}

/// The fields, as they are typed: by these names they are kept.
#[derive(Clone, Copy)]
struct Fields {
    crew: RwSignal<String>,
    due: RwSignal<String>,
    priority: RwSignal<String>,
    planned: RwSignal<String>,
    note: RwSignal<String>,
}

impl Fields {
    fn load(key: &str, known: impl Fn(&str) -> String) -> Fields {
        let draft = drafts::load_check(key);
        let field = |name: &str| {
            let typed = draft.as_ref().map(|draft| {
                let typed = draft.lines.iter().find(|(id, _)| id == name);
                typed.map_or_else(String::new, |(_, typed)| typed.clone())
            });
            RwSignal::new(typed.unwrap_or_else(|| known(name)))
        };
        Fields {
            crew: field("crew"),
            due: field("due"),
            priority: field("priority"),
            planned: field("planned"),
            note: field("note"),
        }
    }

    fn all(self) -> [(&'static str, RwSignal<String>); 5] {
        [
            ("crew", self.crew),
            ("due", self.due),
            ("priority", self.priority),
            ("planned", self.planned),
            ("note", self.note),
        ]
    }

    fn keep(self, key: String) {
        on_change(
            move || self.all().iter().for_each(|(_, field)| field.track()),
            move || {
                let typed = |(name, field): (&str, RwSignal<String>)| (name.into(), field.get());
                let lines = self.all().map(typed).into();
                let draft = Draft {
                    lines,
                    ..Draft::default()
                };
                drafts::save_check(&key, &draft);
            },
        );
    }
}

#[component]
fn Form(detail: TaskDetail) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let toasts = expect_context::<Toasts>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let summary = detail.task.summary;
    let uid = summary.uid;
    let key = format!("draft:{uid}/dispatch");
    // What was said before is there to be changed.
    let fields = Fields::load(&key, |name| match name {
        "crew" => summary
            .crew
            .as_ref()
            .map_or_else(String::new, |c| c.0.clone()),
        "priority" => summary.priority.map_or_else(String::new, |p| p.to_string()),
        "due" => summary.due.map_or_else(String::new, on_the_wall),
        _ => String::new(),
    });
    fields.keep(key.clone());
    let known_due = summary.due.map_or_else(String::new, on_the_wall);
    let refused = RwSignal::new(None::<String>);
    let missing = RwSignal::new(false);
    let unit = session.catalog.with_untracked(|catalog| {
        let catalog = catalog.as_ref()?;
        Some(catalog.work_kind(summary.work.as_ref()?)?.unit.clone())
    });
    let planned_words = Signal::derive(move || {
        let catalog = session.catalog.get();
        let unit = catalog.zip(unit.as_ref());
        let unit = unit.map(|(catalog, unit)| naming::unit(&catalog, locale.get(), unit));
        t_string!(words, desk.plan_quantity, unit = unit.unwrap_or_default())
    });
    let summary = StoredValue::new(summary);
    let title = Signal::derive(move || summary.with_value(|task| work_name(session, words, task)));
    let crews = crews(keys::desk::crew_none);
    let send = Callback::new(move |()| {
        let crew = fields.crew.get_untracked();
        if crew.is_empty() {
            missing.set(true);
            return super::focus("#crew");
        }
        let command = Command::Dispatch {
            task: uid,
            crew: crew.clone(),
            // What nobody changed is not said again.
            due: Some(fields.due.get_untracked())
                .filter(|due| *due != known_due)
                .unwrap_or_default(),
            priority: fields.priority.get_untracked(),
            planned: fields.planned.get_untracked(),
            note: fields.note.get_untracked(),
        };
        let name = crews.with_untracked(|groups| {
            let mut options = groups.iter().flat_map(|(_, options)| options);
            options
                .find(|(id, _)| *id == crew)
                .map_or(crew, |(_, name)| name.clone())
        });
        let said = move || t_string!(words, desk.dispatched, crew = name);
        let key = key.clone();
        let then = move |_: &_| {
            drafts::forget_check(&key);
            toasts.carry();
            nav.back();
        };
        acts.act_or(command, said, then, move |trouble| {
            let _ = refused.try_set(Some(sentence(words, &trouble)));
        });
    });
    let foot = move || {
        view! {
            <Button
                weight=Weight::Primary
                icon=lu::LuSend
                disabled=acts.busy
                on_press=move |()| send.run(())
            >
                {t!(words, desk.dispatch)}
            </Button>
        }
    };
    let error = Signal::derive(move || {
        let missing = missing.get() && fields.crew.with(String::is_empty);
        missing.then(|| t_string!(words, desk.no_crew).to_string())
    });
    view! {
        <Panel
            title=t!(words, desk.dispatch_title)
            subtitle=title
            leave=Leave::Back
            foot=foot
        >
            <div class="stack">
                <Field id="crew" label=t!(words, desk.crew) error=error>
                    <Select
                        id="crew"
                        groups=crews
                        value=fields.crew
                        on_choose=move |crew| fields.crew.set(crew)
                    />
                </Field>
                <Field id="due" label=t!(words, desk.due) help=t!(words, desk.due_hint)>
                    <input
                        id="due"
                        class="input"
                        type="datetime-local"
                        aria-describedby=describes("due")
                        prop:value=fields.due
                        on:input:target=move |ev| fields.due.set(ev.target().value())
                    />
                </Field>
                <Priority chosen=fields.priority />
                <Field id="planned" label=planned_words>
                    <input
                        id="planned"
                        class="input"
                        inputmode="decimal"
                        autocomplete="off"
                        aria-describedby=describes("planned")
                        prop:value=fields.planned
                        on:input:target=move |ev| fields.planned.set(ev.target().value())
                    />
                </Field>
                <Field id="note" label=t!(words, task.note) help=t!(words, desk.note_hint)>
                    <textarea
                        id="note"
                        class="input"
                        rows="2"
                        maxlength="500"
                        aria-describedby=describes("note")
                        prop:value=fields.note
                        on:input:target=move |ev| fields.note.set(ev.target().value())
                    ></textarea>
                </Field>
                {maybe(move || {
                    refused
                        .get()
                        .map(|why| view! { <Banner tone=Tone::Danger title=why>""</Banner> })
                })}
            </div>
        </Panel>
    }
}

/// A moment as the clock on this device's wall shows it, in the form of an input: `2024-05-03T17:30`.
fn on_the_wall(moment: Moment) -> String {
    let ms = moment.utc.as_millisecond() as f64;
    let date = js_sys::Date::new(&ms.into());
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    let (hours, minutes) = (date.get_hours(), date.get_minutes());
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}")
}
