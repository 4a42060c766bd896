//! Who was there, on whose behalf it is entered, and with what: folded, because nobody has to say it.
//! Who was there today is filled in by itself; all else that was said before is offered.

use super::lines::Line;
use crate::{
    components::{
        field::{Field, describes},
        icon::{Lucide, lu},
        live::{When, live, or_nothing},
        picks::{Picks, plain},
    },
    locales::{Words, t, t_string, use_words},
    state::{
        drafts::{self, Said},
        format,
        prefs::Prefs,
        session::Session,
    },
    worker::protocol::Draft,
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::WorkKindId,
    task::{Today, are_names, names, turned, turned_line},
};

const IDS: [&str; 4] = ["material", "material-2", "material-3", "material-4"];

/// What stands in the fold.
#[derive(Clone, Copy)]
pub struct Attendance {
    /// Who was there, as typed.
    pub with: RwSignal<String>,
    /// On whose behalf it is entered, as typed.
    pub on_behalf: RwSignal<String>,
    /// What was filled in by itself.
    auto: StoredValue<String>,
    today: StoredValue<Today>,
}

/// What is remembered of a report once it is kept.
pub struct Told {
    today: Today,
    said: Vec<(Said, WorkKindId, String)>,
}

impl Told {
    /// Remembers it.
    pub fn keep(&self) {
        drafts::save_today(&self.today);
        for (what, work, now) in &self.said {
            drafts::save_said(*what, &self.today.by, work, now);
        }
    }
}

impl Attendance {
    /// As it was left, else as it was today.
    pub fn of(session: Session, words: Words, draft: &Draft) -> Self {
        let by = who(session);
        let today = drafts::load_today(&format::today(), &by);
        let auto = untrack(|| today.with.join(t_string!(words, task.safe_comma)));
        let with = match &draft.with {
            None => auto.clone(),
            // As the worker lists them, who knows no language; what was typed stays as it was.
            Some(list) if names(list).join(", ") == *list => {
                untrack(|| names(list).join(t_string!(words, task.safe_comma)))
            }
            Some(typed) => typed.clone(),
        };
        Attendance {
            with: RwSignal::new(with),
            on_behalf: RwSignal::new(untrack(|| crew_name(session, words, &draft.on_behalf))),
            auto: StoredValue::new(auto),
            today: StoredValue::new(today),
        }
    }

    /// Listens to it.
    pub fn track(self) {
        self.with.track();
        self.on_behalf.track();
    }

    /// Keeps it in a draft: what was filled in by itself is another on another day.
    pub fn keep(self, draft: &mut Draft) {
        let with = self.with.get_untracked();
        let is_own = self.auto.with_value(|auto| *auto != with);
        draft.with = is_own.then_some(with);
        draft.on_behalf = self.on_behalf.get_untracked();
    }

    /// Whether what was typed can be no names.
    pub fn is_faulty(self) -> bool {
        self.with.with(|text| !are_names(&names(text))) || self.is_long()
    }

    fn is_long(self) -> bool {
        let behalf = self.on_behalf.get().trim().to_owned();
        !are_names(&[behalf])
    }

    /// What is remembered of it, read now: the form may be gone when the report is kept.
    pub fn told(self, lines: &[Line], done_on: &str, note: &str) -> Told {
        let today = self.today.get_value();
        let with = names(&self.with.get_untracked());
        let used = |line: &Line| {
            let material = line.material.get_untracked();
            (Said::Material, line.kind.id.clone(), material)
        };
        let typed = |line: &Line| {
            let is_typed = line.known.get_untracked().amount != line.typed.get_untracked();
            is_typed.then(|| {
                (
                    Said::Amount,
                    line.kind.id.clone(),
                    line.typed.get_untracked(),
                )
            })
        };
        let noted = lines
            .first()
            .map(|line| (Said::Note, line.kind.id.clone(), note.to_owned()));
        let said = lines.iter().map(used);
        Told {
            today: today.told(with, &self.on_behalf.get_untracked(), done_on),
            said: said
                .chain(lines.iter().filter_map(typed))
                .chain(noted)
                .collect(),
        }
    }

