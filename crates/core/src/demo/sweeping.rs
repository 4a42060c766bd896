//! Which streets the machines sweep: 1.8 million square metres to the metre.

use super::network::Network;
use super::plan::Grade;
use super::plane::length;
use super::rng::Rng;

/// Square metres swept.
pub(super) const SWEPT_M2: u64 = 1_800_000;

/// What is swept of a street. Whole metres, but for the length of one street,
/// which takes the rest in decimetres.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Swept {
    pub(super) width_m: u64,
    /// Tenths of a metre.
    pub(super) length_dm: u64,
    pub(super) m2: u64,
}

/// Swept width and length of each street; zero where nothing is swept.
pub(super) fn share_out(net: &Network, seed: u64) -> Vec<Swept> {
    let mut order: Vec<usize> = (0..net.streets.len()).collect();
    Rng::stream(seed, "sweeping").shuffle(&mut order);
    order.sort_by_key(|&s| net.streets[s].grade);
    let mut out = vec![Swept::default(); net.streets.len()];
    let mut rest = SWEPT_M2;
    for s in order {
        let street = &net.streets[s];
        let town: Vec<_> = street
            .nodes
            .iter()
            .filter(|&&n| !net.nodes[n].outside)
            .map(|&n| net.nodes[n].at)
            .collect();
        // Chords are shorter than the street, so what is swept lies on it.
        let metres = length(&town) as u64;
        let pavements = match street.grade {
            Grade::Arterial => 12,
            Grade::Collector => 6,
            Grade::Local => 2,
        };
        let width_m = street.width as u64 + pavements;
        if metres * width_m <= rest {
            let m2 = metres * width_m;
            out[s] = Swept {
                width_m,
                length_dm: metres * 10,
                m2,
            };
            rest -= m2;
        } else if rest > 0 && metres * 10 >= rest {
            // Ten metres wide, so that the rest is a whole number of decimetres.
            out[s] = Swept {
                width_m: 10,
                length_dm: rest,
                m2: rest,
            };
            rest = 0;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::town::Town;

    #[test]
    fn the_total_is_exact_for_any_seed() {
        for seed in [0, 77] {
            let swept = share_out(&Town::build(seed).net, seed);
            assert_eq!(swept.iter().map(|s| s.m2).sum::<u64>(), SWEPT_M2);
            for s in swept {
                assert_eq!(s.width_m * s.length_dm, s.m2 * 10);
            }
        }
    }
}
