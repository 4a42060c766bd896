//! Ids that are words chosen by whoever writes the catalogue.

/// Declares a newtype over a string that serialises as the bare string.
macro_rules! word_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as it stands in the file.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                $name(word.to_owned())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Ok($name(word.to_owned()))
            }
        }

        impl $crate::json::FromJson for $name {
            fn from_json(
                raw: Option<&serde_json::value::RawValue>,
                at: &str,
                reader: &mut $crate::json::Reader<'_>,
            ) -> Self {
                $name(String::from_json(raw, at, reader))
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                $name(word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(super) use word_id;
