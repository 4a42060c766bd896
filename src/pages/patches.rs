//! Patches by length × width: a running list, and its sum as the amount of a report.

use super::lines::Line;
use crate::{
    components::{
        button::{Button, IconButton},
        icon::{Lucide, lu},
        live::{live, maybe},
    },
    locales::{t, t_string, use_words},
    state::{effect::on_change, entry, format, prefs::Prefs},
    worker::protocol::Known,
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::Unit,
    log::{Measured, Patch, Quantity},
    task::{area_of, is_a_patch},
};

/// The sides of a patch, as typed.
type Sides = (String, String);

/// The rows that are patches, as the worker reads them.
pub fn whole(rows: &[Sides]) -> Vec<Sides> {
    let known = rows.iter().filter(|row| patch(row).is_some());
    known
        .map(|(length, width)| (entry::plain(length), entry::plain(width)))
        .collect()
}

/// Whether a row was begun and is no patch.
pub fn is_faulty(row: &Sides) -> bool {
    let is_begun = !entry::plain(&row.0).is_empty() || !entry::plain(&row.1).is_empty();
    is_begun && patch(row).is_none()
}

fn patch((length, width): &Sides) -> Option<Patch> {
    let side = |text: &str| entry::plain(text).parse::<Quantity>().ok();
    let patch = Patch {
        length: side(length)?,
        width: side(width)?,
    };
    is_a_patch(&patch).then_some(patch)
}

fn area(rows: &[Sides], unit: &Unit) -> Option<String> {
    let patches: Vec<Patch> = rows.iter().filter_map(patch).collect();
    Some(area_of(&patches, unit)?.to_string())
}

/// The list of patches of a line whose unit is one of area.
#[component]
pub fn Patches(
    /// The line.
    line: Line,
    /// Whether somebody tried to close the work: then what is wrong is said.
    tried: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let Line {
        typed,
        known,
        patches: rows,
        unit,
        ..
    } = line;
    let unit = StoredValue::new(unit);
    let sum = move || unit.with_value(|unit| rows.with(|rows| area(rows, unit.as_ref()?)));
    on_change(
        move || rows.track(),
        move || {
            let Some(amount) = sum() else {
                // Of no patches nothing is known, and their sum is no amount.
                let was = known.get_untracked();
                if was.measured == Measured::Patches {
                    if typed.get_untracked() == was.amount {
                        typed.set(String::new());
                    }
                    known.set(Known {
                        amount: String::new(),
                        measured: Measured::Typed,
                        covered: Vec::new(),
                    });
                }
                return;
            };
            typed.set(amount.clone());
            known.set(Known {
                amount,
                measured: Measured::Patches,
                covered: Vec::new(),
            });
        },
    );
    let count = Memo::new(move |_| rows.with(Vec::len));
    let was_begun = rows.with_untracked(|rows| !rows.is_empty());
    let add = move |()| {
        rows.update(|rows| rows.push(Sides::default()));
        request_animation_frame(|| super::focus(".patches li:last-child input"));
    };
    let lines = live(move || {
        let rows: Vec<_> = (0..count.get())
            .map(|at| view! { <Row at=at rows=rows unit=unit tried=tried /> })
            .collect();
        view! { <ol class="rows patches">{rows}</ol> }
    });
    let has_fault = move || rows.with(|rows| rows.iter().any(is_faulty));
    let begin = move |_| {
        if rows.with_untracked(Vec::is_empty) {
            add(());
        }
    };
    view! {
        <details class="fold" open=move || was_begun || (tried.get() && has_fault())>
            <summary on:click=begin>
                <Lucide icon=lu::LuChevronRight small=true />
                {t!(words, task.patches)}
            </summary>
            <div class="stack tight">
                {lines}
                <Button icon=lu::LuPlus on_press=add>
                    {t!(words, task.patch_add)}
                </Button>
            </div>
        </details>
    }
}

#[component]
fn Row(
    at: usize,
    rows: RwSignal<Vec<Sides>>,
    unit: StoredValue<Option<Unit>>,
    tried: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let row = move || rows.with(|rows| rows.get(at).cloned().unwrap_or_default());
    let field = move |is_length: bool| {
        let label = move || match is_length {
            true => t_string!(words, task.patch_length, n = at + 1),
            false => t_string!(words, task.patch_width, n = at + 1),
        };
        let value = move || if is_length { row().0 } else { row().1 };
        let write = move |text: String| {
            rows.update(|rows| {
                if let Some(row) = rows.get_mut(at) {
                    *(if is_length { &mut row.0 } else { &mut row.1 }) = text;
                }
            });
        };
        view! {
            <input
                class="input number"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                maxlength="12"
                aria-label=label
                prop:value=value
                on:input:target=move |ev| write(ev.target().value())
            />
        }
    };
    let figure = move || {
        let area = unit.with_value(|unit| area(&[row()], unit.as_ref()?))?;
        Some(format!("= {}", format::square_metres(locale.get(), &area)))
    };
    let wrong = move || {
        let row = row();
        let is_filled = !row.0.trim().is_empty() && !row.1.trim().is_empty();
        is_faulty(&row) && (tried.get() || is_filled)
    };
    let drop = move |()| {
        rows.update(|rows| {
            if at < rows.len() {
                rows.remove(at);
            }
        });
    };
    view! {
        <li class="patch" class:invalid=wrong>
            {field(true)} <span aria-hidden="true">"×"</span> {field(false)}
            <span class="end number">{move || figure().unwrap_or_default()}</span>
            <IconButton
                icon=lu::LuX
                label=Signal::derive(move || t_string!(words, task.patch_drop, n = at + 1))
                on_press=drop
            />
            <span class="whole" aria-live="polite">
                {maybe(move || {
                    wrong().then(|| view! { <span class="error">{t!(words, task.patch_wrong)}</span> })
                })}
            </span>
        </li>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_was_begun_is_a_patch_or_at_fault() {
        let row = |l: &str, w: &str| (l.to_owned(), w.to_owned());
        for (row, is_patch, at_fault) in [
            (row("2.5", "１．２"), true, false),
            (row("", " "), false, false),
            (row("2.5", ""), false, true),
            (row("0", "1"), false, true),
            (row("25000", "1"), false, true),
            (row("two", "1"), false, true),
        ] {
            assert_eq!(
                !whole(std::slice::from_ref(&row)).is_empty(),
                is_patch,
                "{row:?}"
            );
            assert_eq!(is_faulty(&row), at_fault, "{row:?}");
        }
    }
}
