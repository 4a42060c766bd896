//! What the sheets say beside their cells.

use crate::catalog::{Catalog, Label};
use crate::ledger::{Entry, Scope, Wanted};
use crate::told::Language;

pub(super) fn say<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

pub(super) fn label(language: Language, label: &Label) -> &str {
    say(language, &label.zh, &label.en)
}

/// Which reports count, and to what it is narrowed: who gets the file has not asked for it.
pub(super) fn about(catalog: &Catalog, scope: &Scope, language: Language) -> Vec<String> {
    let counted = match scope.state {
        Wanted::Counted => say(
            language,
            "按目录的规则计入",
            "Reports count as the catalogue has it",
        ),
        Wanted::Reported => say(
            language,
            "计入全部上报，不论是否核查",
            "All reports count, verified or not",
        ),
        Wanted::Verified => say(language, "只计入已核查的", "Only what was verified counts"),
    };
    let crew = |id: &crate::catalog::CrewId| crew(catalog, id, language);
    let crews: Vec<String> = scope.crews.iter().map(crew).collect();
    let narrowed = [
        (say(language, "班组：", "Crews: "), &crews),
        (say(language, "街道：", "Streets: "), &scope.streets),
        (say(language, "小区：", "Communities: "), &scope.communities),
        (say(language, "网格：", "Grid cells: "), &scope.grids),
    ];
    let narrowed = narrowed.into_iter().filter(|(_, names)| !names.is_empty());
    let between = say(language, "、", ", ");
    let narrowed = narrowed.map(|(what, names)| format!("{what}{}", names.join(between)));
    std::iter::once(counted.to_owned())
        .chain(narrowed)
        .collect()
}

/// The name of a crew; its id where the catalogue does not have it.
pub(super) fn crew(catalog: &Catalog, id: &crate::catalog::CrewId, language: Language) -> String {
    let known = catalog.crews.iter().find(|crew| crew.id == *id);
    known.map_or_else(
        || id.to_string(),
        |crew| label(language, &crew.label).to_owned(),
    )
}

/// How wide a character is, in digits: from Hangul on two, but for a few that then have more room.
fn wide(c: char) -> usize {
    if c >= '\u{1100}' { 2 } else { 1 }
}

/// How many lines of so many digits a cell takes, broken between words, and within one that has no
/// room in a line; between wide characters anywhere.
pub(super) fn lines(entry: &Entry, room: usize) -> usize {
    let Entry::Text(text) = entry else {
        return 1;
    };
    let room = room.max(1);
    let of_line = |text: &str| {
        let (mut lines, mut used) = (1, 0);
        for word in text.split_inclusive(|c| c == ' ' || wide(c) > 1) {
            let width: usize = word.chars().map(wide).sum();
            // The space behind the last word of a line takes none.
            let needed = width - usize::from(word.ends_with(' '));
            if used > 0 && used + needed > room {
                (lines, used) = (lines + 1, 0);
            }
            let broken = (used + needed).saturating_sub(1) / room;
            lines += broken;
            used += width - broken * room;
        }
        lines
    };
    text.lines().map(of_line).sum::<usize>().max(1)
}

/// How wide a cell is printed, in digits.
pub(super) fn width(entry: &Entry) -> usize {
    let figure = |digits: usize| digits + digits.saturating_sub(1) / 3;
    match entry {
        Entry::Blank => 0,
        Entry::Text(text) => {
            let lines = text.lines().map(|line| line.chars().map(wide).sum());
            lines.max().unwrap_or(0)
        }
        Entry::Count(count) => figure(count.to_string().len()),
        Entry::Figure { value, decimals } => {
            let whole = value.trunc().to_string().len();
            let decimals = value.normalize().scale().max(*decimals) as usize;
            figure(whole) + usize::from(decimals > 0) + decimals
        }
        Entry::Percent(value) => value.to_string().len() + 3,
        Entry::Year(_) => 4,
        Entry::Day(_) => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_as_wide_as_it_is_printed() {
        let figure = |value: &str, decimals| Entry::Figure {
            value: value.parse().unwrap(),
            decimals,
        };
        for (entry, digits) in [
            (Entry::Blank, 0),
            (Entry::Text("补坑槽".into()), 6),
            (Entry::Text("a\n补ab".into()), 4),
            (Entry::Count(999), 3),
            (Entry::Count(1_000_000), 9),
            (figure("1395.84", 2), 8),
            (figure("210000", 2), 10),
            (figure("1.23456", 2), 7),
            (Entry::Year(2024), 4),
        ] {
            assert_eq!(width(&entry), digits, "{entry:?}");
        }
    }

    #[test]
    fn text_is_broken_into_lines_where_it_has_no_room() {
        let lines = |text: &str, room| lines(&Entry::Text(text.into()), room);
        for (text, room, expected) in [
            ("", 8, 1),
            ("12345678", 8, 1),
            ("123456789", 8, 2),
            ("one two three", 8, 2),
            ("one two", 7, 1),
            ("one two", 6, 2),
            ("补坑槽补坑槽", 8, 2),
            ("补坑槽补坑槽补坑槽", 8, 3),
            ("补坑\n补坑", 8, 2),
            ("123456789012345678 90", 8, 3),
        ] {
            assert_eq!(lines(text, room), expected, "{text} in {room}");
        }
    }
}
