//! Numbers of degrees as files write them: digits, perhaps a point and more digits.

use super::text::{NotPlain, Plain, Walk};

/// Each of them is an `f64` without loss.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Any number of so many digits is less than 2⁶⁴.
const DIGITS: usize = 19;
/// Whole numbers up to here are `f64`s without loss.
const EXACT: u64 = 1 << 53;

/// Passes a number without an exponent and gives it, to the bit as nearest as there is. Where the
/// digits are an `f64` by themselves, dividing them by a power of ten rounds once, and so rightly.
#[inline(always)]
pub(super) fn number(walk: &mut Walk<'_>) -> Plain<f64> {
    let negative = walk.peek()? == b'-';
    walk.at += usize::from(negative);
    let start = walk.at;
    let mut digits = 0_u64;
    whole(walk, &mut digits)?;
    let before = walk.at - start;
    // A zero in front of others is no number of JSON.
    if before == 0 || before > 1 && walk.bytes.get(start) == Some(&b'0') {
        return Err(NotPlain);
    }
    let mut behind = 0;
    if walk.byte()? == b'.' {
        walk.at += 1;
        let start = walk.at;
        whole(walk, &mut digits)?;
        behind = walk.at - start;
        if behind == 0 {
            return Err(NotPlain);
        }
    }
    if !matches!(walk.byte()?, b',' | b']' | b' ' | b'\n' | b'\r' | b'\t') {
        return Err(NotPlain);
    }
    let size = match POWERS.get(behind) {
        Some(power) if before + behind <= DIGITS && digits <= EXACT => digits as f64 / power,
        _ => long(walk, start)?,
    };
    Ok(if negative { -size } else { size })
}

/// What has more digits than that is read as the careful reader reads it.
#[inline(never)]
fn long(walk: &Walk<'_>, start: usize) -> Plain<f64> {
    serde_json::from_str(walk.text_since(start)?).map_err(|_| NotPlain)
}

/// Passes digits. What are too many for the number is seen by how many they are.
#[inline(always)]
fn whole(walk: &mut Walk<'_>, digits: &mut u64) -> Plain<()> {
    loop {
        let digit = walk.byte()?.wrapping_sub(b'0');
        if digit > 9 {
            return Ok(());
        }
        *digits = digits.wrapping_mul(10).wrapping_add(digit.into());
        walk.at += 1;
    }
}
