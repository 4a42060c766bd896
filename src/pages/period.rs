//! This year, this month, or days of one's own.

use crate::{
    components::{
        choice::Segments,
        field::{Field, describes},
        live::When,
    },
    locales::{t, t_string, use_words},
    state::format,
};
use leptos::prelude::*;

/// First and last day, `YYYY-MM-DD`.
pub type Days = (String, String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Year,
    Month,
    Custom,
}

/// This year.
pub fn default_period() -> Days {
    days(Which::Year, &format::today())
}

/// The days of this year or month. A month's last day is today's or later, so
/// that work done on its last day counts: the 31st, whether it is there or not,
/// would not be a date.
fn days(which: Which, today: &str) -> Days {
    let year = today.get(..4).unwrap_or("2000");
    let month = today.get(5..7).unwrap_or("01");
    match which {
        Which::Month => {
            let last = last_day(year.parse().unwrap_or(2000), month.parse().unwrap_or(1));
            (
                format!("{year}-{month}-01"),
                format!("{year}-{month}-{last:02}"),
            )
        }
        _ => (format!("{year}-01-01"), format!("{year}-12-31")),
    }
}

fn last_day(year: i16, month: i8) -> i8 {
    jiff::civil::Date::new(year, month, 1).map_or(28, |date| date.days_in_month())
}

/// The choice of a period.
#[component]
pub fn PeriodChoice(
    /// What is chosen.
    period: RwSignal<Days>,
    /// Chooses.
    #[prop(into)]
    on_choose: Callback<Days>,
) -> impl IntoView {
    let words = use_words();
    let today = format::today();
    let first = period.with_untracked(|now| {
        [Which::Year, Which::Month]
            .into_iter()
            .find(|which| days(*which, &today) == *now)
    });
    let which = RwSignal::new(first.unwrap_or(Which::Custom));
    let options = vec![
        (Which::Year, t!(words, completion.year)),
        (Which::Month, t!(words, completion.month)),
        (Which::Custom, t!(words, completion.custom)),
    ];
    let choose = move |chosen: Which| {
        which.set(chosen);
        if chosen != Which::Custom {
            on_choose.run(days(chosen, &format::today()));
        }
    };
    let wrong = Signal::derive(move || {
        let (from, to) = period.get();
        (from > to).then(|| t_string!(words, completion.bad_period).to_string())
    });
    let end = move |id: &'static str, last: bool| {
        let value = move || {
            let (from, to) = period.get();
            if last { to } else { from }
        };
        let set = move |day: String| {
            let (from, to) = period.get_untracked();
            if day.len() == 10 {
                on_choose.run(if last { (from, day) } else { (day, to) });
            }
        };
        view! {
            <input
                id=id
                class="input"
                type="date"
                aria-describedby=describes("period-to")
                prop:value=value
                on:change:target=move |ev| set(ev.target().value())
            />
        }
    };
    view! {
        <div class="stack tight">
            <Segments
                options=options
                chosen=which
                on_choose=choose
                label=t!(words, completion.period)
            />
            <When is=move || which.get() == Which::Custom>
                <div class="two">
                    <Field
                        id="period-from"
                        label=t!(words, completion.from)
                    >
                        {end("period-from", false)}
                    </Field>
                    <Field
                        id="period-to"
                        label=t!(words, completion.to)
                        error=wrong
                    >
                        {end("period-to", true)}
                    </Field>
                </div>
            </When>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_the_days_it_has() {
        let days = |today| days(Which::Month, today);
        assert_eq!(
            days("2024-02-11"),
            ("2024-02-01".into(), "2024-02-29".into())
        );
        assert_eq!(
            days("2026-11-23"),
            ("2026-11-01".into(), "2026-11-30".into())
        );
    }
}
