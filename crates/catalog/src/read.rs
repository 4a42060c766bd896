//! From bytes to entries: each is read by itself, so that one bad entry costs
//! no more than itself. What entries say of each other is judged in `check`.

use super::check::{self, Entry, Findings};
use super::json::{FromJson, Members, Reader, Wrong, take, words_of};
use super::{Catalog, CatalogError, CatalogProblem, FORMAT, Fault, Remedy};
use serde_json::Value;
use serde_json::value::RawValue;

/// The bytes of a catalogue's file without the byte order mark that some editors put in front; readers of JSON
/// choke on it.
pub fn without_mark(file: &[u8]) -> &[u8] {
    file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file)
}

/// See [`Catalog::read`].
pub(super) fn read(bytes: &[u8]) -> Result<(Catalog, Vec<CatalogProblem>), CatalogError> {
    let text = std::str::from_utf8(without_mark(bytes)).map_err(|e| CatalogError::NotUtf8 {
        from: e.valid_up_to(),
    })?;
    let Members(members) = serde_json::from_str(text).map_err(|e| {
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
        members,
        reader: Reader::new(text),
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
        checklists: file.optional_list("checklists")?,
        severities: file.optional_list("severities")?,
        properties: file.optional_list("properties")?,
        programmes: file.optional_list("programmes")?,
        crews: file.list("crews")?,
        layers: file.list("layers")?,
        base_map: file.lenient("base_map"),
    };
    let File {
        members,
        mut reader,
    } = file;
    reader.unknown("", &members);
    let mut findings = reader.findings;
    let catalog = check::check(draft, &mut findings)?;
    Ok((catalog, findings.problems))
}

/// The outermost object, whose members are taken out one by one.
struct File<'a> {
    members: Vec<(String, &'a RawValue)>,
    reader: Reader<'a>,
}

impl File<'_> {
    fn optional<T: FromJson>(&mut self, member: &str) -> Result<Option<T>, CatalogError> {
        let Some(raw) = take(&mut self.members, member) else {
            return Ok(None);
        };
        let read = self.reader.read(raw, &format!("/{member}"));
        read.map(Some).map_err(|wrong| wrong_shape(member, wrong))
    }

    fn required<T: FromJson>(&mut self, member: &str) -> Result<T, CatalogError> {
        self.optional(member)?.ok_or_else(|| missing(member))
    }

    fn list<T: FromJson>(&mut self, member: &str) -> Result<Vec<Entry<T>>, CatalogError> {
        if !self.members.iter().any(|(name, _)| name == member) {
            return Err(missing(member));
        }
        self.optional_list(member)
    }

    fn optional_list<T: FromJson>(&mut self, member: &str) -> Result<Vec<Entry<T>>, CatalogError> {
        let Some(raw) = take(&mut self.members, member) else {
            return Ok(Vec::new());
        };
        let items = self.reader.list(raw);
        let items = items.map_err(|wrong| wrong_shape(member, wrong))?;
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
    fn lenient<T: FromJson>(&mut self, member: &str) -> Option<T> {
        let raw = take(&mut self.members, member)?;
        self.entry(raw, &format!("/{member}"))
    }

    fn entry<T: FromJson>(&mut self, raw: &RawValue, at: &str) -> Option<T> {
        let said_before = self.reader.findings.problems.len();
        let read = self.reader.read(raw, at);
        self.reader.findings.about(said_before, raw, at, read)
    }
}

impl Findings {
    /// Gives what was said of an entry its id, or says that the entry cannot be read.
    fn about<T>(
        &mut self,
        said_before: usize,
        raw: &RawValue,
        at: &str,
        read: Result<T, Wrong>,
    ) -> Option<T> {
        match read {
            Ok(value) => {
                for problem in self.problems.iter_mut().skip(said_before) {
                    problem.id = id_of(raw);
                }
                Some(value)
            }
            Err(Wrong { line, message }) => {
                self.problems.truncate(said_before);
                self.problems.push(CatalogProblem {
                    at: at.to_owned(),
                    id: id_of(raw),
                    remedy: Remedy::EntryLeftOut,
                    fault: Fault::Unreadable { line, message },
                });
                None
            }
        }
    }
}

fn missing(member: &str) -> CatalogError {
    CatalogError::Missing {
        member: member.to_owned(),
    }
}

fn wrong_shape(member: &str, Wrong { line, message }: Wrong) -> CatalogError {
    CatalogError::WrongShape {
        at: format!("/{member}"),
        line,
        message,
    }
}

fn id_of(raw: &RawValue) -> Option<String> {
    let value: Value = serde_json::from_str(raw.get()).ok()?;
    value.get("id")?.as_str().map(str::to_owned)
}