    /// Another day for which something was entered today, to be chosen again.
    pub fn day_again(self, done_on: RwSignal<String>) -> AnyView {
        let words = use_words();
        let locale = expect_context::<Prefs>().locale;
        let day = self.today.with_value(|today| today.done_on.clone());
        if day.is_empty() {
            return or_nothing(None::<AnyView>);
        }
        let said = day.clone();
        let label = Signal::derive(move || {
            let day = format::day(locale.get(), &said);
            t_string!(words, task.day_again, day = day)
        });
        let turn = move |day: String| {
            let is_on = done_on.with_untracked(|chosen| *chosen == day);
            done_on.set(if is_on { format::today() } else { day });
        };
        view! {
            <Picks
                options=vec![(day, label)]
                is_on=Callback::new(move |day| done_on.with(|chosen| *chosen == day))
                on_tap=Callback::new(turn)
                label=t!(words, task.done_on)
            />
        }
        .into_any()
    }
}

/// Who writes, as far as what is remembered is theirs: the account, else the crew.
fn who(session: Session) -> String {
    let me = session.me.get_untracked();
    let syncing = session.syncing.get_untracked();
    let account = syncing.and_then(|syncing| syncing.person?.account);
    let crew = || Some(me?.crew?.to_string());
    account.or_else(crew).unwrap_or_default()
}

/// The name of a crew that is known by its id; else what was said.
fn crew_name(session: Session, words: Words, said: &str) -> String {
    let name = session.catalog.with(|catalog| {
        let crews = &catalog.as_ref()?.crews;
        let crew = crews.iter().find(|crew| crew.id.as_str() == said)?;
        Some(words.get_locale().pick(&crew.label))
    });
    name.unwrap_or_else(|| said.to_owned())
}

/// The fold.
#[component]
pub fn Attended(
    /// What stands in it.
    of: Attendance,
    /// The lines, each with its material.
    lines: StoredValue<Vec<Line>>,
    /// Whether somebody tried to close the work: then what is wrong is said.
    tried: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    // Once open it stays so while what is wrong is put right.
    let is_open =
        Memo::new(move |was: Option<&bool>| was == Some(&true) || (tried.get() && of.is_faulty()));
    let said = move || {
        let comma = t_string!(words, task.safe_comma);
        let mut parts = vec![names(&of.with.get()).join(comma)];
        let behalf = of.on_behalf.get().trim().to_owned();
        if !behalf.is_empty() {
            parts.push(t_string!(words, task.for_whom, who = behalf));
        }
        let used = |line: &Line| line.material.get().trim().to_owned();
        parts.extend(lines.with_value(|lines| lines.iter().map(used).collect::<Vec<_>>()));
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    };
    let materials: Vec<_> = lines.with_value(|lines| {
        let one = lines.len() == 1;
        let field = |(at, line): (usize, &Line)| {
            let (line, typed) = (line.clone(), line.typed);
            let is_shown = move || !line_is_left(line.optional, &typed.get());
            let line = StoredValue::new(line.clone());
            view! {
                <When is=is_shown>
                    <Material at=at line=line.get_value() alone=one />
                </When>
            }
        };
        lines.iter().enumerate().map(field).collect()
    });
    view! {
        <details class="fold" id="attended" open=is_open>
            <summary>
                <Lucide icon=lu::LuChevronRight small=true />
                <span class="told">
                    <span>{t!(words, task.attended)}</span>
                    <span class="small muted">{move || said()}</span>
                </span>
            </summary>
            <div class="stack">
                <With of=of tried=tried />
                <OnBehalf of=of tried=tried />
                {materials}
            </div>
        </details>
    }
}

/// Whether nothing was done of what may have been done besides.
fn line_is_left(optional: bool, typed: &str) -> bool {
    optional && typed.trim().is_empty()
}

