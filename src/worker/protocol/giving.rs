//! Giving out many assets at once: what is asked, and the rounds that it makes.

use super::{Around, Trouble};
use mendmap_core::{
    catalog::{CrewId, WorkKindId},
    city::AssetSummary,
    ids::{AssetUid, TaskUid},
    ledger::due::Area,
    task::{Moved, RoundDraft},
};
use serde::{Deserialize, Serialize};

/// What is given out, and to whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Giving {
    /// The kind of work.
    pub work: WorkKindId,
    /// Of which assets.
    pub from: PlannedFrom,
    /// To which crews; to none where it is empty.
    pub crews: Vec<CrewId>,
    /// What a person gives to another crew than nearness would.
    pub moved: Vec<Moved>,
    /// How many assets a round has at most.
    pub most: u32,
    /// Until when, as for [`super::Command::Dispatch`].
    pub due: String,
    /// How pressing, as for [`super::Command::Dispatch`].
    pub priority: String,
    /// In words.
    pub note: String,
}

/// Which rounds are asked about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// What would be given out.
    pub of: Giving,
    /// Whose share is told in parts, and in which.
    pub parted: Option<(CrewId, PartBy)>,
}

/// Which assets rounds are made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PlannedFrom {
    /// What is due or overdue in some streets or communities, by name; none is what is in none.
    Due {
        /// By which places.
        by: Area,
        /// Which of them.
        names: Vec<Option<String>>,
    },
    /// What was chosen on the map.
    Around(Around),
}

/// What a crew's share is told in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartBy {
    /// Its rounds, and what is a task by itself.
    #[default]
    Round,
    /// Its streets.
    Street,
    /// Its assets, one by one.
    Asset,
}

/// The rounds that would be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoundPlan {
    /// How many assets that is.
    pub assets: usize,
    /// How many tasks.
    pub tasks: usize,
    /// Whether those are so many that a person is asked first.
    pub is_many: bool,
    /// What each crew gets; one part of no crew where none is named.
    pub parts: Vec<GivenTo>,
    /// The parts of the share that was asked for.
    pub parted: Vec<SharePart>,
}

/// What a crew gets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GivenTo {
    /// The crew.
    pub crew: Option<CrewId>,
    /// How many assets it has open.
    pub before: u32,
    /// How many it would have.
    pub after: u32,
    /// How far the way between the new ones is, in metres, as the crow flies.
    pub way_m: f64,
    /// How many the new ones are.
    pub assets: usize,
    /// In rounds.
    pub rounds: Vec<RoundDraft>,
    /// And what is a task by itself.
    pub alone: Vec<AssetUid>,
}

/// A part of what a crew gets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SharePart {
    /// What it is called; none for what stands on no street.
    pub name: Option<String>,
    /// Its assets, in walking order.
    pub assets: Vec<AssetSummary>,
}

/// What was given out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Given {
    /// The tasks that were made.
    pub tasks: Vec<TaskUid>,
    /// Why there are no more of them, where that is not all.
    pub trouble: Option<Trouble>,
}
