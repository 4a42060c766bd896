//! The catalogue: what a city has, what is done to it and by whom, as data.
//!
//! Nothing in code names a kind of asset or a kind of work; everything asks here.
//! The file is `public/city/catalog.json`, described by `catalog.schema.json`
//! beside it.

mod asset;
mod check;
mod checklist;
mod city;
mod cycle;
mod id;
mod json;
mod layer;
mod named;
mod precheck;
mod problem;
mod programme;
mod property;
mod read;
mod severity;
mod unit;
mod work;

#[cfg(test)]
mod tests;

pub use asset::{AssetKind, AssetKindId, ClassCode, Colour, GeometryType, Locates};
pub use checklist::{CheckItem, Checklist, ChecklistId};
pub use city::{BaseMap, BaseMapKind, City, Crew, CrewId, Datum, Label};
pub use cycle::{Cycle, CycleByClass, Target, TimeLimit};
pub use layer::{Fields, LayerFile, LayerId, Meaning};
pub use precheck::{Precheck, PrecheckId, Reading};
pub use problem::{CatalogError, CatalogProblem, Fault, Remedy};
pub use programme::{Programme, ProgrammeId, Trade, TradeId};
pub use property::{Property, PropertyId, PropertyValue};
pub use read::without_mark;
pub use severity::{Severity, SeverityId};
pub use unit::{Measure, Unit, UnitId};
pub use work::{
    Counting, Family, FamilyId, Nature, Observes, PlaceType, Printed, WorkKind, WorkKindId,
};

use serde::{Deserialize, Serialize};

/// The form of catalogue files that this code reads and writes.
pub const FORMAT: u32 = 1;

/// The whole catalogue of one city.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// Version of the file's form; see [`FORMAT`].
    #[serde(default = "first_format")]
    pub format: u32,
    /// Version of this file's contents, snapshotted by reports.
    pub version: u32,
    /// The city itself.
    pub city: City,
    /// Kinds of assets, the heart of the product first.
    pub asset_kinds: Vec<AssetKind>,
    /// Units quantities are given in.
    pub units: Vec<Unit>,
    /// Families that kinds of work are grouped by, in display order.
    pub families: Vec<Family>,
    /// Kinds of work, in display order.
    pub work_kinds: Vec<WorkKind>,
    /// What to say beside every plan, for example that it is invented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_note: Option<Label>,
    /// Safety checks asked before work.
    #[serde(default)]
    pub prechecks: Vec<Precheck>,
    /// What is looked at when work is reported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklists: Vec<Checklist>,
    /// How bad a defect can be, the least first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub severities: Vec<Severity>,
    /// What the properties of the files are called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<Property>,
    /// What is done over years, told year by year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<Programme>,
    /// Crews that do the work.
    pub crews: Vec<Crew>,
    /// Layer files to load, in display order.
    pub layers: Vec<LayerFile>,
    /// Picture underneath the city's own layers; none by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_map: Option<BaseMap>,
}

impl Catalog {
    /// Reads a catalogue from the bytes of its file. What cannot stand is left out
    /// or replaced and comes back as a problem; see [`Remedy`].
    ///
    /// # Errors
    /// Where there is no catalogue to work with: not JSON, a missing list, a city
    /// without an id or a place, a form newer than [`FORMAT`].
    pub fn read(bytes: &[u8]) -> Result<(Catalog, Vec<CatalogProblem>), CatalogError> {
        read::read(bytes)
    }

    /// Writes the file, indented for people. [`Catalog::read`] gives it back.
    ///
    /// # Errors
    /// Never for a catalogue that was read.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// The layers of the product's heart, or the others, in the catalogue's order.
    pub fn layers_by_heart(&self, heart: bool) -> impl Iterator<Item = &LayerFile> {
        self.layers.iter().filter(move |layer| layer.heart == heart)
    }

    /// The asset kind with this id.
    pub fn asset_kind(&self, id: &AssetKindId) -> Option<&AssetKind> {
        self.asset_kinds.iter().find(|k| k.id == *id)
    }

    /// The work kind with this id.
    pub fn work_kind(&self, id: &WorkKindId) -> Option<&WorkKind> {
        self.work_kinds.iter().find(|k| k.id == *id)
    }

    /// Whether a round of a kind of work goes by such assets: those it is done to, or looks at.
    pub fn goes_round(&self, work: &WorkKind, kind: &AssetKindId) -> bool {
        let looked_at = work.observes.as_ref();
        let looked_at = looked_at.and_then(|observes| self.work_kind(&observes.work));
        let looked_at = looked_at.is_some_and(|other| other.applies_to.contains(kind));
        work.applies_to.contains(kind) || looked_at
    }

    /// The precheck with this id.
    pub fn precheck(&self, id: &PrecheckId) -> Option<&Precheck> {
        self.prechecks.iter().find(|p| p.id == *id)
    }

    /// The checklist with this id.
    pub fn checklist(&self, id: &ChecklistId) -> Option<&Checklist> {
        self.checklists.iter().find(|list| list.id == *id)
    }

    /// How bad a defect is of which an event says so.
    pub fn severity(&self, id: &str) -> Option<&Severity> {
        self.severities.iter().find(|s| s.id.as_str() == id)
    }

    /// The programme with this id.
    pub fn programme(&self, id: &ProgrammeId) -> Option<&Programme> {
        self.programmes.iter().find(|p| p.id == *id)
    }

    /// The programmes in which trades are done to assets of this kind, in the catalogue's order.
    pub fn trades_of(&self, kind: &AssetKindId) -> impl Iterator<Item = &Programme> {
        let applies = move |work: &WorkKindId| {
            let work = self.work_kind(work);
            work.is_some_and(|work| work.applies_to.contains(kind))
        };
        let programmes = self.programmes.iter();
        programmes.filter(move |p| !p.trades.is_empty() && p.works.iter().any(applies))
    }

    /// What the property of this name is called.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|p| p.id.as_str() == name)
    }

    /// The family of work with this id.
    pub fn family(&self, id: &FamilyId) -> Option<&Family> {
        self.families.iter().find(|f| f.id == *id)
    }

    /// The layer with this id.
    pub fn layer(&self, id: &LayerId) -> Option<&LayerFile> {
        self.layers.iter().find(|l| l.id == *id)
    }

    /// The unit with this id.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.iter().find(|u| u.id == *id)
    }

    /// Kinds of work that may be plotted on an asset of this kind, in display order.
    pub fn work_for_asset(&self, kind: &AssetKindId) -> impl Iterator<Item = &WorkKind> {
        self.work_kinds
            .iter()
            .filter(move |w| w.applies_to.contains(kind))
    }

    /// Kinds of work that may be plotted on a drawn place of this shape, in display order.
    pub fn work_for_place(&self, place: PlaceType) -> impl Iterator<Item = &WorkKind> {
        self.work_kinds
            .iter()
            .filter(move |w| w.places.contains(&place))
    }
}

fn first_format() -> u32 {
    1
}
