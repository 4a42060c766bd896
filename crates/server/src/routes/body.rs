//! Bodies that are read by hand: large ones, of which one must know how far they came.

use super::BODY_PAUSE;
use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use futures::StreamExt;
use std::time::{Duration, Instant};

/// Slower than this, in bytes a second, is slower than any phone that has a network at all.
const FLOOR: u64 = 10_000;

/// What any body may take besides.
const GRACE: Duration = Duration::from_secs(60);

/// More than there may be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMany;

/// How long a body is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Patience {
    /// Without a byte of it.
    silence: Duration,
    /// For all of it.
    whole: Duration,
}

impl Patience {
    /// For a body of so many bytes, by what it says itself, or else by the most there may be:
    /// whoever sends a byte now and then keeps no place for good.
    pub(super) fn of(headers: &HeaderMap, most: usize) -> Patience {
        let bytes = length(headers).unwrap_or(most as u64).min(most as u64);
        Patience {
            silence: BODY_PAUSE,
            whole: GRACE + Duration::from_secs(bytes / FLOOR),
        }
    }
}

/// How long a body says it is.
pub(super) fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// What comes of a body while there is patience, and whether it came to its end.
pub(super) async fn received(
    body: Body,
    most: usize,
    patience: Patience,
) -> Result<(Bytes, bool), TooMany> {
    let began = Instant::now();
    let mut stream = body.into_data_stream();
    let mut all = Vec::new();
    loop {
        let left = patience.whole.saturating_sub(began.elapsed());
        match tokio::time::timeout(patience.silence.min(left), stream.next()).await {
            Ok(None) => return Ok((all.into(), true)),
            Ok(Some(Ok(some))) if all.len() + some.len() > most => return Err(TooMany),
            Ok(Some(Ok(some))) if left > Duration::ZERO => all.extend_from_slice(&some),
            Ok(Some(_)) | Err(_) => return Ok((all.into(), false)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Patience = Patience {
        silence: Duration::from_millis(50),
        whole: Duration::from_secs(9),
    };

    #[tokio::test]
    async fn silence_ends_a_body_and_what_came_is_kept() {
        let silent = futures::stream::iter([Ok::<_, std::io::Error>("abc")])
            .chain(futures::stream::pending());
        let body = Body::from_stream(silent);
        let (bytes, ended) = received(body, 10, SHORT).await.unwrap();
        assert_eq!((&bytes[..], ended), (&b"abc"[..], false));
        let (bytes, ended) = received(Body::from("abc"), 3, SHORT).await.unwrap();
        assert_eq!((&bytes[..], ended), (&b"abc"[..], true));
        assert_eq!(received(Body::from("abcd"), 3, SHORT).await, Err(TooMany));
    }

    #[tokio::test]
    async fn a_byte_now_and_then_is_not_waited_for_for_ever() {
        let drops = futures::stream::repeat(()).then(|()| async {
            tokio::time::sleep(Duration::from_millis(10)).await;
            Ok::<_, std::io::Error>("a")
        });
        let patience = Patience {
            silence: Duration::from_secs(5),
            whole: Duration::from_millis(300),
        };
        let came = received(Body::from_stream(drops), 1_000_000, patience);
        let came = tokio::time::timeout(Duration::from_secs(10), came).await;
        let (bytes, ended) = came.expect("it is waited for for ever").unwrap();
        assert!(
            !ended && !bytes.is_empty() && bytes.len() < 100,
            "{bytes:?}"
        );
    }

    #[test]
    fn a_large_body_has_more_time_and_none_has_more_than_the_largest() {
        let of = |length: Option<&str>| {
            let mut headers = HeaderMap::new();
            if let Some(length) = length {
                headers.insert(CONTENT_LENGTH, length.parse().unwrap());
            }
            Patience::of(&headers, 8_000_000).whole.as_secs()
        };
        assert_eq!(of(Some("100")), 60);
        assert_eq!(of(Some("1000000")), 160);
        assert_eq!(of(Some("99999999999999")), 860);
        assert_eq!(of(None), 860);
    }
}
