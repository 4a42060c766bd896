//! Which folder or bucket the photos lie in.

use super::{Photos, bucket};
use futures::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{ObjectStore, ObjectStoreExt};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use thiserror::Error;
use url::Url;

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
    /// An address with a key in it, which is not repeated.
    #[error(
        "the address of the place for photos holds a key, and everybody on this machine reads it \
         there: put the key into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    )]
    Key,
    /// Nothing that lets one into a bucket.
    #[error(
        "photos in a bucket need its key in the environment, as AWS_ACCESS_KEY_ID and \
         AWS_SECRET_ACCESS_KEY: {0} is not set"
    )]
    NoKey(&'static str),
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
        // What stands behind these is no part of such an address, and may be a key.
        if text.contains(['?', '#', '@']) {
            return Err(PlaceError::Key);
        }
        let wrong = || PlaceError::Address(text.to_owned());
        let url = Url::parse(text).map_err(|_| wrong())?;
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
    /// All but [`PlaceError::Address`] and [`PlaceError::Key`].
    pub async fn open(&self) -> Result<Photos, PlaceError> {
        let (at, store) = match self {
            Place::Folder(path) => (path.display().to_string(), folder(path)?),
            Place::Bucket { bucket, prefix } => {
                let at = format!("s3://{bucket}/{prefix}");
                let store = bucket::open(&at, bucket, prefix)?;
                (at, store)
            }
        };
        match answers(&*store).await {
            Ok(()) => Ok(Photos::new(store)),
            Err(source) => Err(PlaceError::Store { at, source }),
        }
    }
}

/// Asks for something, and for a list: a bucket that is not there answers the one as if only the
/// object were missing.
async fn answers(store: &dyn ObjectStore) -> object_store::Result<()> {
    let none = Name::from("none");
    super::found(store.head(&none).await)?;
    store.list(Some(&none)).try_next().await?;
    Ok(())
}

fn folder(path: &Path) -> Result<Arc<dyn ObjectStore>, PlaceError> {
    std::fs::create_dir_all(path).map_err(|source| PlaceError::Folder {
        path: path.to_path_buf(),
        source,
    })?;
    let store = LocalFileSystem::new_with_prefix(path);
    let store = store.map_err(|source| PlaceError::Store {
        at: path.display().to_string(),
        source,
    })?;
    // A device lets go of a photo once it was told that it is here; and each photo has a folder
    // for its parts, of which nothing is to stay.
    Ok(Arc::new(
        store.with_fsync(true).with_automatic_cleanup(true),
    ))
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
            "s3://city/photos?a=b",
            "https://city.example/photos",
        ] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
        let keyed = "s3://key:secret@city/photos".parse::<Place>().unwrap_err();
        assert!(!keyed.to_string().contains("secret"), "{keyed}");
    }
}
