//! A phone that is told what is news while the app is closed, as a server keeps it.

use super::remote::{JSON, Remote};
use mendmap_core::{ids::DeviceId, sync::device::Failure};
use serde::{Deserialize, Serialize};

/// What is to change first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PhoneChange {
    /// Nothing.
    Nothing,
    /// It is told from now on: what the browser says of itself and the language, in JSON.
    On(String),
    /// It is told no more.
    Off,
}

/// How a server tells a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneTold {
    /// The server's public key; none where it tells no phones.
    pub key: Option<String>,
    /// Whether it tells this device.
    pub on: bool,
    /// In which language.
    pub language: Option<String>,
    /// Whether its account is in a crew, where the server says so.
    pub has_crews: Option<bool>,
}

impl Remote {
    /// How a device is told, once that was changed.
    pub async fn phone(&self, device: DeviceId, change: PhoneChange) -> Result<PhoneTold, Failure> {
        let path = format!("push/{device}");
        let (method, body) = match change {
            PhoneChange::Nothing => ("", None),
            PhoneChange::On(said) => ("PUT", Some((JSON, said.into()))),
            PhoneChange::Off => ("DELETE", None),
        };
        if !method.is_empty() {
            self.ask(method, &path, body).await?.failure()?;
        }
        self.ask("GET", &path, None).await?.read()
    }
}
