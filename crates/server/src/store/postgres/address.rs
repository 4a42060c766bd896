//! Where a database is.

use sqlx::postgres::PgConnectOptions;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The address of a PostgreSQL database: `postgres://user:password@host:port/name`. What
/// is left out comes from the variables and files that every program for PostgreSQL knows
/// (`PGHOST`, `~/.pgpass`, …). It is shown without user and password.
#[derive(Clone)]
pub struct Address(Box<PgConnectOptions>);

/// Why an address is none.
#[derive(Debug, Error)]
pub enum AddressError {
    /// It begins with something else.
    #[error("it begins with postgres:// or postgresql://, and there is no other database yet")]
    Scheme,
    /// It cannot be read.
    #[error("{0}; it looks like postgres://user:password@host:port/name")]
    Form(#[source] sqlx::Error),
}

impl Address {
    pub(super) fn options(&self) -> PgConnectOptions {
        (*self.0).clone()
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Address, AddressError> {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme);
        match scheme {
            Some("postgres" | "postgresql") => {}
            _ => return Err(AddressError::Scheme),
        }
        let options = text.parse().map_err(AddressError::Form)?;
        Ok(Address(Box::new(options)))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Address(options) = self;
        match options.get_socket() {
            Some(folder) => write!(f, "{}", folder.display())?,
            None => write!(f, "{}:{}", options.get_host(), options.get_port())?,
        }
        match options.get_database() {
            Some(name) => write!(f, "/{name}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, AddressError};

    #[test]
    fn an_address_is_shown_without_its_password() {
        let address: Address = "postgres://crew:secret@db.example:5433/city"
            .parse()
            .unwrap();
        assert_eq!(address.to_string(), "db.example:5433/city");
        assert!(!format!("{address:?}").contains("secret"));
    }

    #[test]
    fn another_database_is_no_address() {
        for text in ["mysql://db.example/city", "sqlite:log", "city", ""] {
            let read = text.parse::<Address>();
            assert!(matches!(read, Err(AddressError::Scheme)), "{text}");
        }
        let read = "postgres://crew@db.example:port/city".parse::<Address>();
        let said = read.unwrap_err().to_string();
        assert!(said.contains("it looks like postgres://"), "{said}");
    }
}
