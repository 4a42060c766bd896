//! Giving out: what falls due by the catalogue's cycles, and rounds of many assets, split among crews.

use super::{Service, state::State};
use crate::worker::protocol::{
    Act, Command, DueList, GiveOut, Given, GivenTo, ListDue, Place, PlannedFrom, PlannedRound,
    RoundPlan, Trouble,
};
use mendmap_core::{
    catalog::{CrewId, WorkKindId},
    geodesy::{LonLat, walk},
    ids::{AssetUid, TaskUid},
    ledger::due::{Area, DueAsked, DueGroup, DueStatus, FallingDue, Maintained, falls_due},
    task::{CrewLoad, MOST_STOPS, Share, Spot, Stop, Task, is_stop, split},
};
use std::rc::Rc;

/// How many days before work falls due it is said to be due: rounds are made by the week.
const LEAD_DAYS: u32 = 7;
/// By how many assets a crew's load may differ from the others', so that no street is torn for one.
const GIVE: u32 = 2;

impl Service {
    /// Puts the rounds of a plan on the map, and gives each to its crew. What fails ends it; what was
    /// made until then is told, and can be taken back.
    pub(super) async fn give_out(self: &Rc<Self>, q: GiveOut) -> Result<Given, Trouble> {
        let plan = self.with(|state| state.plan(&q))?;
        let mut given = Given {
            tasks: Vec::new(),
            trouble: None,
        };
        for part in plan.parts {
            let rounds = part.rounds.into_iter();
            let rounds = rounds.map(|round| Place::Round {
                name: round.name,
                assets: round.assets,
            });
            let alone = part.alone.into_iter().map(Place::Asset);
            for place in rounds.chain(alone) {
                given.trouble = self
                    .give_one(&q, part.crew.as_ref(), place, &mut given.tasks)
                    .await
                    .err();
                if given.trouble.is_some() {
                    return Ok(given);
                }
            }
        }
        Ok(given)
    }

    async fn give_one(
        self: &Rc<Self>,
        q: &GiveOut,
        crew: Option<&CrewId>,
        place: Place,
        tasks: &mut Vec<TaskUid>,
    ) -> Result<(), Trouble> {
        let plot = Command::Plot {
            work: q.work.clone(),
            place,
            note: q.note.clone(),
        };
        let task = self.act(Act { command: plot }).await?.task.summary.uid;
        tasks.push(task);
        if let Some(crew) = crew {
            let give = Command::Dispatch {
                task,
                crew: crew.0.clone(),
                due: q.due.clone(),
                priority: String::new(),
                planned: String::new(),
                note: String::new(),
            };
            self.act(Act { command: give }).await?;
        }
        Ok(())
    }
}

/// Without the assets, which may be all of the city's.
fn counted(mut due: FallingDue) -> FallingDue {
    for group in &mut due.groups {
        group.assets = Vec::new();
    }
    due
}

impl State {
    /// What falls due, by street or community.
    pub(super) fn due(&self, q: &ListDue) -> DueList {
        let kinds = self.falling_due(q.by);
        DueList {
            counts: kinds.iter().map(|k| (k.work.clone(), k.counts)).collect(),
            shown: kinds
                .into_iter()
                .find(|kind| kind.work == q.work)
                .map(counted),
            is_whole: self.has_all(),
        }
    }

    fn falling_due(&self, by: Area) -> Vec<FallingDue> {
        let tasks: Vec<&Task> = self.tasks.iter().map(|task| &**task).collect();
        let cells: Vec<_> = self.cells().collect();
        let asked = DueAsked {
            today: self.today(),
            lead_days: LEAD_DAYS,
            by,
            verification: self.context().verification,
        };
        let assets = Maintained::all(&self.city);
        falls_due(self.catalog(), asked, &tasks, &cells, &assets)
    }

