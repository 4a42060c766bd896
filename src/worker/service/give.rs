//! Giving out: what falls due by the catalogue's cycles, and rounds of many assets, split among crews.

use super::{Service, state::State};
use crate::worker::protocol::{
    Act, Asked, Command, DueList, Given, GivenTo, Giving, ListDue, Packed, PartBy, Place,
    PlannedFrom, RoundPlan, SharePart, Trouble,
};
use mendmap_core::{
    catalog::{CrewId, WorkKindId},
    city::AssetSummary,
    geodesy::{LonLat, walk},
    ids::{AssetUid, TaskUid},
    ledger::due::{Area, DueAsked, DueGroup, DueStatus, FallingDue, Maintained, falls_due},
    task::{
        CrewLoad, RoundDraft, Rounds, Share, Spot, Stop, Task, along_streets, expected, is_many,
        is_stop, rounds_along, split,
    },
};
use std::rc::Rc;

/// How many days before work falls due it is said to be due: rounds are made by the week.
const LEAD_DAYS: u32 = 7;
/// By how many assets a crew's load may differ from the others', so that no street is torn for one.
const GIVE: u32 = 2;

impl Service {
    /// Puts the rounds of a plan on the map, and gives each to its crew. What fails ends it; what was
    /// made until then is told, and can be taken back.
    pub(super) async fn give_out(self: &Rc<Self>, of: &Packed) -> Result<Packed, Trouble> {
        let giving: Giving = of.read().ok_or_else(unread)?;
        let given = self.give_all(giving).await?;
        Ok(Packed::of(&given))
    }

    async fn give_all(self: &Rc<Self>, q: Giving) -> Result<Given, Trouble> {
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
        q: &Giving,
        crew: Option<&CrewId>,
        place: Place,
        tasks: &mut Vec<TaskUid>,
    ) -> Result<(), Trouble> {
        let assets = match &place {
            Place::Round { assets, .. } => assets.len(),
            _ => 1,
        };
        let planned = self.with(|state| {
            let kind = state.catalog().work_kind(&q.work);
            Ok(kind.and_then(|kind| expected(kind, assets)))
        })?;
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
                priority: q.priority.clone(),
                planned: planned.map_or_else(String::new, |all| all.to_string()),
                note: String::new(),
            };
            self.act(Act { command: give }).await?;
        }
        Ok(())
    }
}

/// What was packed is no question of this version.
fn unread() -> Trouble {
    Trouble::NotThere {
        what: "question".into(),
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

    /// The rounds that are asked about.
    pub(super) fn planned(&self, of: &Packed) -> Result<RoundPlan, Trouble> {
        let Asked { of, parted } = of.read().ok_or_else(unread)?;
        let mut plan = self.plan(&of)?;
        if let Some((crew, by)) = parted {
            let mut parts = plan.parts.iter();
            let part = parts.find(|part| part.crew.as_ref() == Some(&crew));
            plan.parted = part.map_or_else(Vec::new, |part| self.parted(part, by));
        }
        Ok(plan)
    }

    /// The rounds of what was chosen, for each crew its own.
    fn plan(&self, q: &Giving) -> Result<RoundPlan, Trouble> {
        if !self.may("plotted") || !self.may("dispatched") {
            return Err(Trouble::NotThere {
                what: "dispatched".into(),
            });
        }
        let chosen = self.chosen(&q.work, &q.from);
        let spots: Vec<Spot> = chosen.iter().filter_map(|uid| self.spot(*uid)).collect();
        // A draft may name a crew that the catalogue has no more.
        let known = |crew: &&CrewId| self.catalog().crews.iter().any(|c| c.id == **crew);
        let crews = q.crews.iter().filter(known);
        let loads: Vec<CrewLoad> = crews.map(|crew| self.load(crew)).collect();
        let most = q.most as usize;
        let parts: Vec<GivenTo> = match loads.is_empty() {
            true => {
                let places: Vec<LonLat> = spots.iter().map(|spot| spot.at).collect();
                let way = walk(&places, None).into_iter();
                let way: Vec<AssetUid> = way.map(|i| spots[i as usize].uid).collect();
                vec![self.part(None, (0, way.len() as u32), 0.0, &way, most)]
            }
            false => {
                let shares = split(&spots, &loads, GIVE).moved(&q.moved).shares;
                let part = |share: Share| {
                    let loads = (share.before, share.after);
                    let way: Vec<AssetUid> = share.assets.iter().map(|spot| spot.uid).collect();
                    self.part(Some(share.crew), loads, share.way_m, &way, most)
                };
                shares.into_iter().map(part).collect()
            }
        };
        let tasks = parts
            .iter()
            .map(|part| part.rounds.len() + part.alone.len());
        let tasks = tasks.sum();
        Ok(RoundPlan {
            assets: parts.iter().map(|part| part.assets).sum(),
            tasks,
            is_many: is_many(tasks),
            parts,
            parted: Vec::new(),
        })
    }

    /// What a crew gets, in the order of its way, in rounds.
    fn part(
        &self,
        crew: Option<CrewId>,
        (before, after): (u32, u32),
        way_m: f64,
        way: &[AssetUid],
        most: usize,
    ) -> GivenTo {
        let has_stop = |uid| {
            let asset = self.city.summary(&uid);
            asset.is_some_and(|asset| is_stop(self.catalog(), &asset.kind))
        };
        let street = |uid| self.city.street_of(&uid);
        let Rounds { rounds, alone } = rounds_along(way, most, &has_stop, &street);
        GivenTo {
            crew,
            before,
            after,
            way_m,
            assets: way.len(),
            rounds,
            alone,
        }
    }

    /// What a crew gets, in parts.
    fn parted(&self, part: &GivenTo, by: PartBy) -> Vec<SharePart> {
        let rounds = part.rounds.iter();
        let way = rounds.clone().flat_map(|round| &round.assets);
        let way: Vec<AssetUid> = way.chain(&part.alone).copied().collect();
        let told = |uids: &[AssetUid]| -> Vec<AssetSummary> {
            uids.iter()
                .filter_map(|uid| self.city.summary(uid))
                .collect()
        };
        let one = |uid: &AssetUid| {
            let asset = self.city.summary(uid)?;
            Some(SharePart {
                name: asset.name.clone().or(asset.code.clone()),
                assets: vec![asset],
            })
        };
        match by {
            PartBy::Round => {
                let round = |round: &RoundDraft| SharePart {
                    name: round.name.clone(),
                    assets: told(&round.assets),
                };
                let alone = part.alone.iter().filter_map(one);
                rounds.map(round).chain(alone).collect()
            }
            PartBy::Street => {
                let streets = along_streets(&way, &|uid| self.city.street_of(&uid)).into_iter();
                let street = |(name, uids): (_, Vec<AssetUid>)| SharePart {
                    name,
                    assets: told(&uids),
                };
                streets.map(street).collect()
            }
            PartBy::Asset => way.iter().filter_map(one).collect(),
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
