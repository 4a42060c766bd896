//! Which photos show how something was, and which how it is now.

/// The role of a photo that shows how it was before the work.
pub const BEFORE: &str = "before";
/// The role of one that shows how it is after it.
pub const AFTER: &str = "after";

/// A photo in a line of text, as forms and cards list them: its name, and its role where it has one.
pub fn entry_of(name: &str, role: Option<&str>) -> String {
    match role {
        // A space stands between two of them.
        Some(role) if !role.contains(char::is_whitespace) => [name, "=", role].concat(),
        _ => name.to_owned(),
    }
}

/// The name and the role of an entry.
pub fn named(entry: &str) -> (&str, Option<&str>) {
    match entry.split_once('=') {
        Some((name, role)) => (name, Some(role)),
        None => (entry, None),
    }
}

#[cfg(test)]
mod tests {
    use super::{AFTER, BEFORE, entry_of, named};

    #[test]
    fn an_entry_says_name_and_role_again() {
        for role in [None, Some(BEFORE), Some(AFTER)] {
            assert_eq!(named(&entry_of("ab12", role)), ("ab12", role));
        }
        assert_eq!(entry_of("ab12", Some("two words")), "ab12");
    }
}
