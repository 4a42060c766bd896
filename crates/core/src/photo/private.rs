//! The private part of a photo. Its form is frozen: the hash of its bytes stands in events.

use crate::ids::Uuid;
use crate::log::{Moment, Position};

/// How something is known of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The camera wrote it into the file.
    File,
    /// The phone knew it when the photo was taken up: the file's date, or its last position.
    Phone,
}

impl Source {
    fn name(self) -> &'static str {
        match self {
            Source::File => "file",
            Source::Phone => "phone",
        }
    }
}

/// Something claimed of a photo, and from where that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim<T> {
    /// What.
    pub is: T,
    /// How it is known.
    pub from: Source,
}

/// When and where a photo is said to have been taken.
///
/// ```json
/// {"v":1,"salt":"00010203-0405-0607-0809-0a0b0c0d0e0f","at":{"is":"2024-05-03T09:12:44+08:00","from":"file"},"position":{"is":[1235000000,435200000],"from":"phone"}}
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
        // By hand: of all that is in it, nothing needs an escape.
        let salt = Uuid::from_bytes(self.salt);
        let mut json = format!(r#"{{"v":1,"salt":"{salt}""#);
        if let Some(Claim { is, from }) = self.at {
            json += &format!(r#","at":{{"is":"{is}","from":"{}"}}"#, from.name());
        }
        if let Some(Claim { is, from }) = self.position {
            let (lon, lat, from) = (is.lon, is.lat, from.name());
            json += &format!(r#","position":{{"is":[{lon},{lat}],"from":"{from}"}}"#);
        }
        json + "}"
    }
}
