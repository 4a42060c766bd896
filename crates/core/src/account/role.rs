//! Roles.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What an account is there for. The order is that of trust: of two roles that were given
/// without knowledge of each other the smaller counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Does the work, as a member of crews.
    Crew,
    /// Gives work out, checks it, settles conflicts.
    Supervisor,
    /// Keeps accounts, catalogue and layers.
    Administrator,
}

impl Role {
    /// All roles, by trust.
    pub const ALL: [Role; 4] = [
        Role::Viewer,
        Role::Crew,
        Role::Supervisor,
        Role::Administrator,
    ];

    /// Its name, as it stands in events.
    pub fn name(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Crew => "crew",
            Role::Supervisor => "supervisor",
            Role::Administrator => "administrator",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no role; the roles are viewer, crew, supervisor, administrator")]
pub struct NotARole(pub String);

impl From<Role> for &'static str {
    fn from(role: Role) -> &'static str {
        role.name()
    }
}

impl TryFrom<String> for Role {
    type Error = NotARole;

    fn try_from(name: String) -> Result<Role, NotARole> {
        name.parse()
    }
}

impl FromStr for Role {
    type Err = NotARole;

    fn from_str(name: &str) -> Result<Role, NotARole> {
        let role = Role::ALL.into_iter().find(|role| role.name() == name);
        role.ok_or_else(|| NotARole(name.to_owned()))
    }
}
