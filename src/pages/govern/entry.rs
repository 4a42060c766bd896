//! One value of the catalogue: kept as soon as the hand leaves it, or presses Enter.

use super::hand::Hand;
use crate::{
    components::{field::FieldError, live::or_nothing},
    locales::{t_string, use_words},
    state::{effect::effect, entry, session::Session},
};
use leptos::prelude::*;
use mendmap_core::settings::What;

/// The value with its name before it.
#[component]
pub fn Entry(
    /// What it is.
    what: What,
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// In what it is; nothing for a name.
    #[prop(optional, into)]
    unit: Option<Signal<String>>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let hand = expect_context::<Hand>();
    let is_text = unit.is_none();
    let id = format!("set{}", what.path().replace(['/', '~'], "-"));
    let error_id = format!("{id}-error");
    let what = StoredValue::new(what);
    let stands = Memo::new(move |_| {
        let text = session.catalog.with(|catalog| {
            let catalog = catalog.as_ref()?;
            what.with_value(|what| what.stands(catalog))
        });
        text.unwrap_or_default()
    });
    let typed = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<String>);
    effect(move || {
        typed.set(stands.get());
        fault.set(None);
    });
    let keep = move || {
        let text = match is_text {
            true => typed.get_untracked().trim().to_owned(),
            false => entry::plain(&typed.get_untracked()),
        };
        if text == stands.get_untracked() {
            fault.set(None);
            return;
        }
        match what.with_value(|what| what.json(&text)) {
            Some(json) => hand.set(what.get_value(), json, move |wrong| {
                fault.try_set(wrong);
            }),
            None => fault.set(Some(t_string!(words, govern.no_number).to_string())),
        }
    };
    view! {
        <div class="field setting" class:invalid=move || fault.get().is_some()>
            <label for=id.clone()>{label}</label>
            <div class="with-unit">
                <input
                    id=id
                    class="input"
                    class:number=!is_text
                    type="text"
                    inputmode=if is_text { "text" } else { "decimal" }
                    autocomplete="off"
                    maxlength=if is_text { "60" } else { "20" }
                    aria-describedby=error_id.clone()
                    aria-invalid=move || fault.get().is_some().to_string()
                    prop:value=typed
                    on:input:target=move |ev| typed.set(ev.target().value())
                    on:change=move |_| keep()
                />
                {or_nothing(unit.map(|unit| view! { <span class="unit">{unit}</span> }))}
            </div>
            <FieldError id=error_id error=fault />
        </div>
    }
}
