//! Who writes here: a device is one account in one browser.

use super::{
    Storage, StorageError,
    outbox::{put_json, read_json},
    schema::META,
};
use crate::sync::remote::Person;
use indexed_db_futures::{object_store::ObjectStore, prelude::*};
use mendmap_core::ids::DeviceId;

const DEVICE: &str = "device";
const CREW: &str = "crew";
const PERSON: &str = "person";
/// The number that the next event of the device gets which writes now.
pub(super) const NEXT_SEQ: &str = "next_seq";

/// Who writes here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// The crew that was chosen.
    pub crew: Option<String>,
    /// Who logged in last, and has not logged out.
    pub person: Option<Person>,
}

impl Storage {
    /// Who writes here; `mint` is kept at the first start.
    pub async fn device(&self, mint: DeviceId) -> Result<Device, StorageError> {
        let transaction = self.write([META])?;
        let meta = transaction.object_store(META)?;
        let crew: Option<String> = meta.get(CREW).primitive()?.await?;
        let person = read_json(&meta, PERSON).await?;
        let id = match read_id(&meta, DEVICE).await? {
            Some(id) => id,
            None => {
                put_id(&meta, DEVICE, mint)?;
                mint
            }
        };
        transaction.commit().await?;
        Ok(Device { id, crew, person })
    }

    /// Keeps which crew works here.
    pub async fn set_crew(&self, crew: &str) -> Result<(), StorageError> {
        let transaction = self.write([META])?;
        let meta = transaction.object_store(META)?;
        meta.put(crew).with_key(CREW).primitive()?.await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The device that an account is in this browser: its own, or the one that writes now
    /// and belongs to nobody yet.
    pub async fn device_for(&self, account: &str) -> Result<Option<DeviceId>, StorageError> {
        let transaction = self.read([META])?;
        let meta = transaction.object_store(META)?;
        if let Some(own) = read_id(&meta, &device_of(account)).await? {
            return Ok(Some(own));
        }
        let Some(now) = read_id(&meta, DEVICE).await? else {
            return Ok(None);
        };
        let owner: Option<String> = meta.get(owner_of(now)).primitive()?.await?;
        Ok(owner.is_none().then_some(now))
    }

    /// All devices that write in this browser.
    pub async fn devices(&self) -> Result<Vec<DeviceId>, StorageError> {
        let transaction = self.read([META])?;
        let meta = transaction.object_store(META)?;
        let keys = meta.get_all_keys::<String>().primitive()?.await?;
        let mut devices: Vec<_> = read_id(&meta, DEVICE).await?.into_iter().collect();
        for key in keys {
            if let Some(id) = key?.strip_prefix(OWNER) {
                devices.extend(id.parse::<DeviceId>().ok());
            }
        }
        Ok(devices)
    }

    /// Somebody logged in: from now on their device writes. What others wrote here stays
    /// theirs, and so do their numbers.
    pub async fn log_in(&self, device: DeviceId, person: &Person) -> Result<(), StorageError> {
        let transaction = self.write([META])?;
        let meta = transaction.object_store(META)?;
        if let Some(account) = &person.account {
            put_id(&meta, &device_of(account), device)?;
            meta.put(account.as_str())
                .with_key(owner_of(device))
                .primitive()?;
        }
        put_json(&meta, PERSON, person)?;
        let before = read_id(&meta, DEVICE).await?;
        if before != Some(device) {
            let next: Option<f64> = meta.get(NEXT_SEQ).primitive()?.await?;
            if let (Some(before), Some(next)) = (before, next) {
                meta.put(next).with_key(seq_of(before)).primitive()?;
            }
            let own: Option<f64> = meta.get(seq_of(device)).primitive()?.await?;
            meta.put(own.unwrap_or(1.0))
                .with_key(NEXT_SEQ)
                .primitive()?;
            put_id(&meta, DEVICE, device)?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// They logged out; their device goes on writing until somebody else logs in.
    pub async fn log_out(&self) -> Result<(), StorageError> {
        let transaction = self.write([META])?;
        let meta = transaction.object_store(META)?;
        meta.delete(PERSON).primitive()?;
        transaction.commit().await?;
        Ok(())
    }
}

/// Which device writes now.
pub(super) async fn writing(meta: &ObjectStore<'_>) -> Result<DeviceId, StorageError> {
    let id = read_id(meta, DEVICE).await?;
    id.ok_or_else(|| StorageError::Failed {
        detail: "no device".into(),
    })
}

async fn read_id(meta: &ObjectStore<'_>, name: &str) -> Result<Option<DeviceId>, StorageError> {
    let text: Option<String> = meta.get(name).primitive()?.await?;
    Ok(text.and_then(|text| text.parse().ok()))
}

fn put_id(meta: &ObjectStore<'_>, name: &str, id: DeviceId) -> Result<(), StorageError> {
    meta.put(id.to_string()).with_key(name).primitive()?;
    Ok(())
}

const OWNER: &str = "owner:";

fn owner_of(device: DeviceId) -> String {
    format!("{OWNER}{device}")
}

fn device_of(account: &str) -> String {
    format!("device:{account}")
}

fn seq_of(device: DeviceId) -> String {
    format!("next_seq:{device}")
}
