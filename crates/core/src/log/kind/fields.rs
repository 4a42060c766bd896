//! Reading a kind's own fields: by one reader for all kinds.
//!
//! Derived readers are made anew for every struct; for the kinds they were 50 kB of
//! WebAssembly. Here the fields are set aside as slices first, and then taken by name.
//! What is wrong is noted, and looked at once, at the end: a way out at every field is
//! more code than the reading.

use crate::log::guard::Text;
use serde::de::{DeserializeOwned, Error as _, MapAccess};
use serde_json::Error;
use serde_json::value::RawValue;

/// Fields of a kind, as slices of the event.
pub(super) struct Fields<'de> {
    all: Vec<(Text<'de>, &'de RawValue)>,
    wrong: Option<Error>,
}

impl<'de> Fields<'de> {
    /// Sets all fields of a map aside.
    pub(super) fn of<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut all = Vec::new();
        while let Some(field) = map.next_entry()? {
            all.push(field);
        }
        let wrong = None;
        Ok(Fields { all, wrong })
    }

    /// What was wrong first.
    pub(super) fn wrong(self) -> Option<Error> {
        self.wrong
    }

    fn find(&mut self, name: &'static str) -> Option<&'de RawValue> {
        let mut same = self.all.iter().filter(|(key, _)| key.0 == name);
        let found = same.next().map(|(_, raw)| *raw);
        if same.next().is_some() {
            // Programs disagree on which of two equal keys counts.
            self.note(Error::duplicate_field(name));
        }
        found
    }

    fn note(&mut self, wrong: Error) {
        self.wrong.get_or_insert(wrong);
    }

    /// A field that must be there.
    pub(super) fn must<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        let Some(raw) = self.find(name) else {
            self.note(Error::missing_field(name));
            return None;
        };
        self.parse(raw)
    }

    /// A field that need not be there; its type's default stands for it.
    pub(super) fn may<T: DeserializeOwned + Default>(&mut self, name: &'static str) -> T {
        let read = self.find(name).and_then(|raw| self.parse(raw));
        read.unwrap_or_default()
    }

    // From bytes, as events are read everywhere: a second reader of the same types for
    // texts would be as large again.
    fn parse<T: DeserializeOwned>(&mut self, raw: &RawValue) -> Option<T> {
        match serde_json::from_slice(raw.get().as_bytes()) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.note(wrong);
                None
            }
        }
    }
}
