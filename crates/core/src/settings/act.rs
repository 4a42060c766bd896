//! What an administrator sets, as drafts. Each refuses what makes no sense.

use super::over::sound;
use super::{Place, Refusal, Settings, Standing};
use crate::catalog::{Catalog, without_mark};
use crate::ids::EventId;
use crate::log::{Configured, Draft, Json, Subject, Undone};
use serde_json::Value;
use serde_json::value::RawValue;

/// Sets what stands at a place of the catalogue, as JSON; `null` takes it away. `now` are the bytes of the catalogue
/// as it is, with all that was set ([`super::Over::bytes`]).
///
/// # Errors
/// If the catalogue would not be sound, if nothing would change, or if that is not for anybody to set.
pub fn set(now: &[u8], settings: &Settings, path: &str, json: &str) -> Result<Draft, Refusal> {
    may_write(settings)?;
    let place = Place::read(path)?;
    let not_json = || Refusal::NotJson { path: path.into() };
    let new: Value = serde_json::from_slice(json.as_bytes()).map_err(|_| not_json())?;
    let mut value: Value = serde_json::from_slice(without_mark(now)).map_err(|_| not_json())?;
    if place.find(&value).unwrap_or(&Value::Null) == &new {
        return Err(Refusal::NoChange);
    }
    let text = new.to_string();
    let before = Catalog::read(now).map_err(|error| Refusal::NoCatalog {
        detail: error.to_string(),
    })?;
    place.put(&mut value, new)?;
    let (catalog, _) = sound(&value, &before.1)?;
    let configured = Configured {
        path: place.path(),
        value: Json(RawValue::from_string(text).map_err(|_| not_json())?),
    };
    Ok(Draft::new(
        Subject::City(catalog.city.id.into()),
        configured,
    ))
}

/// Takes back a setting: what stood there before stands there again.
///
/// # Errors
/// If it does not stand.
pub fn take_back(city: &str, settings: &Settings, event: EventId) -> Result<Draft, Refusal> {
    may_write(settings)?;
    let mut all = settings.all.iter();
    if !all.any(|s| s.event == event && s.standing == Standing::Stands) {
        return Err(Refusal::NoSetting);
    }
    let undone = Undone {
        events: vec![event],
        note: None,
    };
    Ok(Draft::new(Subject::City(city.into()), undone))
}

fn may_write(settings: &Settings) -> Result<(), Refusal> {
    match settings.read_only {
        true => Err(Refusal::ReadOnly),
        false => Ok(()),
    }
}
