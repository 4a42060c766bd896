//! How sending stands, in words and as a picture: at the upper edge from the first view on, and in the
//! settings.

use super::icon::{Icon, lu};
use crate::{
    locales::{Words, t_string},
    state::format,
    worker::protocol::{SyncStatus, Syncing},
};

/// How sending stands, in a few words; none before that is known.
pub fn status_words(words: Words, syncing: &Syncing) -> Option<String> {
    let status = syncing.status?;
    let n = format::count(words.get_locale(), syncing.photos);
    let photos = match syncing.photos {
        0 => return Some(events_words(words, status, syncing.n)),
        _ => t_string!(words, account.photos_waiting, n = n),
    };
    Some(match status {
        SyncStatus::AllSent { .. } => photos,
        _ => events_words(words, status, syncing.n) + " · " + &photos,
    })
}

fn events_words(words: Words, status: SyncStatus, n: usize) -> String {
    let n = format::count(words.get_locale(), n);
    match status {
        SyncStatus::SavedHere if n == "0" => t_string!(words, account.log_in_first).into(),
        SyncStatus::SavedHere => t_string!(words, account.saved_here, n = n),
        SyncStatus::NothingYet => t_string!(words, account.nothing_yet).into(),
        SyncStatus::LoginNeeded => t_string!(words, account.login_needed, n = n),
        SyncStatus::ChainBroken => t_string!(words, account.broken_short).into(),
        SyncStatus::Sending => t_string!(words, account.sending, n = n),
        SyncStatus::Waiting => t_string!(words, account.waiting, n = n),
        SyncStatus::PutBack => t_string!(words, account.put_back, n = n),
        SyncStatus::AllSent { at } => {
            let at = format::moment_ms(words.get_locale(), at);
            t_string!(words, account.all_sent, at = at)
        }
    }
}

/// The same as a picture.
pub fn status_icon(syncing: &Syncing) -> Icon {
    match syncing.status.unwrap_or(SyncStatus::SavedHere) {
        SyncStatus::AllSent { .. } if syncing.photos > 0 => lu::LuClock,
        SyncStatus::SavedHere => lu::LuHardDrive,
        SyncStatus::Sending => lu::LuCloudUpload,
        SyncStatus::Waiting => lu::LuClock,
        SyncStatus::AllSent { .. } | SyncStatus::NothingYet => lu::LuCircleCheck,
        SyncStatus::LoginNeeded | SyncStatus::ChainBroken | SyncStatus::PutBack => {
            lu::LuTriangleAlert
        }
    }
}

/// Whether it stays so until a person does something.
pub fn needs_a_person(status: SyncStatus) -> bool {
    matches!(
        status,
        SyncStatus::LoginNeeded | SyncStatus::ChainBroken | SyncStatus::PutBack
    )
}
