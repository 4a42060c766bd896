//! `/api/v1/photos/{sha256}`: photos, by the hash of their bytes.
//!
//! Uploading follows what draft-ietf-httpbis-resumable-upload-09 says of appending and of
//! asking for the offset; its uploads have an address of their own, ours has the photo's,
//! since the name is known before the first byte:
//!
//! * `PUT` brings the whole photo: 201, or 200 where it was there. If the connection ends in
//!   the midst of it, what came is kept.
//! * `HEAD` says how far it has come: 204 with `Upload-Offset` and `Upload-Complete: ?0`;
//!   200 once it is there.
//! * `PATCH` (`application/partial-upload`) brings the bytes from `Upload-Offset` on: 204 with
//!   the next `Upload-Offset`; with `Upload-Complete: ?1` they are the last, and it answers
//!   as `PUT` does. From any other offset: 409 with the right one.

pub(super) mod guarded;
pub(super) mod receive;
pub(super) mod serve;

use crate::auth::Who;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::HeaderName;
use axum::http::request::Parts;
use mendmap_core::account::Role;
use mendmap_core::sync::Digest;
use utoipa::IntoParams;

const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_COMPLETE: HeaderName = HeaderName::from_static("upload-complete");

/// A photo's name in the address: 64 lower-case hex digits, and nothing else is one.
#[derive(IntoParams)]
#[into_params(names("sha256"), parameter_in = Path)]
pub(super) struct Name(
    /// SHA-256 of the photo's bytes, 64 lower-case hex digits.
    #[param(value_type = String, pattern = "^[0-9a-f]{64}$")]
    Digest,
);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Name, Problem> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, state).await;
        let name = path.ok().and_then(|path| path.parse().ok());
        name.map(Name).ok_or(Problem::NotFound)
    }
}

/// Asks for whoever does the work, or did when it captured what it brings now: the event
/// that names it is held for a supervisor, who has to see it.
fn captures(who: &Who) -> Result<(), Problem> {
    match who.once() >= Role::Crew {
        true => Ok(()),
        false => Err(Problem::NotAllowed),
    }
}
