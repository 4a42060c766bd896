//! Programmes.

use super::{Findings, unknown};
use crate::{Fault, Programme, Property, Remedy, WorkKind};

pub(super) fn programme(
    at: &str,
    programme: &mut Programme,
    works: &[WorkKind],
    properties: &[Property],
    findings: &mut Findings,
) -> bool {
    let id = programme.id.0.clone();
    let is_known = |work: &_| works.iter().any(|kind| kind.id == *work);
    let works_at = format!("{at}/works");
    findings.keep_known(&works_at, &id, "work_kinds", &mut programme.works, is_known);
    if programme.works.is_empty() {
        findings.say(works_at, &id, Remedy::EntryLeftOut, Fault::Uncounted);
        return false;
    }
    let (mut index, mut known) = (0, Vec::new());
    programme.trades.retain_mut(|trade| {
        let at = format!("{at}/trades/{index}");
        index += 1;
        let stays = findings.has_own_id(&at, &trade.id.0, &mut known);
        if stays {
            let id = trade.id.0.clone();
            findings.mend_label(format!("{at}/label"), &id, &mut trade.label);
        }
        stays
    });
    for (member, property) in [
        ("by", &programme.by),
        ("trades_from", &programme.trades_from),
    ] {
        let is_known = |name: &String| properties.iter().any(|p| p.id.0 == *name);
        // As with kinds of work: what is mistyped would say nothing without a word.
        if let Some(name) = property.as_ref().filter(|name| !is_known(name)) {
            let (at, fault) = (format!("{at}/{member}"), unknown("properties", name));
            findings.say(at, &id, Remedy::Kept, fault);
        }
    }
    true
}
