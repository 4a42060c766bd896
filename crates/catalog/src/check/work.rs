//! Kinds of work.

use super::{Entry, Findings, unknown};
use crate::{
    AssetKind, AssetKindId, Checklist, Counting, Cycle, CycleByClass, Family, Fault, Measure,
    Precheck, Property, Remedy, Unit, UnitId, WorkKind, WorkKindId,
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What kinds of work may refer to.
pub(super) struct Known<'a> {
    pub(super) units: &'a [Unit],
    pub(super) families: &'a [Family],
    pub(super) prechecks: &'a [Precheck],
    pub(super) checklists: &'a [Checklist],
    pub(super) asset_kinds: &'a [AssetKind],
    pub(super) properties: &'a [Property],
}

impl Known<'_> {
    fn has_asset_kind(&self, id: &AssetKindId) -> bool {
        self.asset_kinds.iter().any(|kind| kind.id == *id)
    }
}

pub(super) fn work_kinds(
    entries: Vec<Entry<WorkKind>>,
    known: &Known,
    findings: &mut Findings,
) -> Vec<WorkKind> {
    let mut kept = findings.keep_entries(entries, |at, kind, f| work_kind(at, kind, known, f));
    subsets(&mut kept, findings);
    observers(&mut kept, findings);
    kept.into_iter().map(|entry| entry.value).collect()
}

fn work_kind(at: &str, kind: &mut WorkKind, known: &Known, findings: &mut Findings) -> bool {
    let id = &kind.id.0;
    let unit = known.units.iter().find(|unit| unit.id == kind.unit);
    if unit.is_none() {
        let fault = unknown("units", &kind.unit);
        findings.say(format!("{at}/unit"), id, Remedy::EntryLeftOut, fault);
    }
    let has_family = known.families.iter().any(|family| family.id == kind.family);
    if !has_family {
        let fault = unknown("families", &kind.family);
        findings.say(format!("{at}/family"), id, Remedy::EntryLeftOut, fault);
    }
    let Some(unit) = unit.filter(|_| has_family) else {
        return false;
    };
    if kind.counts == Counting::CoveredOnce && unit.measures != Measure::Length {
        let unit = unit.id.to_string();
        let fault = Fault::CoveredNotLength { unit };
        findings.say(format!("{at}/counts"), id, Remedy::EntryLeftOut, fault);
        return false;
    }
    let at_action = format!("{at}/action");
    findings.mend_label(at_action, id, &mut kind.action);
    if let Some(observes) = &mut kind.observes {
        findings.mend_label(format!("{at}/observes/well"), id, &mut observes.well);
        findings.mend_label(format!("{at}/observes/amiss"), id, &mut observes.amiss);
    }
    let at_assets = format!("{at}/applies_to");
    findings.keep_known(&at_assets, id, "asset_kinds", &mut kind.applies_to, |r| {
        known.has_asset_kind(r)
    });
    let at_checks = format!("{at}/prechecks");
    findings.keep_known(&at_checks, id, "prechecks", &mut kind.prechecks, |r| {
        known.prechecks.iter().any(|check| check.id == *r)
    });
    let known_list = |list: &_| known.checklists.iter().any(|known| known.id == *list);
    if let Some(list) = kind.checklist.take_if(|list| !known_list(list)) {
        let fault = unknown("checklists", &list);
        findings.say(format!("{at}/checklist"), id, Remedy::PartLeftOut, fault);
    }
    // A rate for the whole city is entered on its ledger, at no place.
    let nowhere = kind.applies_to.is_empty() && kind.places.is_empty();
    if nowhere && kind.counts != Counting::Entered {
        findings.say(at.to_owned(), id, Remedy::Kept, Fault::Nowhere);
    }
    kind.cycle = kind
        .cycle
        .take()
        .and_then(|c| cycle(&format!("{at}/cycle"), id, c, known, findings));
    limits(at, kind, findings);
    quantities(at, kind, unit, findings);
    properties(at, kind, known, findings);
    true
}

