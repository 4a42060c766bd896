//! Recorded tracks: what they ran along, and what the log keeps of them.

use super::{draft::number, state::State};
use crate::worker::protocol::{CoveredLine, FollowTrack, Followed, GapThere, Trouble};
use mendmap_core::{
    catalog::{AssetKindId, WorkKind},
    coverage,
    ids::AssetUid,
    log::{Moment, Quantity, Stretch, TrackPoint, Tracked, WorkLine},
    network::Network,
    order::sort_by,
    task::Task,
    track::{ByHand, Missing, Patrolled, Recording, patrolled, thinned},
};
use rust_decimal::Decimal;
use std::{collections::BTreeMap, rc::Rc};

impl State {
    pub(super) fn follow_track(&mut self, q: &FollowTrack) -> Result<Followed, Trouble> {
        let uid = q.recording.task;
        let gone = || Trouble::NotThere {
            what: uid.to_string(),
        };
        let task = self.tasks.get(uid).ok_or_else(gone)?;
        let work = self.work_of(task).ok_or_else(gone)?.clone();
        let networks = self.patrolled_along(&work);
        let all: Vec<&Network> = networks.iter().map(|network| &**network).collect();
        let rules = Recording::rules(q.recording.is_driven);
        let seen = patrolled(&all, &q.legs, rules, &q.recording.by_hand);
        let covered = coverage::union(seen.covered.iter().chain(&q.before).copied());
        let drawn = covered.iter().map(|stretch| {
            let of = |network: &&Network| network.drawn(*stretch);
            all.iter().map(of).find(|lines| !lines.is_empty())
        });
        let contested = seen.contested.iter().flat_map(|part| &part.taken);
        let contested = contested.filter(|part| covered.iter().any(|s| s.asset == part.asset));
        Ok(Followed {
            lines: drawn.flatten().flatten().collect(),
            amount: self.amount_of(&work, &covered),
            along: self.lines_of(&seen, &q.recording.by_hand),
            gaps: gaps_there(&seen.gaps),
            fixes: seen.fixes,
            refused: seen.refused,
            gone_m: seen.gone_m,
            beside_m: seen.beside_m,
            contested_m: metres(coverage::length_mm(contested.copied())),
            covered,
        })
    }

    /// What the log keeps of a leg: its fixes thinned, and what it ran along by itself.
    pub(super) fn tracked(
        &self,
        task: &Task,
        began_ms: i64,
        is_driven: bool,
        leg: &[TrackPoint],
    ) -> Result<Tracked, Trouble> {
        let clock = || Trouble::Seal {
            detail: "the clock".into(),
        };
        let east = super::world::minutes_ahead();
        let began = Moment::from_millis(began_ms, east).ok_or_else(clock)?;
        let kinds = self.work_of(task).map(|work| self.patrolled_kinds(work));
        let networks = kinds.into_iter().flatten();
        let networks: Vec<Network> = networks.map(|kinds| self.city.network(&kinds)).collect();
        let networks: Vec<&Network> = networks.iter().collect();
        let rules = Recording::rules(is_driven);
        let seen = patrolled(&networks, &[leg.to_vec()], rules, &ByHand::default());
        Ok(Tracked {
            began,
            points: thinned(leg),
            covered: seen.covered,
        })
    }

    /// The networks that such work is done along.
    fn patrolled_along(&mut self, work: &WorkKind) -> Vec<Rc<Network>> {
        let kinds = self.patrolled_kinds(work).into_iter();
        kinds.map(|kinds| self.network_of(kinds)).collect()
    }

    /// Streets are one network. Pipes of two kinds lie under one street, and whoever goes along
    /// it goes along both.
    fn patrolled_kinds(&self, work: &WorkKind) -> Vec<Vec<AssetKindId>> {
        let kinds = self.line_kinds(work);
        let is_street = |kind: &AssetKindId| {
            let kind = self.catalog().asset_kind(kind);
            kind.is_some_and(|kind| kind.locates.is_some())
        };
        match kinds.iter().any(is_street) {
            true => vec![kinds],
            false => kinds.into_iter().map(|kind| vec![kind]).collect(),
        }
    }

