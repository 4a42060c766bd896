//! Style values written as JSON text. Built by `json!` in code the style took six times
//! the room that its text takes.

use serde_json::Value;

/// The value of a JSON text, in which a string `$name` stands for the value of that
/// name: `fill!(r#"["get", "$key"]"#; key = "k")`. A name alone gives the variable of
/// that name.
macro_rules! fill {
    ($json:expr) => {
        $crate::map::style::template::filled($crate::map::style::template::short!($json), &[])
    };
    ($json:expr; $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::map::style::template::filled(
            $crate::map::style::template::short!($json),
            &[$((stringify!($name), $crate::map::style::template::fill!(@value $name $($value)?))),+],
        )
    };
    (@value $name:ident) => { Into::<serde_json::Value>::into($name.clone()) };
    (@value $name:ident $value:expr) => { Into::<serde_json::Value>::into($value) };
}
pub(super) use fill;

/// The text without its indentation, which is for whoever reads the source: made when the
/// program is compiled.
macro_rules! short {
    ($json:expr) => {{
        const LENGTH: usize = $crate::map::style::template::without_indent::<0>($json).1;
        const TEXT: [u8; LENGTH] = $crate::map::style::template::without_indent($json).0;
        const { $crate::map::style::template::text(&TEXT) }
    }};
}
pub(super) use short;

/// The bytes of a text but for its line ends and the blanks that follow them, and how many
/// these are; the first `N` of them.
pub(super) const fn without_indent<const N: usize>(text: &str) -> ([u8; N], usize) {
    let (bytes, mut out) = (text.as_bytes(), [0; N]);
    let (mut at, mut length, mut indents) = (0, 0, false);
    while at < bytes.len() {
        indents = bytes[at] == b'\n' || (indents && bytes[at] == b' ');
        if !indents {
            if length < N {
                out[length] = bytes[at];
            }
            length += 1;
        }
        at += 1;
    }
    (out, length)
}

/// What is left is as much UTF-8 as it was: only whole characters were taken out.
pub(super) const fn text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}

/// See the macro. The text is a constant of this program: one that is no JSON is a slip
/// that every test of the style finds.
pub(super) fn filled(text: &str, holes: &[(&str, Value)]) -> Value {
    let mut value = serde_json::from_str(text).unwrap_or_default();
    debug_assert_ne!(value, Value::Null, "{text}");
    put(&mut value, holes);
    value
}

fn put(value: &mut Value, holes: &[(&str, Value)]) {
    match value {
        Value::String(text) => {
            let name = text.strip_prefix('$');
            let hole = name.and_then(|name| holes.iter().find(|(known, _)| *known == name));
            debug_assert_eq!(name.is_some(), hole.is_some(), "nothing stands for {text}");
            if let Some((_, filling)) = hole {
                value.clone_from(filling);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| put(item, holes)),
        Value::Object(members) => members.values_mut().for_each(|item| put(item, holes)),
        _ => {}
    }
}