#[component]
fn With(of: Attendance, tried: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let known = of.today.with_value(|today| today.known.clone());
    let comma = move || t_string!(words, task.safe_comma);
    let picks = (!known.is_empty()).then(|| {
        let is_on = move |name| of.with.with(|text| names(text).contains(&name));
        let turn = move |name: String| {
            let comma = untrack(comma);
            of.with.update(|text| *text = turned(text, &name, comma));
        };
        view! {
            <Picks
                options=plain(known)
                is_on=Callback::new(is_on)
                on_tap=Callback::new(turn)
                label=t!(words, task.with_today)
            />
        }
    });
    let error = Signal::derive(move || {
        let is_wrong = tried.get() && of.with.with(|text| !are_names(&names(text)));
        is_wrong.then(|| t_string!(words, trouble.r_too_long).to_owned())
    });
    view! {
        <Field id="with" label=t!(words, task.with) help=t!(words, task.with_hint) error=error>
            {or_nothing(picks)}
            <input
                id="with"
                class="input"
                type="text"
                autocomplete="off"
                maxlength="500"
                aria-describedby=describes("with")
                prop:value=of.with
                on:input:target=move |ev| of.with.set(ev.target().value())
            />
        </Field>
    }
}

#[component]
fn OnBehalf(of: Attendance, tried: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let last = of.today.with_value(|today| today.on_behalf.clone());
    let picks =
        (!last.is_empty()).then(|| view! { <Last typed=of.on_behalf options=vec![last] /> });
    let crews = live(move || {
        let catalog = session.catalog.get();
        let crews = catalog.iter().flat_map(|catalog| &catalog.crews);
        let crews = crews.map(|crew| locale.get().pick(&crew.label));
        let crews: Vec<_> = crews
            .map(|name| view! { <option value=name></option> })
            .collect();
        view! { <datalist id="crews">{crews}</datalist> }
    });
    let error = Signal::derive(move || {
        let is_wrong = tried.get() && of.is_long();
        is_wrong.then(|| t_string!(words, trouble.r_too_long).to_owned())
    });
    view! {
        <Field
            id="on-behalf"
            label=t!(words, task.on_behalf)
            help=t!(words, task.on_behalf_hint)
            error=error
        >
            {or_nothing(picks)}
            <input
                id="on-behalf"
                class="input"
                type="text"
                list="crews"
                autocomplete="off"
                maxlength="100"
                aria-describedby=describes("on-behalf")
                prop:value=of.on_behalf
                on:input:target=move |ev| of.on_behalf.set(ev.target().value())
            />
            {crews}
        </Field>
    }
}

/// What a line was done with.
#[component]
fn Material(at: usize, line: Line, alone: bool) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let id = IDS[at.min(IDS.len() - 1)];
    let typed = line.material;
    let last = Said::Material;
    let picks = view! { <SaidLast what=last work=line.kind.id.clone() typed=typed /> };
    let name = line.kind.label;
    let label = Signal::derive(move || match alone {
        true => t_string!(words, task.material).to_owned(),
        false => t_string!(words, task.material_of, work = locale.get().pick(&name)),
    });
    view! {
        <Field id=id label=label>
            {picks}
            <input
                id=id
                class="input"
                type="text"
                autocomplete="off"
                maxlength="100"
                aria-describedby=describes(id)
                prop:value=typed
                on:input:target=move |ev| typed.set(ev.target().value())
            />
        </Field>
    }
}

/// What was said of a kind of work in the last reports, to be said again.
#[component]
pub fn SaidLast(
    /// In answer to what.
    what: Said,
    /// Of which work.
    work: WorkKindId,
    /// What is typed now.
    typed: RwSignal<String>,
) -> impl IntoView {
    let by = who(expect_context::<Session>());
    let last = drafts::load_said(what, &by, &work);
    let in_lines = matches!(what, Said::Note);
    or_nothing((!last.is_empty()).then(|| {
        view! { <Last typed=typed options=last in_lines=in_lines /> }
    }))
}

/// What was said last in a field, to be said again.
#[component]
fn Last(
    typed: RwSignal<String>,
    options: Vec<String>,
    /// A line of its own for each: what is typed besides stays.
    #[prop(optional)]
    in_lines: bool,
) -> impl IntoView {
    let words = use_words();
    let is_on = move |value: String| {
        typed.with(|text| match in_lines {
            true => text.lines().any(|line| line.trim() == value),
            false => text.trim() == value,
        })
    };
    let turn = move |value: String| {
        typed.update(|text| match text.trim() == value {
            _ if in_lines => *text = turned_line(text, &value),
            true => text.clear(),
            false => *text = value,
        });
    };
    view! {
        <Picks
            options=plain(options)
            is_on=Callback::new(is_on)
            on_tap=Callback::new(turn)
            label=t!(words, task.said_last)
        />
    }
}
