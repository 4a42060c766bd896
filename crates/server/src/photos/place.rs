//! Which folder or bucket the photos lie in.

use super::Photos;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Prefix;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStoreExt, RetryConfig};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use url::Url;

/// How long a bucket may take to answer, with all tries: shorter than a caller waits.
const PATIENCE: Duration = Duration::from_secs(15);

/// Where photos lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a folder, which is made where there is none.
    Folder(PathBuf),
    /// In a bucket that speaks S3, under a prefix; its access is in the environment (AWS_…).
    Bucket {
        /// Its name.
        bucket: String,
        /// What names in it begin with.
        prefix: String,
    },
}

/// Why there is no place for photos.
#[derive(Debug, Error)]
pub enum PlaceError {
    /// No address of a place.
    #[error(
        "{0:?} names no place for photos: give file:///FOLDER, or s3://BUCKET/PREFIX with AWS_… in \
         the environment"
    )]
    Address(String),
    /// The folder cannot be used.
    #[error("the folder for photos {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What is wrong.
        source: std::io::Error,
    },
    /// It does not answer as it should.
    #[error(
        "the place for photos {at}: {source}. Look whether it is there, and whether it may be \
         read and written"
    )]
    Store {
        /// The place.
        at: String,
        /// What is wrong.
        source: object_store::Error,
    },
}

impl FromStr for Place {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Place, PlaceError> {
        let wrong = || PlaceError::Address(text.to_owned());
        let url = Url::parse(text).map_err(|_| wrong())?;
        // A key in an address is read by everybody on the machine.
        let plain = url.username().is_empty() && url.password().is_none();
        if !plain || url.query().is_some() || url.fragment().is_some() {
            return Err(wrong());
        }
        match (url.scheme(), url.host_str()) {
            ("file", _) => url.to_file_path().map(Place::Folder).map_err(|()| wrong()),
            ("s3", Some(bucket)) => Ok(Place::Bucket {
                bucket: bucket.to_owned(),
                prefix: url.path().trim_matches('/').to_owned(),
            }),
            _ => Err(wrong()),
        }
    }
}

impl Place {
    /// Opens it, and asks it for something to see that it answers.
    ///
    /// # Errors
    /// All but [`PlaceError::Address`].
    pub async fn open(&self) -> Result<Photos, PlaceError> {
        let (at, photos) = match self {
            Place::Folder(path) => {
                let made = std::fs::create_dir_all(path);
                made.map_err(|source| PlaceError::Folder {
                    path: path.clone(),
                    source,
                })?;
                let at = path.display().to_string();
                let folder = LocalFileSystem::new_with_prefix(path);
                let folder = folder.map_err(|source| PlaceError::Store {
                    at: at.clone(),
                    source,
                })?;
                // A device lets go of a photo once it was told that it is here.
                (at, Photos::new(Arc::new(folder.with_fsync(true))))
            }
            Place::Bucket { bucket, prefix } => {
                let at = format!("s3://{bucket}/{prefix}");
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
                    at: at.clone(),
                    source,
                })?;
                let store = PrefixStore::new(store, Prefix::from(&**prefix));
                (at, Photos::new(Arc::new(store)))
            }
        };
        let asked = photos.store.head(&Prefix::from("whole/none")).await;
        match super::found(asked) {
            Ok(_) => Ok(photos),
            Err(source) => Err(PlaceError::Store { at, source }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_folder_or_a_bucket_and_holds_no_key() {
        let place = |text: &str| text.parse::<Place>().ok();
        let bucket = |bucket: &str, prefix: &str| {
            Some(Place::Bucket {
                bucket: bucket.into(),
                prefix: prefix.into(),
            })
        };
        assert_eq!(place("s3://city/photos/a/"), bucket("city", "photos/a"));
        assert_eq!(place("s3://city"), bucket("city", ""));
        #[cfg(unix)]
        assert_eq!(
            place("file:///srv/a%20b"),
            Some(Place::Folder("/srv/a b".into()))
        );
        for wrong in [
            "",
            "photos",
            "/srv/photos",
            "file://elsewhere/photos",
            "s3:///photos",
            "s3://key:secret@city/photos",
            "s3://city/photos?a=b",
            "https://city.example/photos",
        ] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}
