//! What is asked of the journal, and its answers.

use super::super::compare::beside;
use super::super::line::{is_told, lines};
use super::super::tally::Tally;
use super::super::totals::Whose;
use super::super::{Behind, Compared, Holdings, Imported, Period, Scope, Totals};
use super::Journal;
use super::account::{Account, Did, Once};
use super::row::Row;
use super::seen::Seen;
use crate::catalog::{WorkKind, WorkKindId};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a question, which may be asked of many groups, keeps between them.
pub(super) struct Asking {
    /// For what each task says of whose it is, whether that is a crew that was asked for; none where
    /// no crews were.
    theirs: Option<Vec<Option<bool>>>,
    /// Places that were looked at, and whether they were asked for.
    here: Seen,
    once: Once,
}

impl Journal {
    /// What [`super::super::totals`] says of the tasks.
    pub fn totals(&self, scope: &Scope, holdings: Option<&Holdings>, verification: bool) -> Totals {
        let mut asking = self.asking(scope);
        self.added_up(
            scope,
            &mut self.rows.iter(),
            holdings,
            verification,
            &mut asking,
        )
    }

    /// What [`super::super::compared`] says of them.
    pub fn compared(
        &self,
        scope: &Scope,
        holdings: Option<&Holdings>,
        imported: Option<&Imported>,
        verification: bool,
    ) -> Vec<Compared> {
        let is_known = |period: Period| self.rows.iter().any(|row| self.reported_in(row, period));
        let added_up = |scope: &Scope| self.totals(scope, holdings, verification);
        beside(
            &self.catalog,
            scope,
            holdings,
            imported,
            &is_known,
            &added_up,
        )
    }

    /// What [`super::super::behind`] says of them, by uid.
    pub fn behind(&self, scope: &Scope, work: &WorkKindId, verification: bool) -> Option<Behind> {
        let mut kinds = self.catalog.work_kinds.iter().enumerate();
        let (at, kind) = kinds.find(|(_, kind)| kind.id == *work)?;
        let mut account = self.account(kind, scope, verification);
        let period = account.tally.period();
        let mut asking = self.asking(scope);
        asking.here.begin(self.words.places.len());
        let mut behind = Behind::default();
        for row in &self.rows {
            let mut adds = row.adds.of(&self.pools.adds).iter();
            let Some(adds) = adds.find(|adds| usize::from(adds.kind) == at) else {
                continue;
            };
            let did = match self.whose(row, scope, period, &mut asking) {
                Whose::Asked => account.count(self, row, adds),
                Whose::Unclear => account.doubt(self, row),
                Whose::Others => Did::Nothing,
            };
            let list = match did {
                Did::Nothing => continue,
                Did::Count => &mut behind.counted,
                Did::Conflict => &mut behind.conflicts,
                Did::Wait => &mut behind.unverified,
            };
            list.push(row.uid);
        }
        Some(behind)
    }

    pub(super) fn asking(&self, scope: &Scope) -> Asking {
        let crews = &scope.crews;
        let theirs = (!crews.is_empty()).then(|| {
            let said = self.words.crews.iter();
            let crewed = said.map(|said| said.crew(&self.catalog, &scope.members));
            crewed.map(|crewed| crewed.is_among(crews)).collect()
        });
        Asking {
            theirs,
            here: Seen::default(),
            once: Once::default(),
        }
    }

    fn account<'a>(&'a self, kind: &'a WorkKind, scope: &Scope, verification: bool) -> Account<'a> {
        Account::new(Tally::new(&self.catalog, kind, scope, verification))
    }

    /// Adds up some rows. The crews of the scope are those of the question.
    pub(super) fn added_up(
        &self,
        scope: &Scope,
        rows: &mut dyn Iterator<Item = &Row>,
        holdings: Option<&Holdings>,
        verification: bool,
        asking: &mut Asking,
    ) -> Totals {
        let kinds = &self.catalog.work_kinds;
        let mut accounts = Vec::new();
        let mut of_kind = vec![None; kinds.len()];
        for (of, kind) in of_kind.iter_mut().zip(kinds) {
            if is_told(kind, scope) {
                *of = Some(accounts.len());
                accounts.push((kind, self.account(kind, scope, verification)));
            }
        }
        let period = scope.counted();
        let adds_up = accounts.iter().any(|(_, a)| a.tally.period() != period);
        let widest = Period {
            from: if adds_up { Date::MIN } else { period.from },
            to: period.to,
        };
        let mut unknown = BTreeMap::new();
        asking.here.begin(self.words.places.len());
        for row in rows {
            let whose = self.whose(row, scope, widest, asking);
            if whose == Whose::Others {
                continue;
            }
            for adds in row.adds.of(&self.pools.adds) {
                let at = of_kind.get(usize::from(adds.kind)).copied().flatten();
                let Some((_, account)) = at.and_then(|at| accounts.get_mut(at)) else {
                    continue;
                };
                match whose {
                    Whose::Asked => account.count(self, row, adds),
                    _ => account.doubt(self, row),
                };
            }
            if whose == Whose::Asked && scope.works.is_empty() && period.contains(row.said.day) {
                for work in row.unknown.of(&self.pools.unknown) {
                    *unknown.entry(*work).or_default() += 1;
                }
            }
        }
        let figures = accounts.into_iter();
        let figures: Vec<_> = figures
            .map(|(kind, account)| (kind, account.figures(self, &mut asking.once)))
            .collect();
        let unknown = unknown.into_iter();
        let named =
            unknown.filter_map(|(work, n)| Some((self.words.unknown.get(work)?.clone(), n)));
        Totals {
            lines: lines(&self.catalog, scope, &figures, holdings),
            unknown: named.collect(),
        }
    }

    /// Whether a report of a row is of the period.
    pub(super) fn reported_in(&self, row: &Row, period: Period) -> bool {
        let mut further = row.further.of(&self.pools.further).iter();
        period.contains(row.said.day) || further.any(|said| period.contains(said.day))
    }

    /// Whether a row was reported in a period, by a crew and at a place that are asked for.
    fn whose(&self, row: &Row, scope: &Scope, period: Period, asking: &mut Asking) -> Whose {
        if !self.reported_in(row, period) {
            return Whose::Others;
        }
        let mut is_here = |place| {
            let look = || {
                let at = self.place(place);
                let is_here =
                    at.is_some_and(|at| scope.is_place(&at.street, &at.community, &at.grid));
                u32::from(is_here)
            };
            asking.here.value(place, look).0 == 1
        };
        let first = is_here(row.said.place);
        let (mut any, mut all) = (first, first);
        for said in row.further.of(&self.pools.further) {
            let here = is_here(said.place);
            any |= here;
            all &= here;
        }
        let theirs = match &asking.theirs {
            None => Some(true),
            Some(theirs) => theirs
                .get(row.crew as usize)
                .copied()
                .unwrap_or(Some(false)),
        };
        match (theirs, any, all) {
            (Some(false), ..) | (_, false, _) => Whose::Others,
            (Some(true), _, true) => Whose::Asked,
            _ => Whose::Unclear,
        }
    }
}
