//! Names of sheets, as a spreadsheet allows them.

/// The most UTF-16 units of a name.
const MOST: usize = 31;

/// A name that a spreadsheet takes, like no other: without the signs that stand in its formulas, no longer
/// than it may be, and not the one that Excel keeps for itself.
pub(crate) fn valid(name: &str, taken: &[String]) -> String {
    let plain = |c: char| match c {
        '[' | ']' | ':' | '*' | '?' | '/' | '\\' => ' ',
        c if c.is_control() => ' ',
        c => c,
    };
    let name: String = name.chars().map(plain).collect();
    let name = name.trim_matches(|c: char| c.is_whitespace() || c == '\'');
    let name = if name.is_empty() { "Sheet" } else { name };
    let is_free = |name: &str| {
        let same = |other: &str| other.to_lowercase() == name.to_lowercase();
        !same("History") && !taken.iter().any(|other| same(other))
    };
    let first = cut(name, MOST);
    if is_free(&first) {
        return first;
    }
    let numbered = (2..).map(|n: u32| {
        let behind = format!(" {n}");
        cut(name, MOST - behind.len()) + &behind
    });
    let mut free = numbered.filter(|name| is_free(name));
    free.next().unwrap_or(first)
}

/// The beginning of a text, of so many UTF-16 units at the most.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let fitting = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= most
    });
    let fitting: String = fitting.collect();
    // What a name may not end with may stand where it was cut.
    fitting
        .trim_end_matches(|c: char| c.is_whitespace() || c == '\'')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_a_spreadsheet_takes_them() {
        let long = "台账".repeat(20);
        for (name, valid_name) in [
            ("台账", "台账".to_owned()),
            ("a[b]c:d*e?f/g\\h", "a b c d e f g h".to_owned()),
            ("'quoted'", "quoted".to_owned()),
            ("", "Sheet".to_owned()),
            ("[]", "Sheet".to_owned()),
            ("history", "history 2".to_owned()),
            (&long, "台账".repeat(15) + "台"),
            (&"🛠".repeat(20), "🛠".repeat(15)),
        ] {
            assert_eq!(valid(name, &[]), valid_name, "{name}");
        }
        let taken = ["Ledger".to_owned(), "LEDGER 2".to_owned()];
        assert_eq!(valid("ledger", &taken), "ledger 3");
        let one = valid(&long, &[]);
        let other = valid(&long, std::slice::from_ref(&one));
        assert!(
            other.encode_utf16().count() <= 31 && other != one,
            "{other}"
        );
    }
}
