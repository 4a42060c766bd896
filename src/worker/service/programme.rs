//! Programmes: a year of one, and what is said of its trades.

use super::{Service, draft::read_date, state::State};
use crate::worker::protocol::{
    FigureRow, MemberRow, PartRow, ProgrammeView, ShowProgramme, TradeRow, Traded, Trading,
    Trouble, YearRow,
};
use mendmap_core::{
    ids::TaskUid,
    ledger::Wanted,
    log::Draft,
    programme::{
        Asked, Figure, Member, Overview, Part, Refusal, Setting, TradeAt, Trades, Year, set,
        take_back,
    },
    task::Task,
};
use rust_decimal::Decimal;
use std::{cell::RefCell, pin::Pin, rc::Rc};

impl Service {
    /// Says how far a trade has come, or takes that back: what this answers is on the disk.
    /// Boxed and never inlined: what is inlined into the answers comes with them.
    #[inline(never)]
    pub(super) fn trade(
        self: &Rc<Self>,
        trading: Option<Trading>,
    ) -> Pin<Box<dyn Future<Output = Result<Traded, Trouble>>>> {
        let service = Rc::clone(self);
        Box::pin(async move { service.traded(trading).await })
    }

    async fn traded(self: &Rc<Self>, trading: Option<Trading>) -> Result<Traded, Trouble> {
        let trading = trading.ok_or_else(|| not_there("trade"))?;
        // A refusal is an answer, and no trouble.
        let refused = Rc::new(RefCell::new(None));
        let why = Rc::clone(&refused);
        let draft = move |state: &State, _| {
            state.trading(&trading)?.map_err(|refusal| {
                *why.borrow_mut() = Some(refusal);
                not_there("trade")
            })
        };
        let appended = self.append(Vec::new(), Box::new(draft)).await;
        let refusal = refused.borrow_mut().take();
        match (appended, refusal) {
            (_, Some(refusal)) => Ok(Traded::Refused(refusal)),
            (Ok((event, _)), None) => Ok(Traded::Kept(event)),
            (Err(trouble), None) => Err(trouble),
        }
    }
}

impl State {
    fn trading(&self, trading: &Trading) -> Result<Result<Draft, Refusal>, Trouble> {
        let known = |asset| Trades::of(asset, &self.log, self.proposals.refused());
        Ok(match trading {
            Trading::TakeBack { asset, event } => take_back(*asset, &known(*asset), *event),
            Trading::Set {
                asset,
                programme,
                trade,
                state,
                on,
            } => {
                let setting = Setting {
                    programme: programme.clone(),
                    trade: trade.clone(),
                    state: *state,
                    on: read_date(on)?,
                };
                let (catalog, today) = (self.catalog(), self.today());
                set(catalog, *asset, &known(*asset), setting, today)
            }
        })
    }

    /// A year of a programme.
    pub(super) fn programme(&self, q: &ShowProgramme) -> Result<ProgrammeView, Trouble> {
        let programme = self.catalog().programme(&q.programme);
        let asked = Asked {
            city: &self.city,
            programme: programme.ok_or_else(|| not_there(&q.programme.0))?,
            log: &self.log,
            refused: self.proposals.refused(),
            wanted: Wanted::Counted,
            verification: self.context().verification,
            today: self.today(),
        };
        let all = Overview::of(asked, self.tasks.iter().map(|task| &**task));
        let own = q.asset.map(|asset| all.year_of(asset));
        let year = q.year.or(own).unwrap_or_else(|| all.latest());
        let members = all.members(year).into_iter();
        let asset = q.asset.map(|asset| all.member(asset, year));
        Ok(ProgrammeView {
            programme: q.programme.clone(),
            year,
            years: all.years().into_iter().map(year_row).collect(),
            parts: all.parts(year).into_iter().map(part_row).collect(),
            members: members.map(|member| self.member_row(member)).collect(),
            asset: asset.map(|member| self.member_row(member)),
            may_set: self.may_trade(),
            is_whole: self.has_all(),
        })
    }

    /// Whether who is here may say how far a trade has come: a supervisor, or the desk where there is no
    /// server.
    fn may_trade(&self) -> bool {
        match self.person {
            Some(_) => self.may("trade_set"),
            None => self.is_desk,
        }
    }

    fn member_row(&self, member: Member) -> MemberRow {
        let tasks = member.done.iter().flatten();
        let last = tasks.max_by_key(|done| done.on).and_then(|done| done.task);
        let summary = |uid: TaskUid| self.tasks.get(uid).map(|task| Task::summary(task));
        let done = member.done.iter();
        let done = done.map(|done| done.map(|done| done.on.map(|on| on.to_string())));
        MemberRow {
            uid: member.asset,
            asset: member.asset.and_then(|uid| self.city.summary(&uid)),
            task: last.and_then(summary),
            standing: member.standing,
            done: done.collect(),
            progress: member.progress(),
            trades: member.trades.into_iter().map(trade_row).collect(),
            read_only: member.read_only,
        }
    }
}

fn trade_row(trade: TradeAt) -> TradeRow {
    let (by, event) = trade.said.unzip();
    let others = trade.others.into_iter();
    TradeRow {
        trade: trade.trade,
        state: trade.state,
        on: trade.on.map(|on| on.to_string()),
        by: by.map(|by| by.to_string()),
        event,
        others: others
            .map(|other| (other.state, other.on.to_string(), other.by.to_string()))
            .collect(),
    }
}

fn year_row(year: Year) -> YearRow {
    let text = |quantity: Decimal| quantity.to_string();
    let figure = |figure: Figure| FigureRow {
        in_year: figure.in_year.map(text),
        in_all: figure
            .is_cumulative
            .then_some(figure.line.quantity)
            .flatten()
            .map(text),
        planned: figure.line.plan.map(|plan| text(plan.quantity)),
    };
    YearRow {
        year: year.year,
        figures: year.figures.into_iter().map(figure).collect(),
        members: year.members,
    }
}

fn part_row(part: Part) -> PartRow {
    PartRow {
        value: part.value,
        held: part.held,
        counted: part.counted,
    }
}

fn not_there(what: &str) -> Trouble {
    Trouble::NotThere { what: what.into() }
}
