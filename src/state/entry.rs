//! Reading what was typed, into a report or in place of the map, before it is sent: so that the form can
//! say what to do while the hand is still there. The worker asks the same of the
//! core's rules again and has the last word.

use crate::number;
use mendmap_core::{
    catalog::{Unit, WorkKind},
    geodesy::LonLat,
    log::{Quantity, QuantityError},
};
use rust_decimal::Decimal;

/// What is wrong with a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was typed.
    Missing,
    /// It is no number.
    NotANumber,
    /// It has more decimals than its unit.
    TooFine {
        /// Decimals that the unit has.
        decimals: u32,
    },
    /// Nothing, or less.
    NotPositive,
    /// More than the line that it is a part of.
    MoreThanAll,
}

/// Reads a quantity as people type it: with full-width digits, spaces around.
pub fn read(text: &str, unit: Option<&Unit>) -> Result<Quantity, Fault> {
    let text = plain(text);
    if text.is_empty() {
        return Err(Fault::Missing);
    }
    let quantity: Quantity = text.parse().map_err(|error| match error {
        QuantityError::NotANumber(_) | QuantityError::TooLong(_) => Fault::NotANumber,
    })?;
    if quantity.0 <= Decimal::ZERO {
        return Err(Fault::NotPositive);
    }
    let decimals = unit.map_or(0, |unit| unit.decimals);
    if quantity.0.normalize().scale() > decimals {
        return Err(Fault::TooFine { decimals });
    }
    Ok(quantity)
}

/// Reads a part of what another line says: it cannot be more than that. Where the other
/// is no number yet there is nothing to compare with.
pub fn read_part(
    text: &str,
    unit: Option<&Unit>,
    all: Option<Quantity>,
) -> Result<Quantity, Fault> {
    let part = read(text, unit)?;
    match all {
        Some(all) if part.0 > all.0 => Err(Fault::MoreThanAll),
        _ => Ok(part),
    }
}

/// True where so much is improbable for one report of this kind.
pub fn is_improbable(quantity: Quantity, kind: &WorkKind, on_one_asset: bool) -> bool {
    let most = kind.usual_most(on_one_asset);
    most.is_some_and(|most| quantity.0 > most)
}

/// One more, or one less but not nothing.
pub fn step(text: &str, by: i64) -> String {
    let now = plain(text)
        .parse::<Quantity>()
        .map_or(Decimal::ZERO, |q| q.0);
    let next = now.checked_add(Decimal::from(by)).unwrap_or(now);
    next.max(Decimal::ONE).to_string()
}

/// Reads the coordinates of a place: latitude and then longitude, in degrees, with
/// anything between them that people put there. Letters are refused: they may say south
/// or name the other order, and a place read wrongly is worse than one asked for again.
pub fn read_place(text: &str) -> Option<LonLat> {
    let text = plain(text);
    let is_between =
        |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；' | '°');
    let mut parts = text.split(is_between).filter(|part| !part.is_empty());
    let lat = number::read(parts.next()?)?;
    let at = LonLat::new(number::read(parts.next()?)?, lat);
    (parts.next().is_none() && at.is_valid()).then_some(at)
}

/// The text as the rules read it.
pub fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        '．' | '。' => '.',
        other => other,
    };
    text.trim().chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mendmap_core::catalog::{Label, UnitId};

    fn unit(decimals: u32) -> Unit {
        let label = Label {
            zh: "座".into(),
            en: "pcs".into(),
        };
        serde_json::from_value(serde_json::json!({
            "id": UnitId("pcs".into()), "label": label, "decimals": decimals,
        }))
        .expect("a unit")
    }

    #[test]
    fn a_part_is_not_more_than_all() {
        let read = |part, all: &str| read_part(part, Some(&unit(0)), all.parse().ok()).map(drop);
        assert_eq!(read("2", "2"), Ok(()));
        assert_eq!(read("3", "2"), Err(Fault::MoreThanAll));
        assert_eq!(read("3", "many"), Ok(()));
        assert_eq!(read("0", "2"), Err(Fault::NotPositive));
    }

    #[test]
    fn a_quantity_is_read_as_people_type_it() {
        let square_metres = unit(2);
        let read = |text| read(text, Some(&square_metres)).map(|q| q.to_string());
        assert_eq!(read(" 12.5 "), Ok("12.5".into()));
        assert_eq!(read("１２．５"), Ok("12.5".into()));
        assert_eq!(read(""), Err(Fault::Missing));
        assert_eq!(read("十二"), Err(Fault::NotANumber));
        assert_eq!(read("1,5"), Err(Fault::NotANumber));
        assert_eq!(read("0"), Err(Fault::NotPositive));
        assert_eq!(read("-2"), Err(Fault::NotPositive));
        assert_eq!(read("1.255"), Err(Fault::TooFine { decimals: 2 }));
        assert_eq!(read("1.2500"), Ok("1.2500".into()));
    }

    #[test]
    fn a_place_is_read_as_people_type_it() {
        let here = Some(LonLat::new(123.5, 43.52));
        for text in [
            "43.52, 123.5",
            " 43.52 123.50",
            "43.52，123.5",
            "４３．５２、１２３．５",
            "43.52°; 123.5°",
        ] {
            assert_eq!(read_place(text), here, "{text}");
        }
        assert_eq!(read_place("-33.9, -70.6"), Some(LonLat::new(-70.6, -33.9)));
        for text in [
            "",
            "43.52",
            "43.52, 123.5, 7",
            "123.5, 43.52",
            "43,52 123,5",
            "43.52N 123.5E",
            "91, 0",
            "0, 181",
            "NaN, 1",
        ] {
            assert_eq!(read_place(text), None, "{text}");
        }
    }

    #[test]
    fn steps_never_reach_nothing() {
        assert_eq!(step("1", -1), "1");
        assert_eq!(step("1", 1), "2");
        assert_eq!(step("", 1), "1");
        assert_eq!(step("abc", -1), "1");
    }
}
