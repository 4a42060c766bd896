//! What can be asked of the worker, and what comes back.
//!
//! A question is a struct; its answer's type hangs on it, so that asking is
//! `client.ask(Search { … }).await?` and the compiler knows what returns.

mod command;
mod desk;
mod file;
mod giving;
mod programme;
mod said;
mod settings;
mod sync;
#[cfg(test)]
mod tests;
mod trouble;
mod view;

pub use command::{Command, LineEntry, Place};
pub use desk::*;
pub use file::*;
pub use giving::*;
pub use programme::*;
pub use said::{Off, Packed, ProposalView, Said, SaidList, SaidOf, Saying};
pub use settings::*;
pub use sync::{BackWhy, PutBack, SyncStatus, Syncing};
pub use trouble::Trouble;
pub use view::*;

use crate::sync::push::{PhoneChange, PhoneTold};
use mendmap_core::{
    catalog::{LayerId, ProgrammeId, WorkKindId},
    city::{Near, Searched, TileId},
    geodesy::{Bbox, LonLat},
    ids::{AssetUid, TaskUid},
    ledger::{
        By, Wanted,
        due::Area,
        indicators::{Day, Denominator, Each},
        season::Left,
    },
    log::{Stretch, TrackPoint},
    task::Errand,
    track::Recording,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Something that can be asked, with the type of its answer.
pub trait Question {
    /// What comes back.
    type Answer: Serialize + DeserializeOwned;

    /// The question as it travels: which list it is of, its place in that, and its fields.
    fn said(&self) -> postcard::Result<Vec<u8>>;
}

/// Of which list a question is: that of [`First`].
pub const FIRST: u8 = 0;
/// See [`FIRST`]: that of [`Later`].
pub const LATER: u8 = 1;

/// A list of questions, each a type of its own. The list is only read, where it arrives; a question writes
/// itself, so that whoever asks one does not bring in all of them.
macro_rules! questions {
    ($(#[$list_doc:meta])* $list:ident $nth:ident $which:ident; $(
        $(#[$doc:meta])*
        $name:ident { $( $(#[$field_doc:meta])* $field:ident : $type:ty ),* $(,)? } -> $answer:ty;
    )*) => {
        $(#[$list_doc])*
        #[derive(Debug, Deserialize)]
        pub enum $list { $( $(#[$doc])* $name($name), )* }

        /// The places in the list. A byte says each: above 127 postcard takes two.
        #[derive(Clone, Copy)]
        enum $nth { $( $name, )* Count }
        const _: () = assert!(($nth::Count as usize) < 128);

        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            pub struct $name { $( $(#[$field_doc])* pub $field: $type, )* }

            impl Question for $name {
                type Answer = $answer;

                fn said(&self) -> postcard::Result<Vec<u8>> {
                    postcard::to_extend(self, vec![$which, $nth::$name as u8])
                }
            }
        )*
    };
}

impl Later {
    /// Whether a supervisor's part of the program has the answer, and not a crew's: see hooks/lib/late.mjs.
    pub fn is_of_desk(&self) -> bool {
        matches!(
            self,
            Later::ShowLedger(_)
                | Later::ListBehind(_)
                | Later::ListParts(_)
                | Later::ShowIndicators(_)
                | Later::ListReviews(_)
                | Later::ShowCompletion(_)
                | Later::ListLeft(_)
                | Later::ListDue(_)
                | Later::PlanRounds(_)
                | Later::GiveOut(_)
                | Later::GoToDay(_)
                | Later::SetLeft(_)
                | Later::ListGroups(_)
                | Later::ShowShares(_)
                | Later::TakeTasks(_)
                | Later::TakeWorkbook(_)
                | Later::ShowMonthly(_)
                | Later::LookAtFile(_)
                | Later::PutFile(_)
                | Later::ListFileProblems(_)
                | Later::TakeLayer(_)
                | Later::RestoreLayer(_)
                | Later::Configure(_)
                | Later::ListSettings(_)
                | Later::ListAccounts(_)
                | Later::TakePublished(_)
                | Later::DropPublished(_)
                | Later::GivePassword(_)
                | Later::ShowProgramme(_)
                | Later::SetTrade(_)
                | Later::TakeCompletion(_)
        )
    }
}

questions! {
    /// What a first view asks, as it arrives.
    First NthFirst FIRST;

    /// Loads the catalogue, the log and then, layer by layer, the city. Answers
    /// as soon as the catalogue is there; layers follow as notices.
    Open {
        /// Address of the folder that holds `catalog.json`, with a slash at its end.
        city: String,
    } -> Opened;

    /// One vector tile; its bytes travel beside the answer.
    Tile {
        /// Which.
        id: TileId,
    } -> ();

    /// The nearest assets, nearest first, with metres, and how many there are: for the
    /// list that mirrors the map, or stands in its place.
    Nearest {
        /// From where.
        at: LonLat,
        /// How many to name.
        count: usize,
        /// What is in view; `None` for the whole city.
        within: Option<Bbox>,
        /// Layers that are switched on.
        visible: Vec<LayerId>,
    } -> Near;

    /// Assets by code, name or street, best first, and how many there are.
    Search {
        /// What was typed.
        text: String,
        /// How many.
        limit: usize,
        /// From where: of equals the nearest come first.
        near: Option<LonLat>,
    } -> Searched;

    /// Open tasks as GeoJSON, for the map.
    TaskShapes {} -> TaskGeoJson;

    /// Layers with what reading them said.
    Layers {} -> Vec<LayerState>;
}

questions! {
    /// All else that is asked, as it arrives: read by the part of the program that comes behind a first view.
    Later NthLater LATER;

    /// What lies under a finger.
    Tap {
        /// Where.
        at: LonLat,
        /// A finger's reach, in metres.
        radius_m: f64,
        /// Layers that are switched on.
        visible: Vec<LayerId>,
    } -> Tapped;

    /// All about one asset.
    AssetCard {
        /// Which.
        uid: AssetUid,
    } -> Option<AssetDetail>;

    /// Wants all that was ever done, also what a snapshot left out; what shows it is asked again once it came.
    LookBack {} -> ();

    /// Where a bare place lies, and what can be done there.
    PlaceCard {
        /// The drawn shape.
        shape: Shape,
    } -> PlaceDetail;

    /// All about one task.
    TaskCard {
        /// Which.
        uid: TaskUid,
    } -> Option<TaskDetail>;

    /// The rounds that could be made in some part of the city.
    RoundsThere {
        /// Which part.
        around: Around,
    } -> Rounds;

    /// The assets of a round: what is left first, the nearest first.
    Stops {
        /// Which round.
        task: TaskUid,
        /// From where distances count.
        at: Option<LonLat>,
    } -> Vec<StopRow>;

    /// Tasks in the order in which to go about them.
    ListTasks {
        /// Which.
        which: TaskFilter,
        /// Whether those given to other crews are left out.
        mine: bool,
        /// From where distances count.
        at: Option<LonLat>,
    } -> Vec<Errand>;

    /// Open work that may be about the same defect, the nearest first.
    Alike {
        /// The kind of work.
        work: WorkKindId,
        /// Where.
        place: Place,
    } -> Vec<TaskRow>;

    /// What lies along some taps on the lines that a task's work is done along, and how much
    /// of its work that is.
    MeasureAlong {
        /// The task.
        task: TaskUid,
        /// The taps, one after the other.
        taps: Vec<LonLat>,
        /// For each tap and the next, which of the ways that they may mean, from 0.
        chosen: Vec<usize>,
    } -> Along;

    /// What a recorded track ran along of the lines that its task's work is done along, and how
    /// much of its work that is.
    FollowTrack {
        /// The recording.
        recording: Recording,
        /// Its legs, which travel beside it.
        legs: Vec<Vec<TrackPoint>>,
        /// What was covered before this recording.
        before: Vec<Stretch>,
    } -> Followed;

    /// Does something to a task; when this is answered it is on the disk.
    Act {
        /// What.
        command: Command,
    } -> Acted;

    /// Says of an asset what the layers do not have so, or decides on what was said; when this
    /// is answered it is on the disk.
    Propose {
        /// What: a [`Saying`].
        saying: Packed,
        /// In words.
        note: String,
        /// Photos by their names, a space between.
        photos: String,
    } -> Said;

    /// How much was done in a period: a [`LedgerView`].
    ShowLedger {
        /// The first day, `2024-01-01`.
        from: String,
        /// The last day.
        to: String,
        /// Of this crew; of all where it is empty.
        crew: String,
        /// On this street, as the reports have it; anywhere where it is empty.
        street: String,
        /// In this community, as the reports have it; anywhere where it is empty.
        community: String,
        /// Which reports count.
        state: Wanted,
    } -> Packed;

    /// The tasks behind its lines as GeoJSON, whose bytes travel beside the answer.
    TakeTasks {
        /// Of which ledger.
        of: ShowLedger,
        /// Names in English; else in Chinese.
        english: bool,
    } -> ();

    /// All of it as a workbook, whose bytes travel beside the answer: none, or why there are no bytes, a
    /// [`mendmap_core::ledger::NoFile`].
    TakeWorkbook {
        /// Which ledger.
        of: ShowLedger,
        /// In English; else in Chinese.
        english: bool,
    } -> Packed;

    /// The month that its days end in, beside the year so far: a [`MonthlyView`].
    ShowMonthly {
        /// Of which ledger.
        of: ShowLedger,
    } -> Packed;

    /// What makes up a line of it: a list of [`LedgerPart`].
    ListParts {
        /// Of which ledger.
        of: ShowLedger,
        /// Which line.
        work: WorkKindId,
        /// Apart by what.
        by: By,
    } -> Packed;

    /// How far the tasks of a period have come, and how long it took: an [`IndicatorsView`].
    ShowIndicators {
        /// The first day, `2024-01-01`.
        from: String,
        /// The last day.
        to: String,
        /// Of this crew; of all where it is empty.
        crew: String,
        /// Which day of a task has to lie between them.
        by: Day,
        /// What each rate is a share of.
        of: Each<Denominator>,
    } -> Packed;

    /// The tasks behind a line of the ledger, the last done first: a list of [`mendmap_core::task::TaskSummary`].
    ListBehind {
        /// Of which ledger.
        of: ShowLedger,
        /// Which line.
        work: WorkKindId,
        /// How many.
        count: usize,
    } -> Packed;

    /// Reports that wait to be checked, the longest waiting first: a [`ReviewList`].
    ListReviews {
        /// Those of this crew; of all where it is empty.
        crew: String,
        /// Only these, where there are some: those that were drawn before.
        only: Vec<TaskUid>,
        /// So many of each crew, drawn by lot; all where it is 0.
        sample: usize,
        /// The number that decides the lots.
        seed: u64,
    } -> Packed;

    /// Says whether work is given to crews and checked on this device, where no server says who does.
    BeDesk {
        /// Whether it is.
        on: bool,
    } -> Me;

    /// What was said of assets that the layers do not have so: a [`SaidList`].
    ListSaid {
        /// Whether that which waits for nobody any more is wanted, in place of what waits.
        settled: bool,
    } -> Packed;

    /// Takes up a picture, whose file's bytes travel beside the question, and keeps it as a
    /// photo; answers with its name.
    AddPhoto {
        /// The file's date, in milliseconds since 1970.
        modified: i64,
        /// Where this device was last, as far as is known.
        here: Option<LonLat>,
    } -> String;

    /// An address at which a photo can be shown: for `blob:`, of a copy that is to be revoked.
    FindPhoto {
        /// Its name.
        name: String,
    } -> String;

    /// Shows which assets a kind of work has reached; the map's marks turn.
    ShowCompletion {
        /// The kind of work.
        work: WorkKindId,
        /// First day, `2024-01-01`.
        from: String,
        /// Last day.
        to: String,
        /// The day to show it as of; the last one that can be looked at where there is none.
        on: Option<String>,
    } -> CompletionView;

    /// What falls due by the catalogue's cycles: a [`DueList`].
    ListDue {
        /// Which kind of work is told place by place; none where it is empty.
        work: WorkKindId,
        /// By which places.
        by: Area,
    } -> Packed;

    /// The rounds that would be made, crew by crew: a [`RoundPlan`].
    PlanRounds {
        /// Of what, for whom: an [`Asked`]. Packed, since a first view need not know its form.
        of: Packed,
    } -> Packed;

    /// Puts rounds on the map and gives them out; when this is answered they are on the disk: a
    /// [`Given`].
    GiveOut {
        /// Of what, for whom: a [`Giving`].
        of: Packed,
    } -> Packed;

    /// Goes to another day of the completion that is shown; the map's marks turn.
    GoToDay {
        /// Its number, from 0, the first day of the period.
        day: u32,
    } -> CompletionView;

    /// Which assets count as left; but for the first of them all, the map marks no others.
    SetLeft {
        /// Which.
        left: Left,
    } -> CompletionView;

    /// How it stands place by place, the least done first: a [`Groups`].
    ListGroups {
        /// By which places.
        by: GroupBy,
        /// Beside the period from this day to another; the page's own alone where both are empty.
        from: String,
        /// The last day of it.
        to: String,
        /// How many to give.
        count: usize,
    } -> Packed;

    /// The places as a map shows them, each with its share done.
    ShowShares {
        /// Which places.
        by: GroupBy,
    } -> TaskGeoJson;

    /// The assets of the completion that is shown, as of its day, as GeoJSON, whose bytes travel beside
    /// the answer.
    TakeCompletion {
        /// Names in English; else in Chinese.
        english: bool,
    } -> ();

    /// What is left by the completion that is shown, nearest first; without a place
    /// by street and then code.
    ListLeft {
        /// From where distances count.
        at: Option<LonLat>,
        /// How many to give.
        count: usize,
    } -> Vec<LeftRow>;

    /// Turns the map's marks back to open work.
    HideCompletion {} -> ();

    /// The log as a file; its bytes travel beside the answer.
    ExportLog {
        /// Which events.
        scope: ExportScope,
    } -> Exported;

    /// Merges a file of events, whose bytes travel beside the question.
    ImportLog {} -> Imported;

    /// Reads a file, whose bytes travel beside the question, for a layer. It waits for a person's
    /// word; the answer is a [`Looked`].
    LookAtFile {
        /// What is said of it, a [`FileSaid`].
        said: Packed,
    } -> Packed;

    /// Puts the file that was looked at last in its layer's place, and keeps it.
    PutFile {} -> ();

    /// All problems of the file that was looked at last, as a table; its bytes travel beside the answer.
    ListFileProblems {} -> ();

    /// A layer as a GeoJSON file; its bytes travel beside the answer.
    TakeLayer {
        /// Which layer.
        layer: LayerId,
    } -> ();

    /// Gives a file of one's own up.
    RestoreLayer {
        /// Which layer.
        layer: LayerId,
        /// For what.
        back: Back,
    } -> ();

    /// Sets a part of the catalogue, or takes that back; when this is answered it is on the disk: a
    /// [`Configured`].
    Configure {
        /// What: a [`Configuring`].
        of: Packed,
    } -> Packed;

    /// All that was set of the catalogue, the last first: a [`SettingsList`].
    ListSettings {} -> Packed;

    /// Takes in a table of figures that were published for other days; its bytes travel beside the question.
    /// Answered by a [`PublishedSaid`].
    TakePublished {
        /// Beside which ledger: where the table does not say of which days it is, it is of the same a year before.
        of: ShowLedger,
    } -> Packed;

    /// Gives those figures up.
    DropPublished {} -> ();

    /// The accounts and what was done with them: an [`AccountList`].
    ListAccounts {} -> Packed;

    /// Gives somebody else a password. The server has to be there.
    GivePassword {
        /// The account.
        account: String,
        /// The password.
        password: String,
    } -> ();

    /// A year of a programme: a [`ProgrammeView`].
    ShowProgramme {
        /// Which programme.
        programme: ProgrammeId,
        /// Which year; where none is named that of the asset, or the last that something is of.
        year: Option<i16>,
        /// An asset to tell of, whether it is of the year or not.
        asset: Option<AssetUid>,
    } -> Packed;

    /// Says how far a trade of a programme has come at an asset, or takes that back; when this is answered it
    /// is on the disk: a [`Traded`].
    SetTrade {
        /// What: a [`Trading`].
        of: Packed,
    } -> Packed;

    /// Logs somebody in.
    LogIn {
        /// The account's id.
        account: String,
        /// Its password.
        password: String,
    } -> ();

    /// Logs out; what was not sent stays here.
    LogOut {} -> ();

    /// How this device is told what is news while the app is closed, once that was changed.
    TellPhone {
        /// What is to change first.
        change: PhoneChange,
    } -> PhoneTold;

    /// Tries again now to send and to fetch.
    SyncNow {} -> ();

    /// What came back from the server, and why.
    ListPutBack {} -> Vec<PutBack>;

    /// Keeps which crew works here.
    SetCrew {
        /// Its id.
        crew: String,
    } -> Me;
}