/// Judges what is read of assets. A name that no property has is mistyped: no asset would have it, and
/// a figure be zero without a word. It is left as it stands, since without it the figure would be all
/// there is.
fn properties(at: &str, kind: &WorkKind, known: &Known, findings: &mut Findings) {
    for (member, property) in [
        ("year_from", &kind.year_from),
        ("split_by", &kind.split_by),
        ("quantity_from", &kind.quantity_from),
    ] {
        let is_known = |name: &String| known.properties.iter().any(|p| p.id.0 == *name);
        if let Some(name) = property.as_ref().filter(|name| !is_known(name)) {
            let (at, fault) = (format!("{at}/{member}"), unknown("properties", name));
            findings.say(at, &kind.id.0, Remedy::Kept, fault);
        }
    }
}

fn cycle(
    at: &str,
    id: &str,
    mut cycle: Cycle,
    known: &Known,
    findings: &mut Findings,
) -> Option<Cycle> {
    if let Some(value) = cycle.per_year.filter(|n| *n <= Decimal::ZERO) {
        let at = format!("{at}/per_year");
        findings.say(at, id, Remedy::PartLeftOut, Fault::TooSmall { value });
        cycle.per_year = None;
    }
    retain(&mut cycle.every_days, |kind, days| {
        let fault = match (known.has_asset_kind(kind), *days) {
            (true, 1..) => return true,
            (true, 0) => Fault::TooSmall {
                value: Decimal::ZERO,
            },
            (false, _) => unknown("asset_kinds", kind),
        };
        let at = format!("{at}/every_days/{kind}");
        findings.say(at, id, Remedy::PartLeftOut, fault);
        false
    });
    for (member, classes) in [
        ("by_class", &mut cycle.by_class),
        ("norm_by_class", &mut cycle.norm_by_class),
    ] {
        if classes.take_if(|classes| !ascends(classes)).is_some() {
            let at = format!("{at}/{member}");
            findings.say(at, id, Remedy::PartLeftOut, Fault::BadClasses);
        }
    }
    if cycle.per_year.is_none() && cycle.every_days.is_empty() && cycle.by_class.is_none() {
        findings.say(at.to_owned(), id, Remedy::PartLeftOut, Fault::NoRhythm);
        return None;
    }
    let mut index = 0;
    cycle.not_in_months.retain(|month| {
        let stays = (1..=12).contains(month);
        if !stays {
            let at = format!("{at}/not_in_months/{index}");
            let fault = Fault::BadMonth { value: *month };
            findings.say(at, id, Remedy::PartLeftOut, fault);
        }
        index += 1;
        stays
    });
    if (1..=12).all(|month| cycle.not_in_months.contains(&month)) {
        let at = format!("{at}/not_in_months");
        findings.say(at, id, Remedy::PartLeftOut, Fault::NoMonth);
        cycle.not_in_months.clear();
    }
    Some(cycle)
}

/// Whether the bounds of classes ascend, and each class has its rate.
fn ascends(classes: &CycleByClass) -> bool {
    classes.per_year.len() == classes.bounds.len() + 1
        && classes.bounds.windows(2).all(|pair| pair[0] < pair[1])
}

fn limits(at: &str, kind: &mut WorkKind, findings: &mut Findings) {
    let id = &kind.id.0;
    for (index, limit) in kind.limits.iter_mut().enumerate() {
        findings.mend_label(format!("{at}/limits/{index}/when"), id, &mut limit.when);
    }
    for (index, target) in kind.targets.iter_mut().enumerate() {
        findings.mend_label(format!("{at}/targets/{index}/label"), id, &mut target.label);
    }
    let mut index = 0;
    kind.limits.retain(|limit| {
        let stays =
            limit.guard_hours.is_some() || limit.hours.is_some() || limit.working_days.is_some();
        if !stays {
            let at = format!("{at}/limits/{index}");
            findings.say(at, id, Remedy::PartLeftOut, Fault::NoTime);
        }
        index += 1;
        stays
    });
}

