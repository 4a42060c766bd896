//! Places in a catalogue, as settings name them.

use super::Refusal;
use super::what::{escaped, unescaped};
use serde_json::{Map, Value};

/// Lists of the catalogue of which whole entries are set.
const LISTS: [&str; 4] = ["crews", "severities", "prechecks", "checklists"];
/// The list of kinds of work.
const WORK_KINDS: &str = "work_kinds";
/// What is set of a kind of work. Its unit and how it counts say what the work meant that was done.
const OF_A_WORK_KIND: [&str; 14] = [
    "label",
    "action",
    "cycle",
    "limits",
    "targets",
    "plan",
    "verify",
    "prechecks",
    "checklist",
    "published",
    "printed",
    "default_quantity",
    "improbable_above",
    "improbable_at_one",
];
/// What stands beside every plan.
const PLAN_NOTE: &str = "plan_note";

/// A place in the catalogue that can be set: a JSON pointer (RFC 6901) in which an entry of a list may stand by its
/// id, because places in a list change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(Vec<String>);

impl Place {
    /// Reads a pointer.
    ///
    /// # Errors
    /// [`Refusal::NotSettable`].
    pub fn read(path: &str) -> Result<Place, Refusal> {
        let tokens: Vec<String> = match path.strip_prefix('/') {
            Some(rest) => rest.split('/').map(unescaped).collect(),
            None => Vec::new(),
        };
        let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let can = match words.as_slice() {
            [WORK_KINDS, id] => !id.is_empty(),
            [WORK_KINDS, _, member, ..] => OF_A_WORK_KIND.contains(member),
            [list, id, ..] if LISTS.contains(list) => !id.is_empty(),
            [PLAN_NOTE, ..] => true,
            _ => false,
        };
        match can {
            true => Ok(Place(tokens)),
            false => Err(Refusal::NotSettable { path: path.into() }),
        }
    }

    /// What stands there; none where nothing does.
    pub fn find<'v>(&self, catalog: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(catalog, |at, token| match at {
            Value::Array(list) => list.get(position(list, token)?),
            Value::Object(members) => members.get(token),
            _ => None,
        })
    }

    /// Puts something there; nothing takes away what stands there.
    ///
    /// # Errors
    /// [`Refusal::NotThere`]; [`Refusal::NotSettable`] for a kind of work that would go, because work names it.
    pub(super) fn put(&self, catalog: &mut Value, new: Value) -> Result<(), Refusal> {
        let not_there = || Refusal::NotThere { path: self.path() };
        if new.is_null() && self.0.len() == 2 && self.0.first().is_some_and(|l| l == WORK_KINDS) {
            return Err(Refusal::NotSettable { path: self.path() });
        }
        let (last, way) = self.0.split_last().ok_or_else(not_there)?;
        let mut at = catalog;
        for (depth, token) in way.iter().enumerate() {
            at = match at {
                Value::Array(list) => {
                    let place = position(list, token).ok_or_else(not_there)?;
                    list.get_mut(place).ok_or_else(not_there)?
                }
                // A list that the file does not have begins with its first entry.
                Value::Object(members) => {
                    let empty = match depth {
                        0 => Value::Array(Vec::new()),
                        _ => Value::Object(Map::new()),
                    };
                    members.entry(token.as_str()).or_insert(empty)
                }
                _ => return Err(not_there()),
            };
        }
        match at {
            Value::Array(list) => match (position(list, last), new.is_null()) {
                (Some(place), true) => drop(list.remove(place)),
                (Some(place), false) => list[place] = new,
                (None, false) if id_of(&new) == Some(last) => list.push(new),
                (None, _) => return Err(not_there()),
            },
            Value::Object(members) if new.is_null() => {
                members.shift_remove(last).ok_or_else(not_there)?;
            }
            Value::Object(members) => {
                members.insert(last.clone(), new);
            }
            _ => return Err(not_there()),
        }
        Ok(())
    }

    /// The pointer.
    pub fn path(&self) -> String {
        let tokens = self.0.iter().map(|token| format!("/{}", escaped(token)));
        tokens.collect()
    }
}

/// Where in a list an entry stands: by its id, else by its number, from 0.
fn position(list: &[Value], token: &str) -> Option<usize> {
    let by_id = list.iter().position(|entry| id_of(entry) == Some(token));
    by_id.or_else(|| token.parse().ok().filter(|place| *place < list.len()))
}

fn id_of(entry: &Value) -> Option<&str> {
    entry.get("id")?.as_str()
}
