//! The private part of a photo. Its form is frozen: the hash of its bytes stands in events.

use crate::log::{Moment, Position};
use serde::Serialize;

/// How something is known of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The camera wrote it into the file.
    File,
    /// The phone knew it when the photo was taken up: the file's date, or its last position.
    Phone,
}

/// Something claimed of a photo, and from where that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Claim<T> {
    /// What.
    pub is: T,
    /// How it is known.
    pub from: Source,
}

/// When and where a photo is said to have been taken.
///
/// ```json
/// {"v":1,"salt":"000102…0f","at":{"is":"2024-05-03T09:12:44+08:00","from":"file"},"position":{"is":[1235000000,435200000],"from":"phone"}}
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrivatePart {
    /// By chance: without it place and time could be guessed from their hash.
    pub salt: [u8; 16],
    /// When.
    pub at: Option<Claim<Moment>>,
    /// Where.
    pub position: Option<Claim<Position>>,
}

impl PrivatePart {
    /// Its bytes. Their SHA-256 is what an event calls `private`.
    pub fn bytes(&self) -> String {
        #[derive(Serialize)]
        struct Wire {
            v: u8,
            salt: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            at: Option<Claim<Moment>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            position: Option<Claim<Position>>,
        }
        let wire = Wire {
            v: 1,
            salt: format!("{:032x}", u128::from_be_bytes(self.salt)),
            at: self.at,
            position: self.position,
        };
        // Nothing in it can fail to be written.
        serde_json::to_string(&wire).unwrap_or_default()
    }
}
