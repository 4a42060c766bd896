//! Everything but work: units, families, prechecks, properties, kinds of assets, crews,
//! layers.

use super::{Findings, unknown};
use crate::{
    AssetKind, Checklist, Crew, Family, Fault, LayerFile, Measure, Precheck, Property, Remedy,
    Severity, Unit,
};
use rust_decimal::Decimal;

/// More decimals than this are no work of hands.
const MOST_DECIMALS: u32 = 6;

/// Nothing is drawn nearer than this.
const MOST_ZOOM: u8 = 22;

/// The quiet colours that stand in for one that cannot be read; both keep 5 : 1.
const FALLBACK: [&str; 2] = ["#55605c", "#a3aeaa"];

pub(super) fn unit(at: &str, unit: &mut Unit, findings: &mut Findings) -> bool {
    if unit.decimals > MOST_DECIMALS {
        let fault = Fault::TooLarge {
            value: unit.decimals.into(),
            most: MOST_DECIMALS.into(),
        };
        findings.say(
            format!("{at}/decimals"),
            unit.id.as_str(),
            Remedy::Replaced,
            fault,
        );
        unit.decimals = MOST_DECIMALS;
    }
    let measured = matches!(unit.measures, Measure::Length | Measure::Area);
    if unit.size <= Decimal::ZERO || (!measured && unit.size != Decimal::ONE) {
        // A wrong size would put wrong figures into the ledger: no unit is better.
        let fault = Fault::BadSize { value: unit.size };
        findings.say(
            format!("{at}/size"),
            unit.id.as_str(),
            Remedy::EntryLeftOut,
            fault,
        );
        return false;
    }
    true
}

pub(super) fn family(_: &str, _: &mut Family, _: &mut Findings) -> bool {
    true
}

pub(super) fn severity(_: &str, _: &mut Severity, _: &mut Findings) -> bool {
    true
}

pub(super) fn checklist(at: &str, list: &mut Checklist, findings: &mut Findings) -> bool {
    let (mut index, mut known) = (0, Vec::new());
    list.items.retain_mut(|item| {
        let at = format!("{at}/items/{index}");
        index += 1;
        let stays = findings.has_own_id(&at, &item.id, &mut known);
        if stays {
            let id = item.id.clone();
            findings.mend_label(format!("{at}/label"), &id, &mut item.label);
        }
        stays
    });
    true
}

pub(super) fn precheck(at: &str, precheck: &mut Precheck, findings: &mut Findings) -> bool {
    let id = precheck.id.as_str();
    for (index, item) in precheck.items.iter_mut().enumerate() {
        findings.mend_label(format!("{at}/items/{index}"), id, item);
    }
    for (index, reading) in precheck.readings.iter_mut().enumerate() {
        let at = format!("{at}/readings/{index}");
        let reading_id = reading.id.clone();
        findings.mend_label(format!("{at}/label"), &reading_id, &mut reading.label);
        let reversed = matches!((reading.min, reading.max), (Some(min), Some(max)) if min > max);
        if reversed || (reading.min.is_none() && reading.max.is_none()) {
            // Never loosened by code: a reversed range lets nobody enter.
            findings.say(at, id, Remedy::Kept, Fault::NoRange);
        }
    }
    true
}

pub(super) fn property(at: &str, property: &mut Property, findings: &mut Findings) -> bool {
    for (index, value) in property.values.iter_mut().enumerate() {
        let at = format!("{at}/values/{index}/label");
        findings.mend_label(at, &value.value, &mut value.label);
    }
    true
}

pub(super) fn asset_kind(at: &str, kind: &mut AssetKind, findings: &mut Findings) -> bool {
    let id = kind.id.as_str();
    let bad_class = kind.code.as_ref().map(|code| &code.class);
    if let Some(class) = bad_class.filter(|class| !is_class(class)) {
        let fault = Fault::BadClass {
            value: class.clone(),
        };
        findings.say(format!("{at}/code"), id, Remedy::PartLeftOut, fault);
        kind.code = None;
    }
    for (theme, colour, fallback) in [
        ("light", &mut kind.colour.light, FALLBACK[0]),
        ("dark", &mut kind.colour.dark, FALLBACK[1]),
    ] {
        if !is_colour(colour) {
            let value = std::mem::replace(colour, fallback.to_owned());
            findings.say(
                format!("{at}/colour/{theme}"),
                id,
                Remedy::Replaced,
                Fault::BadColour { value },
            );
        }
    }
    true
}

pub(super) fn crew(at: &str, crew: &mut Crew, families: &[Family], f: &mut Findings) -> bool {
    let id = crew.id.as_str();
    let at = format!("{at}/families");
    f.keep_known(&at, id, "families", &mut crew.families, |r| {
        families.iter().any(|family| family.id == *r)
    });
    true
}

pub(super) fn layer(
    at: &str,
    layer: &mut LayerFile,
    asset_kinds: &[AssetKind],
    findings: &mut Findings,
) -> bool {
    let id = layer.id.as_str();
    if layer.file.trim().is_empty() {
        let at = format!("{at}/file");
        findings.say(at, id, Remedy::EntryLeftOut, Fault::NoFile);
        return false;
    }
    let known = |kind: &_| asset_kinds.iter().any(|k| k.id == *kind);
    if layer.min_zoom > MOST_ZOOM {
        let fault = Fault::TooLarge {
            value: layer.min_zoom.into(),
            most: MOST_ZOOM.into(),
        };
        findings.say(format!("{at}/min_zoom"), id, Remedy::Replaced, fault);
        layer.min_zoom = MOST_ZOOM;
    }
    // One unknown kind among others is left out; features that name it fall to the first.
    let at_kinds = format!("{at}/kinds");
    if layer.kinds.iter().any(known) {
        findings.keep_known(&at_kinds, id, "asset_kinds", &mut layer.kinds, known);
        return true;
    }
    let fault = match layer.kinds.first() {
        Some(kind) => unknown("asset_kinds", kind),
        None => Fault::NoKinds,
    };
    findings.say(at_kinds, id, Remedy::EntryLeftOut, fault);
    false
}

/// Four ASCII digits.
fn is_class(class: &str) -> bool {
    class.len() == 4 && class.bytes().all(|b| b.is_ascii_digit())
}

/// `#rrggbb`.
fn is_colour(colour: &str) -> bool {
    colour
        .strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}
