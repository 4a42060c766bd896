//! What failed, in sentences that say what to do.

use super::{
    button::Button,
    icon::lu,
    live::{maybe, or_nothing},
    notice::{Banner, Tone},
};
use crate::{
    locales::{Words, t, t_string, use_words},
    storage::StorageError,
    sync::remote::LogInError,
    worker::protocol::Trouble,
};
use leptos::prelude::*;
use mendmap_core::{catalog::CatalogError, proposal, task::Refusal};

/// A trouble in words.
pub fn sentence(words: Words, trouble: &Trouble) -> String {
    match trouble {
        Trouble::WorkerStopped { .. } => t_string!(words, trouble.worker_stopped).into(),
        Trouble::Garbled { .. } => t_string!(words, trouble.garbled).into(),
        Trouble::Fetch {
            url,
            status: Some(status),
            ..
        } => t_string!(words, trouble.fetch_status, url = url, status = status),
        Trouble::NoPhoto { erased: true } => t_string!(words, trouble.photo_erased).into(),
        Trouble::NoPhoto { .. } => t_string!(words, trouble.photo_elsewhere).into(),
        Trouble::NoPicture { .. } => t_string!(words, trouble.no_picture).into(),
        Trouble::OwnLayer { name, detail } => {
            t_string!(words, trouble.own_layer, name = name, detail = detail)
        }
        Trouble::NotRecords => t_string!(words, trouble.not_records).into(),
        Trouble::Fetch { url, .. } => t_string!(words, trouble.fetch, url = url),
        Trouble::NoPart { .. } => t_string!(words, trouble.no_part).into(),
        Trouble::NoWorkbook { .. } => t_string!(words, trouble.no_workbook).into(),
        Trouble::Catalog { error } => catalog(words, error),
        Trouble::Storage { error } => storage(words, error),
        Trouble::Refused { refusal } => self::refusal(words, refusal),
        Trouble::Unsaid { refusal } => unsaid(words, *refusal).into(),
        Trouble::BadQuantity { text, .. } => {
            t_string!(words, trouble.bad_quantity, text = text)
        }
        Trouble::NoLineNear { within_m } => {
            t_string!(words, trouble.no_line_near, n = within_m)
        }
        Trouble::NotConnected => t_string!(words, trouble.not_connected).into(),
        Trouble::Seal { detail } => t_string!(words, trouble.seal, detail = detail),
        Trouble::BadDate { text } => t_string!(words, trouble.bad_date, text = text),
        Trouble::LogIn { error } => log_in(words, error),
        Trouble::NotThere { what } => t_string!(words, trouble.not_there, what = what),
    }
}

/// Why the city's catalogue cannot be used, and who can mend it.
fn catalog(words: Words, error: &CatalogError) -> String {
    let city = |member: &str| t_string!(words, trouble.c_city, member = member);
    match error {
        CatalogError::NotUtf8 { from } => {
            t_string!(words, trouble.c_not_utf8, at = from)
        }
        CatalogError::NotJson { line, message } => {
            t_string!(words, trouble.c_not_json, line = line, detail = message)
        }
        CatalogError::Missing { member } => {
            t_string!(words, trouble.c_missing, member = member)
        }
        CatalogError::WrongShape { at, line, message } => t_string!(
            words,
            trouble.c_shape,
            at = at,
            line = line,
            detail = message
        ),
        CatalogError::NewerFormat { .. } => t_string!(words, trouble.c_newer).into(),
        CatalogError::CityId { .. } => city("id"),
        CatalogError::CityZone => city("zone"),
        CatalogError::CityPlace { member, .. } => city(member),
    }
}

/// Why nobody is logged in.
fn log_in(words: Words, error: &LogInError) -> String {
    match error {
        LogInError::Network => t_string!(words, account.err_network).into(),
        LogInError::Wrong => t_string!(words, account.err_wrong).into(),
        LogInError::Expired => t_string!(words, account.log_in_first).into(),
        LogInError::Locked => t_string!(words, account.err_locked).into(),
        LogInError::TooMany { seconds } => t_string!(words, account.err_too_many, n = seconds),
        LogInError::AnothersDevice | LogInError::Server => {
            t_string!(words, account.err_server).into()
        }
    }
}

