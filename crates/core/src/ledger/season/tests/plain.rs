//! Against completion, against a plain reading, and against counting again.

use super::super::*;
use super::kit::*;
use crate::ids::AssetUid;
use crate::ledger::{Cell, Period, Scope, Status, completion, totals};
use crate::log::testkit::{Phone, asset_uid, line, on_asset, plotted, report, round, undone, work};
use crate::log::{Cancelled, Returned, Started, Verified, WorkLine};
use crate::task::{Mark, Task, mark_of};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const KINDS: [&str; 3] = ["drain-clear", "drain-repair", "drain-check"];

/// What becomes of a task.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Left,
    Reported,
    Verified,
    Returned,
    ReturnedAndReported,
    Cancelled,
    TakenBack,
    Disputed,
}

const FATES: [Fate; 8] = [
    Fate::Left,
    Fate::Reported,
    Fate::Verified,
    Fate::Returned,
    Fate::ReturnedAndReported,
    Fate::Cancelled,
    Fate::TakenBack,
    Fate::Disputed,
];

/// A task: on which drain, or on that and the next one; of which kind; plotted on which day, begun
/// so many days later, done so many days after that, looked at so many days after that.
#[derive(Debug, Clone)]
struct Row {
    asset: u8,
    is_round: bool,
    kind: usize,
    plotted: i32,
    started: Option<i32>,
    done: i32,
    judged: i32,
    fate: Fate,
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let plotted = prop_oneof![-80..85, -400..85];
    let steps = (prop::option::of(0..5), 0..20, 0..9);
    let fate = prop::sample::select(&FATES[..]);
    let row = (
        0..DRAINS - 1,
        any::<bool>(),
        0..KINDS.len(),
        plotted,
        steps,
        fate,
    );
    let row = row.prop_map(|(asset, is_round, kind, plotted, steps, fate)| {
        let (started, done, judged) = steps;
        let started = started.map(|days| plotted + days);
        let done = started.unwrap_or(plotted) + done;
        Row {
            asset,
            is_round,
            kind,
            plotted,
            started,
            done,
            judged: done + judged,
            fate,
        }
    });
    prop::collection::vec(row, 0..9)
}

impl Row {
    fn assets(&self) -> Vec<u8> {
        let and = self.is_round.then_some(self.asset + 1);
        [self.asset].into_iter().chain(and).collect()
    }

    /// On which day the second report says that it was done.
    fn again(&self) -> i32 {
        self.judged + 3
    }

    fn play(&self, n: u32, phone: &mut Phone) {
        let target = match self.is_round {
            true => round(self.assets()),
            false => on_asset(self.asset),
        };
        let kind = KINDS[self.kind];
        let done = |on| report(vec![line(kind, "1", "pcs")], &day(on).to_string());
        say_on(phone, n, day(self.plotted), plotted(kind, target));
        if let Some(started) = self.started {
            say_on(phone, n, day(started), Started::default());
        }
        let judged = day(self.judged);
        match self.fate {
            Fate::Left => return,
            Fate::Cancelled => {
                say_on(phone, n, judged, Cancelled::default());
                return;
            }
            _ => {}
        }
        let before = phone.clone();
        let told = say_on(phone, n, judged, done(self.done));
        match self.fate {
            Fate::Verified => {
                let (report, note, photos) = (told, None, Vec::new());
                say_on(
                    phone,
                    n,
                    judged,
                    Verified {
                        report,
                        note,
                        photos,
                    },
                );
            }
            Fate::Returned | Fate::ReturnedAndReported => {
                let (report, reason, photos) = (told, "again".into(), Vec::new());
                say_on(
                    phone,
                    n,
                    judged,
                    Returned {
                        report,
                        reason,
                        photos,
                    },
                );
                if self.fate == Fate::ReturnedAndReported {
                    say_on(phone, n, day(self.again()), done(self.again()));
                }
            }
            Fate::TakenBack => {
                say_on(phone, n, judged, undone([told]));
            }
            Fate::Disputed => {
                let mut other = before;
                other.n = 10 + n as u8;
                say_on(&mut other, n, judged, done(self.done + 1));
                phone.learn(&other);
            }
            _ => {}
        }
    }

