//! Identifiers. All are UUIDs; those that need time or chance get both as arguments.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Builder;
pub use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map($name)
            }
        }
    };
}

uuid_id!(/// An asset, for life: codes, layer versions and positions may change under it.
    AssetUid);
uuid_id!(/// A task.
    TaskUid);
uuid_id!(/// An event of the log.
    EventId);
uuid_id!(/// One account in one browser.
    DeviceId);

/// Namespace of asset uids that are minted from a name.
const ASSET_NAMESPACE: Uuid = Uuid::from_u128(0x6d656e64_6d61_5070_a55e_220382000001);

/// Namespace of the tasks that a round finds, one at each of its assets.
const FOUND_NAMESPACE: Uuid = Uuid::from_u128(0x6d656e64_6d61_5070_f0d2_220382000001);

impl TaskUid {
    /// The uid of the work that is found to be needed at an asset of a round: two who say so
    /// without knowledge of each other speak of one piece of work.
    pub fn found(round: TaskUid, asset: AssetUid) -> Self {
        let mut name = [0; 32];
        name[..16].copy_from_slice(round.0.as_bytes());
        name[16..].copy_from_slice(asset.0.as_bytes());
        TaskUid(Uuid::new_v5(&FOUND_NAMESPACE, &name))
    }
}

impl AssetUid {
    /// The uid minted for an asset that a file carries no uid for: the same file
    /// gives the same uids on every device, so devices that never met a server
    /// agree. `key` is the code, else the feature's id, else its place.
    pub fn minted(city: &str, layer: &str, key: &str) -> Self {
        AssetUid(Uuid::new_v5(
            &ASSET_NAMESPACE,
            format!("{city}\u{1f}{layer}\u{1f}{key}").as_bytes(),
        ))
    }
}

/// A version 7 UUID (RFC 9562) from milliseconds since 1970 and ten random bytes.
pub fn uuid_v7(unix_ms: u64, random: [u8; 10]) -> Uuid {
    Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minted_uids_are_frozen() {
        assert_eq!(
            AssetUid::minted("220382", "manholes", "2203820102000017").to_string(),
            "e65eb99f-6e8b-5fee-b4a4-e1462659d3a8"
        );
        assert_ne!(
            AssetUid::minted("a", "bc", "d"),
            AssetUid::minted("ab", "c", "d")
        );
    }

    #[test]
    fn what_a_round_finds_has_frozen_uids() {
        let uid = |n| Uuid::from_u128(n);
        let found = TaskUid::found(TaskUid(uid(1)), AssetUid(uid(2)));
        assert_eq!(found.to_string(), "7dee3f00-e4bd-5c7f-8ccb-8405a7058882");
        assert_ne!(found, TaskUid::found(TaskUid(uid(2)), AssetUid(uid(1))));
    }

    #[test]
    fn v7_sorts_by_time() {
        assert!(uuid_v7(1, [255; 10]) < uuid_v7(2, [0; 10]));
        assert_eq!(uuid_v7(1, [7; 10]).get_version_num(), 7);
    }
}
