//! From bytes to entries: each is read by itself, so that one bad entry costs
//! no more than itself. What entries say of each other is judged in `check`.

use super::check::{self, Entry, Findings};
use super::{Catalog, CatalogError, CatalogProblem, FORMAT, Fault, Remedy};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// See [`Catalog::read`].
pub(super) fn read(bytes: &[u8]) -> Result<(Catalog, Vec<CatalogProblem>), CatalogError> {
    // Some editors put a byte order mark in front; JSON readers choke on it.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|e| CatalogError::NotUtf8 {
        from: e.valid_up_to(),
    })?;
    let members = serde_json::from_str(text).map_err(|e| {
        let (line, message) = (e.line(), words_of(&e));
        match e.is_data() {
            true => CatalogError::WrongShape {
                at: String::new(),
                line,
                message,
            },
            false => CatalogError::NotJson { line, message },
        }
    })?;
    let mut file = File {
        text,
        members,
        findings: Findings::default(),
    };
    // The form first: in a later one nothing else need have the shape we know.
    let format = file.optional("format")?.unwrap_or(FORMAT);
    if format > FORMAT {
        return Err(CatalogError::NewerFormat {
            found: format,
            understood: FORMAT,
        });
    }
    let draft = check::Draft {
        version: file.required("version")?,
        city: file.required("city")?,
        asset_kinds: file.list("asset_kinds")?,
        units: file.list("units")?,
        families: file.list("families")?,
        work_kinds: file.list("work_kinds")?,
        plan_note: file.optional("plan_note")?,
        prechecks: file.optional_list("prechecks")?,
        crews: file.list("crews")?,
        layers: file.list("layers")?,
        base_map: file.lenient("base_map"),
    };
    let mut findings = file.findings;
    for member in file.members.keys().filter(|m| !is_remark(m)) {
        findings.unknown_member("", member);
    }
    let catalog = check::check(draft, &mut findings)?;
    Ok((catalog, findings.problems))
}

/// The outermost object, whose members are taken out one by one.
struct File<'a> {
    text: &'a str,
    members: BTreeMap<String, &'a RawValue>,
    findings: Findings,
}

impl<'a> File<'a> {
    fn optional<T: DeserializeOwned + Serialize>(
        &mut self,
        member: &str,
    ) -> Result<Option<T>, CatalogError> {
        let Some(raw) = self.members.remove(member) else {
            return Ok(None);
        };
        self.parse(raw, &format!("/{member}"))
            .map(Some)
            .map_err(|(line, message)| CatalogError::WrongShape {
                at: format!("/{member}"),
                line,
                message,
            })
    }

    fn required<T: DeserializeOwned + Serialize>(
        &mut self,
        member: &str,
    ) -> Result<T, CatalogError> {
        self.optional(member)?.ok_or_else(|| CatalogError::Missing {
            member: member.to_owned(),
        })
    }

    fn list<T: DeserializeOwned + Serialize>(
        &mut self,
        member: &str,
    ) -> Result<Vec<Entry<T>>, CatalogError> {
        if !self.members.contains_key(member) {
            return Err(CatalogError::Missing {
                member: member.to_owned(),
            });
        }
        self.optional_list(member)
    }

    fn optional_list<T: DeserializeOwned + Serialize>(
        &mut self,
        member: &str,
    ) -> Result<Vec<Entry<T>>, CatalogError> {
        let Some(raw) = self.members.remove(member) else {
            return Ok(Vec::new());
        };
        let items: Vec<&'a RawValue> =
            serde_json::from_str(raw.get()).map_err(|e| CatalogError::WrongShape {
                at: format!("/{member}"),
                line: self.line(raw, &e),
                message: words_of(&e),
            })?;
        let mut entries = Vec::with_capacity(items.len());
        for (index, raw) in items.into_iter().enumerate() {
            let at = format!("/{member}/{index}");
            if let Some(value) = self.entry(raw, &at) {
                entries.push(Entry { at, value });
            }
        }
        Ok(entries)
    }

    /// A member that is left out where it cannot be read.
    fn lenient<T: DeserializeOwned + Serialize>(&mut self, member: &str) -> Option<T> {
        let raw = self.members.remove(member)?;
        self.entry(raw, &format!("/{member}"))
    }

    fn entry<T: DeserializeOwned + Serialize>(&mut self, raw: &'a RawValue, at: &str) -> Option<T> {
        let said_before = self.findings.problems.len();
        match self.parse(raw, at) {
            Ok(value) => {
                for problem in self.findings.problems.iter_mut().skip(said_before) {
                    problem.id = id_of(raw);
                }
                Some(value)
            }
            Err((line, message)) => {
                self.findings.problems.push(CatalogProblem {
                    at: at.to_owned(),
                    id: id_of(raw),
                    remedy: Remedy::EntryLeftOut,
                    fault: Fault::Unreadable { line, message },
                });
                None
            }
        }
    }

    fn parse<T: DeserializeOwned + Serialize>(
        &mut self,
        raw: &'a RawValue,
        at: &str,
    ) -> Result<T, (usize, String)> {
        let value: T =
            serde_json::from_str(raw.get()).map_err(|e| (self.line(raw, &e), words_of(&e)))?;
        if let (Ok(given), Ok(understood)) = (
            serde_json::from_str(raw.get()),
            serde_json::to_value(&value),
        ) {
            self.findings.compare(at, &given, &understood);
        }
        Ok(value)
    }

    /// Line in the file of an error inside `raw`, which is a slice of its text.
    fn line(&self, raw: &RawValue, error: &serde_json::Error) -> usize {
        let start = (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let before = self.text.as_bytes().iter().take(start);
        before.filter(|b| **b == b'\n').count() + error.line().max(1)
    }
}

impl Findings {
    /// Reports members of the file that went nowhere: what was understood, when
    /// written again, lacks them. Blank ones are left unsaid, because a default
    /// may be left unwritten.
    fn compare(&mut self, at: &str, given: &Value, understood: &Value) {
        match (given, understood) {
            (Value::Object(given), Value::Object(understood)) => {
                for (member, value) in given.iter().filter(|(m, _)| !is_remark(m)) {
                    match understood.get(member) {
                        Some(known) => self.compare(&pointer(at, member), value, known),
                        None if is_blank(value) => {}
                        None => self.unknown_member(at, member),
                    }
                }
            }
            (Value::Array(given), Value::Array(understood)) => {
                for (index, (value, known)) in given.iter().zip(understood).enumerate() {
                    self.compare(&format!("{at}/{index}"), value, known);
                }
            }
            _ => {}
        }
    }

    fn unknown_member(&mut self, at: &str, member: &str) {
        self.problems.push(CatalogProblem {
            at: pointer(at, member),
            id: None,
            remedy: Remedy::PartLeftOut,
            fault: Fault::UnknownMember {
                member: member.to_owned(),
            },
        });
    }
}

/// Members such as `$schema` and `$comment` are for the writer's tools and eyes.
fn is_remark(member: &str) -> bool {
    member.starts_with('$')
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Appends a member to a JSON pointer (RFC 6901 §3).
fn pointer(at: &str, member: &str) -> String {
    format!("{at}/{}", member.replace('~', "~0").replace('/', "~1"))
}

/// The error's words without the position, which is relative to the entry.
fn words_of(error: &serde_json::Error) -> String {
    let mut words = error.to_string();
    if let Some(end) = words.rfind(" at line ") {
        words.truncate(end);
    }
    words
}

fn id_of(raw: &RawValue) -> Option<String> {
    let value: Value = serde_json::from_str(raw.get()).ok()?;
    value.get("id")?.as_str().map(str::to_owned)
}