    /// On which day it was done, as far as it counts once it is verified.
    fn done(&self) -> Option<i32> {
        match self.fate {
            Fate::Reported | Fate::Verified => Some(self.done),
            Fate::ReturnedAndReported => Some(self.again()),
            _ => None,
        }
    }

    /// What it says of its assets on a day of the period, by the rules, case by case.
    fn says(&self, kind: &str, needs_check: bool, on: i32) -> Option<Mark> {
        let own = KINDS[self.kind];
        let asks = own == kind;
        let counts = asks || (kind, own) == ("drain-clear", "drain-repair");
        if !counts || self.fate == Fate::Cancelled {
            return None;
        }
        if let Some(done) = self.done()
            && on >= done
        {
            let mark = match self.fate {
                Fate::Verified => Mark::Verified,
                _ if needs_check => Mark::Reported,
                _ => Mark::Done,
            };
            return (done >= 0).then_some(mark);
        }
        if self.fate == Fate::Disputed && on >= self.done {
            return Some(Mark::Conflict);
        }
        if !asks || on < self.plotted {
            return None;
        }
        let is_returned = matches!(self.fate, Fate::Returned | Fate::ReturnedAndReported);
        Some(match self.started {
            _ if is_returned && on >= self.judged => Mark::SentBack,
            _ if is_returned && on >= self.done => Mark::Reported,
            Some(started) if on >= started => Mark::UnderWay,
            _ => Mark::Open,
        })
    }
}

fn played(rows: &[Row]) -> Vec<Arc<Task>> {
    let mut phone = Phone::new(1);
    for (n, row) in (0..).zip(rows) {
        row.play(n, &mut phone);
    }
    tasks(&phone)
}

/// The same with cells in the place of some closed tasks.
fn split(all: &[Arc<Task>], mask: u16) -> (Vec<Arc<Task>>, Vec<Cell>) {
    let (mut tasks, mut cells) = (Vec::new(), Vec::new());
    for (n, task) in all.iter().enumerate() {
        match Cell::of(task).filter(|_| mask >> n & 1 == 1) {
            Some(cell) => cells.push(cell),
            None => tasks.push(task.clone()),
        }
    }
    (tasks, cells)
}

