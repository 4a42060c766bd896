//! How the file's JSON becomes entries: member by member, by one reader for all types.
//!
//! Derived readers are made anew for every type; for the catalogue's twenty they were
//! ninety kilobytes of WebAssembly. Here a type is a list of its members ([`members`]).
//! What a member is not known under is noted on the way. The derived `Serialize` writes
//! what this reads: tests hold the two and the schema together.

use super::check::Findings;
use super::{CatalogProblem, Fault, Remedy};
use rust_decimal::Decimal;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// Why a value cannot be read.
pub(super) struct Wrong {
    /// Line in the file, from 1.
    pub(super) line: usize,
    /// In English.
    pub(super) message: String,
}

/// Something that can be read from a value of the file.
pub(super) trait FromJson: Sized {
    /// Reads it; `at` is the JSON pointer (RFC 6901) to the value. Where there is none, or
    /// one that cannot be read, the reader notes why and this gives anything: whoever asked
    /// for the whole looks once, at the end, and no member needs a way out of its own.
    fn from_json(raw: Option<&RawValue>, at: &str, reader: &mut Reader<'_>) -> Self;
}

/// Reads values that are slices of one text.
pub(super) struct Reader<'a> {
    text: &'a str,
    wrong: Option<Wrong>,
    pub(super) findings: Findings,
}

impl<'a> Reader<'a> {
    /// A reader of slices of a text.
    pub(super) fn new(text: &'a str) -> Self {
        Reader {
            text,
            wrong: None,
            findings: Findings::default(),
        }
    }

    /// Reads a whole, or says why it cannot be read.
    pub(super) fn read<T: FromJson>(&mut self, raw: &RawValue, at: &str) -> Result<T, Wrong> {
        let read = T::from_json(Some(raw), at, self);
        self.wrong.take().map_or(Ok(read), Err)
    }

    /// The items of a list that is read for itself.
    pub(super) fn list<'r>(&mut self, raw: &'r RawValue) -> Result<Vec<&'r RawValue>, Wrong> {
        let items = self.items(Some(raw));
        self.wrong.take().map_or(Ok(items), Err)
    }

    /// An object, of which members are then taken out.
    pub(super) fn object<'r>(&mut self, raw: Option<&'r RawValue>) -> Object<'r> {
        let members = raw.and_then(|raw| self.parse(raw));
        Object {
            raw,
            members: members.map_or_else(Vec::new, |Members(members)| members),
        }
    }

    fn items<'r>(&mut self, raw: Option<&'r RawValue>) -> Vec<&'r RawValue> {
        raw.and_then(|raw| self.parse(raw)).unwrap_or_default()
    }

    /// A value without further structure, in the words of its derived reader.
    fn leaf<T: DeserializeOwned>(&mut self, raw: Option<&RawValue>) -> Option<T> {
        let raw = raw?;
        let read = T::deserialize(self.parse::<Value>(raw)?);
        read.map_err(|error| self.fail(raw, &error)).ok()
    }

    /// One of several words.
    fn word<T: DeserializeOwned>(&mut self, raw: Option<&RawValue>) -> Option<T> {
        let raw = raw?;
        let word: String = self.leaf(Some(raw))?;
        let read = T::deserialize(StrDeserializer::<serde_json::Error>::new(&word));
        read.map_err(|error| self.fail(raw, &error)).ok()
    }

    fn parse<'r, T: de::Deserialize<'r>>(&mut self, raw: &'r RawValue) -> Option<T> {
        let read = serde_json::from_str(raw.get());
        read.map_err(|error| self.fail(raw, &error)).ok()
    }

    fn fail(&mut self, raw: &RawValue, error: &serde_json::Error) {
        let line = self.line(raw) + error.line().saturating_sub(1);
        self.note(line, words_of(error));
    }

    /// Of all that is wrong with a whole the first is said.
    fn note(&mut self, line: usize, message: String) {
        self.wrong.get_or_insert(Wrong { line, message });
    }

    /// Line in the file on which `raw`, a slice of its text, begins.
    fn line(&self, raw: &RawValue) -> usize {
        let start = (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        lines(self.text.as_bytes().iter().take(start)) + 1
    }

    /// Notes members that nothing asked for.
    pub(super) fn unknown(&mut self, at: &str, members: &[(String, &RawValue)]) {
        for (member, _) in members {
            if !is_remark(member) {
                self.findings.problems.push(CatalogProblem {
                    at: pointer(at, member),
                    id: None,
                    remedy: Remedy::PartLeftOut,
                    fault: Fault::UnknownMember {
                        member: member.clone(),
                    },
                });
            }
        }
    }
}

/// An object whose members are taken out one by one.
pub(super) struct Object<'r> {
    raw: Option<&'r RawValue>,
    members: Vec<(String, &'r RawValue)>,
}

impl<'r> Object<'r> {
    /// Takes out a member that need not be there.
    pub(super) fn optional(&mut self, name: &str) -> Option<&'r RawValue> {
        take(&mut self.members, name)
    }

    /// Takes out a member that must be there.
    pub(super) fn required(&mut self, name: &str, reader: &mut Reader<'_>) -> Option<&'r RawValue> {
        let found = self.optional(name);
        if let (None, Some(raw)) = (found, self.raw) {
            // Where one would have added it: at the object's end.
            let line = reader.line(raw) + lines(raw.get().as_bytes());
            reader.note(line, format!("missing field `{name}`"));
        }
        found
    }

    /// Notes what was not taken out. What is blank is left unsaid: it says nothing.
    pub(super) fn end(mut self, at: &str, reader: &mut Reader<'_>) {
        self.members.retain(|(_, raw)| !is_blank(raw));
        reader.unknown(at, &self.members);
    }
}

