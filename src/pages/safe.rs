//! Answering a safety check: what is done, what was measured, who keeps watch. A reading that
//! does not allow entry is said at its field. Saving is always possible.

use super::{
    checks::range,
    missing::{Failed, Missing, Opening},
};
use crate::{
    components::{
        button::{Button, Weight},
        choice::TickRow,
        field::{Field, describes},
        icon::lu,
        live::{live, maybe, or_nothing},
        notice::{Banner, Tone},
        panel::{Leave, Panel},
        task_row::where_name,
        trouble::sentence,
    },
    locales::{t, t_string, use_words},
    mode::Step,
    state::{
        acts::Acts, asking, drafts, effect::on_change, entry, naming, nav::Nav, prefs::Prefs,
        session::Session,
    },
    worker::protocol::{Command, Draft, StopRow, Stops, TaskCard, TaskDetail},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Precheck, PrecheckId, Reading},
    ids::{AssetUid, TaskUid},
    log::{MadeSafe, Quantity, ReadingTaken},
    task::lacks,
};
use std::time::Duration;

/// A number that is still being typed is judged once the hand has rested so long.
const RESTED: Duration = Duration::from_millis(900);

const IDS: [&str; 8] = [
    "reading",
    "reading-2",
    "reading-3",
    "reading-4",
    "reading-5",
    "reading-6",
    "reading-7",
    "reading-8",
];

/// The form of a check.
#[component]
pub fn SafePage(
    /// Of which task.
    task: TaskUid,
    /// Which check.
    precheck: PrecheckId,
    /// Of which chamber.
    asset: Option<AssetUid>,
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
        let check = session
            .catalog
            .with_untracked(|c| c.as_ref()?.precheck(&precheck).cloned());
        let stop = stops.into_iter().find(|row| Some(row.asset.uid) == asset);
        match card.zip(check) {
            Some((detail, check)) => {
                view! { <Form detail=detail check=check asset=asset stop=stop /> }.into_any()
            }
            None => view! { <Missing /> }.into_any(),
        }
    })
}

/// A reading of the form.
#[derive(Clone)]
struct Gas {
    reading: Reading,
    /// As typed.
    typed: RwSignal<String>,
    /// What of it was judged last: not each digit on the way.
    judged: RwSignal<String>,
}

/// What is wrong with a reading.
enum Fault {
    NotANumber(String),
    Forbids,
}

impl Gas {
    fn fault(&self) -> Option<Fault> {
        let text = entry::plain(&self.judged.get());
        if text.is_empty() {
            return None;
        }
        match text.parse::<Quantity>() {
            Err(_) => Some(Fault::NotANumber(text)),
            Ok(value) => (!self.reading.allows(value.0)).then_some(Fault::Forbids),
        }
    }

    /// Judges what is typed: at once where something was wrong before, else once the hand rests.
    fn hear(&self, text: String) {
        self.typed.set(text.clone());
        if untrack(|| self.fault()).is_some() {
            self.judged.set(text);
            return;
        }
        let (typed, judged) = (self.typed, self.judged);
        set_timeout(
            move || {
                // The form may be gone by now.
                if typed.try_with_untracked(|now| *now == text) == Some(true) {
                    let _ = judged.try_set(text);
                }
            },
            RESTED,
        );
    }
}