    /// Streets and pipes, those with the most first.
    fn lines_of(&self, seen: &Patrolled, by_hand: &ByHand) -> Vec<CoveredLine> {
        // By the track, or by a gap of it that counts.
        let gone = seen.gaps.iter().filter(|gap| gap.counts);
        let gone = gone.flat_map(|gap| gap.way.iter());
        let matched = coverage::by_asset(seen.matched.iter().chain(gone).copied());
        let covered = coverage::by_asset(seen.covered.iter().copied());
        let mut all: BTreeMap<AssetUid, u128> = matched.clone();
        all.extend(by_hand.without.iter().map(|asset| (*asset, 0)));
        all.extend(covered.iter().map(|(asset, mm)| (*asset, *mm)));
        let mut lines: Vec<CoveredLine> = all
            .into_iter()
            .filter_map(|(asset, mm)| {
                Some(CoveredLine {
                    asset: self.city.summary(&asset)?,
                    metres: metres(mm),
                    is_matched: matched.contains_key(&asset),
                    counts: covered.contains_key(&asset),
                })
            })
            .collect();
        sort_by(&mut lines, |a, b| b.metres.total_cmp(&a.metres));
        lines
    }

    /// How much of the area of each street lies along some stretches, for work whose amount stands
    /// in the street's record; none for other work.
    pub(super) fn swept(
        &self,
        work: &WorkKind,
        covered: &[Stretch],
    ) -> Option<BTreeMap<AssetUid, Decimal>> {
        let property = work.quantity_from.as_deref()?;
        let decimals = self.catalog().unit(&work.unit)?.decimals;
        let whole = |asset: AssetUid| {
            let asset = self.city.asset(&asset)?;
            let length = (asset.length_m? * 1000.0).round() as u64;
            Some((length, number(&asset, property)?))
        };
        let covered = covered.iter().copied();
        Some(coverage::shares(covered, whole, decimals))
    }

    /// A line for each street where the amounts are each street's own: what several report of one
    /// street counts once.
    pub(super) fn by_street(&self, line: WorkLine) -> Vec<WorkLine> {
        let kind = self.catalog().work_kind(&line.work);
        let shares = kind.and_then(|kind| self.swept(kind, &line.covered));
        let shares = shares.unwrap_or_default();
        let whole: Decimal = shares.values().sum();
        if shares.len() < 2 || whole != line.quantity.0 {
            return vec![line];
        }
        let of = |(asset, share): (AssetUid, Decimal)| WorkLine {
            quantity: Quantity(share.normalize()),
            covered: line
                .covered
                .iter()
                .filter(|stretch| stretch.asset == asset)
                .copied()
                .collect(),
            ..line.clone()
        };
        let shares = shares
            .into_iter()
            .filter(|(_, share)| *share > Decimal::ZERO);
        shares.map(of).collect()
    }

    /// How much some stretches are in the unit of a kind of work.
    fn amount_of(&self, work: &WorkKind, covered: &[Stretch]) -> Option<String> {
        if let Some(shares) = self.swept(work, covered) {
            let amount: Decimal = shares.values().sum();
            return (amount > Decimal::ZERO).then(|| amount.normalize().to_string());
        }
        let mm = i64::try_from(coverage::length_mm(covered.iter().copied())).ok()?;
        let unit = self.catalog().unit(&work.unit)?;
        let amount = unit.from_base(Decimal::new(mm, 3))?;
        (amount > Decimal::ZERO).then(|| amount.normalize().to_string())
    }
}

fn gaps_there(gaps: &[Missing]) -> Vec<GapThere> {
    let there = |gap: &Missing| GapThere {
        id: gap.id,
        seconds: gap.seconds,
        metres: (!gap.way.is_empty()).then(|| metres(gap.way_mm)),
        counts: gap.counts,
        is_plain: gap.is_plain,
    };
    let mut gaps: Vec<GapThere> = gaps.iter().map(there).collect();
    sort_by(&mut gaps, |a, b| b.seconds.cmp(&a.seconds));
    gaps
}

fn metres(mm: u128) -> f64 {
    mm as f64 / 1000.0
}
