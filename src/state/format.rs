//! Numbers, dates and distances as people write them in the chosen language.
//!
//! `Intl` does the work: it is in the browser already and knows both forms.

use super::prefs;
use crate::{locales::Locale, number};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use mendmap_core::ledger::Ratio;
use std::cmp::Ordering;
use wasm_bindgen::JsValue;

/// A whole number with its separators: 3,846.
pub fn count(locale: Locale, n: usize) -> String {
    decimal(locale, &n.to_string())
}

/// A decimal number, given as digits, to the last of its decimals.
pub fn decimal(locale: Locale, digits: &str) -> String {
    let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
    number(
        locale,
        digits,
        &[
            ("minimumFractionDigits", JsValue::from(decimals as u32)),
            ("maximumFractionDigits", JsValue::from(decimals as u32)),
        ],
    )
}

/// A quantity with its unit: 12.5 m², 1座, 1 lamp.
pub fn quantity(locale: Locale, digits: &str, unit: &str) -> String {
    let unit = if digits == "1" { one(unit) } else { unit };
    // Between a number and Latin letters stands a space, before 座 none.
    let space = if unit.is_ascii() || unit.starts_with('m') {
        "\u{a0}"
    } else {
        ""
    };
    format!("{}{space}{unit}", decimal(locale, digits))
}

/// A unit's name beside a one. Catalogues name English units in the plural.
fn one(unit: &str) -> &str {
    match unit.strip_suffix('s') {
        Some(one) if one.len() > 1 => one,
        _ => unit,
    }
}

/// A length in metres: 424.2 m, 424.2米.
pub fn metres(locale: Locale, digits: &str) -> String {
    quantity(
        locale,
        digits,
        if locale == Locale::Zh { "米" } else { "m" },
    )
}

/// An area in square metres.
pub fn square_metres(locale: Locale, digits: &str) -> String {
    let unit = if locale == Locale::Zh {
        "平方米"
    } else {
        "m²"
    };
    quantity(locale, digits, unit)
}

/// A share in percent with one decimal: 1.7%, < 0.1%.
pub fn share(locale: Locale, share: Ratio) -> String {
    let (permille, lies) = share.permille();
    let sign = match lies {
        Ordering::Less => "< ",
        Ordering::Equal => "",
        Ordering::Greater => "> ",
    };
    let digits = number::text(f64::from(permille) / 1000.0, 3);
    let percent = number(
        locale,
        &digits,
        &[
            ("style", "percent".into()),
            ("minimumFractionDigits", 1.into()),
            ("maximumFractionDigits", 1.into()),
        ],
    );
    format!("{sign}{percent}")
}

/// A distance, as exactly as a person on foot needs it.
pub fn distance(locale: Locale, metres: f64) -> String {
    let (value, unit, decimals) = match metres {
        m if m < 100.0 => (m.round(), "meter", 0),
        m if m < 995.0 => ((m / 10.0).round() * 10.0, "meter", 0),
        m if m < 9_950.0 => ((m / 100.0).round() / 10.0, "kilometer", 1),
        m => ((m / 1000.0).round(), "kilometer", 0),
    };
    number(
        locale,
        &number::text(value, 3),
        &[
            ("style", "unit".into()),
            ("unit", unit.into()),
            ("unitDisplay", "short".into()),
            ("maximumFractionDigits", decimals.into()),
        ],
    )
}

/// How long it is, as exactly as a day's plan needs it: 40 minutes, 3 hours, 2 days.
pub fn span(locale: Locale, ms: f64) -> String {
    const HOUR: f64 = 3_600_000.0;
    let (value, unit) = match ms {
        ms if ms < HOUR => ((ms / 60_000.0).max(1.0), "minute"),
        ms if ms < 48.0 * HOUR => (ms / HOUR, "hour"),
        ms => (ms / (24.0 * HOUR), "day"),
    };
    number(
        locale,
        &number::text(value.floor(), 0),
        &[
            ("style", "unit".into()),
            ("unit", unit.into()),
            ("unitDisplay", "long".into()),
        ],
    )
}

