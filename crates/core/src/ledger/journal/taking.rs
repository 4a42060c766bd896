//! Taking a task down: it is counted alone, by the rules by which all are counted.

use super::super::counting::reported_in;
use super::super::spots::Spot;
use super::super::tally::Tally;
use super::super::{Period, Scope};
use super::row::{Adds, Pools, Row, Said, Span};
use super::words::Words;
use crate::catalog::{Catalog, WorkKindId};
use crate::order::distinct;
use crate::task::{CrewSaid, State, Task};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::mem::take;

const EVER: Period = Period {
    from: Date::MIN,
    to: Date::MAX,
};

/// What takes tasks down.
pub(super) struct Taking<'a> {
    /// For each kind of the catalogue, with nothing counted.
    tallies: Vec<Tally<'a>>,
    /// Which kinds a line of some work can concern.
    concerned: BTreeMap<&'a WorkKindId, Vec<u16>>,
    catalog: &'a Catalog,
    pools: &'a mut Pools,
    words: &'a mut Words,
    /// Kinds that the task at hand concerns.
    found: Vec<u16>,
}

impl<'a> Taking<'a> {
    pub(super) fn new(
        catalog: &'a Catalog,
        pools: &'a mut Pools,
        words: &'a mut Words,
    ) -> Taking<'a> {
        let kinds = catalog.work_kinds.iter().take(usize::from(u16::MAX));
        let tallies = kinds.map(|kind| Tally::new(catalog, kind, &Scope::of(EVER), true));
        let tallies: Vec<_> = tallies.collect();
        let mut concerned: BTreeMap<_, Vec<u16>> = BTreeMap::new();
        for (n, tally) in tallies.iter().enumerate() {
            for work in tally.works() {
                concerned.entry(work).or_default().push(n as u16);
            }
        }
        Taking {
            tallies,
            concerned,
            catalog,
            pools,
            words,
            found: Vec::new(),
        }
    }

    /// The row of a task; none of one that has no report.
    pub(super) fn row(&mut self, task: &Task) -> Option<Row> {
        if !reported_in(task, EVER) {
            return None;
        }
        let words = &mut *self.words;
        let reports = task.report.written().iter();
        let mut said = reports.map(|w| Said {
            day: w.value.done_on,
            place: words.places.number(&w.value.snapshot),
        });
        let first = said.next()?;
        let further = Span::put(&mut self.pools.further, said);
        let crew = self.words.crews.number(CrewSaid::of(task));
        self.find(task);
        let found = take(&mut self.found);
        let adds: Vec<Adds> = found.iter().filter_map(|n| self.adds(task, *n)).collect();
        self.found = found;
        Some(Row {
            uid: task.uid,
            state: task.state,
            stands: task.standing_report().is_some(),
            crew,
            said: first,
            further,
            adds: Span::put(&mut self.pools.adds, adds),
            unknown: self.unknown(task),
        })
    }

    /// Finds the kinds that a task may concern.
    fn find(&mut self, task: &Task) {
        self.found.clear();
        let reports = task.report.written().iter();
        let lines = reports.flat_map(|w| &w.value.lines).map(|line| &line.work);
        let asked = task.work.written().iter().map(|w| &w.value);
        for n in lines
            .chain(asked)
            .filter_map(|work| self.concerned.get(work))
            .flatten()
        {
            if !self.found.contains(n) {
                self.found.push(*n);
            }
        }
    }

    /// What a task adds to a kind; none where it does not concern it.
    fn adds(&mut self, task: &Task, kind: u16) -> Option<Adds> {
        let tally = self.tallies.get_mut(usize::from(kind))?;
        if !tally.counting.concerns(task) {
            return None;
        }
        if let Some(report) = task.standing_report() {
            tally.report(task, report);
        }
        let (pools, words) = (&mut *self.pools, &mut *self.words);
        let spots = take(&mut tally.spots);
        let assets = spots.iter().filter_map(Spot::asset);
        let entered = take(&mut tally.entered).into_iter();
        let figures = entered.flat_map(|(_, figures)| figures);
        let stretches = take(&mut tally.stretches).into_iter();
        let stretches = stretches.filter(|stretch| stretch.from_mm < stretch.to_mm);
        let along = take(&mut tally.along).into_iter();
        let along = along.flat_map(|(asset, along)| along.into_iter().map(move |a| (asset, a)));
        tally.done_in.clear();
        let most = take(&mut tally.most).into_iter();
        let is_elsewhere = spots.iter().any(|spot| spot.asset().is_none());
        let number = &mut words.assets;
        let adds = Adds {
            kind,
            has_lines: take(&mut tally.tasks) > 0,
            is_elsewhere,
            shared: take(&mut tally.shared) as u32,
            other_units: take(&mut tally.other_units) as u32,
            sum: take(&mut tally.sum),
            assets: Span::put(&mut pools.assets, assets.map(|asset| number.number(asset))),
            most: Span::put(
                &mut pools.most,
                most.map(|(spot, most)| (spot.asset().map(|asset| number.number(asset)), most))
                    .chain(figures.map(|figure| (None, figure))),
            ),
            along: Span::put(
                &mut pools.along,
                along.map(|(asset, along)| words.along.number((number.number(asset), along))),
            ),
            stretches: Span::put(
                &mut pools.stretches,
                stretches.map(|s| {
                    let stretch = (number.number(s.asset), s.from_mm, s.to_mm);
                    words.stretches.number(stretch)
                }),
            ),
        };
        Some(adds)
    }

    /// The kinds of a report that stands which the catalogue does not have.
    fn unknown(&mut self, task: &Task) -> Span {
        let lines = task.standing_report().map(|report| report.lines.iter());
        let works = lines.into_iter().flatten().map(|line| &line.work);
        let unknown = works.filter(|work| self.catalog.work_kind(work).is_none());
        let unknown = distinct(unknown).into_iter();
        let number = |work: &WorkKindId| self.words.unknown.number(work.clone());
        Span::put(&mut self.pools.unknown, unknown.map(number))
    }
}

/// Whether a state is of a task that was decided about as done, or disputed.
pub(super) fn is_told(state: State) -> bool {
    matches!(state, State::Reported | State::Verified | State::Conflict)
}
