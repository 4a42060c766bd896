//! How much was done in a period, and the tasks behind a figure.

use super::{draft::read_date, state::State};
use crate::worker::protocol::{
    LedgerPart, LedgerRow, LedgerView, ListBehind, ListParts, ShowLedger, Trouble,
};
use mendmap_core::{
    account::Members,
    catalog::CrewId,
    ledger::{
        By, Compared, Group, Holdings, Journal, Period, Plan, Scope, Source, TotalLine, paragraph,
        table,
    },
    order::sort_by,
    task::{Task, TaskSummary},
    told::Language,
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// The journal, where there is one. It is never dropped, but with the worker: what would do that would be
/// of every first view.
pub(super) type Kept = Option<&'static mut Journal>;

impl State {
    /// Adds up a period.
    pub(super) fn ledger(&mut self, q: &ShowLedger) -> Result<LedgerView, Trouble> {
        let scope = self.scope(q)?;
        let verification = self.context().verification;
        self.take_down();
        let (catalog, journal) = (self.catalog(), self.journal()?);
        let holdings = Holdings::of(&self.city);
        let mut totals = journal.totals(&scope, Some(&holdings), verification);
        let beside = journal.compared(&scope, Some(&holdings), self.published(), verification);
        let to_print = scope.printed(verification);
        // What is printed is added up apart only where something else was asked.
        let printed = match to_print == scope {
            true => totals.clone(),
            false => journal.totals(&to_print, Some(&holdings), verification),
        };
        totals.lines.retain(is_told);
        let row = |line: &TotalLine| {
            let kind = catalog.work_kind(&line.work);
            let text = |d: Decimal| d.to_string();
            let plan = line.plan.as_ref();
            let beside = beside.iter().find(|beside| beside.work == line.work);
            LedgerRow {
                work: line.work.clone(),
                is_within: kind.is_some_and(|kind| kind.within.is_some()),
                quantity: line.quantity.map(text),
                planned: plan.map(|plan| text(plan.quantity)),
                percent: plan.and_then(Plan::percent).map(text),
                change: beside.and_then(Compared::change).map(text),
                change_before: beside.and_then(Compared::change_before).map(text),
                published: beside
                    .and_then(|beside| beside.year_ago)
                    .filter(|(_, source)| *source == Source::Imported)
                    .map(|(figure, _)| text(figure)),
                monthly_mean: line.monthly_mean.map(text),
                tasks: line.tasks as usize,
                unverified: line.pending.unverified as usize,
                conflicts: line.pending.conflicts as usize,
            }
        };
        let print = |language| paragraph(catalog, scope.counted(), &printed, language);
        let csv = |language| table(catalog, scope.counted(), &totals, language).csv();
        Ok(LedgerView {
            lines: totals.lines.iter().map(row).collect(),
            paragraph: (print(Language::Zh), print(Language::En)),
            table: (csv(Language::Zh), csv(Language::En)),
            is_whole: self.has_all(),
            streets: journal.streets(),
            communities: journal.communities(),
            published: self.published_view(),
        })
    }

    /// What makes up a line, the largest first but for months.
    pub(super) fn parts(&mut self, q: &ListParts) -> Result<Vec<LedgerPart>, Trouble> {
        let scope = Scope {
            works: vec![q.work.clone()],
            ..self.scope(&q.of)?
        };
        let holdings = Holdings::of(&self.city);
        let verification = self.context().verification;
        self.take_down();
        let journal = self.journal()?;
        let groups = journal.grouped(&scope, q.by, Some(&holdings), verification);
        let part = |group: Group| {
            let line = group.totals.lines.into_iter().find(|l| l.work == q.work);
            let quantity = line.and_then(|line| line.quantity);
            let thousandths = quantity.map(|q| q.saturating_mul(Decimal::ONE_THOUSAND));
            LedgerPart {
                key: group.key,
                thousandths: thousandths.and_then(|n| n.to_u64()).unwrap_or_default(),
                quantity: quantity.map(|quantity| quantity.to_string()),
            }
        };
        let mut parts: Vec<LedgerPart> = groups.into_iter().map(part).collect();
        parts.retain(|part| part.thousandths > 0);
        if q.by != By::Month {
            sort_by(&mut parts, |a, b| b.thousandths.cmp(&a.thousandths));
        }
        Ok(parts)
    }

    /// The tasks behind a line, the last done first.
    pub(super) fn behind(&mut self, q: &ListBehind) -> Result<Vec<TaskSummary>, Trouble> {
        let verification = self.context().verification;
        let scope = self.scope(&q.of)?;
        self.take_down();
        let found = self.journal()?.behind(&scope, &q.work, verification);
        let counted = found.unwrap_or_default().counted.into_iter();
        let mut tasks: Vec<&Task> = counted
            .filter_map(|uid| Some(&**self.tasks.get(uid)?))
            .collect();
        let done_on = |task: &Task| task.report.any().map(|report| report.done_on);
        sort_by(&mut tasks, |a, b| done_on(b).cmp(&done_on(a)));
        Ok(tasks.into_iter().take(q.count).map(Task::summary).collect())
    }

    /// Takes down in the journal what became of the tasks since it was asked last.
    pub(super) fn take_down(&mut self) {
        let (catalog, tasks) = (self.city.catalog(), self.tasks.iter());
        match &mut self.journal {
            Some(journal) => journal.follow(catalog, tasks),
            none => *none = Some(Box::leak(Box::new(Journal::of(catalog, tasks)))),
        }
    }

    /// The journal, once it was taken down.
    pub(super) fn journal(&self) -> Result<&Journal, Trouble> {
        let kept = self.journal.as_deref();
        kept.ok_or_else(|| Trouble::NotThere {
            what: "journal".into(),
        })
    }

    /// What is asked, with what is known of the day and of the people.
    pub(super) fn scope(&self, q: &ShowLedger) -> Result<Scope, Trouble> {
        let period = Period {
            from: read_date(&q.from)?,
            to: read_date(&q.to)?,
        };
        let crews = (!q.crew.is_empty()).then(|| CrewId(q.crew.clone()));
        let some = |name: &String| {
            (!name.is_empty())
                .then(|| name.clone())
                .into_iter()
                .collect()
        };
        Ok(Scope {
            streets: some(&q.street),
            communities: some(&q.community),
            today: Some(self.today()),
            members: Members::from_log(&self.log),
            crews: crews.into_iter().collect(),
            state: q.state,
            ..Scope::of(period)
        })
    }
}

/// Whether there is something to say of a line.
fn is_told(line: &TotalLine) -> bool {
    let is_some = line.quantity.is_some_and(|quantity| !quantity.is_zero());
    is_some || line.tasks > 0 || line.plan.is_some() || !line.pending.is_empty()
}
