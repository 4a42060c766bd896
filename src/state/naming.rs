//! What things are called where they have no name of their own.

use crate::locales::Locale;
use mendmap_core::{
    catalog::{AssetKindId, Catalog, UnitId, WorkKindId},
    city::AssetSummary,
};

/// Digits at the end of a code that tell neighbours apart.
const SERIAL: usize = 6;

/// The kind of an asset in words.
pub fn kind(catalog: &Catalog, locale: Locale, kind: &AssetKindId) -> String {
    catalog
        .asset_kind(kind)
        .map_or_else(|| kind.0.clone(), |k| locale.pick(&k.label))
}

/// A kind of work in words.
pub fn work(catalog: &Catalog, locale: Locale, work: &WorkKindId) -> String {
    catalog
        .work_kind(work)
        .map_or_else(|| work.0.clone(), |w| locale.pick(&w.label))
}

/// A crew in words, by its id.
pub fn crew(catalog: &Catalog, locale: Locale, id: &str) -> String {
    let crew = catalog.crews.iter().find(|crew| crew.id.0 == id);
    crew.map_or_else(|| id.to_owned(), |crew| locale.pick(&crew.label))
}

/// A unit as it is printed behind a number.
pub fn unit(catalog: &Catalog, locale: Locale, unit: &UnitId) -> String {
    catalog
        .unit(unit)
        .map_or_else(|| unit.0.clone(), |u| locale.pick(&u.label))
}

/// A property of an asset in words: what it is called, and its value.
pub fn property(catalog: &Catalog, locale: Locale, name: &str, value: &str) -> (String, String) {
    let Some(property) = catalog.property(name) else {
        return (name.into(), value.into());
    };
    let known = property.values.iter().find(|v| v.value == value);
    let value = known.map_or_else(|| value.into(), |v| locale.pick(&v.label));
    let unit = property.unit.as_ref().map(|unit| format!("{value} {unit}"));
    (locale.pick(&property.label), unit.unwrap_or(value))
}

/// What an asset is called: its name, else its kind and serial number.
pub fn asset(catalog: &Catalog, locale: Locale, asset: &AssetSummary) -> String {
    named(
        catalog,
        locale,
        asset.name.as_deref(),
        Some(&asset.kind),
        asset.code.as_deref(),
    )
}

/// What something is called that has perhaps a name, a kind and a code.
pub fn named(
    catalog: &Catalog,
    locale: Locale,
    name: Option<&str>,
    of_kind: Option<&AssetKindId>,
    code: Option<&str>,
) -> String {
    if let Some(name) = name.filter(|name| !name.trim().is_empty()) {
        return name.into();
    }
    let kind = of_kind
        .map(|k| kind(catalog, locale, k))
        .unwrap_or_default();
    match code {
        Some(code) => format!("{kind} {}", serial(code)).trim().into(),
        None => kind,
    }
}

/// More about an asset in one line: kind, street, code; the kind only where the
/// name does not say it.
pub fn about(catalog: &Catalog, locale: Locale, asset: &AssetSummary) -> String {
    let kind = kind(catalog, locale, &asset.kind);
    let kind = asset
        .name
        .as_ref()
        .filter(|name| !name.contains(&kind))
        .map(|_| kind);
    [kind, asset.street.clone(), asset.code.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn serial(code: &str) -> &str {
    let start = code
        .char_indices()
        .rev()
        .nth(SERIAL - 1)
        .map_or(0, |(at, _)| at);
    &code[start..]
}

#[cfg(test)]
mod tests {
    use super::serial;

    #[test]
    fn a_serial_is_the_end_of_a_code() {
        assert_eq!(serial("2203820104000017"), "000017");
        assert_eq!(serial("17"), "17");
        assert_eq!(serial("编码很长的一个"), "码很长的一个");
        assert_eq!(serial(""), "");
    }
}
