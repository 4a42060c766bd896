//! The whole matrix.

use super::super::*;
use crate::log::Kind;

#[test]
fn every_role_every_event_own_and_other() {
    let mut matrix = format!("{:16}", "");
    for role in Role::ALL {
        matrix += &format!(" {:>13}", role.name());
    }
    for kind in Kind::NAMES {
        matrix += &format!("\n{kind:16}");
        for role in Role::ALL {
            let cell = match [Whose::Own, Whose::Other].map(|whose| may(role, kind, whose)) {
                [true, true] => "own and other",
                [true, false] => "own",
                [false, true] => "other",
                [false, false] => "-",
            };
            matrix += &format!(" {cell:>13}");
        }
    }
    insta::assert_snapshot!(matrix);
}

#[test]
fn more_trust_never_allows_less() {
    for kind in Kind::NAMES {
        for whose in [Whose::Own, Whose::Other] {
            let allowed = Role::ALL.map(|role| may(role, kind, whose));
            assert!(allowed.is_sorted(), "{kind} {whose:?}: {allowed:?}");
        }
        assert!(may(Role::Administrator, kind, Whose::Own), "{kind}");
    }
    assert!(!may(Role::Administrator, "nobody_knows", Whose::Own));
}

#[test]
fn roles_are_read_as_they_are_written() {
    for role in Role::ALL {
        assert_eq!(role.name().parse(), Ok(role));
    }
    assert_eq!("king".parse::<Role>(), Err(NotARole("king".into())));
}
