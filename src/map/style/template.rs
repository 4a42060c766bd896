//! Style values written as JSON text. Built by `json!` in code the style took six times
//! the room that its text takes.

use serde_json::Value;

/// The value of a JSON text, in which a string `$name` stands for the value of that
/// name: `fill!(r#"["get", "$key"]"#; key = "k")`. A name alone gives the variable of
/// that name.
macro_rules! fill {
    ($json:expr) => {
        $crate::map::style::template::filled($json, &[])
    };
    ($json:expr; $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::map::style::template::filled(
            $json,
            &[$((stringify!($name), $crate::map::style::template::fill!(@value $name $($value)?))),+],
        )
    };
    (@value $name:ident) => { Into::<serde_json::Value>::into($name.clone()) };
    (@value $name:ident $value:expr) => { Into::<serde_json::Value>::into($value) };
}
pub(super) use fill;

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
