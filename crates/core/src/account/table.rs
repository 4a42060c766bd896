//! The one table of what each role may append.

use super::Role;

/// In whose name an event acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// In the account's own, or in that of a crew it belongs to.
    Own,
    /// In another's: another crew's, another person's.
    Other,
}

/// Whether a role may append an event of the kind of this name
/// ([`crate::log::Kind::NAMES`]); nobody may append one that this version does not know.
/// `tests/` holds the whole matrix.
pub fn may(role: Role, kind: &str, whose: Whose) -> bool {
    match (least(kind), whose) {
        (Some(least), Whose::Own) => role >= least,
        // A crew acts for itself. Who enters for others, from paper for example, answers for
        // more than one crew; and nobody decides or configures in another's name.
        (Some(Role::Crew), Whose::Other) => role >= Role::Supervisor,
        (_, Whose::Other) | (None, _) => false,
    }
}

/// The least role that may append such an event in its own name.
fn least(kind: &str) -> Option<Role> {
    Some(match kind {
        // What is seen and done at the place, and putting one's own right.
        "plotted" | "found" | "accepted" | "started" | "made_safe" | "ticked" | "tracked"
        | "reported" | "cancelled" | "undone" | "moved" | "edited" | "noted" => Role::Crew,
        // A crew proposes changes of assets from the spot.
        "asset_added" | "asset_corrected" | "asset_replaced" | "asset_vanished" => Role::Crew,
        // Decisions over the work of others.
        "dispatched" | "verified" | "returned" | "resolved" => Role::Supervisor,
        // How far a programme has come.
        "trade_set" => Role::Supervisor,
        // What becomes part of a layer, and what does not.
        "asset_confirmed" | "asset_declined" => Role::Supervisor,
        "configured" | "account_added" | "account_changed" | "account_locked" => {
            Role::Administrator
        }
        _ => return None,
    })
}
