//! The chain, held by figures that `sha256sum` gives as well.

use super::super::*;

const BREAKS: &str = "every device keeps the place and hash it was told, and every audit compares \
     them: another formula makes each server's history look forged";

#[test]
fn the_formula_is_frozen() {
    // printf 'mendmap-chain-1:220382' | sha256sum
    let start = Head::start("220382");
    let first = "6fa299183634b56a9bd7cfa003f051252e02e4223a1b26969b1aefc8228abea3";
    assert_eq!(
        (start.place, start.chain.to_string()),
        (0, first.into()),
        "{BREAKS}"
    );
    // (printf 'mendmap-chain-1:220382' | sha256sum | cut -c1-64 | xxd -r -p; printf '{}') | sha256sum
    let next = start.followed_by(b"{}");
    let second = "c0bd306770d566e905c13dcd9bee7e2e0a0cd2ea996a99ca72fb80ea1fca1b8a";
    assert_eq!(
        (next.place, next.chain.to_string()),
        (1, second.into()),
        "{BREAKS}"
    );
}

#[test]
fn bytes_order_and_city_all_tell() {
    let start = Head::start("220382");
    let ab = start.followed_by(b"a").followed_by(b"b").chain;
    assert_ne!(ab, start.followed_by(b"b").followed_by(b"a").chain);
    assert_ne!(ab, start.followed_by(b"ab").chain);
    assert_ne!(
        ab,
        Head::start("110000")
            .followed_by(b"a")
            .followed_by(b"b")
            .chain
    );
}

#[test]
fn a_digest_is_read_as_it_is_written_and_in_no_other_way() {
    let digest = content(b"{}");
    let text = digest.to_string();
    assert_eq!(text.parse(), Ok(digest));
    for wrong in [
        &text[..63],
        &text.to_uppercase(),
        &format!("{text}0"),
        "",
        "é",
    ] {
        assert_eq!(wrong.parse::<Digest>(), Err(NotADigest), "{wrong}");
    }
}
