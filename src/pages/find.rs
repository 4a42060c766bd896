//! A defect that was found: what kind, how bad, a photo; and what is known already nearby.

use super::{photos::PhotoField, place};
use crate::{
    components::{
        button::{Button, Weight},
        choice::{Group, Select, SwitchRow},
        field::{Field, describes},
        icon::lu,
        live::{live, maybe, or_nothing},
        notice::{Banner, Tone},
        panel::{Leave, Panel},
        picks::Picks,
        task_row::TaskLine,
        trouble::{TroubleThere, sentence},
    },
    locales::{Words, t, t_string, use_words},
    mode::{Step, Target},
    state::{
        acts::Acts, asking, drafts, effect::on_change, naming, nav::Nav, prefs::Prefs,
        session::Session,
    },
    worker::protocol::{Alike, AssetCard, Command, Draft, Place, PlaceCard},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Severity, TimeLimit, WorkKind, WorkKindId},
    task::time_limit,
};

/// The form for a defect.
#[component]
pub fn FindPage(
    /// On what.
    target: Target,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let (asset, shape) = match &target {
        Target::Asset(uid) => (Some(*uid), None),
        Target::Place(sketch) => (None, place::shape(sketch)),
        _ => (None, None),
    };
    let ready = move || {
        session.layers.track();
        session.catalog.with(Option::is_some)
    };
    let of_asset = asking::follow(session, move || {
        let uid = asset?;
        ready().then_some(AssetCard { uid })
    });
    let drawn = shape.clone();
    let of_place = asking::follow(session, move || {
        let shape = drawn.clone()?;
        ready().then_some(PlaceCard { shape })
    });
    let on = Signal::derive(move || {
        let name = session.catalog.with(|catalog| {
            let (catalog, detail) = catalog.as_ref().zip(of_asset.good.get().flatten())?;
            Some(naming::asset(catalog, locale.get(), &detail.asset.summary))
        });
        let street = || {
            let street = of_place.good.get()?.street?;
            Some(t_string!(words, map.near_street, street = street))
        };
        name.or_else(street).unwrap_or_default()
    });
    let work = Memo::new(move |_| {
        let of_asset = of_asset.good.get().flatten().map(|detail| detail.work);
        of_asset.or_else(|| of_place.good.get().map(|detail| detail.work))
    });
    let place = match asset {
        Some(uid) => Some(Place::Asset(uid)),
        None => shape.map(Place::Drawn),
    };
    live(move || {
        let form = work.get().zip(place.clone());
        match form {
            Some((work, place)) => {
                let target = target.clone();
                view! { <Form target=target work=work place=place on=on /> }.into_any()
            }
            None => view! {
                <Panel title=t!(words, task.find) subtitle=on leave=Leave::Back>
                    <TroubleThere trouble=of_asset.trouble />
                    <TroubleThere trouble=of_place.trouble />
                </Panel>
            }
            .into_any(),
        }
    })
}

