//! What can be wrong with a catalogue, as data that a page can word in any language.

use super::WorkKindId;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Why there is no catalogue to work with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum CatalogError {
    /// Not text in UTF-8, the only encoding JSON has.
    #[error("not UTF-8 from byte {from}")]
    NotUtf8 {
        /// The first byte that is wrong.
        from: usize,
    },
    /// Not JSON.
    #[error("not JSON, line {line}: {message}")]
    NotJson {
        /// Line in the file, from 1.
        line: usize,
        /// The reader's words, in English.
        message: String,
    },
    /// A member of the file's outermost object is absent.
    #[error("`{member}` is missing")]
    Missing {
        /// Its name.
        member: String,
    },
    /// A member has a shape nothing can be made of.
    #[error("{at}, line {line}: {message}")]
    WrongShape {
        /// JSON pointer (RFC 6901) to it.
        at: String,
        /// Line in the file, from 1.
        line: usize,
        /// The reader's words, in English.
        message: String,
    },
    /// Written for a later version of the app.
    #[error("form {found} is newer than {understood}, the newest this app reads")]
    NewerFormat {
        /// Form of the file.
        found: u32,
        /// Newest form this code reads.
        understood: u32,
    },
    /// The city's id is not six digits.
    #[error("the city's id {id:?} is not six digits")]
    CityId {
        /// What stands there.
        id: String,
    },
    /// The city has no time zone, so no day of work can be told.
    #[error("the city names no time zone")]
    CityZone,
    /// The city's centre or bounds are no place on earth.
    #[error("the city's {member} is no place on earth: {value:?}")]
    CityPlace {
        /// `center` or `bounds`.
        member: String,
        /// What stands there, as text, because a number may be beyond all bounds.
        value: Vec<String>,
    },
}

/// Something wrong that the catalogue was loaded around.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogProblem {
    /// JSON pointer (RFC 6901) into the file as it was read.
    pub at: String,
    /// Id of the entry, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What was done about it.
    pub remedy: Remedy,
    /// What is wrong.
    #[serde(flatten)]
    pub fault: Fault,
}

impl fmt::Display for CatalogProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.id {
            Some(id) => write!(f, "{} ({id}): {}", self.at, self.fault),
            None => write!(f, "{}: {}", self.at, self.fault),
        }
    }
}

/// What was done about a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// The whole entry was left out.
    EntryLeftOut,
    /// Only what `at` points to was left out; the entry stands without it.
    PartLeftOut,
    /// Something harmless was put in its place.
    Replaced,
    /// It stands as written.
    Kept,
}

/// What is wrong with a part of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// An entry has not the shape of its list.
    #[error("line {line}: {message}")]
    Unreadable {
        /// Line in the file, from 1.
        line: usize,
        /// The reader's words, in English.
        message: String,
    },
    /// A member that means nothing here; a slip of the pen, or from a later version.
    #[error("`{member}` means nothing here")]
    UnknownMember {
        /// Its name.
        member: String,
    },
    /// An id is empty or has white space in it.
    #[error("{value:?} is no id")]
    BadId {
        /// What stands there.
        value: String,
    },
    /// An id was used before in the same list.
    #[error("id used before, at {first}")]
    DuplicateId {
        /// JSON pointer to the first entry that has it.
        first: String,
    },
    /// A name is blank in one language or both.
    #[error("the name is blank")]
    BlankLabel,
    /// The class of a code is not four digits.
    #[error("class {value:?} is not four digits")]
    BadClass {
        /// What stands there.
        value: String,
    },
    /// A colour is not `#rrggbb`.
    #[error("{value:?} is not a colour of the form #rrggbb")]
    BadColour {
        /// What stands there.
        value: String,
    },
    /// Refers to something that is not in the catalogue, or was left out of it.
    #[error("there is no {list} {value:?}")]
    Unknown {
        /// The list it should stand in: `asset_kinds`, `units`…
        list: String,
        /// The id nobody has.
        value: String,
    },
    /// Following "of which" upwards comes back to where it began.
    #[error("counts within itself")]
    WithinCycle {
        /// The kinds on the way, this one first.
        path: Vec<WorkKindId>,
    },
    /// A subset has another unit than the line it is a subset of.
    #[error("is in {unit}, but the line it counts within is in {of}")]
    WithinUnit {
        /// Its own unit.
        unit: String,
        /// The unit of the line it counts within.
        of: String,
    },
    /// Stretches of lines are covered, but the unit is no length.
    #[error("stretches are counted, but {unit:?} is no length")]
    CoveredNotLength {
        /// The unit.
        unit: String,
    },
    /// A layer holds no kind of asset.
    #[error("holds no kind of asset")]
    NoKinds,
    /// A layer has no address.
    #[error("names no file")]
    NoFile,
    /// Can be plotted neither on an asset nor on a place.
    #[error("applies to no asset and no place")]
    Nowhere,
    /// A programme has no kind of work.
    #[error("counts no kind of work")]
    Uncounted,
    /// A number that must be larger than zero, or at least zero, is not.
    #[error("{value} is too small")]
    TooSmall {
        /// What stands there.
        value: Decimal,
    },
    /// A number is larger than can be.
    #[error("{value} is more than {most}")]
    TooLarge {
        /// What stands there.
        value: Decimal,
        /// The largest that can be.
        most: Decimal,
    },
    /// A unit's size is not above zero, or it is neither a length nor an area and has one.
    #[error("a size of {value} cannot be")]
    BadSize {
        /// What stands there.
        value: Decimal,
    },
    /// A quantity is finer than its unit allows.
    #[error("{value} has more than {decimals} decimals")]
    TooFine {
        /// What stands there.
        value: Decimal,
        /// Decimals of the unit.
        decimals: u32,
    },
    /// A month is not 1 to 12.
    #[error("there is no month {value}")]
    BadMonth {
        /// What stands there.
        value: u8,
    },
    /// Nothing could ever fall due.
    #[error("no month is left for it to fall due")]
    NoMonth,
    /// Says neither how often nor after how many days.
    #[error("says neither how often a year nor every how many days")]
    NoRhythm,
    /// Bounds of classes do not ascend, or are not one fewer than the rates.
    #[error("bounds must ascend and be one fewer than the rates")]
    BadClasses,
    /// A time limit sets no time.
    #[error("sets no time")]
    NoTime,
    /// A reading's smallest is above its largest, or it has neither.
    #[error("gives no range")]
    NoRange,
    /// The address of a base map lacks a part.
    #[error("the address lacks {part}")]
    BaseMapAddress {
        /// The part: `{z}`, or `key`.
        part: String,
    },
}
