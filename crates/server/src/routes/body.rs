//! Bodies that are read by hand: large ones, of which one must know how far they came.

use axum::body::{Body, Bytes};
use futures::StreamExt;
use std::time::Duration;

/// More than there may be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMany;

/// What comes of a body, and whether it came to its end: it is given up where nothing comes for
/// as long as `silence`.
pub(super) async fn received(
    body: Body,
    most: usize,
    silence: Duration,
) -> Result<(Bytes, bool), TooMany> {
    let mut stream = body.into_data_stream();
    let mut all = Vec::new();
    loop {
        match tokio::time::timeout(silence, stream.next()).await {
            Ok(None) => return Ok((all.into(), true)),
            Ok(Some(Ok(some))) if all.len() + some.len() > most => return Err(TooMany),
            Ok(Some(Ok(some))) => all.extend_from_slice(&some),
            Ok(Some(Err(_))) | Err(_) => return Ok((all.into(), false)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn silence_ends_a_body_and_what_came_is_kept() {
        let silent = futures::stream::iter([Ok::<_, std::io::Error>("abc")])
            .chain(futures::stream::pending());
        let body = Body::from_stream(silent);
        let short = Duration::from_millis(50);
        let (bytes, ended) = received(body, 10, short).await.unwrap();
        assert_eq!((&bytes[..], ended), (&b"abc"[..], false));
        let (bytes, ended) = received(Body::from("abc"), 3, short).await.unwrap();
        assert_eq!((&bytes[..], ended), (&b"abc"[..], true));
        assert_eq!(received(Body::from("abcd"), 3, short).await, Err(TooMany));
    }
}