#[component]
fn Form(
    detail: TaskDetail,
    check: Precheck,
    #[prop(optional_no_strip)] asset: Option<AssetUid>,
    #[prop(optional_no_strip)] stop: Option<StopRow>,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let task = detail.task.summary.uid;
    let of = StoredValue::new(drafts::check_key(task, &check.id, asset));
    let draft = of.with_value(|of| drafts::load_check(of));
    let had_draft = draft.is_some();
    // Who watched before most likely watches again; what is done is asked anew each time.
    let mut before = detail.answers.iter().rev().filter(|_| check.each_chamber);
    let watched = before.find_map(|answer| answer.said.watcher.clone());
    let draft = draft.unwrap_or_else(|| Draft {
        lines: watched
            .map(|name| ("watcher".to_owned(), name))
            .into_iter()
            .collect(),
        ..Draft::default()
    });
    let kept = |name: &str| {
        let line = draft.lines.iter().find(|(key, _)| key == name);
        line.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let items: Vec<RwSignal<bool>> = (0..check.items.len())
        .map(|n| RwSignal::new(!kept(&format!("item-{n}")).is_empty()))
        .collect();
    let gases: Vec<Gas> = (check.readings.iter())
        .map(|reading| {
            let typed = kept(&format!("reading-{}", reading.id));
            Gas {
                reading: reading.clone(),
                judged: RwSignal::new(typed.clone()),
                typed: RwSignal::new(typed),
            }
        })
        .collect();
    let is_entry = check.each_chamber;
    let watcher = RwSignal::new(kept("watcher"));
    let note = RwSignal::new(draft.note.clone());
    let refused = RwSignal::new(None::<String>);
    let form = StoredValue::new((items.clone(), gases.clone()));

    // Kept as it is typed.
    let hear = move || {
        form.with_value(|(items, gases)| {
            items.iter().for_each(|item| item.track());
            gases.iter().for_each(|gas| gas.typed.track());
        });
        watcher.track();
        note.track();
    };
    on_change(hear, move || {
        let mut lines = vec![("watcher".to_owned(), watcher.get())];
        form.with_value(|(items, gases)| {
            let ticked = items.iter().enumerate().filter(|(_, item)| item.get());
            lines.extend(ticked.map(|(n, _)| (format!("item-{n}"), "x".to_owned())));
            let line = |gas: &Gas| (format!("reading-{}", gas.reading.id), gas.typed.get());
            lines.extend(gases.iter().map(line));
        });
        let draft = Draft {
            lines,
            note: note.get(),
            done_on: String::new(),
            ..Draft::default()
        };
        of.with_value(|of| drafts::save_check(of, &draft));
        refused.set(None);
    });

    let id = StoredValue::new(check.id.clone());
    let rules = StoredValue::new(check.clone());
    let label = check.label.clone();
    let title = Signal::derive(move || locale.get().pick(&label));
    let at_stop = stop.as_ref().map(|row| row.asset.uid);
    let summary = StoredValue::new(detail.task.summary.clone());
    let stop = StoredValue::new(stop);
    let place = Signal::derive(move || {
        let catalog = session.catalog.get();
        let name = stop.with_value(|stop| {
            let (stop, catalog) = stop.as_ref().zip(catalog)?;
            Some(naming::asset(&catalog, locale.get(), &stop.asset))
        });
        name.unwrap_or_else(|| summary.with_value(|task| where_name(session, words, task)))
    });
    let save = move || {
        let (items, readings) = form.with_value(|(items, gases)| {
            let ticked = (0_u16..)
                .zip(items)
                .filter(|(_, item)| item.get_untracked());
            let items: Vec<u16> = ticked.map(|(n, _)| n).collect();
            let typed = |gas: &Gas| {
                let text = entry::plain(&gas.typed.get_untracked());
                (gas.reading.id.clone(), text)
            };
            (items, gases.iter().map(typed).collect::<Vec<_>>())
        });
        let taken = |(id, text): &(String, String)| {
            let (id, value) = (id.clone(), text.parse().ok()?);
            Some(ReadingTaken { id, value })
        };
        let told = MadeSafe {
            items: items.clone(),
            readings: readings.iter().filter_map(taken).collect(),
            ..MadeSafe::default()
        };
        let allows = rules.with_value(|check| lacks(check, &told).is_empty());
        let command = Command::MakeSafe {
            task,
            precheck: id.get_value(),
            asset,
            items,
            readings,
            watcher: watcher.get_untracked(),
            note: note.get_untracked(),
        };
        let name = title.get_untracked();
        let said = move || match (allows, is_entry) {
            (true, _) => t_string!(words, task.safe_saved, check = name),
            (false, true) => t_string!(words, task.safe_saved_forbidden).to_string(),
            (false, false) => t_string!(words, task.safe_saved_open, check = name),
        };
        let of = of.get_value();
        let then = move |_: &_| {
            drafts::forget_check(&of);
            nav.take(Step::Checked(task, at_stop));
        };
        acts.act_or(command, said, then, move |trouble| {
            let _ = refused.try_set(Some(sentence(words, &trouble)));
        });
    };
    let foot = move || {
        view! {
            <Button
                weight=Weight::Primary
                icon=lu::LuCheck
                disabled=acts.busy
                on_press=move |()| save()
            >
                {t!(words, task.safe_save)}
            </Button>
        }
    };
    let ticks: Vec<_> = (check.items.into_iter().zip(items))
        .map(|(item, on)| {
            let label = Signal::derive(move || locale.get().pick(&item));
            view! { <TickRow on=on on_turn=move |is_on| on.set(is_on) label=label /> }
        })
        .collect();
    let ticks = (!ticks.is_empty()).then(|| {
        view! {
            <fieldset class="ticks">
                <legend>{t!(words, task.safe_items)}</legend>
                {ticks}
            </fieldset>
        }
    });
    let fields: Vec<_> = (gases.into_iter().zip(IDS))
        .map(|(gas, id)| view! { <GasField id=id gas=gas is_entry=is_entry /> })
        .collect();
    let watch = is_entry.then(|| {
        view! {
            <Field id="watcher" label=t!(words, task.safe_watcher)>
                <input
                    id="watcher"
                    class="input"
                    type="text"
                    autocomplete="off"
                    maxlength="100"
                    prop:value=watcher
                    on:input:target=move |ev| watcher.set(ev.target().value())
                />
            </Field>
        }
    });
    let on_submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        save();
    };
    view! {
        <Panel title=title subtitle=place leave=Leave::Back foot=foot>
            <form class="stack" novalidate on:submit=on_submit>
                {or_nothing(
                    had_draft
                        .then(|| view! { <p class="small muted">{t!(words, task.draft_kept)}</p> }),
                )}
                {or_nothing(ticks)}
                {fields}
                {or_nothing(watch)}
                <Field id="note" label=t!(words, task.note)>
                    <textarea
                        id="note"
                        class="input"
                        rows="2"
                        maxlength="500"
                        prop:value=note
                        on:input:target=move |ev| note.set(ev.target().value())
                    ></textarea>
                </Field>
                {maybe(move || {
                    refused
                        .get()
                        .map(|why| view! { <Banner tone=Tone::Danger title=why>""</Banner> })
                })}
                // For Enter in a field; the button at the foot is the one to see and to hear.
                <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true">
                    {t!(words, task.safe_save)}
                </button>
            </form>
        </Panel>
    }
}

