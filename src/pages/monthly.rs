//! The form of a month (月报): the month that the ledger's days end in, beside the year so far. Counted
//! once somebody opens it.

use super::ledger::amount;
use crate::{
    components::{
        icon::{Lucide, lu},
        live::maybe,
        trouble::TroubleThere,
    },
    locales::{keys, t, t_string, use_words},
    state::{asking, format, naming, prefs::Prefs, session::Session},
    worker::protocol::{MonthlyRow, MonthlyView, ShowLedger, ShowMonthly},
};
use leptos::prelude::*;

/// The form, folded at first.
#[component]
pub fn Monthly(
    /// Of which ledger.
    asked: Memo<ShowLedger>,
) -> impl IntoView {
    let words = use_words();
    let is_wanted = RwSignal::new(false);
    view! {
        <details class="fold" on:toggle=move |_| is_wanted.set(true)>
            <summary>
                <Lucide icon=lu::LuChevronRight small=true />
                {t!(words, desk.monthly)}
            </summary>
            {maybe(move || is_wanted.get().then(|| view! { <Form asked=asked /> }))}
        </details>
    }
}

#[component]
fn Form(asked: Memo<ShowLedger>) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let answer = asking::follow_packed::<_, MonthlyView>(session, move || {
        session.turns.track();
        session.layers.track();
        let of = asked.get();
        (of.from <= of.to).then_some(ShowMonthly { of })
    });
    let row = move |row: &MonthlyRow| {
        let catalog = session.catalog.get();
        let name = catalog.map(|catalog| naming::work(&catalog, locale.get(), &row.work));
        let name = name.unwrap_or_default();
        let name = match row.is_within {
            true => t_string!(words, task.of_which, work = name),
            false => name,
        };
        let figure = |digits: &Option<String>| match digits {
            Some(digits) => amount(session, words, &row.work, digits),
            None => "–".into(),
        };
        let percent = row.percent.as_ref();
        let percent = percent.map(|percent| format!("{}%", format::decimal(locale.get(), percent)));
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="n">{figure(&row.month)}</td>
                <td class="n">{figure(&row.year)}</td>
                <td class="n">{percent.unwrap_or_default()}</td>
            </tr>
        }
    };
    let heads = [
        keys::desk::month,
        keys::desk::year_so_far,
        keys::desk::q_percent,
    ];
    let head = move |head| view! { <th scope="col">{words.say(head)}</th> };
    let table = move || {
        let form = answer.good.get()?;
        let day = |iso: &str| format::day(locale.get(), iso);
        let days = format!("{} – {}", day(&form.from), day(&form.to));
        let rows: Vec<_> = form.lines.iter().map(row).collect();
        Some(view! {
            <div class="scrolls" tabindex="0" role="region" aria-label=t!(words, desk.monthly)>
                <table class="figures" id="monthly">
                    <caption>{t!(words, desk.month)} ": " {days}</caption>
                    <thead>
                        <tr>
                            <td></td>
                            {heads.map(head).collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        })
    };
    view! {
        <TroubleThere trouble=answer.trouble />
        {maybe(table)}
    }
}
