//! The whole town in ground metres, before it is written down.

use super::blocks;
use super::drainage::{self, Roots, Sewers};
use super::homes::{self, Land};
use super::kerb::{self, Spot};
use super::names;
use super::network::{Ground, Network};
use super::plane::Pt;
use super::skeleton;
use super::waters::{self, Outfall, River};

/// Everything there is in town.
#[derive(Debug)]
pub(super) struct Town {
    pub(super) net: Network,
    pub(super) land: Land,
    pub(super) roots: Roots,
    pub(super) ground: Ground,
    pub(super) sewers: Sewers,
    pub(super) drains: Vec<Spot>,
    pub(super) lamps: Vec<Spot>,
    pub(super) lamp_lids: Vec<Spot>,
    pub(super) heat_lids: Vec<Spot>,
    pub(super) toilets: Vec<Spot>,
    pub(super) river: River,
    pub(super) tributary: Vec<Pt>,
    pub(super) outfalls: Vec<Outfall>,
    pub(super) railway: Vec<(&'static str, Vec<Pt>)>,
}

impl Town {
    pub(super) fn build(seed: u64) -> Self {
        let (mut net, cells) = skeleton::lay(seed);
        let mut blocks = blocks::cut(&mut net, cells, seed);
        blocks::join(&mut net, &mut blocks);
        let land = homes::settle(&net, &blocks, seed);
        names::streets(&mut net, seed);
        let roots = waters::roots(&net);
        let sewers = drainage::dig(&net, &roots, seed);
        let ground = Ground::new(&net);
        let drains = kerb::drains(&net, &ground, &sewers, seed);
        let lamps = kerb::lamps(&net, &ground, seed);
        let lamp_lids = kerb::lamp_lids(&net, &lamps);
        let heat_lids = kerb::heat_lids(&net);
        let toilets = kerb::toilets(&net, &ground, seed);
        let river = River::new(&net, seed);
        let tributary = waters::tributary(&net, seed);
        let outfalls = waters::outfalls(&net, &river, &roots, seed);
        let railway = waters::railway(&net);
        Town {
            net,
            land,
            roots,
            ground,
            sewers,
            drains,
            lamps,
            lamp_lids,
            heat_lids,
            toilets,
            river,
            tributary,
            outfalls,
            railway,
        }
    }
}
