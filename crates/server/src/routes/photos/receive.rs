//! Photos that come.

use super::{Name, UPLOAD_COMPLETE, UPLOAD_OFFSET, captures, serve};
use crate::app::App;
use crate::auth::Who;
use crate::photos::{Arrived, PHOTO_BYTES, PhotoError, Photos, Piece, Refusal};
use crate::problem::Problem;
use crate::routes::body::{Patience, length, received};
use crate::routes::openapi::Problems;
use axum::body::Body;
use axum::extract::{Extension, State};
use axum::http::header::{CONTENT_RANGE, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use mendmap_core::sync::Digest;

/// Brings a whole photo.
///
/// A JPEG, PNG or WebP by its bytes, of at most 8 MiB and 50 million pixels, without EXIF and
/// XMP. If the connection ends in the midst of it, what came is kept.
#[utoipa::path(
    put,
    path = "/api/v1/photos/{sha256}",
    operation_id = "put_photo",
    tag = "photos",
    params(Name),
    request_body(content(("image/jpeg"), ("image/png"), ("image/webp"))),
    responses(
        (status = 200, description = "It was there before."),
        (status = 201, description = "It is there now."),
        Problems,
    ),
)]
pub(in crate::routes) async fn put(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Name(name): Name,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    captures(&who)?;
    if headers.contains_key(CONTENT_RANGE) {
        // RFC 9110 §14.5: a piece is not to be taken for the whole.
        return Err(Problem::Form("Content-Range: PATCH brings pieces".into()));
    }
    take_in(&app, &who, name, 0, true, &headers, body).await
}

/// Brings the bytes of a photo from an offset on.
///
/// From any other offset than where the last ones ended: 409 with the right one.
#[utoipa::path(
    patch,
    path = "/api/v1/photos/{sha256}",
    operation_id = "append_to_photo",
    tag = "photos",
    params(
        Name,
        ("Upload-Offset" = u64, Header, description = "Where they begin in the photo."),
        (
            "Upload-Complete" = String,
            Header,
            description = "`?1` where the photo ends with them, else `?0`.",
        ),
    ),
    request_body(content(("application/partial-upload"))),
    responses(
        (status = 200, description = "The photo was there before."),
        (status = 201, description = "The photo is there now, whole."),
        (
            status = 204,
            description = "They are kept.",
            headers(
                ("Upload-Offset" = u64, description = "Where to go on."),
                ("Upload-Complete" = String, description = "`?0`"),
            ),
        ),
        Problems,
    ),
)]
pub(in crate::routes) async fn append(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Name(name): Name,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    captures(&who)?;
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if value(CONTENT_TYPE) != Some("application/partial-upload") {
        return Err(Problem::Form(
            "Content-Type: application/partial-upload is missing".into(),
        ));
    }
    let offset = value(UPLOAD_OFFSET).and_then(|offset| offset.parse().ok());
    let offset = offset.filter(|offset| *offset <= PHOTO_BYTES as u64);
    let offset = offset.ok_or_else(|| Problem::Form("Upload-Offset is missing".into()))?;
    let last = match value(UPLOAD_COMPLETE) {
        Some("?1") => true,
        Some("?0") => false,
        _ => return Err(Problem::Form("Upload-Complete is missing: ?0 or ?1".into())),
    };
    take_in(&app, &who, name, offset, last, &headers, body).await
}

/// How far a photo has come.
#[utoipa::path(
    head,
    path = "/api/v1/photos/{sha256}",
    operation_id = "ask_for_photo",
    tag = "photos",
    params(Name),
    responses(
        (
            status = 200,
            description = "It is there, with the headers that reading it has.",
            headers(("Upload-Complete" = String, description = "`?1`")),
        ),
        (
            status = 204,
            description = "A part of it is there.",
            headers(
                ("Upload-Offset" = u64, description = "Where to go on."),
                ("Upload-Complete" = String, description = "`?0`"),
            ),
        ),
        Problems,
    ),
)]
pub(in crate::routes) async fn offset(
    State(app): State<App>,
    Name(name): Name,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    match app.photos().arrived(&name).await? {
        Arrived::Part(0) => Err(Refusal::Missing.into()),
        Arrived::Part(there) => Ok(part(there)),
        Arrived::Before | Arrived::Now => {
            let mut whole = serve::whole(&app, &name, &headers).await?;
            whole.headers_mut().insert(
                UPLOAD_COMPLETE,
                "?1".parse().map_err(|_| Problem::Internal)?,
            );
            Ok(whole)
        }
    }
}

/// In a task of its own: a caller that hangs up takes the answer away, but not what it sent.
async fn take_in(
    app: &App,
    who: &Who,
    name: Digest,
    offset: u64,
    last: bool,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let photos = app.photos().clone();
    // Before anything is read: what is there or erased need not come again.
    if photos.arrived(&name).await? == Arrived::Before {
        return Ok(StatusCode::OK.into_response());
    }
    if length(headers).is_some_and(|length| offset.saturating_add(length) > PHOTO_BYTES as u64) {
        return Err(Refusal::Bytes.into());
    }
    let Some(place) = app.receiving().take(who.account()) else {
        return Err(Problem::Full);
    };
    let most = PHOTO_BYTES - usize::try_from(offset).unwrap_or(PHOTO_BYTES);
    let patience = Patience::of(headers, most);
    let task = tokio::spawn(async move {
        let _place = place;
        // A phone that has lost its signal does not say so: what came before is kept, and
        // the phone finds it when it asks.
        let received = received(body, most, patience).await;
        let (bytes, ended) = received.map_err(|_| Refusal::Bytes)?;
        let piece = Piece {
            offset,
            bytes,
            last: last && ended,
        };
        arrive(&photos, &name, piece, ended).await
    });
    match task.await.map_err(|_| Problem::Internal)?? {
        Arrived::Before => Ok(StatusCode::OK.into_response()),
        Arrived::Now => Ok(StatusCode::CREATED.into_response()),
        Arrived::Part(there) => Ok(part(there)),
    }
}

async fn arrive(
    photos: &Photos,
    name: &Digest,
    piece: Piece,
    ended: bool,
) -> Result<Arrived, PhotoError> {
    let arrived = photos.take_in(name, piece).await?;
    match arrived {
        Arrived::Part(there) if !ended => Err(Refusal::Cut { there }.into()),
        arrived => Ok(arrived),
    }
}

fn part(there: u64) -> Response {
    let headers = [
        (UPLOAD_OFFSET, there.to_string()),
        (UPLOAD_COMPLETE, "?0".into()),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}
