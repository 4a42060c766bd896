//! What the properties of a file seem to mean, by what they are called and what they say.

use super::Arrival;
use super::meaning::is_code;
use crate::catalog::{Fields, Meaning};
use serde_json::Value;

/// What a code, a name and a street are called, lower case, the surest first.
const CODES: [&str; 12] = [
    "objid",
    "部件编码",
    "部件标识码",
    "标识码",
    "编码",
    "部件编号",
    "设施编号",
    "code",
    "编号",
    "objectcode",
    "bjbm",
    "bh",
];
const NAMES: [&str; 9] = [
    "objname",
    "部件名称",
    "设施名称",
    "名称",
    "name",
    "title",
    "mc",
    "名字",
    "title_zh",
];
const STREETS: [&str; 10] = [
    "street",
    "所在道路",
    "所在街道",
    "道路名称",
    "街道",
    "道路",
    "road",
    "addr:street",
    "路名",
    "dlmc",
];
/// What the name of a street ends in.
const STREET_ENDS: [&str; 9] = [
    "路", "街", "大道", "巷", "胡同", "大街", "street", "road", "avenue",
];

/// How a meaning is known: by the name of a property, else by what it says.
struct Signs {
    names: &'static [&'static str],
    is_like: fn(&str) -> bool,
}

impl Signs {
    fn of(meaning: Meaning) -> Signs {
        let (names, is_like): (&[&str], fn(&str) -> bool) = match meaning {
            Meaning::Code => (&CODES, is_code),
            Meaning::Name => (&NAMES, |_| false),
            Meaning::Street => (&STREETS, is_street),
        };
        Signs { names, is_like }
    }
}

impl Arrival {
    /// The properties that seem to have each meaning: those it was read with where a feature has them,
    /// else by what the names or the values are like. No property has two.
    pub fn likely_fields(&self, read_with: &Fields) -> Fields {
        let names = self.property_names();
        let rows = self.first_properties();
        let values = |name: &str| -> Vec<String> {
            let of_row = |row: &Vec<(String, Value)>| {
                let (_, value) = row.iter().find(|(key, _)| key == name)?;
                Some(plain(value))
            };
            rows.iter()
                .filter_map(of_row)
                .filter(|text| !text.is_empty())
                .collect()
        };
        let mut likely = read_with.clone();
        for meaning in Meaning::ALL {
            if names.contains(likely.named(meaning)) {
                continue;
            }
            let is_taken = |name: &String| Meaning::ALL.iter().any(|m| likely.named(*m) == name);
            let free = || names.iter().filter(|name| !is_taken(name));
            let signs = Signs::of(meaning);
            let mut called = signs.names.iter();
            let named =
                called.find_map(|known| free().find(|name| name.trim().to_lowercase() == **known));
            let found = named.or_else(|| {
                free().find(|name| {
                    let values = values(name);
                    let like = values.iter().filter(|value| (signs.is_like)(value));
                    let like = like.count();
                    like > 0 && like * 2 >= values.len()
                })
            });
            if let Some(found) = found.cloned() {
                likely.name(meaning, found);
            }
        }
        likely
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn is_street(text: &str) -> bool {
    let text = text.to_lowercase();
    STREET_ENDS
        .iter()
        .any(|end| text.ends_with(end) && text.len() > end.len())
}