fn done_by(season: &Season, on: i32) -> BTreeSet<AssetUid> {
    let marks = season.at(day(on)).into_iter().enumerate();
    let done = marks.filter(|(_, mark)| is_done(*mark));
    done.filter_map(|(n, _)| season.assets().uid(n)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_done_on_a_day_is_what_completion_says(
        rows in rows(), mask in any::<u16>(), verification in any::<bool>(),
    ) {
        let all = played(&rows);
        let (tasks, cells) = split(&all, mask);
        for kind in KINDS {
            let season = of(&tasks, &cells, kind, season_2024(), verification);
            for on in 0..season.days() as i32 {
                let period = Period { from: FIRST, to: day(on) };
                let (plain, uids) = (tasks.iter().map(|t| &**t), (0..DRAINS).map(asset_uid));
                let done = completion(&catalog(), &work(kind), period, plain, &cells, uids, verification);
                let done = done.assets.into_iter().filter(|(_, status)| *status == Status::Done);
                prop_assert_eq!(done_by(&season, on), done.map(|(uid, _)| uid).collect(), "{} {}", kind, on);
            }
        }
    }

    #[test]
    fn each_mark_is_what_the_rules_say(rows in rows(), verification in any::<bool>()) {
        use Mark::*;
        const FIRST_OF: [Mark; 7] = [Verified, Done, Conflict, Reported, SentBack, UnderWay, Open];
        let tasks = played(&rows);
        for kind in KINDS {
            let season = of(&tasks, &[], kind, season_2024(), verification);
            let needs_check = verification && kind == "drain-check";
            for (asset, on) in (0..DRAINS).flat_map(|a| (0..91).map(move |on| (a, on))) {
                let here = rows.iter().filter(|row| row.assets().contains(&asset));
                let said: Vec<Mark> = here.clone().filter_map(|row| row.says(kind, needs_check, on)).collect();
                let counts = here.filter(|row| {
                    row.says(kind, needs_check, 9999).is_some_and(is_done) || row.done().is_some_and(|done| {
                        let own = KINDS[row.kind];
                        let is_of = own == kind || (kind, own) == ("drain-clear", "drain-repair");
                        done < 0 && is_of && (!needs_check || row.fate == Fate::Verified)
                    })
                });
                let last = counts.filter_map(Row::done).filter(|done| *done < 0).max();
                let by_cycle = match last.filter(|_| kind != "drain-repair").map(|last| on - last) {
                    Some(32..) => Overdue,
                    Some(30..) => Due,
                    _ => Never,
                };
                let expected = FIRST_OF.into_iter().find(|mark| said.contains(mark)).unwrap_or(by_cycle);
                let mark = season.mark(usize::from(asset), day(on));
                prop_assert_eq!(mark, expected, "{} {} {}", kind, asset, on);
                let behind = season.behind(usize::from(asset), day(on));
                prop_assert_eq!(behind.is_empty(), mark == Never);
                // Whoever is behind a mark has a task there.
                for uid in behind {
                    let n = (0..).zip(&rows).find(|(n, _)| task_number(*n) == uid).unwrap().1;
                    prop_assert!(n.assets().contains(&asset));
                }
            }
        }
    }

    /// As the last day is today, what is open wears what it wears without a season.
    #[test]
    fn what_is_open_wears_the_mark_that_it_has_anyway(row in rows()) {
        let rows: Vec<Row> = row.into_iter().take(1).collect();
        let tasks = played(&rows);
        let (from, to) = (day(-500), day(200));
        let all = tasks.iter().filter(|task| task.is_open());
        for task in all {
            let season = of(&tasks, &[], &task.work.one().unwrap().0, Period { from, to }, true);
            for asset in rows[0].assets() {
                let mark = mark_of(asset_uid(asset), [&**task]);
                prop_assert_eq!(season.mark(usize::from(asset), to), mark);
            }
        }
    }

    #[test]
    fn steps_lead_from_any_day_to_any_other(
        rows in rows(), walk in prop::collection::vec(-3i32..95, 1..8), idle in any::<bool>(),
    ) {
        // Where much changes among all, a step goes another way.
        let assets = if idle { assets_and_idle() } else { assets() };
        let (tasks, kind) = (played(&rows), work("drain-clear"));
        let plain = tasks.iter().map(|t| &**t);
        let season = Season::new(&catalog(), &kind, season_2024(), plain, [], assets, true);
        let mut playhead = Playhead::new(season.clone(), day(walk[0]), groupings(season.assets()));
        let mut marks = season.at(day(walk[0]));
        for pair in walk.windows(2) {
            let (from, to) = (day(pair[0]), day(pair[1]));
            let before = marks.clone();
            let mut seen = BTreeSet::new();
            for step in season.steps(from, to) {
                prop_assert!(seen.insert(step.asset), "each once");
                prop_assert_eq!(step.from, before[step.asset]);
                prop_assert!(step.from != step.to);
                marks[step.asset] = step.to;
            }
            prop_assert_eq!(&marks, &season.at(to));
            let mut told = before;
            playhead.go(to, &mut |asset, mark| told[asset] = mark);
            prop_assert_eq!(&told, &marks);
            prop_assert_eq!(playhead.mark(0), marks[0]);
            prop_assert_eq!(recount(&marks, |_| true), counts(playhead.whole()));
            for (which, grouping) in groupings(season.assets()).iter().enumerate() {
                let mut sum = BTreeMap::new();
                let mut whole = (0, 0);
                for (group, (key, counted)) in playhead.groups(which).enumerate() {
                    prop_assert_eq!(&grouping.keys()[group], key);
                    let here = |n| grouping.group(n) == Some(group);
                    prop_assert_eq!(recount(&marks, here), counts(counted));
                    prop_assert!(counted.whole() > 0);
                    whole = (whole.0 + counted.share().part, whole.1 + counted.share().whole);
                    for (mark, n) in counts(counted) {
                        *sum.entry(mark).or_default() += n;
                    }
                }
                prop_assert_eq!(sum, counts(playhead.whole()));
                let share = playhead.whole().share();
                prop_assert_eq!(whole, (share.part, share.whole));
            }
        }
    }

    #[test]
    fn the_order_of_tasks_does_not_show(rows in rows(), turn in 0usize..9) {
        let mut tasks = played(&rows);
        let told = |tasks: &[Arc<Task>]| {
            let season = of(tasks, &[], "drain-clear", season_2024(), true);
            let days = (0..91).map(day);
            let told = days.flat_map(|on| (0..8).map(move |n| (n, on)));
            told.map(|(n, on)| (season.mark(n, on), season.behind(n, on))).collect::<Vec<_>>()
        };
        let straight = told(&tasks);
        tasks.reverse();
        let turn = turn % tasks.len().max(1);
        tasks.rotate_left(turn);
        prop_assert_eq!(told(&tasks), straight);
    }

    /// What is covered of each pipe adds up to what the totals say of all, day by day.
    #[test]
    fn what_is_covered_adds_up_to_the_totals(
        reports in prop::collection::vec(
            (-9i32..40, prop::collection::vec((0u8..3, 0u64..4000, 0u64..4000), 0..3), any::<bool>(), 0u8..3), 1..7),
        mask in any::<u16>(),
    ) {
        let mut catalog = catalog();
        let seal = catalog.work_kinds.iter_mut().find(|k| k.id.0 == "crack-seal").unwrap();
        seal.counts = crate::catalog::Counting::CoveredOnce;
        let mut phone = Phone::new(1);
        for (n, (on, stretches, bare, road)) in (0..).zip(&reports) {
            let covered = stretches.iter().map(|(p, f, t)| (asset_uid(DRAINS + p), *f, *t).into());
            let covered: Vec<_> = covered.collect();
            let mut lines = vec![WorkLine { covered, ..line("crack-seal", "0.001", "km") }];
            if *bare {
                lines.push(WorkLine { assets: vec![asset_uid(DRAINS + road), asset_uid(DRAINS)], ..line("crack-seal", "0.003", "km") });
            }
            say_on(&mut phone, n, day(*on), plotted("crack-seal", on_asset(DRAINS + road)));
            say_on(&mut phone, n, day(*on), report(lines, &day(*on).to_string()));
        }
        let all = tasks(&phone);
        let (tasks, cells) = split(&all, mask);
        let kind = work("crack-seal");
        let plain = tasks.iter().map(|t| &**t);
        let season = Season::new(&catalog, &kind, season_2024(), plain, &cells, assets(), false);
        for on in [0, 1, 5, 20, 39, 60] {
            let scope = Scope::of(Period { from: FIRST, to: day(on) });
            let totals = totals(&catalog, &scope, all.iter().map(|t| &**t), None, false);
            let line = totals.lines.iter().find(|l| l.work == kind).unwrap();
            let covered = (0..8).filter_map(|n| season.covered(n, day(on)));
            prop_assert_eq!(Some(covered.map(|c| u128::from(c.mm)).sum()), line.covered_mm);
            let playhead = Playhead::new(season.clone(), day(on), groupings(season.assets()));
            for which in 0..3 {
                let groups = playhead.covered(which).into_iter().flatten();
                prop_assert_eq!(Some(groups.map(|c| u128::from(c.mm)).sum()), line.covered_mm);
            }
        }
    }
}

fn counts(counts: Counts) -> BTreeMap<Mark, u32> {
    let all = Mark::ALL.into_iter().map(|mark| (mark, counts.of(mark)));
    all.filter(|(_, n)| *n > 0).collect()
}

fn recount(marks: &[Mark], here: impl Fn(usize) -> bool) -> BTreeMap<Mark, u32> {
    let mut counts = BTreeMap::new();
    for (n, mark) in marks.iter().enumerate() {
        if here(n) {
            *counts.entry(*mark).or_default() += 1;
        }
    }
    counts
}

#[test]
fn rows_do_reach_every_mark() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut reached = BTreeSet::new();
    for _ in 0..60 {
        let tasks = played(&rows().new_tree(&mut runner).unwrap().current());
        for kind in KINDS {
            let season = of(&tasks, &[], kind, season_2024(), true);
            reached.extend((0..91).flat_map(|on| season.at(day(on))));
        }
    }
    let all: BTreeSet<Mark> = Mark::ALL.into_iter().filter(|m| *m != Mark::None).collect();
    assert_eq!(reached, all);
}
