//! What was done to an asset, year by year.

use super::TaskView;
use jiff::civil::Date;

/// Some tasks of one year.
#[derive(Debug, Clone, PartialEq)]
pub struct YearOf {
    /// The calendar year; none for those of which no day is known.
    pub year: Option<i16>,
    /// The tasks, the last first.
    pub tasks: Vec<TaskView>,
}

/// Tasks by the years in which their work was done, the last first: by the day that was reported, of one that
/// was never reported by that of its last change.
pub fn by_year(mut tasks: Vec<TaskView>) -> Vec<YearOf> {
    crate::order::sort_by(&mut tasks, |a, b| {
        (day(b), b.summary.changed).cmp(&(day(a), a.summary.changed))
    });
    let mut years: Vec<YearOf> = Vec::new();
    for task in tasks {
        let year = day(&task).map(Date::year);
        match years.last_mut() {
            Some(last) if last.year == year => last.tasks.push(task),
            _ => years.push(YearOf {
                year,
                tasks: vec![task],
            }),
        }
    }
    years
}

fn day(task: &TaskView) -> Option<Date> {
    let reported = task.reports.iter().map(|report| report.done_on).max();
    reported.or_else(|| task.summary.changed.map(|at| at.local_date()))
}
