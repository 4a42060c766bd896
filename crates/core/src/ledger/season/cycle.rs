//! When work falls due again, by the catalogue's cycle.
//!
//! A kind of work falls **due** at an asset one cycle after it was last done there. It is
//! **overdue** when a further twelfth of the cycle has gone by, which is a month of a year and the
//! day after for what is done every day. In months in which nothing falls due neither begins:
//! what would waits for the first day after them. What fell due before them stays so.
//! What was never done has no day from which to count.

use super::days::Days;
use crate::catalog::{Catalog, WorkKindId};
use jiff::civil::Date;

/// How often a kind of work falls due, by kind of asset.
pub(super) struct Falling {
    /// Days from one time to the next, by the asset kind's place in the catalogue.
    every: Vec<Option<u32>>,
    frost: Vec<u8>,
}

impl Falling {
    pub(super) fn of(catalog: &Catalog, work: &WorkKindId) -> Falling {
        let cycle = catalog.work_kind(work).and_then(|kind| kind.cycle.as_ref());
        let kinds = catalog.asset_kinds.iter();
        Falling {
            every: kinds.map(|kind| cycle?.interval_days(&kind.id)).collect(),
            frost: cycle.map(|c| c.not_in_months.clone()).unwrap_or_default(),
        }
    }

    /// The days on which it falls due and is overdue at an asset of a kind where it was done last on
    /// a day; the second is the later one.
    pub(super) fn after(&self, days: &Days, last: i32, kind: usize) -> Option<(i32, i32)> {
        let every = i32::try_from((*self.every.get(kind)?)?).ok()?;
        let due = days.number(self.thawed(days.date(last.checked_add(every)?)?)?);
        let late = due.checked_add((every / 12).max(1))?;
        let late = days.date(late).and_then(|day| self.thawed(day));
        Some((due, late.map_or(i32::MAX, |day| days.number(day))))
    }

    /// The first day from one on on which anything falls due.
    fn thawed(&self, mut day: Date) -> Option<Date> {
        for _ in 0..12 {
            if !self
                .frost
                .iter()
                .any(|month| i32::from(*month) == i32::from(day.month()))
            {
                return Some(day);
            }
            day = day.last_of_month().tomorrow().ok()?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Period;
    use jiff::civil::date;

    fn after(every: u32, frost: &[u8], last: Date) -> Option<(String, String)> {
        let (from, to) = (date(2024, 1, 1), date(2024, 12, 31));
        let days = Days::of(Period { from, to });
        let falling = Falling {
            every: vec![None, Some(every)],
            frost: frost.to_vec(),
        };
        assert_eq!(falling.after(&days, days.number(last), 0), None);
        assert_eq!(falling.after(&days, days.number(last), 2), None);
        let said = |number| days.date(number).map_or("-".into(), |day| day.to_string());
        let (due, late) = falling.after(&days, days.number(last), 1)?;
        Some((said(due), said(late)))
    }

    fn said(due: &str, late: &str) -> Option<(String, String)> {
        Some((due.into(), late.into()))
    }

    #[test]
    fn it_falls_due_a_cycle_later_and_is_overdue_a_twelfth_after() {
        assert_eq!(
            after(365, &[], date(2023, 5, 3)),
            said("2024-05-02", "2024-06-01")
        );
        assert_eq!(
            after(1, &[], date(2023, 12, 31)),
            said("2024-01-01", "2024-01-02")
        );
        assert_eq!(
            after(3, &[], date(2023, 12, 31)),
            said("2024-01-03", "2024-01-04")
        );
    }

    #[test]
    fn nothing_falls_due_in_frost() {
        let frost = [11, 12, 1, 2, 3];
        assert_eq!(
            after(365, &frost, date(2022, 12, 9)),
            said("2024-04-01", "2024-05-01")
        );
        assert_eq!(
            after(365, &frost, date(2023, 10, 20)),
            said("2024-10-19", "2025-04-01")
        );
        assert_eq!(
            after(30, &(1..=12).collect::<Vec<_>>(), date(2023, 1, 1)),
            None
        );
    }

    #[test]
    fn what_was_done_at_the_beginning_of_the_calendar_falls_due_nowhere() {
        let year = Period {
            from: date(2024, 1, 1),
            to: date(2024, 12, 31),
        };
        let falling = Falling {
            every: vec![Some(1)],
            frost: Vec::new(),
        };
        assert_eq!(falling.after(&Days::of(year), i32::MIN, 0), None);
    }
}
