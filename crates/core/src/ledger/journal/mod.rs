//! What each task adds to the ledger, taken down once: a book of original entry, from which every
//! question is added up without looking at a task again. It is no truth. Thrown away and made again from
//! the tasks it is the same, and it answers what [`super::totals`] and its like answer of the tasks
//! themselves, to the last decimal.

mod account;
mod ask;
mod group;
mod row;
mod seen;
mod taking;
mod words;

use crate::catalog::Catalog;
use crate::log::Snapshot;
use crate::task::Task;
use row::{Pools, Row};
use seen::Seen;
use std::collections::BTreeSet;
use std::sync::Arc;
use taking::Taking;
use words::{Place, Words};

/// What each task of a city adds to the ledger.
///
/// [`follow`](Journal::follow) it with the tasks before it is asked. What it says is of the tasks as they
/// stood then.
#[derive(Debug)]
pub struct Journal {
    catalog: Catalog,
    /// The tasks that were taken down, by uid, and whether there is a row of each.
    taken: Vec<(Arc<Task>, bool)>,
    /// A row for each task that has a report, by uid.
    rows: Vec<Row>,
    pools: Pools,
    words: Words,
    /// Rows whose parts lie in the pools and count no more.
    left: usize,
}

impl Journal {
    /// That of some tasks, by uid, as [`crate::task::Tasks`] has them.
    pub fn of<'t>(catalog: &Catalog, tasks: impl Iterator<Item = &'t Arc<Task>>) -> Journal {
        let mut journal = Journal::empty(catalog);
        journal.take(tasks);
        journal
    }

    /// Goes on with the tasks as they are now, by uid: what became of a task is taken down anew where it
    /// is another than before, as [`crate::task::Tasks`] makes another of each that changed. With another
    /// catalogue, or when much of what was taken down is of no use any more, all is.
    pub fn follow<'t>(
        &mut self,
        catalog: &Catalog,
        tasks: impl Iterator<Item = &'t Arc<Task>> + Clone,
    ) {
        if self.catalog != *catalog || self.left > self.rows.len() / 2 + 1000 {
            *self = Journal::empty(catalog);
        }
        let mut now = tasks.clone();
        let mut taken = self.taken.iter();
        let is_same = |taken: &Arc<Task>, now: Option<&Arc<Task>>| {
            now.is_some_and(|now| Arc::ptr_eq(taken, now))
        };
        if !taken.all(|(taken, _)| is_same(taken, now.next())) || now.next().is_some() {
            self.take(tasks);
        }
    }

    fn empty(catalog: &Catalog) -> Journal {
        Journal {
            catalog: catalog.clone(),
            taken: Vec::new(),
            rows: Vec::new(),
            pools: Pools::default(),
            words: Words::default(),
            left: 0,
        }
    }

    /// In another order than by uid more is taken down than need be.
    fn take<'t>(&mut self, tasks: impl Iterator<Item = &'t Arc<Task>>) {
        let mut before = std::mem::take(&mut self.taken).into_iter().peekable();
        let mut rows = std::mem::take(&mut self.rows).into_iter();
        let Journal {
            catalog,
            pools,
            words,
            ..
        } = self;
        let mut taking = Taking::new(catalog, pools, words);
        for task in tasks {
            let gone =
                |taken: &(Arc<Task>, bool)| !Arc::ptr_eq(&taken.0, task) && taken.0.uid <= task.uid;
            while let Some((_, has_row)) = before.next_if(gone) {
                self.left += usize::from(has_row && rows.next().is_some());
            }
            let row = match before.next_if(|(taken, _)| Arc::ptr_eq(taken, task)) {
                Some((_, true)) => rows.next(),
                Some((_, false)) => None,
                None => taking.row(task),
            };
            self.taken.push((Arc::clone(task), row.is_some()));
            self.rows.extend(row);
        }
        self.left += rows.count();
    }

    /// The streets that reports name, by name.
    pub fn streets(&self) -> Vec<String> {
        self.named(|place| &place.street)
    }

    /// The communities that reports name, by name.
    pub fn communities(&self) -> Vec<String> {
        self.named(|place| &place.community)
    }

    fn named(&self, of: impl Fn(&Snapshot) -> &Option<String>) -> Vec<String> {
        let mut seen = Seen::default();
        seen.begin(self.words.places.len());
        let places = self.rows.iter().map(|row| row.said.place);
        let places = places.filter(|place| seen.first(*place));
        let names = places.filter_map(|place| of(self.place(place)?).clone());
        let names: BTreeSet<String> = names.collect();
        names.into_iter().collect()
    }

    fn place(&self, place: Place) -> Option<&Snapshot> {
        self.words.places.get(place)
    }
}
