//! Photos in a bucket that speaks S3.

use super::PlaceError;
use object_store::aws::AmazonS3Builder;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, RetryConfig};
use std::sync::Arc;
use std::time::Duration;

/// How long a bucket may take to answer, with all tries: shorter than a caller waits.
const PATIENCE: Duration = Duration::from_secs(15);

/// Without these the library would go and look for a machine that hands out keys.
const KEYS: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/// What lies under a prefix in a bucket; how it is reached stands in the environment (AWS_…).
pub(super) fn open(
    at: &str,
    bucket: &str,
    prefix: &str,
) -> Result<Arc<dyn ObjectStore>, PlaceError> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if let Some(name) = KEYS.into_iter().find(|name| !is_set(name)) {
        return Err(PlaceError::NoKey(name));
    }
    // reqwest asks for the one of the process. That there is one already is no error.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let retry = RetryConfig {
        max_retries: 3,
        retry_timeout: PATIENCE,
        ..RetryConfig::default()
    };
    let built = AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .with_retry(retry)
        .build();
    let store = built.map_err(|source| PlaceError::Store {
        at: at.to_owned(),
        source,
    })?;
    Ok(Arc::new(PrefixStore::new(store, Path::from(prefix))))
}
