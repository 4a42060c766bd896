//! The tasks behind a mark.

use super::Season;
use super::counts::is_done;
use super::play::Span;
use crate::ids::TaskUid;
use crate::order;
use crate::task::Mark;
use jiff::civil::Date;

impl Season {
    /// The tasks that give an asset its mark on a day, by the day from which each does: of what is
    /// done all that count by then, of what is due or overdue those by which it was done last. None
    /// for an asset that was never done.
    pub fn behind(&self, asset: usize, day: Date) -> Vec<TaskUid> {
        let mark = self.mark(asset, day);
        let day = self.days.nearest(day) as i32;
        let before = self.spans_on(asset).filter(|span| span.is_before());
        let last = before.map(|span| span.from).max();
        let gives = |span: &&Span| match mark {
            Mark::Done | Mark::Verified => {
                is_done(span.mark) && !span.is_before() && span.from <= day
            }
            Mark::Due | Mark::Overdue => span.is_before() && Some(span.from) == last,
            mark => span.mark == mark && span.from <= day && day < span.to,
        };
        let spans = self.spans_on(asset).filter(gives);
        let mut found: Vec<(i32, TaskUid)> = Vec::new();
        for span in spans {
            // A round that was started and ticked is under way for two reasons.
            let task = self.tasks[span.task as usize];
            match found.iter_mut().find(|(_, found)| *found == task) {
                Some((from, _)) => *from = span.from.min(*from),
                None => found.push((span.from, task)),
            }
        }
        order::sort(&mut found);
        found.into_iter().map(|(_, task)| task).collect()
    }

    /// The last day on which an asset was done, up to a day and also before the period, by what counts;
    /// none for one that was never done.
    pub fn last_done(&self, asset: usize, day: Date) -> Option<Date> {
        let day = self.days.nearest(day) as i32;
        let done = self.spans_on(asset).filter(|span| is_done(span.mark));
        let by_then = done.map(|span| span.from).filter(|from| *from <= day);
        self.days.date(by_then.max()?)
    }
}
