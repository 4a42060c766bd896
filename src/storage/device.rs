//! Who writes here: a device is one account in one browser.

use super::{
    Storage, StorageError,
    records::{Records, commit},
    schema::META,
    text::{json, read_json},
};
use crate::sync::remote::Person;
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
        let transaction = self.write(&[META])?;
        let meta = Records::of(&transaction, META)?;
        let crew = meta.get(CREW).await?.as_string();
        let person = read_json(&meta.get(PERSON).await?);
        let id = match read_id(&meta, DEVICE).await? {
            Some(id) => id,
            None => {
                put_id(&meta, DEVICE, mint)?;
                mint
            }
        };
        commit(transaction).await?;
        Ok(Device { id, crew, person })
    }

    /// Keeps which crew works here.
    pub async fn set_crew(&self, crew: &str) -> Result<(), StorageError> {
        self.put_one(META, CREW, crew.into()).await
    }

    /// The device that an account is in this browser: its own, or the one that writes now
    /// and belongs to nobody yet.
    pub async fn device_for(&self, account: &str) -> Result<Option<DeviceId>, StorageError> {
        let transaction = self.read(&[META])?;
        let meta = Records::of(&transaction, META)?;
        if let Some(own) = read_id(&meta, &device_of(account)).await? {
            return Ok(Some(own));
        }
        let Some(now) = read_id(&meta, DEVICE).await? else {
            return Ok(None);
        };
        let owner = meta.get(&owner_of(now)).await?;
        Ok(owner.is_undefined().then_some(now))
    }

    /// All devices that write in this browser.
    pub async fn devices(&self) -> Result<Vec<DeviceId>, StorageError> {
        let transaction = self.read(&[META])?;
        let meta = Records::of(&transaction, META)?;
        let mut devices: Vec<_> = read_id(&meta, DEVICE).await?.into_iter().collect();
        for key in meta.keys().await? {
            if let Some(id) = key.as_string().unwrap_or_default().strip_prefix(OWNER) {
                devices.extend(id.parse::<DeviceId>().ok());
            }
        }
        Ok(devices)
    }

    /// Somebody logged in: from now on their device writes. What others wrote here stays
    /// theirs, and so do their numbers.
    pub async fn log_in(&self, device: DeviceId, person: &Person) -> Result<(), StorageError> {
        let transaction = self.write(&[META])?;
        let meta = Records::of(&transaction, META)?;
        if let Some(account) = &person.account {
            put_id(&meta, &device_of(account), device)?;
            meta.put(&owner_of(device), account.into())?;
        }
        meta.put(PERSON, json(person)?)?;
        let before = read_id(&meta, DEVICE).await?;
        if before != Some(device) {
            let next = meta.get(NEXT_SEQ).await?.as_f64();
            if let (Some(before), Some(next)) = (before, next) {
                meta.put(&seq_of(before), next.into())?;
            }
            let own = meta.get(&seq_of(device)).await?.as_f64();
            meta.put(NEXT_SEQ, own.unwrap_or(1.0).into())?;
            put_id(&meta, DEVICE, device)?;
        }
        commit(transaction).await
    }

    /// They logged out; their device goes on writing until somebody else logs in.
    pub async fn log_out(&self) -> Result<(), StorageError> {
        let transaction = self.write(&[META])?;
        let meta = Records::of(&transaction, META)?;
        meta.delete(PERSON)?;
        commit(transaction).await
    }
}

/// Which device writes now.
pub(super) async fn writing(meta: &Records<'_>) -> Result<DeviceId, StorageError> {
    let id = read_id(meta, DEVICE).await?;
    id.ok_or_else(|| StorageError::Failed {
        detail: "no device".into(),
    })
}

async fn read_id(meta: &Records<'_>, name: &str) -> Result<Option<DeviceId>, StorageError> {
    let text = meta.get(name).await?.as_string();
    Ok(text.and_then(|text| text.parse().ok()))
}

fn put_id(meta: &Records<'_>, name: &str, id: DeviceId) -> Result<(), StorageError> {
    meta.put(name, id.to_string().into())
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