/// An amount of data: 1.4 MB.
pub fn bytes(locale: Locale, bytes: f64) -> String {
    let (value, unit) = match bytes {
        b if b < 1e6 => (b / 1e3, "kilobyte"),
        b if b < 1e9 => (b / 1e6, "megabyte"),
        b => (b / 1e9, "gigabyte"),
    };
    let decimals = u32::from(value < 10.0);
    number(
        locale,
        &number::text(value, 3),
        &[
            ("style", "unit".into()),
            ("unit", unit.into()),
            ("maximumFractionDigits", decimals.into()),
        ],
    )
}

/// A day, `2024-05-03`, in words: 2024年5月3日.
pub fn day(locale: Locale, iso: &str) -> String {
    date(
        locale,
        &format!("{iso}T00:00:00"),
        &[
            ("year", "numeric".into()),
            ("month", "short".into()),
            ("day", "numeric".into()),
        ],
    )
    .unwrap_or_else(|| iso.into())
}

/// A moment, in RFC 3339: the time alone where it was today, else the day too.
pub fn moment(locale: Locale, rfc3339: &str) -> String {
    let then = Date::new(&JsValue::from(rfc3339));
    let now = Date::new_0();
    let same_year = then.get_full_year() == now.get_full_year();
    let today =
        same_year && then.get_month() == now.get_month() && then.get_date() == now.get_date();
    let mut options = vec![
        ("hour", JsValue::from("2-digit")),
        ("minute", "2-digit".into()),
        ("hourCycle", "h23".into()),
    ];
    if !today {
        options.extend([("month", "short".into()), ("day", "numeric".into())]);
    }
    if !same_year {
        options.push(("year", "numeric".into()));
    }
    date(locale, rfc3339, &options).unwrap_or_else(|| rfc3339.into())
}

/// A moment in milliseconds since 1970, in the same words.
pub fn moment_ms(locale: Locale, ms: i64) -> String {
    let date = Date::new(&JsValue::from_f64(ms as f64));
    date.to_iso_string()
        .as_string()
        .map_or_else(String::new, |iso| moment(locale, &iso))
}

/// Today on this device's calendar, as `YYYY-MM-DD`.
pub fn today() -> String {
    let now = Date::new_0();
    format!(
        "{:04}-{:02}-{:02}",
        now.get_full_year(),
        now.get_month() + 1,
        now.get_date()
    )
}

fn options(pairs: &[(&str, JsValue)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        // A fresh plain object takes any property.
        let _ = Reflect::set(&options, &JsValue::from(*name), value);
    }
    options
}

fn number(locale: Locale, digits: &str, pairs: &[(&str, JsValue)]) -> String {
    let format = Intl::NumberFormat::new(&tags(locale), &options(pairs)).format();
    // As a string: a decimal keeps digits that a float would lose.
    call(&format, &JsValue::from(digits)).unwrap_or_else(|| digits.into())
}

fn date(locale: Locale, text: &str, pairs: &[(&str, JsValue)]) -> Option<String> {
    let date = Date::new(&JsValue::from(text));
    if date.get_time().is_nan() {
        return None;
    }
    let format = Intl::DateTimeFormat::new(&tags(locale), &options(pairs)).format();
    call(&format, &date)
}

fn tags(locale: Locale) -> Array {
    let wanted = prefs::browser_languages();
    let tag = locale.regional(wanted.iter().map(String::as_str));
    Array::of1(&JsValue::from(tag))
}

fn call(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

#[cfg(test)]
mod tests {
    use super::one;

    #[test]
    fn one_lamp_is_not_one_lamps() {
        assert_eq!(one("pcs"), "pc");
        assert_eq!(one("lamps"), "lamp");
        for unit in ["m²", "km", "t", "座", "s", "%"] {
            assert_eq!(one(unit), unit);
        }
    }
}
