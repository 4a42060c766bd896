//! What of a page is shown, as its address says it.

use mendmap_core::{ids::AssetUid, ledger::Wanted};

/// Which figures a ledger shows. Empty names narrow nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day.
    pub to: String,
    /// Which reports count.
    pub state: Wanted,
    /// Of which crew, by its id.
    pub crew: String,
    /// On which street.
    pub street: String,
    /// In which community.
    pub community: String,
}

/// Which part of the city's programmes is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfProgramme {
    /// The programme's id; the catalogue's first where it is empty.
    pub programme: String,
    /// The year; the last that something is of, or the asset's own, where there is none.
    pub year: Option<i16>,
    /// One asset, with its trades.
    pub asset: Option<AssetUid>,
}
