//! Kinds of work that are offered first: what somebody mostly does.

use crate::catalog::WorkKindId;

/// Of so many that were plotted last it is known what they were.
const REMEMBERED: usize = 40;
/// So many are offered first.
const OFFERED: usize = 3;
/// Once is no habit.
const LEAST: usize = 2;

/// What was plotted before, the last first, and what is plotted now.
pub fn plotted_now(mut before: Vec<WorkKindId>, now: &WorkKindId) -> Vec<WorkKindId> {
    before.insert(0, now.clone());
    before.truncate(REMEMBERED);
    before
}

/// Which of the kinds that fit are offered first: those plotted most often, of those alike the last.
/// None where there are no more than would be offered anyway.
pub fn favourites(plotted: &[WorkKindId], fitting: &[WorkKindId]) -> Vec<WorkKindId> {
    if fitting.len() <= OFFERED {
        return Vec::new();
    }
    let times = |work: &WorkKindId| plotted.iter().filter(|own| *own == work).count();
    let mut known: Vec<&WorkKindId> = Vec::new();
    for work in plotted {
        if fitting.contains(work) && times(work) >= LEAST && !known.contains(&work) {
            known.push(work);
        }
    }
    crate::order::sort_by_key(&mut known, |work| usize::MAX - times(work));
    known.into_iter().take(OFFERED).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::{favourites, plotted_now};
    use crate::catalog::WorkKindId;

    fn kinds(ids: &str) -> Vec<WorkKindId> {
        let ids = ids.split_whitespace();
        ids.map(|id| WorkKindId(id.to_owned())).collect()
    }

    fn check(plotted: &str, fitting: &str, expect: &str) {
        assert_eq!(
            favourites(&kinds(plotted), &kinds(fitting)),
            kinds(expect),
            "{plotted} of {fitting}"
        );
    }

    #[test]
    fn what_is_mostly_done_comes_first_and_of_two_alike_the_last() {
        check(
            "clear mend clear lid mend",
            "lid mend seal clear",
            "clear mend",
        );
        check("a b c a b c d d d d", "a b c d e", "d a b");
    }

    #[test]
    fn once_is_no_habit_and_what_does_not_fit_is_not_offered() {
        check("a b c d", "a b c d", "");
        check("z z z a a", "a b c d", "a");
    }

    #[test]
    fn among_few_nothing_needs_to_come_first() {
        check("a a a", "a b c", "");
    }

    #[test]
    fn only_the_last_are_remembered() {
        let mut plotted = Vec::new();
        for n in 0..100 {
            plotted = plotted_now(plotted, &WorkKindId(format!("w{}", n % 3)));
        }
        assert_eq!(plotted.len(), 40);
        assert_eq!(plotted[0].0, "w0");
    }
}
