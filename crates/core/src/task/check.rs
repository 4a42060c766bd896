//! Whether what somebody wants to say makes sense, before it is said.

use super::attended::attended_fits;
use super::patches::is_a_patch;
use super::{State, Task, Value};
use crate::catalog::{
    AssetKindId, Catalog, Counting, PlaceType, PrecheckId, UnitId, WorkKind, WorkKindId,
};
use crate::ids::AssetUid;
use crate::log::{
    Draft, Field, Quantity, Reported, Shape, Target, WorkLine, crosses_itself, has_its_corners,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A draft that may be sealed, and what its author should look at once more.
#[derive(Debug, Clone, PartialEq)]
pub struct Drafted {
    /// The draft.
    pub draft: Draft,
    /// Doubts. They never stop anybody.
    pub warnings: Vec<Warning>,
}

impl From<Draft> for Drafted {
    fn from(draft: Draft) -> Self {
        Drafted {
            draft,
            warnings: Vec::new(),
        }
    }
}

/// Something improbable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// More than one report of this kind usually holds.
    Improbable {
        /// Which line, from 0.
        line: usize,
        /// How much it says.
        quantity: Quantity,
        /// What is usually the most.
        usual: Quantity,
    },
    /// Done on an earlier day than it is written down.
    BackDated {
        /// That day.
        #[serde(with = "crate::log::day")]
        done_on: Date,
    },
    /// No line is of the kind of work that was asked for.
    OtherWork {
        /// What was asked for.
        asked: WorkKindId,
    },
}

/// Why something cannot be said.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A newer version wrote about this task.
    #[error("a newer version wrote about this task")]
    ReadOnly,
    /// It makes no sense at this stage.
    #[error("not possible while the task is {state:?}")]
    NotNow {
        /// Where the task stands.
        state: State,
    },
    /// The catalogue has no such kind of work.
    #[error("no such kind of work: {}", .work.0)]
    UnknownWork {
        /// The kind asked for.
        work: WorkKindId,
    },
    /// This work is not done to such a thing.
    #[error("{} is not done to {}", .work.0, .kind.0)]
    WorkNotForAsset {
        /// The kind of work.
        work: WorkKindId,
        /// The kind of asset.
        kind: AssetKindId,
    },
    /// This work is not done at such a place.
    #[error("{} is not done at a {place:?}", .work.0)]
    WorkNotForPlace {
        /// The kind of work.
        work: WorkKindId,
        /// The shape.
        place: PlaceType,
    },
    /// A round without assets, or with one twice.
    #[error("a round needs assets, each once")]
    BadRound,
    /// A line with fewer than two positions, a ring with fewer than three or one that crosses
    /// itself.
    #[error("the drawing is not finished")]
    BadShape,
    /// A report without lines.
    #[error("a report says how much was done")]
    NoLines,
    /// A quantity of nothing, or less.
    #[error("line {line}: {quantity} is not more than nothing")]
    NotPositive {
        /// Which line, from 0.
        line: usize,
        /// What it says.
        quantity: Quantity,
    },
    /// More decimals than the unit has.
    #[error("line {line}: {quantity} has more than {decimals} decimals")]
    TooFine {
        /// Which line, from 0.
        line: usize,
        /// What it says.
        quantity: Quantity,
        /// Decimals the unit has.
        decimals: u32,
    },
    /// Another unit than the kind of work is measured in.
    #[error("line {line}: measured in {}, not {}", .expected.0, .unit.0)]
    WrongUnit {
        /// Which line, from 0.
        line: usize,
        /// The unit given.
        unit: UnitId,
        /// The unit of the kind of work.
        expected: UnitId,
    },
    /// An asset that is not part of the task.
    #[error("line {line}: an asset that is not part of the task")]
    UnknownAsset {
        /// Which line, from 0; of a tick, 0.
        line: usize,
        /// The asset.
        asset: AssetUid,
    },
    /// A stretch that ends before it begins.
    #[error("line {line}: a stretch that ends before it begins")]
    BadStretch {
        /// Which line, from 0.
        line: usize,
    },
    /// A patch without length or width.
    #[error("line {line}: a patch without length or width")]
    BadPatch {
        /// Which line, from 0.
        line: usize,
    },
    /// What was said of people or materials is longer than a name, or than a list of them.
    #[error("a name or a material is too long")]
    TooLong,
    /// Done on a day that has not come.
    #[error("{done_on} has not come yet")]
    Future {
        /// That day.
        #[serde(with = "crate::log::day")]
        done_on: Date,
    },
    /// A safety check that the catalogue has not, or that this work does not ask for.
    #[error("this work asks for no safety check {}", .precheck.0)]
    UnknownCheck {
        /// The check.
        precheck: PrecheckId,
    },
    /// A safety check of one chamber that is asked once, or of none that is asked for each.
    #[error("the safety check {} is not asked there", .precheck.0)]
    CheckNotThere {
        /// The check.
        precheck: PrecheckId,
    },
    /// An item that the safety check has not.
    #[error("the safety check has no item {item}")]
    UnknownItem {
        /// Its number, from 0.
        item: u16,
    },
    /// A reading that the safety check does not ask for.
    #[error("the safety check asks for no {reading}")]
    UnknownReading {
        /// Its id.
        reading: String,
    },
    /// Words are missing: a remark, a reason.
    #[error("words are missing")]
    Empty,
    /// Nothing would change.
    #[error("nothing would change")]
    NoChange,
    /// A choice between values that are not there to choose from.
    #[error("{field:?} has no such value to choose")]
    NoSuchChoice {
        /// The field.
        field: Field,
    },
}

