//! The address by which others reach the server: that of a proxy, which ends TLS before it.

use axum::http::Uri;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// `https://` and a name, perhaps with a port; as a browser writes it in `Origin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// In small letters, without the port that https has anyway.
    authority: String,
}

/// Why something is no origin.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OriginError {
    /// Passwords would travel unencrypted.
    #[error("{0} is not an https address: what others reach must be encrypted")]
    NotEncrypted(String),
    /// More than a scheme, a name and a port, or less.
    #[error("{0} is no origin: write it as https://city.example, without a path")]
    NotAnOrigin(String),
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Origin, OriginError> {
        let no = || OriginError::NotAnOrigin(text.to_owned());
        let uri: Uri = text.parse().map_err(|_| no())?;
        match uri.scheme_str() {
            Some("https") => {}
            Some(_) => return Err(OriginError::NotEncrypted(text.to_owned())),
            None => return Err(no()),
        }
        let authority = uri.authority().ok_or_else(no)?.as_str();
        if uri.path() != "/" || uri.query().is_some() || authority.contains('@') {
            return Err(no());
        }
        Ok(Origin {
            authority: short(authority),
        })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}", self.authority)
    }
}

impl Origin {
    /// Whether a request's `Host` is this one.
    pub(crate) fn is_host(&self, host: &str) -> bool {
        short(host) == self.authority
    }

    /// Whether a request's `Origin` is this one.
    pub(crate) fn is_origin(&self, origin: &str) -> bool {
        origin.parse::<Origin>().as_ref() == Ok(self)
    }
}

fn short(authority: &str) -> String {
    let small = authority.to_ascii_lowercase();
    small
        .strip_suffix(":443")
        .map(str::to_owned)
        .unwrap_or(small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_https_a_name_and_a_port() {
        for (text, shown) in [
            ("https://city.example", "https://city.example"),
            ("https://City.Example/", "https://city.example"),
            ("https://city.example:443", "https://city.example"),
            ("https://city.example:8443", "https://city.example:8443"),
            ("https://[2001:db8::1]", "https://[2001:db8::1]"),
        ] {
            assert_eq!(text.parse::<Origin>().unwrap().to_string(), shown);
        }
        assert!(matches!(
            "http://city.example".parse::<Origin>(),
            Err(OriginError::NotEncrypted(_))
        ));
        for text in [
            "",
            "city.example",
            "https://",
            "https://city.example/app",
            "https://city.example?a",
            "https://crew@city.example",
        ] {
            assert!(
                matches!(text.parse::<Origin>(), Err(OriginError::NotAnOrigin(_))),
                "{text}"
            );
        }
    }
}
