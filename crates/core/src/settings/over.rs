//! The catalogue with what was set over its file.

use super::{Place, Refusal, Setting, Settings, Standing};
use crate::catalog::{Catalog, CatalogError, CatalogProblem, Remedy, without_mark};
use crate::ids::EventId;
use serde_json::Value;

/// A catalogue with what was set.
#[derive(Debug, Clone, PartialEq)]
pub struct Over {
    /// As a file: what [`Catalog::read`] reads.
    pub bytes: Vec<u8>,
    /// As it is read.
    pub catalog: Catalog,
    /// What each setting did, in their order.
    pub steps: Vec<Step>,
}

/// What a setting did.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Which.
    pub event: EventId,
    /// What stood there when it was its turn, as JSON; none where nothing did.
    pub was: Option<String>,
    /// Why it lies idle, where it counts and cannot be laid over the file as that is now.
    pub odd: Option<Refusal>,
}

/// Lays what was set over the bytes of a catalogue's file. Without settings the bytes stay as they are.
///
/// # Errors
/// Where the file itself is no catalogue.
pub fn over(file: &[u8], settings: &Settings) -> Result<Over, CatalogError> {
    let (catalog, problems) = Catalog::read(file)?;
    let value = match settings.is_empty() {
        true => None,
        false => serde_json::from_slice::<Value>(without_mark(file)).ok(),
    };
    let Some(value) = value else {
        let (bytes, steps) = (file.to_vec(), Vec::new());
        return Ok(Over {
            bytes,
            catalog,
            steps,
        });
    };
    let mut now = Now {
        value,
        read: (catalog, problems),
    };
    let steps = settings.all.iter().map(|setting| now.lay(setting));
    let steps = steps.collect();
    Ok(Over {
        bytes: now.value.to_string().into_bytes(),
        catalog: now.read.0,
        steps,
    })
}

/// How far it has come.
struct Now {
    value: Value,
    read: (Catalog, Vec<CatalogProblem>),
}

impl Now {
    fn lay(&mut self, setting: &Setting) -> Step {
        let place = Place::read(&setting.said.path);
        let found = place
            .as_ref()
            .ok()
            .and_then(|place| place.find(&self.value));
        let was = found.map(Value::to_string);
        let odd = match (setting.standing, place) {
            (Standing::TakenBack | Standing::Refused, _) => None,
            (Standing::Stands, Ok(place)) => self.put(&place, setting.said.value.0.get()).err(),
            (Standing::Stands, Err(refusal)) => Some(refusal),
        };
        let event = setting.event;
        Step { event, was, odd }
    }

    /// Each by itself, so that one that does not fit costs no more than itself.
    fn put(&mut self, place: &Place, json: &str) -> Result<(), Refusal> {
        let path = || place.path();
        let new = serde_json::from_slice(json.as_bytes());
        let new = new.map_err(|_| Refusal::NotJson { path: path() })?;
        let mut value = self.value.clone();
        place.put(&mut value, new)?;
        self.read = sound(&value, &self.read.1)?;
        self.value = value;
        Ok(())
    }
}

/// Reads a catalogue in which nothing may be wrong that was not wrong before.
pub(super) fn sound(
    value: &Value,
    before: &[CatalogProblem],
) -> Result<(Catalog, Vec<CatalogProblem>), Refusal> {
    let read = Catalog::read(value.to_string().as_bytes());
    let (catalog, problems) = read.map_err(|error| Refusal::NoCatalog {
        detail: error.to_string(),
    })?;
    let news = problems
        .iter()
        .find(|it| times(&problems, it) > times(before, it))
        .cloned();
    match news {
        None => Ok((catalog, problems)),
        Some(problem) => Err(Refusal::Unsound {
            problem: Box::new(problem),
        }),
    }
}

/// How often a problem is among these.
fn times(among: &[CatalogProblem], problem: &CatalogProblem) -> usize {
    let same = among.iter().filter(|it| named(it) == named(problem));
    same.count()
}

/// What tells a problem from others of a catalogue that is written anew: its lines differ there, and what comes
/// behind an entry that was taken out has moved up by one.
fn named(problem: &CatalogProblem) -> (Vec<&str>, Option<&str>, Remedy) {
    let place = problem.at.split('/');
    let place = place.filter(|step| step.parse::<usize>().is_err());
    (place.collect(), problem.id.as_deref(), problem.remedy)
}