/// Why nothing can be kept.
fn storage(words: Words, error: &StorageError) -> String {
    match error {
        StorageError::Full => t_string!(words, trouble.storage_full).into(),
        StorageError::Blocked => t_string!(words, trouble.storage_blocked).into(),
        StorageError::Newer => t_string!(words, trouble.storage_newer).into(),
        StorageError::Unavailable { .. } => t_string!(words, trouble.storage_unavailable).into(),
        StorageError::NoPhoto => t_string!(words, trouble.no_photo).into(),
        StorageError::Failed { detail } => {
            t_string!(words, trouble.storage, detail = detail)
        }
    }
}

/// Why the rules do not allow it.
fn refusal(words: Words, refusal: &Refusal) -> String {
    let text = match refusal {
        Refusal::ReadOnly => t_string!(words, trouble.r_read_only),
        Refusal::NotNow { .. } | Refusal::NoSuchChoice { .. } => {
            t_string!(words, trouble.r_not_now)
        }
        Refusal::UnknownWork { .. }
        | Refusal::WorkNotForAsset { .. }
        | Refusal::WorkNotForPlace { .. } => t_string!(words, trouble.r_work),
        Refusal::BadShape => t_string!(words, trouble.r_shape),
        Refusal::NoLines => t_string!(words, trouble.r_lines),
        Refusal::NotPositive { .. } => t_string!(words, trouble.r_positive),
        Refusal::TooFine { decimals, .. } => {
            return t_string!(words, trouble.r_fine, n = decimals);
        }
        Refusal::TooLong => t_string!(words, trouble.r_too_long),
        Refusal::Future { .. } => t_string!(words, trouble.r_future),
        Refusal::Empty => t_string!(words, trouble.r_empty),
        Refusal::UnknownCheck { .. }
        | Refusal::CheckNotThere { .. }
        | Refusal::UnknownItem { .. }
        | Refusal::UnknownReading { .. } => t_string!(words, trouble.r_check),
        Refusal::NoChange => t_string!(words, trouble.r_no_change),
        // These only a page with a fault of its own could ask for.
        Refusal::BadRound
        | Refusal::WrongUnit { .. }
        | Refusal::UnknownAsset { .. }
        | Refusal::BadStretch { .. }
        | Refusal::BadPatch { .. } => {
            return t_string!(words, trouble.refused, detail = refusal);
        }
    };
    text.into()
}

/// Why something is not said of an asset.
fn unsaid(words: Words, refusal: proposal::Refusal) -> &'static str {
    use proposal::Refusal as R;
    match refusal {
        R::ReadOnly => t_string!(words, trouble.r_read_only),
        R::NoProposal | R::Decided => t_string!(words, trouble.r_not_now),
        R::Empty => t_string!(words, trouble.r_empty),
        R::UnknownKind | R::NotAPoint | R::NeverMissing => t_string!(words, said.r_kind),
        R::UnknownAsset => t_string!(words, said.r_unknown),
        R::NoChange => t_string!(words, trouble.r_no_change),
    }
}

/// The trouble that is there, while there is one.
#[component]
pub fn TroubleThere(
    /// What failed.
    trouble: RwSignal<Option<Trouble>>,
    /// Tries again, where that may help.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    maybe(move || {
        let trouble = trouble.get()?;
        Some(view! { <TroubleBanner trouble=trouble retry=retry /> })
    })
}

/// A trouble in place of what it kept from coming.
#[component]
pub fn TroubleBanner(
    /// What failed.
    trouble: Trouble,
    /// Tries again, where that may help.
    #[prop(optional_no_strip)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let words = use_words();
    let dead = matches!(
        trouble,
        Trouble::WorkerStopped { .. } | Trouble::Garbled { .. }
    );
    let reload = move |()| {
        // A page that cannot be reloaded stays as it is.
        let _ = window().location().reload();
    };
    let help = if dead {
        Some((Callback::new(reload), t!(words, trouble.reload)))
    } else {
        retry.map(|retry| (retry, t!(words, common.retry)))
    };
    let title = t!(words, trouble.title);
    view! {
        <Banner tone=Tone::Danger title=title>
            <p>{move || sentence(words, &trouble)}</p>
            {or_nothing(help.map(|(on_press, does)| {
                view! {
                    <Button icon=lu::LuRotateCcw on_press=on_press>
                        {does}
                    </Button>
                }
            }))}
        </Banner>
    }
}
