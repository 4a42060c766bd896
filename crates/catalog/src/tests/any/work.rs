//! Kinds of work.

use super::super::super::*;
use super::{decimals, indices, labels, picked, words};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use rust_decimal::Decimal;

/// A kind of work whose references are still to be drawn from a catalogue.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    kind: WorkKind,
    family: Index,
    unit: Index,
    within: Option<Index>,
    observes: Option<(Index, Label, Label)>,
    applies_to: Vec<Index>,
    prechecks: Vec<Index>,
    checklist: Option<Index>,
    every_days: Option<(Index, u32)>,
}

impl Draft {
    pub(super) fn finish(self, n: usize, catalog: &Catalog) -> WorkKind {
        let mut kind = self.kind;
        let unit = self.unit.get(&catalog.units);
        kind.id = WorkKindId(format!("work-{n}"));
        kind.unit = unit.id.clone();
        kind.family = self.family.get(&catalog.families).id.clone();
        kind.applies_to = picked(&self.applies_to, &catalog.asset_kinds, |k| k.id.clone());
        kind.prechecks = picked(&self.prechecks, &catalog.prechecks, |p| p.id.clone());
        let lists = &catalog.checklists;
        kind.checklist = self
            .checklist
            .filter(|_| !lists.is_empty())
            .map(|index| index.get(lists).id.clone());
        if kind.counts == Counting::CoveredOnce && unit.measures != Measure::Length {
            kind.counts = Counting::Sum;
        }
        if let (Some(cycle), Some((index, days))) = (&mut kind.cycle, self.every_days) {
            let asset = index.get(&catalog.asset_kinds).id.clone();
            cycle.every_days.insert(asset, days);
        }
        // Only earlier kinds of the same unit, so that no ring can close.
        let earlier: Vec<_> = catalog
            .work_kinds
            .iter()
            .filter(|w| w.unit == kind.unit)
            .collect();
        kind.within = self
            .within
            .filter(|_| !earlier.is_empty())
            .map(|index| index.get(&earlier).id.clone());
        let others = &catalog.work_kinds;
        kind.observes = self
            .observes
            .filter(|_| !others.is_empty())
            .map(|observes| {
                let (index, well, amiss) = observes;
                let work = index.get(others).id.clone();
                Observes { work, well, amiss }
            });
        let quantities = kind.plan.values_mut();
        let quantities = quantities
            .chain(&mut kind.default_quantity)
            .chain(&mut kind.improbable_above)
            .chain(&mut kind.improbable_at_one);
        for quantity in quantities {
            *quantity = quantity.trunc_with_scale(unit.decimals) + Decimal::ONE;
        }
        // Only what the catalogue has a property of.
        let properties = &catalog.properties;
        for read in [
            &mut kind.year_from,
            &mut kind.split_by,
            &mut kind.quantity_from,
        ] {
            let some = read.take().filter(|_| !properties.is_empty());
            *read = some.map(|word| properties[word.len() % properties.len()].id.0.clone());
        }
        if kind.default_quantity > kind.improbable_above {
            kind.improbable_above = None;
        }
        kind
    }
}

pub(super) fn work_kinds() -> impl Strategy<Value = Draft> {
    let counts = vec![
        Counting::Sum,
        Counting::Distinct,
        Counting::CoveredOnce,
        Counting::Entered,
    ];
    let natures = vec![Nature::Flow, Nature::Stock, Nature::Cumulative];
    let places = subsequence(
        vec![PlaceType::Point, PlaceType::Line, PlaceType::Polygon],
        0..=3,
    );
    let how = (
        select(counts),
        select(natures),
        places,
        any::<(bool, bool)>(),
    );
    let printed = (labels(), option::of(decimals(2)), any::<bool>());
    let printed = printed.prop_map(|(text, at_least, monthly)| Printed {
        text,
        at_least,
        monthly,
    });
    let properties = (
        option::of(words()),
        option::of(words()),
        option::of(words()),
        option::of(printed),
    );
    let words = (labels(), labels(), properties);
    let when = (
        option::of(cycles()),
        vec(limits(), 0..3),
        vec(targets(), 0..3),
    );
    let figures = (
        btree_map(2000..2100_u16, decimals(2), 0..3),
        option::of(decimals(2)),
        option::of(decimals(2)),
        option::of(decimals(2)),
    );
    let references = (
        any::<(Index, Index, Option<Index>)>(),
        option::of((any::<Index>(), labels(), labels())),
        indices(),
        vec(any::<Index>(), 0..3),
        option::of((any::<Index>(), 1..400_u32)),
        option::of(any::<Index>()),
    );
    (words, how, when, figures, references).prop_map(|(words, how, when, figures, references)| {
        let (label, action, (quantity_from, year_from, split_by, printed)) = words;
        let (counts, nature, places, (verify, published)) = how;
        let (cycle, limits, targets) = when;
        let (plan, default_quantity, improbable_above, improbable_at_one) = figures;
        let ((family, unit, within), observes, applies_to, prechecks, every_days, checklist) =
            references;
        let kind = WorkKind {
            id: "".into(),
            family: "".into(),
            label,
            action,
            unit: "".into(),
            applies_to: Vec::new(),
            places,
            counts,
            nature,
            within: None,
            observes: None,
            cycle,
            limits,
            targets,
            plan,
            verify,
            prechecks: Vec::new(),
            checklist: None,
            published,
            printed,
            year_from,
            split_by,
            default_quantity,
            quantity_from,
            improbable_above,
            improbable_at_one,
        };
        Draft {
            kind,
            family,
            unit,
            within,
            observes,
            applies_to,
            prechecks,
            checklist,
            every_days,
        }
    })
}

fn cycles() -> impl Strategy<Value = Cycle> {
    let months = subsequence((1..=12_u8).collect::<Vec<_>>(), 0..=11);
    let classes = || {
        (words(), 0..4_usize, decimals(1)).prop_map(|(property, n, rate)| {
            let bounds = (1..=n as i64).map(|b| Decimal::new(b * 100, 0)).collect();
            let per_year = vec![rate; n + 1];
            CycleByClass {
                property,
                bounds,
                per_year,
            }
        })
    };
    let norms = (
        option::of(decimals(1)),
        option::of(classes()),
        option::of(words()),
    );
    let own = (decimals(2), option::of(classes()));
    (own, months, norms).prop_map(|((per_year, by_class), not_in_months, norms)| {
        let (norm_per_year, norm_by_class, source) = norms;
        Cycle {
            per_year: Some(per_year),
            by_class,
            not_in_months,
            norm_per_year,
            norm_by_class,
            source,
            ..Cycle::default()
        }
    })
}

fn limits() -> impl Strategy<Value = TimeLimit> {
    let times = any::<(Option<u32>, u32, Option<u32>)>();
    (labels(), times, option::of(words())).prop_map(|(when, times, source)| {
        let (guard_hours, hours, working_days) = (times.0, Some(times.1), times.2);
        TimeLimit {
            when,
            guard_hours,
            hours,
            working_days,
            source,
        }
    })
}

fn targets() -> impl Strategy<Value = Target> {
    (labels(), decimals(1), option::of(words())).prop_map(|(label, at_least, source)| Target {
        label,
        at_least,
        source,
    })
}
