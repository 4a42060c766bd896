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

/// The network that was asked last, and of what it is.
pub(super) type Asked = Option<(Vec<AssetKindId>, Rc<Network>)>;

impl State {
    pub(super) fn measure_along(&mut self, q: &MeasureAlong) -> Result<Along, Trouble> {
        let gone = || Trouble::NotThere {
            what: q.task.to_string(),
        };
        let task = self.tasks.get(q.task).ok_or_else(gone)?;
        let work = self.work_of(task).ok_or_else(gone)?.clone();
        let network = self.network_for(&work);
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

    fn work_of(&self, task: &Task) -> Option<&WorkKind> {
        self.catalog().work_kind(task.work.any()?)
    }

    /// The lines that such work is done along: those it applies to, else the streets.
    fn network_for(&mut self, work: &WorkKind) -> Rc<Network> {
        let lines = self.catalog().asset_kinds.iter();
        let lines = lines.filter(|kind| kind.geometry == GeometryType::Line);
        let own = lines
            .clone()
            .filter(|kind| work.applies_to.contains(&kind.id));
        let streets = lines.filter(|kind| kind.locates.is_some());
        let mut kinds: Vec<_> = own.map(|kind| kind.id.clone()).collect();
        if kinds.is_empty() {
            kinds = streets.map(|kind| kind.id.clone()).collect();
        }
        if let Some((of, network)) = &self.network
            && *of == kinds
        {
            return Rc::clone(network);
        }
        let network = Rc::new(self.city.network(&kinds));
        self.network = Some((kinds, Rc::clone(&network)));
        network
    }
}
