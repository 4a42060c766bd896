//! Cells, and the forms in which they are shown.

use crate::error::SheetError;
use crate::name::cut;
use jiff::civil::Date;
use mendmap_core::ledger::{Entry, begins_like_a_formula};
use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Worksheet};

/// A spreadsheet holds as many digits of a number. A decimal of no more of them is the same after it
/// was a binary number (IEEE 754 double: 15).
const DIGITS: u32 = 15;

/// The most UTF-16 units of a text. What is longer is cut here, and whole in the log.
const TEXT: usize = 32_767;

/// Writes a cell.
pub(crate) fn write(
    at: &mut Worksheet,
    row: u32,
    column: u16,
    entry: &Entry,
) -> Result<(), SheetError> {
    match entry {
        Entry::Blank => {}
        Entry::Text(text) => write_text(at, row, column, text)?,
        Entry::Count(count) => write_figure(at, row, column, (*count).into(), 0)?,
        Entry::Figure { value, decimals } => write_figure(at, row, column, *value, *decimals)?,
        Entry::Percent(value) => match number(*value, 2) {
            Some(share) => {
                // A share has two decimals more, which the sign of percent takes away again.
                let form = figures(value.normalize().scale().max(1)) + "%";
                at.write_number_with_format(row, column, share, &shown(&form))?;
            }
            None => write_text(at, row, column, &format!("{value}%"))?,
        },
        Entry::Year(year) => {
            at.write_number_with_format(row, column, f64::from(*year), &shown("0"))?;
        }
        Entry::Day(on) => match day(*on) {
            Some(day) => {
                at.write_datetime_with_format(row, column, &day, &shown("yyyy-mm-dd"))?;
            }
            None => write_text(at, row, column, &on.to_string())?,
        },
    }
    Ok(())
}

/// A day as a spreadsheet counts them; none before it begins to.
pub(crate) fn day(day: Date) -> Option<ExcelDateTime> {
    let part = |n: i8| u8::try_from(n).ok();
    let year = u16::try_from(day.year())
        .ok()
        .filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, part(day.month())?, part(day.day())?).ok()
}

fn write_text(at: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), SheetError> {
    let format = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let format = match begins_like_a_formula(text) {
        // It would be one once somebody had gone into the cell and out again.
        true => format.set_quote_prefix(),
        false => format,
    };
    if text.encode_utf16().count() > TEXT {
        let text = cut(text, TEXT - 1) + "…";
        at.write_string_with_format(row, column, text, &format)?;
    } else {
        at.write_string_with_format(row, column, text, &format)?;
    }
    Ok(())
}

fn write_figure(
    at: &mut Worksheet,
    row: u32,
    column: u16,
    value: Decimal,
    decimals: u32,
) -> Result<(), SheetError> {
    // No decimal that is there is hidden.
    let decimals = value.normalize().scale().max(decimals);
    match number(value, 0) {
        Some(value) => {
            at.write_number_with_format(row, column, value, &shown(&figures(decimals)))?;
        }
        None => {
            let format = Format::new()
                .set_align(FormatAlign::Right)
                .set_align(FormatAlign::Top);
            at.write_string_with_format(row, column, value.normalize().to_string(), &format)?;
        }
    }
    Ok(())
}

/// A decimal, divided by so many tens, as a binary number: the nearest that there is. None where that
/// would not be shown as the decimal is.
fn number(value: Decimal, tens: u32) -> Option<f64> {
    let value = value.normalize();
    if value.mantissa().unsigned_abs() >= 10_u128.pow(DIGITS) {
        return None;
    }
    format!("{}e-{}", value.mantissa(), value.scale() + tens)
        .parse()
        .ok()
}

/// The form of a figure with so many decimals: `#,##0.00`.
fn figures(decimals: u32) -> String {
    match decimals {
        0 => "#,##0".to_owned(),
        decimals => format!("#,##0.{}", "0".repeat(decimals as usize)),
    }
}

fn shown(form: &str) -> Format {
    Format::new()
        .set_num_format(form)
        .set_align(FormatAlign::Top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_number_is_the_nearest_one_and_what_has_more_digits_is_none() {
        let number = |text: &str, tens| number(text.parse().unwrap(), tens);
        assert_eq!(number("1395.84", 0), Some(1395.84));
        assert_eq!(number("820.50", 0), Some(820.5));
        assert_eq!(number("162.5", 2), Some(1.625));
        assert_eq!(number("-0.3", 2), Some(-0.003));
        assert_eq!(number("999999999999999", 0), Some(999_999_999_999_999.0));
        assert_eq!(number("1234567890123.45", 0), Some(1_234_567_890_123.45));
        assert_eq!(number("12345678901234.567", 0), None);
        assert_eq!(number("1000000000000000", 0), None);
        assert_eq!(number("79228162514264337593543950335", 0), None);
    }

    #[test]
    fn days_begin_in_1900() {
        let has = |y, m, d| day(jiff::civil::date(y, m, d)).is_some();
        assert!(has(2024, 10, 31) && has(1900, 1, 1) && has(9999, 12, 31));
        assert!(!has(1899, 12, 31) && !has(-1, 1, 1));
    }
}
