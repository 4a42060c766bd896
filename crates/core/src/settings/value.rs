//! What stands at a place, between the catalogue, what a person types and JSON.

use super::What;
use crate::catalog::{Catalog, Crew, CrewId, FamilyId, Label};
use rust_decimal::Decimal;
use serde_json::{Value, json};

impl What {
    /// What stands there now, as a person types it; none where nothing does, or where it is more than
    /// one value.
    pub fn stands(&self, catalog: &Catalog) -> Option<String> {
        let crew = |id: &CrewId| catalog.crews.iter().find(|crew| crew.id == *id);
        match self {
            What::Plan { work, year } => {
                let planned = catalog.work_kind(work)?.plan.get(year)?;
                Some(planned.normalize().to_string())
            }
            What::PerYear { work } => {
                let cycle = catalog.work_kind(work)?.cycle.as_ref()?;
                Some(cycle.per_year?.normalize().to_string())
            }
            What::Hours { work, limit } => {
                let limits = &catalog.work_kind(work)?.limits;
                Some(limits.get(usize::from(*limit))?.hours?.to_string())
            }
            What::CrewZh { crew: id } => Some(crew(id)?.label.zh.clone()),
            What::CrewEn { crew: id } => Some(crew(id)?.label.en.clone()),
            What::Crew { .. } | What::Other { .. } => None,
        }
    }

    /// What was typed as the JSON that stands there, `null` for nothing; none where it is no number and one
    /// is wanted.
    pub fn json(&self, typed: &str) -> Option<String> {
        let typed = typed.trim();
        let value = match self {
            _ if typed.is_empty() && !self.is_name() => Value::Null,
            What::Plan { .. } | What::PerYear { .. } => {
                let number: Decimal = typed.parse().ok()?;
                json!(number.normalize().to_string())
            }
            What::Hours { .. } => json!(typed.parse::<u32>().ok()?),
            _ => json!(typed),
        };
        Some(value.to_string())
    }

    fn is_name(&self) -> bool {
        matches!(self, What::CrewZh { .. } | What::CrewEn { .. })
    }
}

/// What was set, for a person to read: a number or a name; of a whole entry its names. None for nothing.
pub fn told(json: &str) -> Option<String> {
    let value: Value = serde_json::from_slice(json.as_bytes()).ok()?;
    let name = |language| value.get("label")?.get(language)?.as_str();
    match &value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Object(_) => {
            let names: Vec<&str> = ["zh", "en"].into_iter().filter_map(name).collect();
            Some(names.join(" / "))
        }
        other => Some(other.to_string()),
    }
}

/// One more crew, with an id that no other has: where it is set, and the JSON of it.
pub fn new_crew(
    catalog: &Catalog,
    zh: &str,
    en: &str,
    families: &[FamilyId],
) -> Option<(What, String)> {
    let is_free = |id: &CrewId| !catalog.crews.iter().any(|crew| crew.id == *id);
    let mut ids = (1..=catalog.crews.len() + 1).map(|n| CrewId(format!("crew-{n}")));
    let id = ids.find(is_free)?;
    let crew = Crew {
        id: id.clone(),
        label: Label {
            zh: zh.into(),
            en: en.into(),
        },
        families: families.to_vec(),
    };
    Some((What::Crew { crew: id }, serde_json::to_string(&crew).ok()?))
}