    /// The rounds of what was chosen, for each crew its own.
    pub(super) fn plan(&self, q: &GiveOut) -> Result<RoundPlan, Trouble> {
        if !self.may("plotted") || !self.may("dispatched") {
            return Err(Trouble::NotThere {
                what: "dispatched".into(),
            });
        }
        let chosen = self.chosen(&q.work, &q.from);
        let spots: Vec<Spot> = chosen.iter().filter_map(|uid| self.spot(*uid)).collect();
        let loads: Vec<CrewLoad> = q.crews.iter().map(|crew| self.load(crew)).collect();
        let shares = split(&spots, &loads, GIVE);
        let most = q.most as usize;
        let parts = match loads.is_empty() {
            true => {
                let places: Vec<LonLat> = spots.iter().map(|spot| spot.at).collect();
                let way = walk(&places, None).into_iter();
                let spots: Vec<Spot> = way.map(|i| spots[i as usize]).collect();
                vec![self.part(None, (0, spots.len() as u32), 0.0, spots, most)]
            }
            false => {
                let shares = shares.shares.into_iter();
                let part = |share: Share| {
                    let loads = (share.before, share.after);
                    self.part(Some(share.crew), loads, share.way_m, share.assets, most)
                };
                shares.map(part).collect()
            }
        };
        Ok(RoundPlan {
            total: chosen.len(),
            parts,
        })
    }

    /// What a crew gets, in the order of its way, cut into as few rounds of about as many assets as
    /// can be.
    fn part(
        &self,
        crew: Option<CrewId>,
        (before, after): (u32, u32),
        way_m: f64,
        spots: Vec<Spot>,
        most: usize,
    ) -> GivenTo {
        let has_stop = |spot: &Spot| {
            let asset = self.city.summary(&spot.uid);
            asset.is_some_and(|asset| is_stop(self.catalog(), &asset.kind))
        };
        let assets = spots.len();
        let (stops, mut alone): (Vec<Spot>, Vec<Spot>) = spots.into_iter().partition(has_stop);
        let count = stops.len().div_ceil(most.clamp(1, MOST_STOPS)).max(1);
        let size = stops.len().div_ceil(count).max(1);
        let mut rounds = Vec::new();
        for run in stops.chunks(size) {
            if let [only] = run {
                alone.push(*only);
                continue;
            }
            let assets: Vec<AssetUid> = run.iter().map(|spot| spot.uid).collect();
            rounds.push(PlannedRound {
                name: self.called(&assets),
                assets,
            });
        }
        GivenTo {
            crew,
            before,
            after,
            way_m,
            assets,
            rounds,
            alone: alone.into_iter().map(|spot| spot.uid).collect(),
        }
    }

    /// The assets that were chosen, and at which no such work is open.
    fn chosen(&self, work: &WorkKindId, from: &PlannedFrom) -> Vec<AssetUid> {
        match from {
            PlannedFrom::Due { by, names } => {
                let kinds = self.falling_due(*by).into_iter();
                let groups = kinds
                    .filter(|kind| kind.work == *work)
                    .flat_map(|k| k.groups);
                let wanted = groups.filter(|group: &DueGroup| names.contains(&group.name));
                let assets = wanted.flat_map(|group| group.assets);
                let is_due = |status| status <= DueStatus::Due;
                assets.filter(|a| is_due(a.status)).map(|a| a.uid).collect()
            }
            PlannedFrom::Around(around) => self.all_there(work, around),
        }
    }

    fn spot(&self, uid: AssetUid) -> Option<Spot> {
        let at = self.city.summary(&uid)?.at;
        Some(Spot { uid, at })
    }

    /// What a crew has to do already, in assets: what is left of its rounds, and its other tasks.
    fn load(&self, crew: &CrewId) -> CrewLoad {
        let mut near = Vec::new();
        let mut load = 0;
        let open = self.tasks.iter().filter(|task| task.is_open());
        for task in open.filter(|task| task.crew.set() == Some(crew)) {
            let left = self.left_of(task);
            load += left.len().max(1) as u32;
            near.extend(left);
        }
        CrewLoad {
            crew: crew.clone(),
            load,
            near,
        }
    }

    /// Where what is left of a round lies.
    fn left_of(&self, task: &Task) -> Vec<LonLat> {
        let stops = task.stops().into_iter();
        let left = stops.filter(|(_, stop)| *stop != Stop::Done);
        left.filter_map(|(asset, _)| Some(self.city.summary(&asset.uid)?.at))
            .collect()
    }
}
