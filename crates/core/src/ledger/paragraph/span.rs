//! A period in words.

use super::Period;
use crate::told::Language;
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A period as people say it: a year, a month, months, or from one day to another.
pub(in super::super) fn span(period: Period, language: Language) -> String {
    let Period { from, to } = period;
    let one_year = from.year() == to.year();
    let whole_months = from.day() == 1 && to == to.last_of_month();
    let whole_year = whole_months && one_year && from.month() == 1 && to.month() == 12;
    let one_month = one_year && from.month() == to.month();
    let (first, last, year) = (from.month(), to.month(), to.year());
    let zh = language == Language::Zh;
    match (whole_months, one_year) {
        (true, _) if whole_year && zh => format!("{year}年"),
        (true, _) if whole_year => year.to_string(),
        (true, _) if one_month && zh => format!("{year}年{last}月"),
        (true, _) if one_month => format!("{} {year}", name(to)),
        (true, true) if zh => format!("{year}年{first}—{last}月"),
        (true, true) => format!("{} to {} {year}", name(from), name(to)),
        (true, false) if zh => format!("{}年{first}月—{year}年{last}月", from.year()),
        (true, false) => format!("{} {} to {} {year}", name(from), from.year(), name(to)),
        (false, _) if from == to && zh => day_zh(to, true),
        (false, _) if from == to => day_en(to, true),
        (false, _) if zh => format!("{}至{}", day_zh(from, true), day_zh(to, !one_year)),
        (false, _) => format!("{} to {}", day_en(from, !one_year), day_en(to, true)),
    }
}

fn name(day: Date) -> &'static str {
    let at = usize::try_from(day.month() - 1).unwrap_or(0);
    MONTHS.get(at).copied().unwrap_or_default()
}

fn day_zh(day: Date, with_year: bool) -> String {
    let year = if with_year {
        format!("{}年", day.year())
    } else {
        String::new()
    };
    format!("{year}{}月{}日", day.month(), day.day())
}

fn day_en(day: Date, with_year: bool) -> String {
    let year = if with_year {
        format!(" {}", day.year())
    } else {
        String::new()
    };
    format!("{} {}{year}", day.day(), name(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_said_as_short_as_they_are() {
        for (from, to, zh, en) in [
            (
                "2024-01-01",
                "2024-10-31",
                "2024年1—10月",
                "January to October 2024",
            ),
            ("2024-01-01", "2024-12-31", "2024年", "2024"),
            ("2024-02-01", "2024-02-29", "2024年2月", "February 2024"),
            (
                "2023-11-01",
                "2024-02-29",
                "2023年11月—2024年2月",
                "November 2023 to February 2024",
            ),
            (
                "2024-03-15",
                "2024-06-10",
                "2024年3月15日至6月10日",
                "15 March to 10 June 2024",
            ),
            (
                "2023-12-30",
                "2024-01-02",
                "2023年12月30日至2024年1月2日",
                "30 December 2023 to 2 January 2024",
            ),
            ("2024-05-03", "2024-05-03", "2024年5月3日", "3 May 2024"),
            (
                "2023-05-01",
                "2024-05-31",
                "2023年5月—2024年5月",
                "May 2023 to May 2024",
            ),
        ] {
            let period = Period {
                from: from.parse().unwrap(),
                to: to.parse().unwrap(),
            };
            assert_eq!(span(period, Language::Zh), zh);
            assert_eq!(span(period, Language::En), en);
        }
    }
}