#[component]
fn Form(target: Target, work: Vec<WorkKindId>, place: Place, on: Signal<String>) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let (of, key) = drafts::find_keys(&target);
    let key = StoredValue::new(key);
    let draft = key
        .with_value(|key| drafts::load_check(key))
        .unwrap_or_default();
    let kept = |name: &str| {
        let line = draft.lines.iter().find(|(id, _)| id == name);
        line.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let fitting = StoredValue::new(kinds(session, &work));
    // At a bare place anything may be wrong.
    let first = match place {
        Place::Asset(_) => fitting.with_value(|kinds| usual(kinds)),
        _ => String::new(),
    };
    let chosen = RwSignal::new(match kept("work") {
        kept if kept.is_empty() => first,
        kept => kept,
    });
    let dangerous = RwSignal::new(!kept("dangerous").is_empty());
    let severity = RwSignal::new(kept("severity"));
    let defect = RwSignal::new(draft.note.clone());
    let photos = RwSignal::new(drafts::load_photos(of));
    let (tried, refused) = (RwSignal::new(false), RwSignal::new(None::<String>));
    on_change(
        move || {
            chosen.track();
            dangerous.track();
            severity.track();
            defect.track();
        },
        move || {
            let danger = if dangerous.get() { "x" } else { "" };
            let draft = Draft {
                lines: vec![
                    ("work".into(), chosen.get()),
                    ("dangerous".into(), danger.into()),
                    ("severity".into(), severity.get()),
                ],
                note: defect.get(),
                ..Draft::default()
            };
            key.with_value(|key| drafts::save_check(key, &draft));
            refused.set(None);
        },
    );
    let asked = place.clone();
    let alike = asking::follow(session, move || {
        session.turns.track();
        let work = WorkKindId(chosen.get());
        let place = asked.clone();
        let is_known = !work.0.is_empty();
        (is_known && session.catalog.with(Option::is_some)).then_some(Alike { work, place })
    });
    let groups = Signal::derive(move || -> Vec<Group> {
        let locale = locale.get();
        let none = (String::new(), t_string!(words, task.find_choose).to_owned());
        let kinds = fitting.with_value(|kinds| {
            let one = |kind: &WorkKind| (kind.id.0.clone(), locale.pick(&kind.label));
            kinds.iter().map(one).collect::<Vec<_>>()
        });
        vec![(String::new(), std::iter::once(none).chain(kinds).collect())]
    });
    let missing = Signal::derive(move || {
        let is_missing = tried.get() && chosen.with(String::is_empty);
        is_missing.then(|| t_string!(words, task.find_kind_missing).to_owned())
    });
    let limit = move || {
        let id = chosen.get();
        let kind = fitting.with_value(|kinds| kinds.iter().find(|k| k.id.0 == id).cloned())?;
        let dangerous = dangerous.get();
        time_limit(&kind, dangerous).map(|limit| limit_words(words, limit, dangerous))
    };
    let submit = move |()| {
        tried.set(true);
        if chosen.with_untracked(String::is_empty) {
            return super::focus("#find-kind");
        }
        let command = Command::Find {
            work: WorkKindId(chosen.get_untracked()),
            place: place.clone(),
            defect: defect.get_untracked(),
            severity: severity.get_untracked(),
            dangerous: dangerous.get_untracked(),
            photos: photos.get_untracked(),
        };
        let key = key.get_value();
        let said = move || t_string!(words, task.find_saved).to_owned();
        let then = move |acted: &crate::worker::protocol::Acted| {
            drafts::forget_check(&key);
            drafts::save_photos(of, "");
            nav.take(Step::Plotted(acted.task.summary.uid));
        };
        acts.act_or(command, said, then, move |trouble| {
            let _gone = refused.try_set(Some(sentence(words, &trouble)));
        });
    };
    let submit = StoredValue::new(submit);
    let foot = move || {
        view! {
            <Button
                weight=Weight::Primary
                icon=lu::LuCheck
                disabled=acts.busy
                on_press=move |()| submit.with_value(|submit| submit(()))
            >
                {t!(words, task.find_save)}
            </Button>
        }
    };
    let known = maybe(move || {
        let rows = alike.good.get().filter(|rows| !rows.is_empty())?;
        let rows: Vec<_> = rows
            .into_iter()
            .map(|row| view! { <li><TaskLine task=row.task /></li> })
            .collect();
        Some(view! {
            <Banner tone=Tone::Warn title=t!(words, task.find_alike)>
                <ul class="rows">{rows}</ul>
            </Banner>
        })
    });
    view! {
        <Panel title=t!(words, task.find) subtitle=on leave=Leave::Back foot=foot>
            <div class="stack">
                <Field id="find-kind" label=t!(words, task.f_work) error=missing>
                    <Select
                        id="find-kind"
                        groups=groups
                        value=chosen
                        on_choose=move |id| chosen.set(id)
                    />
                </Field>
                {known}
                {how_bad(session, severity)}
                <SwitchRow on=dangerous on_turn=move |is| dangerous.set(is)>
                    <span class="grow">{t!(words, task.find_dangerous)}</span>
                </SwitchRow>
                {maybe(move || limit().map(|limit| view! { <p class="small">{limit}</p> }))}
                <PhotoField of=of names=photos refused=refused />
                <Field id="find-defect" label=t!(words, task.find_what)>
                    <textarea
                        id="find-defect"
                        class="input"
                        rows="2"
                        maxlength="500"
                        aria-describedby=describes("find-defect")
                        prop:value=defect
                        on:input:target=move |ev| defect.set(ev.target().value())
                    ></textarea>
                </Field>
                {maybe(move || {
                    let why = refused.get()?;
                    Some(view! { <Banner tone=Tone::Danger title=why>{or_nothing(None::<AnyView>)}</Banner> })
                })}
            </div>
        </Panel>
    }
}

