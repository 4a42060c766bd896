//! One quantity of a report, with its unit, its steps and what is wrong with it.

use super::lines::Line;
use crate::{
    components::{
        field::{Field, describes},
        icon::{Lucide, lu},
        live::or_nothing,
    },
    locales::{Word, Words, keys::task, t, t_string, use_words},
    state::{
        entry::{self, Fault},
        format,
        prefs::Prefs,
    },
    worker::protocol::Known,
};
use leptos::prelude::*;
use mendmap_core::log::Measured;

const IDS: [&str; 4] = ["quantity", "quantity-2", "quantity-3", "quantity-4"];

/// The field of a line.
#[component]
pub fn QuantityField(
    /// Which line, from 0.
    at: usize,
    /// The line.
    line: Line,
    /// What is wrong with it.
    fault: Signal<Option<Fault>>,
) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let id = IDS[at.min(IDS.len() - 1)];
    let typed = line.typed;
    let decimals = line.unit.as_ref().map_or(0, |unit| unit.decimals);
    let unit = StoredValue::new(line.unit.clone());
    let unit_word = move || {
        unit.with_value(|u| u.as_ref().map(|u| locale.get().pick(&u.label)))
            .unwrap_or_default()
    };
    let (label, optional) = (line.kind.label.clone(), line.optional);
    let question = Signal::derive(move || {
        let work = locale.get().pick(&label);
        if optional {
            t_string!(words, task.of_which, work = work)
        } else {
            work
        }
    });
    let known = line.known;
    let help = Signal::derive(move || {
        let Known {
            amount, measured, ..
        } = known.get();
        if let Some(way) = way_word(&measured) {
            let n = format::quantity(locale.get(), &amount, &unit_word());
            format!("{} {n}", words.say(way))
        } else if optional {
            t_string!(words, task.optional).to_string()
        } else {
            String::new()
        }
    });
    let error = Signal::derive(move || {
        fault
            .get()
            .map(|fault| sentence(words, &fault, &typed.get(), &unit_word()))
    });
    let steps = decimals == 0;
    let stepper = move |by: i64| {
        view! {
            <button
                type="button"
                class="stepper"
                aria-label=if by < 0 { t!(words, task.less_one) } else { t!(words, task.more_one) }
                on:click=move |_| typed.update(|text| *text = entry::step(text, by))
            >
                <span class="icon-center">
                    <Lucide icon=if by < 0 { lu::LuMinus } else { lu::LuPlus } />
                </span>
            </button>
        }
    };
    view! {
        <Field id=id label=question help=help error=error>
            <div class="with-unit">
                {or_nothing(steps.then(|| stepper(-1)))}
                <input
                    id=id
                    class="input number"
                    type="text"
                    inputmode=if steps { "numeric" } else { "decimal" }
                    autocomplete="off"
                    maxlength="20"
                    aria-describedby=describes(id)
                    aria-invalid=move || fault.get().is_some().to_string()
                    prop:value=typed
                    on:input:target=move |ev| typed.set(ev.target().value())
                /> {or_nothing(steps.then(|| stepper(1)))} <span class="unit">{move || unit_word()}</span>
            </div>
        </Field>
    }
}

/// How an amount is known, where that is worth telling.
fn way_word(measured: &Measured) -> Option<Word> {
    match measured {
        Measured::Drawn => Some(task::quantity_measured),
        Measured::Patches => Some(task::quantity_patches),
        Measured::Along => Some(task::quantity_along),
        Measured::Tracked => Some(task::quantity_tracked),
        _ => None,
    }
}

fn sentence(words: Words, fault: &Fault, typed: &str, unit: &str) -> String {
    match fault {
        Fault::Missing => t_string!(words, task.err_quantity_missing).into(),
        Fault::NotANumber => {
            t_string!(words, task.err_quantity_not_number, text = typed.trim())
        }
        Fault::TooFine { decimals: 0 } => {
            t_string!(words, task.err_quantity_whole, unit = unit)
        }
        Fault::TooFine { decimals } => {
            t_string!(words, task.err_quantity_decimals, unit = unit, n = decimals)
        }
        Fault::MoreThanAll => t_string!(words, task.err_quantity_part).into(),
        Fault::NotPositive => t_string!(words, task.err_quantity_zero).into(),
    }
}