/// A gas reading, with its unit, what allows entry, and what to do where it does not.
#[component]
fn GasField(id: &'static str, gas: Gas, is_entry: bool) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let label = gas.reading.label.clone();
    let name = Signal::derive(move || locale.get().pick(&label));
    let reading = gas.reading.clone();
    let allowed = Signal::derive(move || range(words, &reading));
    let help = Signal::derive(move || t_string!(words, task.safe_allowed, range = allowed.get()));
    let judge = gas.clone();
    let error = Signal::derive(move || {
        Some(match judge.fault()? {
            Fault::NotANumber(text) => t_string!(words, task.safe_not_number, text = text),
            Fault::Forbids if is_entry => {
                t_string!(words, task.safe_bad, range = allowed.get())
            }
            Fault::Forbids => t_string!(words, task.safe_allowed, range = allowed.get()),
        })
    });
    let (typed, judged) = (gas.typed, gas.judged);
    let unit = gas.reading.unit.clone();
    view! {
        <Field id=id label=name help=help error=error>
            <div class="with-unit">
                <input
                    id=id
                    class="input number"
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    maxlength="20"
                    aria-describedby=describes(id)
                    aria-invalid=move || error.get().is_some().to_string()
                    prop:value=typed
                    on:input:target=move |ev| gas.hear(ev.target().value())
                    on:change=move |_| judged.set(typed.get_untracked())
                />
                <span class="unit">{unit}</span>
            </div>
        </Field>
    }
}
