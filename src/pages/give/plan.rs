//! What comes of the form: who would get how much.

use super::{by_hand::ByHand, form::PlanForm};
use crate::{
    components::{
        choice::TickRow,
        field::{Field, describes},
        live::{When, maybe},
        notice::{Banner, Tone},
        trouble::TroubleThere,
    },
    locales::{keys, t, t_string, use_words},
    pages::{crews::crews, priority::Priority},
    state::{asking, format, session::Session},
    worker::protocol::{Asked, GivenTo, Giving, Packed, PlanRounds, PlannedFrom, RoundPlan},
};
use leptos::prelude::*;
use mendmap_core::catalog::CrewId;

/// The crews with their loads before and after, and what else there is to say.
#[component]
pub fn Plan(
    /// The form.
    form: PlanForm,
    /// Of which assets; of none where nothing is chosen yet.
    from: Signal<Option<PlannedFrom>>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let answer = asking::follow_packed::<_, RoundPlan>(session, move || {
        // What is being given out changes at every round.
        if form.busy.get() {
            return None;
        }
        session.turns.track();
        // After a reload there is a draft before there is a city.
        session.layers.track();
        session.catalog.with(Option::is_some).then_some(())?;
        // Words and a time change no plan.
        let of = Giving {
            due: String::new(),
            priority: String::new(),
            note: String::new(),
            ..form.giving(from.get())?
        };
        let parted = form.parted();
        let asked = Asked { of, parted };
        Some(PlanRounds {
            of: Packed::of(&asked),
        })
    });
    crate::state::effect::effect(move || {
        let is_asked = form.giving(from.get()).is_some();
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
                <ByHand form=form />
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
                    <Priority chosen=form.priority />
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