fn quantities(at: &str, kind: &mut WorkKind, unit: &Unit, findings: &mut Findings) {
    let id = &kind.id.0;
    retain(&mut kind.plan, |year, value| {
        let fault = quantity_fault(*value, unit, true);
        let stays = fault.is_none();
        if let Some(fault) = fault {
            let at = format!("{at}/plan/{year}");
            findings.say(at, id, Remedy::PartLeftOut, fault);
        }
        stays
    });
    for (member, quantity) in [
        ("default_quantity", &mut kind.default_quantity),
        ("improbable_above", &mut kind.improbable_above),
        ("improbable_at_one", &mut kind.improbable_at_one),
    ] {
        let fault = quantity.and_then(|value| quantity_fault(value, unit, false));
        if let Some(fault) = fault {
            findings.say(format!("{at}/{member}"), id, Remedy::PartLeftOut, fault);
            *quantity = None;
        }
    }
    if let (Some(value), Some(most)) = (kind.default_quantity, kind.improbable_above)
        && value > most
    {
        let fault = Fault::TooLarge { value, most };
        let at = format!("{at}/default_quantity");
        findings.say(at, id, Remedy::PartLeftOut, fault);
        kind.default_quantity = None;
    }
}

fn quantity_fault(value: Decimal, unit: &Unit, zero_is_fine: bool) -> Option<Fault> {
    if value < Decimal::ZERO || (value.is_zero() && !zero_is_fine) {
        return Some(Fault::TooSmall { value });
    }
    (!unit.allows(value)).then_some(Fault::TooFine {
        value,
        decimals: unit.decimals,
    })
}

/// As [`BTreeMap::retain`], which is 4 kB of WebAssembly for every type: what stays is
/// put into another map instead.
fn retain<K: Ord, V>(map: &mut BTreeMap<K, V>, mut stays: impl FnMut(&K, &V) -> bool) {
    for (key, value) in std::mem::take(map) {
        if stays(&key, &value) {
            map.insert(key, value);
        }
    }
}

/// A kind of work, its unit, and what it counts within.
type Parent = (WorkKindId, UnitId, Option<WorkKindId>);

/// Judges what counts within what; a kind whose reference cannot stand counts for itself.
fn subsets(entries: &mut [Entry<WorkKind>], findings: &mut Findings) {
    let parents: Vec<Parent> = entries
        .iter()
        .map(|Entry { value: k, .. }| (k.id.clone(), k.unit.clone(), k.within.clone()))
        .collect();
    for Entry { at, value: kind } in entries {
        let Some(parent) = &kind.within else { continue };
        let fault = match parents.iter().find(|(id, ..)| id == parent) {
            None => Some(unknown("work_kinds", parent)),
            Some((_, of, _)) if *of != kind.unit => Some(Fault::WithinUnit {
                unit: kind.unit.to_string(),
                of: of.to_string(),
            }),
            Some(_) => way_back(&kind.id, &parents).map(|path| Fault::WithinCycle { path }),
        };
        if let Some(fault) = fault {
            let at = format!("{at}/within");
            findings.say(at, &kind.id.0, Remedy::PartLeftOut, fault);
            kind.within = None;
        }
    }
}

/// Judges what is found by looking: a kind whose reference cannot stand is entered like any other.
fn observers(entries: &mut [Entry<WorkKind>], findings: &mut Findings) {
    let all: Vec<WorkKindId> = entries.iter().map(|entry| entry.value.id.clone()).collect();
    for Entry { at, value: kind } in entries {
        let Some(observes) = &kind.observes else {
            continue;
        };
        if observes.work == kind.id || !all.contains(&observes.work) {
            let fault = unknown("work_kinds", &observes.work);
            let at = format!("{at}/observes/work");
            findings.say(at, &kind.id.0, Remedy::PartLeftOut, fault);
            kind.observes = None;
        }
    }
}

/// The kinds on the way from `start` upwards and back to it, if it comes back.
fn way_back(start: &WorkKindId, parents: &[Parent]) -> Option<Vec<WorkKindId>> {
    let mut path = vec![start.clone()];
    let mut here = start;
    // A way longer than there are kinds runs round a ring that `start` is not on.
    while path.len() <= parents.len() {
        let (.., parent) = parents.iter().find(|(id, ..)| id == here)?;
        here = parent.as_ref()?;
        if here == start {
            return Some(path);
        }
        path.push(here.clone());
    }
    None
}
