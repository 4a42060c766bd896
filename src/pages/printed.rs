//! What leaves the ledger: the paragraph, a table as a file, a sheet of paper.

use super::{ledger::amount, take_out::LedgerFiles};
use crate::{
    components::{
        button::{Button, Weight},
        field::{Field, describes},
        icon::lu,
        live::{When, maybe},
    },
    locales::{Locale, keys, t, t_string, use_words},
    state::{
        effect::effect, files, format, naming, prefs::Prefs, session::Session, toasts::Toasts,
    },
    worker::protocol::{LedgerRow, LedgerView, ShowLedger},
};
use js_sys::Uint8Array;
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

/// The paragraph, to be changed and copied; and the table as a file.
#[component]
pub fn Print(
    /// What was counted.
    view: RwSignal<Option<LedgerView>>,
    /// Of which days, crews and places.
    asked: Memo<ShowLedger>,
    /// The paragraph as it is left.
    text: RwSignal<String>,
    /// Set when the sheet of paper is wanted.
    printing: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let toasts = expect_context::<Toasts>();
    let locale = expect_context::<Prefs>().locale;
    let in_words = |pair: &(String, String), locale| match locale {
        Locale::Zh => pair.0.clone(),
        Locale::En => pair.1.clone(),
    };
    let counted: Memo<Option<String>> = Memo::new(move |_| {
        let locale = locale.get();
        view.with(|view| Some(in_words(&view.as_ref()?.paragraph, locale)))
    });
    let print = move |()| {
        printing.set(true);
        // When the sheet stands.
        set_timeout(
            move || {
                // A browser that cannot print does nothing.
                let _ = window().print();
            },
            std::time::Duration::from_millis(100),
        );
    };
    // What was changed by hand stays, whatever the figures say by now: "as counted" is a press away.
    let before = StoredValue::new(String::new());
    effect(move || {
        let now = counted.get().unwrap_or_default();
        if text.with_untracked(|text| before.with_value(|before| text == before)) {
            text.set(now.clone());
        }
        before.set_value(now);
    });
    let copy = move |()| {
        if !window().is_secure_context() {
            return toasts.show(untrack(|| t_string!(words, task.tell_failed)), None);
        }
        let copied = window()
            .navigator()
            .clipboard()
            .write_text(&text.get_untracked());
        spawn_local(async move {
            let said = match JsFuture::from(copied).await {
                Ok(_) => untrack(|| t_string!(words, desk.copied)),
                Err(_) => untrack(|| t_string!(words, task.tell_failed)),
            };
            toasts.show(said, None);
        });
    };
    let save = move |()| {
        let locale = locale.get_untracked();
        let table = view.with_untracked(|view| Some(in_words(&view.as_ref()?.table, locale)));
        let bytes = Uint8Array::from(table.unwrap_or_default().as_bytes()).buffer();
        let name = asked.with_untracked(|of| format!("mendmap-{}-{}.csv", of.from, of.to));
        let said = match files::hand_out(&bytes, &name, "text/csv;charset=utf-8") {
            Ok(()) => name,
            Err(_) => untrack(|| t_string!(words, desk.no_file)).into(),
        };
        toasts.show(said, None);
    };
    let is_changed = move || counted.with(|counted| counted.as_deref() != Some(&*text.read()));
    let has_some = Memo::new(move |_| counted.with(Option::is_some));
    maybe(move || {
        has_some.get().then(|| {
            view! {
                <section class="section">
                    <Field
                        id="paragraph"
                        label=t!(words, desk.paragraph)
                        help=t!(words, desk.paragraph_hint)
                    >
                        <textarea
                            id="paragraph"
                            class="input"
                            rows="10"
                            aria-describedby=describes("paragraph")
                            prop:value=text
                            on:input:target=move |ev| text.set(ev.target().value())
                        ></textarea>
                    </Field>
                    <div class="buttons">
                        <Button weight=Weight::Primary icon=lu::LuCopy on_press=copy>
                            {t!(words, desk.copy)}
                        </Button>
                        <When is=is_changed>
                            <Button
                                icon=lu::LuUndo2
                                on_press=move |()| {
                                    text.set(counted.get_untracked().unwrap_or_default());
                                }
                            >
                                {t!(words, desk.again_print)}
                            </Button>
                        </When>
                        <Button icon=lu::LuDownload on_press=save>
                            {t!(words, desk.table)}
                        </Button>
                        <Button icon=lu::LuPrinter on_press=print>
                            {t!(words, desk.print)}
                        </Button>
                    </div>
                    <LedgerFiles asked=asked view=view />
                </section>
            }
        })
    })
}

/// The ledger as a sheet of paper, which is seen on paper only: the table, and the paragraph as it was
/// left.
#[component]
pub fn Paper(
    /// What was counted.
    view: RwSignal<Option<LedgerView>>,
    /// Of which days, in words.
    title: Signal<String>,
    /// The paragraph as it was left.
    text: RwSignal<String>,
    /// Whether it is wanted.
    printing: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    // Some browsers go on at once and print later.
    let printed = window_event_listener(ev::afterprint, move |_| {
        let _gone = printing.try_set(false);
    });
    on_cleanup(move || printed.remove());
    let row = move |row: LedgerRow| {
        let catalog = session.catalog.get();
        let name = catalog.map(|catalog| naming::work(&catalog, locale.get(), &row.work));
        let name = name.unwrap_or_default();
        let name = match row.is_within {
            true => t_string!(words, task.of_which, work = name),
            false => name,
        };
        let of = |digits: &Option<String>| {
            let digits = digits.as_ref();
            digits.map_or("–".into(), |digits| {
                amount(session, words, &row.work, digits)
            })
        };
        let percent = row.percent.as_ref();
        let percent = percent.map(|percent| format!("{}%", format::decimal(locale.get(), percent)));
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="n">{of(&row.quantity)}</td>
                <td class="n">{of(&row.planned)}</td>
                <td class="n">{percent.unwrap_or_else(|| "–".into())}</td>
                <td class="n">{format::count(locale.get(), row.tasks)}</td>
            </tr>
        }
    };
    maybe(move || {
        printing.get().then(|| {
            let rows = view.get().map(|view| view.lines).unwrap_or_default();
            let rows: Vec<_> = rows.into_iter().map(row).collect();
            let heads = [
                keys::completion::work,
                keys::desk::q_done,
                keys::desk::q_plan,
                keys::desk::q_percent,
                keys::rates::tasks,
            ];
            let heads = heads.map(|head| view! { <th scope="col">{words.say(head)}</th> });
            view! {
                <div class="paper">
                    <h1>{t!(words, desk.ledger)} " · " {title}</h1>
                    <p class="text">{text}</p>
                    <table>
                        <thead>
                            <tr>{heads.collect_view()}</tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
        })
    })
}
