//! Measuring along streets, or whatever lines a task's work is done along.

use super::state::State;
use crate::worker::protocol::{Along, MeasureAlong, Trouble};
use mendmap_core::{
    catalog::{AssetKindId, GeometryType, WorkKind},
    network::{Network, NoWay},
    task::Task,
};
use rust_decimal::Decimal;
use std::rc::Rc;

/// Within so many metres of a line a tap means it: a finger's width on a phone that shows a
/// street from end to end.
const TOLERANCE_M: f64 = 30.0;

/// The networks that were asked last, and of what each is.
pub(super) type Asked = Vec<(Vec<AssetKindId>, Rc<Network>)>;

/// So many networks are kept: those of streets, and of two kinds of pipes.
const KEPT: usize = 3;

impl State {
    pub(super) fn measure_along(&mut self, q: &MeasureAlong) -> Result<Along, Trouble> {
        let gone = || Trouble::NotThere {
            what: q.task.to_string(),
        };
        let task = self.tasks.get(q.task).ok_or_else(gone)?;
        let work = self.work_of(task).ok_or_else(gone)?.clone();
        let network = self.network_of(self.line_kinds(&work));
        let through = network.through(&q.taps, &q.chosen, TOLERANCE_M);
        let through = through.map_err(|no_way| match no_way {
            NoWay::NothingNear { within_m, .. } => Trouble::NoLineNear {
                within_m: within_m as u32,
            },
            NoWay::NotConnected { .. } => Trouble::NotConnected,
        })?;
        let metres = i64::try_from(through.length_mm).ok();
        let metres = metres.map(|mm| Decimal::new(mm, 3));
        let unit = self.catalog().unit(&work.unit);
        let amount = unit.zip(metres).and_then(|(unit, m)| unit.from_base(m));
        let amount = amount.filter(|amount| *amount > Decimal::ZERO);
        Ok(Along {
            lines: through.lines,
            amount: amount.map(|amount| amount.normalize().to_string()),
            covered: through.stretches,
            ways: through.ways,
        })
    }

    pub(super) fn work_of(&self, task: &Task) -> Option<&WorkKind> {
        self.catalog().work_kind(task.work.any()?)
    }

    /// The lines that such work is done along: those it applies to, else the streets.
    pub(super) fn line_kinds(&self, work: &WorkKind) -> Vec<AssetKindId> {
        let lines = self.catalog().asset_kinds.iter();
        let lines = lines.filter(|kind| kind.geometry == GeometryType::Line);
        let own = lines
            .clone()
            .filter(|kind| work.applies_to.contains(&kind.id));
        let streets = lines.filter(|kind| kind.locates.is_some());
        let kinds: Vec<_> = own.map(|kind| kind.id.clone()).collect();
        match kinds.is_empty() {
            true => streets.map(|kind| kind.id.clone()).collect(),
            false => kinds,
        }
    }

    /// The network of some kinds of lines.
    pub(super) fn network_of(&mut self, kinds: Vec<AssetKindId>) -> Rc<Network> {
        let known = self.networks.iter().find(|(of, _)| *of == kinds);
        if let Some((_, network)) = known {
            return Rc::clone(network);
        }
        let network = Rc::new(self.city.network(&kinds));
        self.networks.truncate(KEPT - 1);
        self.networks.insert(0, (kinds, Rc::clone(&network)));
        network
    }
}