/// Takes a member out. Of two with one name the last counts.
pub(super) fn take<'r>(
    members: &mut Vec<(String, &'r RawValue)>,
    name: &str,
) -> Option<&'r RawValue> {
    let mut found = None;
    members.retain(|(member, raw)| {
        let is_it = member == name;
        if is_it {
            found = Some(*raw);
        }
        !is_it
    });
    found
}

/// The members of an object, in the order of the file.
pub(super) struct Members<'r>(pub(super) Vec<(String, &'r RawValue)>);

impl<'de> de::Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    members.push(entry);
                }
                Ok(Members(members))
            }
        }
        d.deserialize_map(V)
    }
}

/// Says how a struct is read: the members that must be there, then, behind the
/// semicolon, those that need not, with what stands for them where they are absent;
/// without a word that is their type's default.
macro_rules! members {
    ($type:ident { $($must:ident),* ; $($may:ident $(= $else:expr)?),* }) => {
        impl $crate::json::FromJson for $type {
            fn from_json(
                raw: Option<&serde_json::value::RawValue>,
                at: &str,
                reader: &mut $crate::json::Reader<'_>,
            ) -> Self {
                use $crate::json::read_member;
                let mut object = reader.object(raw);
                let read = $type {
                    $($must: {
                        let raw = object.required(stringify!($must), reader);
                        read_member(raw, at, stringify!($must), reader)
                    },)*
                    $($may: match object.optional(stringify!($may)) {
                        None => $crate::json::members!(@absent $($else)?),
                        raw => read_member(raw, at, stringify!($may), reader),
                    },)*
                };
                object.end(at, reader);
                read
            }
        }
    };
    (@absent) => { Default::default() };
    (@absent $else:expr) => { $else };
}
pub(super) use members;

/// Reads the member called `name` of the object at `at`.
pub(super) fn read_member<T: FromJson>(
    raw: Option<&RawValue>,
    at: &str,
    name: &str,
    reader: &mut Reader<'_>,
) -> T {
    T::from_json(raw, &pointer(at, name), reader)
}

/// Says how values without further structure are read, and what to give without one.
macro_rules! values {
    ($how:ident: $($type:ty = $blank:expr),* $(,)?) => {
        $(impl FromJson for $type {
            fn from_json(raw: Option<&RawValue>, _: &str, reader: &mut Reader<'_>) -> Self {
                reader.$how(raw).unwrap_or($blank)
            }
        })*
    };
}

values!(leaf:
    String = String::new(),
    bool = false,
    u8 = 0,
    u16 = 0,
    u32 = 0,
    [f64; 2] = [0.0; 2],
    [f64; 4] = [0.0; 4],
);

values!(word:
    super::BaseMapKind = super::BaseMapKind::Xyz,
    super::Counting = super::Counting::Sum,
    super::Datum = super::Datum::default(),
    super::GeometryType = super::GeometryType::Point,
    super::Locates = super::Locates::Street,
    super::Measure = super::Measure::default(),
    super::Nature = super::Nature::default(),
    super::PlaceType = super::PlaceType::Point,
);

impl FromJson for Decimal {
    fn from_json(raw: Option<&RawValue>, _: &str, reader: &mut Reader<'_>) -> Self {
        let text = reader.leaf::<String>(raw).unwrap_or_default();
        let read = text.parse();
        read.unwrap_or_else(|_| {
            if let Some(raw) = raw {
                let line = reader.line(raw);
                reader.note(line, format!("\"{text}\" is not a decimal number"));
            }
            Decimal::ZERO
        })
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(raw: Option<&RawValue>, at: &str, reader: &mut Reader<'_>) -> Self {
        match raw.map(RawValue::get) {
            None | Some("null") => None,
            Some(_) => Some(T::from_json(raw, at, reader)),
        }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(raw: Option<&RawValue>, at: &str, reader: &mut Reader<'_>) -> Self {
        let mut out = Vec::new();
        for (index, raw) in reader.items(raw).into_iter().enumerate() {
            out.push(T::from_json(Some(raw), &format!("{at}/{index}"), reader));
        }
        out
    }
}

impl<K: std::str::FromStr<Err: fmt::Display> + Ord, T: FromJson> FromJson for BTreeMap<K, T> {
    fn from_json(raw: Option<&RawValue>, at: &str, reader: &mut Reader<'_>) -> Self {
        let mut out = BTreeMap::new();
        for (name, raw) in reader.object(raw).members {
            let value = read_member(Some(raw), at, &name, reader);
            match name.parse() {
                Ok(key) => {
                    out.insert(key, value);
                }
                Err(error) => reader.note(reader.line(raw), format!("`{name}`: {error}")),
            }
        }
        out
    }
}

/// Members such as `$schema` and `$comment` are for the writer's tools and eyes.
fn is_remark(member: &str) -> bool {
    member.starts_with('$')
}

fn is_blank(raw: &RawValue) -> bool {
    match serde_json::from_str(raw.get()) {
        Ok(Value::Null) => true,
        Ok(Value::Array(items)) => items.is_empty(),
        Ok(Value::Object(members)) => members.is_empty(),
        _ => false,
    }
}

/// Appends a member to a JSON pointer (RFC 6901 §3).
fn pointer(at: &str, member: &str) -> String {
    format!("{at}/{}", member.replace('~', "~0").replace('/', "~1"))
}

fn lines<'b>(bytes: impl IntoIterator<Item = &'b u8>) -> usize {
    bytes.into_iter().filter(|byte| **byte == b'\n').count()
}

/// The error's words without the position, which is relative to the value.
pub(super) fn words_of(error: &serde_json::Error) -> String {
    let mut words = error.to_string();
    if let Some(end) = words.rfind(" at line ") {
        words.truncate(end);
    }
    words
}
