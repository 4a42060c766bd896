//! Figures as they are printed.

use rust_decimal::Decimal;

/// A figure, and whether there is more than it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    printed: Decimal,
    is_more: bool,
}

/// A quantity as it is printed: as it is, or as at least so many times a step. What is less than
/// one step is printed as it is.
pub(super) fn figure(quantity: Decimal, at_least: Option<Decimal>) -> Figure {
    let quantity = quantity.normalize();
    let rest = at_least.and_then(|step| quantity.checked_rem(step));
    let steps = rest.and_then(|rest| quantity.checked_sub(rest));
    match (steps.filter(|steps| *steps > Decimal::ZERO), rest) {
        (Some(steps), Some(rest)) => Figure {
            printed: steps.normalize(),
            is_more: !rest.is_zero(),
        },
        _ => Figure {
            printed: quantity,
            is_more: false,
        },
    }
}

/// Large numbers of each language, the largest first.
const ZH: [(i64, &str); 2] = [(100_000_000, "亿"), (10_000, "万")];
const EN: [(i64, &str); 2] = [(1_000_000_000, " billion"), (1_000_000, " million")];

/// So many of a large number, where that has no more than two decimals: 21 and 万.
fn of_large(figure: Decimal, large: &[(i64, &'static str)]) -> Option<(Decimal, &'static str)> {
    large.iter().find_map(|(size, name)| {
        let times = figure.checked_div(Decimal::from(*size))?.normalize();
        (times >= Decimal::ONE && times.scale() <= 2).then_some((times, *name))
    })
}

impl Figure {
    /// In Chinese: `21万`, `1395.84`, `1000多`.
    pub(super) fn zh(self) -> String {
        let more = if self.is_more { "多" } else { "" };
        match of_large(self.printed, &ZH) {
            // A little more than so many ten thousands, not some more of them.
            Some((times, name)) => format!("{times}{name}{more}"),
            None => format!("{}{more}", self.printed),
        }
    }

    /// In English: `210,000`, `1.8 million`, `more than 1,000`.
    pub(super) fn en(self) -> String {
        let more = if self.is_more { "more than " } else { "" };
        match of_large(self.printed, &EN) {
            Some((times, name)) => format!("{more}{times}{name}"),
            None => format!("{more}{}", in_threes(&self.printed.to_string())),
        }
    }
}

/// A number with a comma between each three digits before the point.
fn in_threes(number: &str) -> String {
    let (whole, part) = number
        .split_once('.')
        .map_or((number, None), |(w, p)| (w, Some(p)));
    let mut out = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out += part;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(quantity: &str, at_least: Option<i64>) -> (String, String) {
        let at_least = at_least.map(Decimal::from);
        let figure = figure(quantity.parse().unwrap(), at_least);
        (figure.zh(), figure.en())
    }

    #[test]
    fn figures_are_printed_as_people_write_them_here() {
        for (quantity, zh, en) in [
            ("0", "0", "0"),
            ("7", "7", "7"),
            ("999", "999", "999"),
            ("1000", "1000", "1,000"),
            ("820.50", "820.5", "820.5"),
            ("1395.84", "1395.84", "1,395.84"),
            ("9999.99", "9999.99", "9,999.99"),
            ("10000", "1万", "10,000"),
            ("10431", "10431", "10,431"),
            ("12300", "1.23万", "12,300"),
            ("12340", "12340", "12,340"),
            ("210000", "21万", "210,000"),
            ("210000.5", "210000.5", "210,000.5"),
            ("1800000", "180万", "1.8 million"),
            ("1800001", "1800001", "1,800,001"),
            ("123456789", "123456789", "123,456,789"),
            ("230000000", "2.3亿", "230 million"),
            ("4500000000", "45亿", "4.5 billion"),
        ] {
            assert_eq!(said(quantity, None), (zh.into(), en.into()), "{quantity}");
        }
    }

    #[test]
    fn what_is_at_least_says_so_and_what_is_just_so_does_not() {
        for (quantity, zh, en) in [
            ("1043", "1000多", "more than 1,000"),
            ("1000", "1000", "1,000"),
            ("1000.01", "1000多", "more than 1,000"),
            ("999.5", "999.5", "999.5"),
            ("2999", "2000多", "more than 2,000"),
            ("31400", "3.1万多", "more than 31,000"),
        ] {
            assert_eq!(
                said(quantity, Some(1000)),
                (zh.into(), en.into()),
                "{quantity}"
            );
        }
        assert_eq!(said("5", Some(0)).0, "5", "a step of nothing is none");
    }
}