/// The work kind, if the catalogue has it and it is done to such a target.
pub(super) fn work_fits<'a>(
    catalog: &'a Catalog,
    work: &WorkKindId,
    target: &Target,
) -> Result<&'a WorkKind, Refusal> {
    let unknown = || Refusal::UnknownWork { work: work.clone() };
    let kind = catalog.work_kind(work).ok_or_else(unknown)?;
    let is_round = matches!(target, Target::Round(_));
    for asset in target.assets() {
        let fits = match is_round {
            true => catalog.goes_round(kind, &asset.kind),
            false => kind.applies_to.contains(&asset.kind),
        };
        if !fits {
            return Err(Refusal::WorkNotForAsset {
                work: work.clone(),
                kind: asset.kind.clone(),
            });
        }
    }
    if let Target::Place(p) = target {
        let place = p.shape.place_type();
        if !kind.places.contains(&place) {
            let work = work.clone();
            return Err(Refusal::WorkNotForPlace { work, place });
        }
    }
    Ok(kind)
}

/// Whether a target is whole.
pub(super) fn target_whole(target: &Target) -> Result<(), Refusal> {
    match target {
        Target::Asset(_) => Ok(()),
        Target::Round(round) => {
            let uids = crate::order::distinct(round.assets.iter().map(|a| a.uid));
            match uids.is_empty() || uids.len() < round.assets.len() {
                true => Err(Refusal::BadRound),
                false => Ok(()),
            }
        }
        Target::Place(place) => {
            let kind = place.shape.place_type();
            let has_corners = |line: &Vec<_>| has_its_corners(kind, &mut line.iter().copied());
            let whole = match &place.shape {
                Shape::Point(_) => true,
                Shape::Line(line) => has_corners(line),
                Shape::Polygon(rings) => {
                    let sound = |ring: &Vec<_>| has_corners(ring) && !crosses_itself(ring);
                    !rings.is_empty() && rings.iter().all(sound)
                }
            };
            whole.then_some(()).ok_or(Refusal::BadShape)
        }
    }
}

/// Checks a report against the task and the catalogue. `today` is the city's date.
pub(super) fn report_fits(
    task: &Task,
    report: &Reported,
    catalog: &Catalog,
    today: Date,
) -> Result<Vec<Warning>, Refusal> {
    let mut warnings = Vec::new();
    if report.lines.is_empty() {
        return Err(Refusal::NoLines);
    }
    attended_fits(report)?;
    for (n, line) in report.lines.iter().enumerate() {
        warnings.extend(line_fits(task, n, line, catalog)?);
    }
    if report.done_on > today {
        let done_on = report.done_on;
        return Err(Refusal::Future { done_on });
    }
    if report.done_on < today {
        let done_on = report.done_on;
        warnings.push(Warning::BackDated { done_on });
    }
    if let Some(asked) = task.work.one()
        && !report.lines.iter().any(|line| line.work == *asked)
    {
        let asked = asked.clone();
        warnings.push(Warning::OtherWork { asked });
    }
    Ok(warnings)
}

/// Checks one line of a report or tick.
pub(super) fn line_fits(
    task: &Task,
    n: usize,
    line: &WorkLine,
    catalog: &Catalog,
) -> Result<Option<Warning>, Refusal> {
    let unknown = || Refusal::UnknownWork {
        work: line.work.clone(),
    };
    let kind = catalog.work_kind(&line.work).ok_or_else(unknown)?;
    let targets = || task.target.written().iter().map(|w| &*w.value);
    // The work that was asked for is done whatever the catalogue says by now.
    if task.work.one() != Some(&line.work)
        && let Value::One(target) = &task.target
    {
        work_fits(catalog, &line.work, &target.value)?;
    }
    if line.unit != kind.unit {
        return Err(Refusal::WrongUnit {
            line: n,
            unit: line.unit.clone(),
            expected: kind.unit.clone(),
        });
    }
    let quantity = line.quantity;
    // A rate may be nothing, where work is not.
    let is_nothing = quantity.0.is_zero() && kind.counts != Counting::Entered;
    if is_nothing || quantity.0 < Decimal::ZERO {
        return Err(Refusal::NotPositive { line: n, quantity });
    }
    if let Some(unit) = catalog.unit(&kind.unit)
        && !unit.allows(quantity.0)
    {
        return Err(Refusal::TooFine {
            line: n,
            quantity,
            decimals: unit.decimals,
        });
    }
    for &asset in &line.assets {
        if !targets().any(|t| t.asset(asset).is_some()) {
            return Err(Refusal::UnknownAsset { line: n, asset });
        }
    }
    if line.covered.iter().any(|s| s.from_mm >= s.to_mm) {
        return Err(Refusal::BadStretch { line: n });
    }
    if !line.patches.iter().all(is_a_patch) {
        return Err(Refusal::BadPatch { line: n });
    }
    let on_one_asset = matches!(task.target.any().map(|t| &**t), Some(Target::Asset(_)));
    let usual = kind.usual_most(on_one_asset).map(Quantity);
    Ok(usual
        .filter(|usual| quantity > *usual)
        .map(|usual| Warning::Improbable {
            line: n,
            quantity,
            usual,
        }))
}