/// How bad it is, in the catalogue's words, and within what time that is to be mended; nobody has
/// to say it.
fn how_bad(session: Session, severity: RwSignal<String>) -> AnyView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let catalog = session.catalog.get_untracked();
    let all = catalog.map(|catalog| catalog.severities.clone());
    let all = all.unwrap_or_default();
    let option = |severity: &Severity| {
        let label = severity.label.clone();
        let label = Signal::derive(move || locale.get().pick(&label));
        (severity.id.as_str().to_owned(), label)
    };
    let options: Vec<_> = all.iter().map(option).collect();
    let turn = move |id: String| {
        severity.update(|said| match *said == id {
            true => said.clear(),
            false => *said = id,
        });
    };
    let limit = move || {
        let id = severity.get();
        let chosen = all.iter().find(|severity| severity.id.as_str() == id)?;
        let when = locale.get().pick(&chosen.label);
        Some(t_string!(
            words,
            task.limit_hours,
            when = when,
            n = chosen.hours?
        ))
    };
    or_nothing((!options.is_empty()).then(|| {
        view! {
            <div class="field">
                <span class="question">{t!(words, task.find_severity)}</span>
                <Picks
                    options=options
                    is_on=Callback::new(move |id| severity.with(|said| *said == id))
                    on_tap=Callback::new(turn)
                    label=t!(words, task.find_severity)
                />
                {maybe(move || limit().map(|limit| view! { <p class="small">{limit}</p> }))}
            </div>
        }
    }))
}

fn kinds(session: Session, work: &[WorkKindId]) -> Vec<WorkKind> {
    let catalog = session.catalog.get_untracked();
    let kinds = catalog.iter().flat_map(|catalog| &catalog.work_kinds);
    kinds
        .filter(|kind| work.contains(&kind.id))
        .cloned()
        .collect()
}

/// What is mostly found: the first kind of work that has a time limit. Where none has, nobody knows.
fn usual(kinds: &[WorkKind]) -> String {
    let first = kinds.iter().find(|kind| time_limit(kind, false).is_some());
    first.map(|kind| kind.id.0.clone()).unwrap_or_default()
}

/// A time limit in a sentence: what must be done at once, and until when the whole.
fn limit_words(words: Words, limit: &TimeLimit, dangerous: bool) -> String {
    let when = words.get_locale().pick(&limit.when);
    let whole = match (limit.hours, limit.working_days) {
        (Some(n), _) => t_string!(words, task.limit_hours, when = when, n = n),
        (None, Some(n)) => t_string!(words, task.limit_days, when = when, n = n),
        (None, None) => when,
    };
    let guard = match limit.guard_hours.filter(|_| dangerous) {
        Some(0) => t_string!(words, task.limit_guard_now).to_owned(),
        Some(n) => t_string!(words, task.limit_guard, n = n),
        None => return whole,
    };
    format!("{whole} · {guard}")
}
