//! Sharing a total out, in whole parts, so that it adds up again.

use crate::demo::rng::Rng;

/// A total by months, as these weigh, a little uneven.
pub(super) fn by_months(whole: u64, weights: &[u64; 10], rng: &mut Rng) -> [u64; 10] {
    let uneven = weights.map(|w| w * 1000 + rng.below(w as usize * 40) as u64);
    let sum: u64 = uneven.iter().sum();
    let (mut before, mut out) = (0, [0; 10]);
    for (share, weight) in out.iter_mut().zip(uneven) {
        *share = part(whole, before + weight, sum) - part(whole, before, sum);
        before += weight;
    }
    out
}

/// So much of a whole, rounded down.
pub(super) fn part(whole: u64, of: u64, all: u64) -> u64 {
    let product = u128::from(whole) * u128::from(of);
    u64::try_from(product.checked_div(all.into()).unwrap_or(0)).unwrap_or(u64::MAX)
}

/// A whole in pieces of about `mean`, none of them nothing or more than `most`.
pub(super) fn pieces(whole: u64, mean: u64, most: u64, rng: &mut Rng) -> Vec<u64> {
    let (mean, most) = (mean.max(1), most.max(1));
    let count = (whole / mean).max(whole.div_ceil(most)).max(1).min(whole);
    let weights: Vec<u64> = (0..count)
        .map(|_| 20 + rng.below(90) as u64 + (rng.below(10) * rng.below(10)) as u64)
        .collect();
    let sum = weights.iter().sum();
    let mut pieces: Vec<u64> = weights
        .iter()
        .map(|w| part(whole, *w, sum).clamp(1, most))
        .collect();
    level(&mut pieces, whole, most);
    pieces
}

/// Gives what is missing to pieces that have room for it, and takes what is too much.
fn level(pieces: &mut [u64], whole: u64, most: u64) {
    let mut sum: u64 = pieces.iter().sum();
    while sum != whole && !pieces.is_empty() {
        let step = (sum.abs_diff(whole) / pieces.len() as u64).max(1);
        let before = sum;
        for piece in pieces.iter_mut() {
            let change = step.min(sum.abs_diff(whole));
            if sum < whole {
                let change = change.min(most.saturating_sub(*piece));
                *piece += change;
                sum += change;
            } else {
                let change = change.min(*piece - 1);
                *piece -= change;
                sum -= change;
            }
        }
        if sum == before {
            return;
        }
    }
}

/// Makes most pieces as round as people write them, hundredths to tenths and tenths to ones:
/// what is cut off goes to a neighbour.
pub(super) fn tidy(pieces: &mut [u64], most: u64, rng: &mut Rng) {
    for at in 1..pieces.len() {
        let step = [100, 100, 50, 10, 10, 10, 1, 1][rng.below(8)];
        let over = pieces[at - 1] % step;
        if pieces[at - 1] > over && pieces[at] + over <= most {
            pieces[at - 1] -= over;
            pieces[at] += over;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::rng::Rng;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_add_up_and_none_is_too_much(
            whole in 1u64..3_000_000, mean in 1u64..5000, seed in any::<u64>(),
        ) {
            let mut rng = Rng::stream(seed, "pieces");
            let most = (whole / 50).max(1);
            let mut pieces = pieces(whole, mean, most, &mut rng);
            for _ in 0..2 {
                prop_assert_eq!(pieces.iter().sum::<u64>(), whole);
                prop_assert!(pieces.iter().all(|p| (1..=most).contains(p)));
                tidy(&mut pieces, most, &mut rng);
            }
        }

        #[test]
        fn months_add_up(whole in 0u64..3_000_000, seed in any::<u64>()) {
            let mut rng = Rng::stream(seed, "months");
            let weights = [0, 0, 1, 5, 9, 9, 7, 7, 6, 4];
            let months = by_months(whole, &weights, &mut rng);
            prop_assert_eq!(months.iter().sum::<u64>(), whole);
            prop_assert_eq!(&months[..2], &[0, 0]);
        }
    }
}
