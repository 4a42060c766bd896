//! What the entries of a catalogue must be, alone and towards each other.
//!
//! Things are judged before what refers to them, so that a reference to an entry
//! that was left out is itself found and said.

mod city;
mod programme;
mod things;
mod work;

use super::{
    AssetKind, BaseMap, Catalog, CatalogError, CatalogProblem, Checklist, City, Crew, FORMAT,
    Family, Fault, Label, LayerFile, Precheck, Programme, Property, Remedy, Severity, Unit,
    WorkKind,
};

/// A catalogue whose entries can be read but have not been judged.
pub(super) struct Draft {
    pub(super) version: u32,
    pub(super) city: City,
    pub(super) asset_kinds: Vec<Entry<AssetKind>>,
    pub(super) units: Vec<Entry<Unit>>,
    pub(super) families: Vec<Entry<Family>>,
    pub(super) work_kinds: Vec<Entry<WorkKind>>,
    pub(super) plan_note: Option<Label>,
    pub(super) prechecks: Vec<Entry<Precheck>>,
    pub(super) checklists: Vec<Entry<Checklist>>,
    pub(super) severities: Vec<Entry<Severity>>,
    pub(super) properties: Vec<Entry<Property>>,
    pub(super) programmes: Vec<Entry<Programme>>,
    pub(super) crews: Vec<Entry<Crew>>,
    pub(super) layers: Vec<Entry<LayerFile>>,
    pub(super) base_map: Option<BaseMap>,
}

/// An entry of a list and where it stands in the file.
pub(super) struct Entry<T> {
    /// JSON pointer to it.
    pub(super) at: String,
    /// The entry.
    pub(super) value: T,
}

/// Judges a draft and leaves out what cannot stand.
pub(super) fn check(draft: Draft, findings: &mut Findings) -> Result<Catalog, CatalogError> {
    let city = city::city(draft.city, findings)?;
    let units = findings.keep(draft.units, things::unit);
    let families = findings.keep(draft.families, things::family);
    let prechecks = findings.keep(draft.prechecks, things::precheck);
    let checklists = findings.keep(draft.checklists, things::checklist);
    let severities = findings.keep(draft.severities, things::severity);
    let properties = findings.keep(draft.properties, things::property);
    let asset_kinds = findings.keep(draft.asset_kinds, things::asset_kind);
    let known = work::Known {
        units: &units,
        families: &families,
        prechecks: &prechecks,
        checklists: &checklists,
        asset_kinds: &asset_kinds,
        properties: &properties,
    };
    let work_kinds = work::work_kinds(draft.work_kinds, &known, findings);
    let programmes = findings.keep(draft.programmes, |at, programme, f| {
        programme::programme(at, programme, &work_kinds, &properties, f)
    });
    let crews = findings.keep(draft.crews, |at, crew, f| {
        things::crew(at, crew, &families, f)
    });
    let layers = findings.keep(draft.layers, |at, layer, f| {
        things::layer(at, layer, &asset_kinds, f)
    });
    Ok(Catalog {
        format: FORMAT,
        version: draft.version,
        city,
        asset_kinds,
        units,
        families,
        work_kinds,
        plan_note: draft.plan_note,
        prechecks,
        checklists,
        severities,
        properties,
        programmes,
        crews,
        layers,
        base_map: draft.base_map.and_then(|map| city::base_map(map, findings)),
    })
}

/// An entry that others refer to by id.
pub(super) trait Named {
    /// Its id.
    fn id(&self) -> &str;
    /// Its name.
    fn label(&mut self) -> &mut Label;
}

macro_rules! named {
    ($($kind:ty),*) => {
        $(impl Named for $kind {
            fn id(&self) -> &str {
                self.id.as_str()
            }
            fn label(&mut self) -> &mut Label {
                &mut self.label
            }
        })*
    };
}
named!(
    AssetKind, Checklist, Crew, Family, LayerFile, Precheck, Programme, Property, Severity, Unit,
    WorkKind, City
);

/// The problems found so far.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<CatalogProblem>,
}

impl Findings {
    /// Notes a problem of an entry.
    fn say(&mut self, at: String, id: &str, remedy: Remedy, fault: Fault) {
        self.problems.push(CatalogProblem {
            at,
            id: (!id.is_empty()).then(|| id.to_owned()),
            remedy,
            fault,
        });
    }

    /// Keeps the entries of a list that have a good id of their own and that
    /// `judge` lets stand; it may mend them.
    fn keep<T: Named>(
        &mut self,
        entries: Vec<Entry<T>>,
        judge: impl FnMut(&str, &mut T, &mut Findings) -> bool,
    ) -> Vec<T> {
        let kept = self.keep_entries(entries, judge);
        kept.into_iter().map(|entry| entry.value).collect()
    }

    /// As [`Findings::keep`], for those who still need to know where entries stood.
    fn keep_entries<T: Named>(
        &mut self,
        entries: Vec<Entry<T>>,
        mut judge: impl FnMut(&str, &mut T, &mut Findings) -> bool,
    ) -> Vec<Entry<T>> {
        let mut first_at = Vec::new();
        let mut kept = Vec::with_capacity(entries.len());
        for mut entry in entries {
            let id = entry.value.id().to_owned();
            if !self.has_own_id(&entry.at, &id, &mut first_at) {
                continue;
            }
            let at = format!("{}/label", entry.at);
            self.mend_label(at, &id, entry.value.label());
            if judge(&entry.at, &mut entry.value, self) {
                kept.push(entry);
            }
        }
        kept
    }

    /// Whether the entry at `at` has a good id that no entry before it has; `first_at`
    /// are the ids so far, each with its place.
    fn has_own_id(&mut self, at: &str, id: &str, first_at: &mut Vec<(String, String)>) -> bool {
        let fault = if !is_id(id) {
            Fault::BadId {
                value: id.to_owned(),
            }
        } else if let Some((_, first)) = first_at.iter().find(|(known, _)| known == id) {
            Fault::DuplicateId {
                first: first.clone(),
            }
        } else {
            first_at.push((id.to_owned(), at.to_owned()));
            return true;
        };
        self.say(at.to_owned(), id, Remedy::EntryLeftOut, fault);
        false
    }

    /// A blank name takes the other language's words, or else the id.
    fn mend_label(&mut self, at: String, id: &str, label: &mut Label) {
        let (zh, en) = (label.zh.trim().is_empty(), label.en.trim().is_empty());
        match (zh, en) {
            (false, false) => return,
            (true, false) => label.zh.clone_from(&label.en),
            (false, true) => label.en.clone_from(&label.zh),
            (true, true) => {
                *label = Label {
                    zh: id.to_owned(),
                    en: id.to_owned(),
                }
            }
        }
        self.say(at, id, Remedy::Replaced, Fault::BlankLabel);
    }

    /// Leaves out references that `known` does not know.
    fn keep_known<R: std::fmt::Display>(
        &mut self,
        at: &str,
        id: &str,
        list: &str,
        references: &mut Vec<R>,
        known: impl Fn(&R) -> bool,
    ) {
        let mut index = 0;
        references.retain(|reference| {
            let stays = known(reference);
            if !stays {
                let fault = unknown(list, reference);
                self.say(format!("{at}/{index}"), id, Remedy::PartLeftOut, fault);
            }
            index += 1;
            stays
        });
    }
}

/// The fault of a reference that leads nowhere.
fn unknown(list: &str, reference: &impl std::fmt::Display) -> Fault {
    Fault::Unknown {
        list: list.to_owned(),
        value: reference.to_string(),
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || c.is_control())
}
