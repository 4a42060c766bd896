//! The days on which work falls due.

use super::{DueAsked, DueStatus};
use crate::catalog::Cycle;
use crate::log::day::days_between;
use jiff::Span;
use jiff::civil::Date;

/// How much time there is for an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    /// The last day on which it is not overdue.
    pub(super) until: Date,
    /// How it stands, whoever is at it.
    pub(super) status: DueStatus,
}

impl Time {
    /// That of an asset that was last done then, or of which no record `since` then tells;
    /// `days` is its cycle. See [`super::falls_due`].
    pub(super) fn of(
        cycle: &Cycle,
        days: u32,
        last: Option<Date>,
        since: Option<Date>,
        asked: DueAsked,
    ) -> Time {
        let today = asked.today;
        let began = since.unwrap_or(today).min(today);
        let until = thawed(cycle, later(last.unwrap_or(began), days));
        let due = match last {
            Some(_) => until,
            None => thawed(cycle, began),
        };
        let lead = asked.lead_days.min(days / 4);
        let status = match days_between(today, due) {
            _ if today > until => DueStatus::Overdue,
            Some(left) if left <= lead.into() => DueStatus::Due,
            _ => DueStatus::InTime,
        };
        Time { until, status }
    }
}

/// So many days later, as far as the calendar goes.
fn later(day: Date, days: u32) -> Date {
    let span = Span::new().try_days(i64::from(days)).ok();
    let later = span.and_then(|span| day.checked_add(span).ok());
    later.unwrap_or(Date::MAX)
}

/// A day or, where it lies in a month in which nothing falls due, the first day after those.
fn thawed(cycle: &Cycle, mut day: Date) -> Date {
    let is_frost = |day: Date| {
        let mut months = cycle.not_in_months.iter();
        months.any(|month| i16::from(*month) == i16::from(day.month()))
    };
    // A catalogue leaves one month at least; whoever made one by hand may not have.
    for _ in 0..12 {
        match day.last_of_month().tomorrow() {
            Ok(next) if is_frost(day) => day = next,
            _ => break,
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::super::Area;
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn cycle() -> Cycle {
        Cycle {
            not_in_months: vec![11, 12, 1, 2, 3],
            ..Cycle::default()
        }
    }

    fn asked(today: &str, lead_days: u32) -> DueAsked {
        DueAsked {
            today: day(today),
            lead_days,
            by: Area::Street,
            verification: false,
        }
    }

    #[track_caller]
    fn time(
        days: u32,
        (last, since): (Option<&str>, Option<&str>),
        today: &str,
    ) -> (String, DueStatus) {
        let time = Time::of(
            &cycle(),
            days,
            last.map(day),
            since.map(day),
            asked(today, 14),
        );
        (time.until.to_string(), time.status)
    }

    #[test]
    fn what_was_done_falls_due_a_cycle_later_and_not_in_the_frost() {
        use DueStatus::{Due, InTime, Overdue};
        let done = (Some("2024-05-03"), Some("2023-04-01"));
        for (today, status) in [
            ("2024-05-03", InTime),
            ("2025-04-18", InTime),
            ("2025-04-19", Due),
            ("2025-05-03", Due),
            ("2025-05-04", Overdue),
            ("2025-12-24", Overdue),
        ] {
            assert_eq!(
                time(365, done, today),
                ("2025-05-03".into(), status),
                "{today}"
            );
        }
        // In December nothing falls due, but one can see it come in March.
        let done = (Some("2024-06-20"), None);
        for (today, status) in [
            ("2024-12-20", InTime),
            ("2025-03-18", Due),
            ("2025-04-02", Overdue),
        ] {
            assert_eq!(
                time(182, done, today),
                ("2025-04-01".into(), status),
                "{today}"
            );
        }
        assert_eq!(
            time(131, (Some("2024-06-22"), None), "2024-06-22").0,
            "2024-10-31"
        );
        assert_eq!(
            time(132, (Some("2024-06-22"), None), "2024-06-22").0,
            "2025-04-01"
        );
    }

    #[test]
    fn what_was_never_done_is_due_at_once_and_overdue_when_the_records_prove_it() {
        use DueStatus::{Due, InTime, Overdue};
        let never = (None, Some("2024-05-03"));
        for (today, status) in [
            ("2024-05-03", Due),
            ("2024-12-24", Due),
            ("2025-05-03", Due),
            ("2025-05-04", Overdue),
        ] {
            assert_eq!(time(365, never, today).1, status, "{today}");
        }
        // Of a city that has no records it is due today; in the frost it will be when that ends.
        assert_eq!(
            time(365, (None, None), "2024-06-01"),
            ("2025-06-01".into(), Due)
        );
        assert_eq!(
            time(365, (None, None), "2024-12-24"),
            ("2026-04-01".into(), InTime)
        );
        assert_eq!(time(365, (None, None), "2024-03-20").1, Due);
    }

    #[test]
    fn of_a_short_cycle_what_was_just_done_is_not_due_again() {
        let status = |days, today| {
            let cycle = Cycle::default();
            Time::of(
                &cycle,
                days,
                Some(day("2024-05-03")),
                None,
                asked(today, 14),
            )
            .status
        };
        assert_eq!(status(1, "2024-05-03"), DueStatus::InTime);
        assert_eq!(status(1, "2024-05-04"), DueStatus::Due);
        assert_eq!(status(1, "2024-05-05"), DueStatus::Overdue);
        assert_eq!(status(8, "2024-05-08"), DueStatus::InTime);
        assert_eq!(status(8, "2024-05-09"), DueStatus::Due);
    }

    #[test]
    fn the_calendar_ends_without_a_fuss() {
        let time = Time::of(
            &cycle(),
            u32::MAX,
            Some(Date::MAX),
            None,
            asked("2024-05-03", 14),
        );
        assert_eq!((time.until, time.status), (Date::MAX, DueStatus::InTime));
        let all = Cycle {
            not_in_months: (1..=12).collect(),
            ..Cycle::default()
        };
        assert_eq!(thawed(&all, day("2024-05-03")), day("2025-05-01"));
    }

    proptest! {
        #[test]
        fn time_only_runs_out(
            days in 1..800u32, last in prop::option::of(0..900u32), since in prop::option::of(0..900u32),
            months in prop::collection::vec(1..=12u8, 0..11), lead in 0..60u32, at in 0..1500u32,
        ) {
            prop_assume!(!(1..=12).all(|month| months.contains(&month)));
            let cycle = Cycle { not_in_months: months.clone(), ..Cycle::default() };
            let on = |n: u32| later(day("2022-01-01"), n);
            let status = |at: u32| {
                let asked = DueAsked { today: on(at), ..asked("2022-01-01", lead) };
                Time::of(&cycle, days, last.map(on), since.map(on), asked)
            };
            let (now, next) = (status(at), status(at + 1));
            // Without a record it is today that counts, and tomorrow tomorrow.
            if last.is_some() || since.is_some_and(|since| since <= at) {
                prop_assert!(next.status <= now.status, "{now:?} {next:?}");
                prop_assert_eq!(now.until, next.until);
            }
            let month = now.until.month();
            prop_assert!(!months.iter().any(|m| i16::from(*m) == i16::from(month)), "{month}");
        }
    }
}
