//! Where a city's log lies: how it is opened there, and how it moves.

use crate::serve::{ServeError, city};
use crate::store::{
    Address, PostgresStore, SqliteStore, Store, TransferError, Transferred, prove_database,
    prove_file, transfer,
};
use mendmap_core::sync::{Digest, Head};
use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The log's file in its folder.
const FILE: &str = "log.sqlite";

/// Lies in the folder of a log that has moved, and says where to: whoever served the folder
/// again would give places that the city's order has given already.
pub(crate) const MOVED: &str = "moved-to";

/// Where a city's log lies.
#[derive(Debug, Clone)]
pub enum Log {
    /// In a folder, which is made where there is none: SQLite, for one server.
    Folder(PathBuf),
    /// In a PostgreSQL database, for any number of servers.
    Database(Address),
}

impl Log {
    /// Opens the log of the app in `dist`, for a command that does not serve: a server may
    /// be at work on it meanwhile.
    ///
    /// # Errors
    /// Those of [`Server::open`](crate::serve::Server::open) that are about the log.
    pub async fn open(&self, dist: &Path) -> Result<Arc<dyn Store>, ServeError> {
        let city = city(dist)?.id;
        if let Log::Folder(data) = self {
            let path = data.clone();
            std::fs::create_dir_all(data).map_err(|source| ServeError::Data { path, source })?;
            is_here(data)?;
        }
        self.store(&city).await
    }

    /// Proves that it is as it was received, from the first event to the head, and that it goes on
    /// from a head whose hash was `noted`. Writes nothing; servers may be at work on it meanwhile.
    ///
    /// # Errors
    /// [`ServeError::Proof`] with the place where its chain breaks; those about the log.
    pub async fn prove(&self, noted: Option<&Digest>) -> Result<Head, ServeError> {
        match self {
            Log::Folder(data) => {
                let file = data.join(FILE);
                if !file.exists() {
                    return Err(ServeError::NoLog(data.to_path_buf()));
                }
                is_here(data)?;
                Ok(prove_file(&file, noted).await?)
            }
            Log::Database(address) => Ok(prove_database(address, noted).await?),
        }
    }

    /// Opens it for a server, which is the only one in its folder as long as it holds the
    /// file.
    pub(crate) async fn open_alone(
        &self,
        city: &str,
    ) -> Result<(Arc<dyn Store>, Option<File>), ServeError> {
        let lock = match self {
            Log::Folder(data) => Some(lock(data)?),
            Log::Database(_) => None,
        };
        if let Log::Folder(data) = self {
            is_here(data)?;
        }
        Ok((self.store(city).await?, lock))
    }

    async fn store(&self, city: &str) -> Result<Arc<dyn Store>, ServeError> {
        Ok(match self {
            Log::Folder(data) => Arc::new(SqliteStore::open(city, &data.join(FILE)).await?),
            Log::Database(address) => Arc::new(PostgresStore::open(city, address).await?),
        })
    }
}

/// Moves the log in a folder, of the app in `dist`, into a database in which there is
/// nothing yet. No server may be at work in the folder. The file stays, and a note beside
/// it that says where the log is now, written before the log counts there.
///
/// # Errors
/// Anything that kept it from being there whole; then it is where it was.
pub async fn move_log(dist: &Path, data: &Path, to: &Address) -> Result<Transferred, ServeError> {
    let city = city(dist)?.id;
    if !data.join(FILE).exists() {
        return Err(ServeError::NoLog(data.to_path_buf()));
    }
    let _alone = lock(data)?;
    is_here(data)?;
    let noted = || {
        let mut note = File::create(data.join(MOVED))?;
        writeln!(note, "{to}")?;
        note.sync_all()?;
        // Its name as well.
        File::open(data)?.sync_all()
    };
    let transferred = transfer(&city, &data.join(FILE), to, noted).await;
    if matches!(transferred, Err(TransferError::Note(_))) {
        // It may stand there by half; the log is where it was.
        let path = data.to_path_buf();
        let removed = std::fs::remove_file(data.join(MOVED));
        removed.map_err(|source| ServeError::Data { path, source })?;
    }
    Ok(transferred?)
}

/// Writes the log in a folder, of the app in `dist`, into a new file, and reads that through:
/// gives how far its order has come. A server may be at work meanwhile; what it takes in after
/// this began may be missing.
///
/// # Errors
/// Anything that kept it from being there whole; what was written of it stays.
pub async fn back_up(dist: &Path, data: &Path, to: &Path) -> Result<Head, ServeError> {
    let city = city(dist)?.id;
    if !data.join(FILE).exists() {
        return Err(ServeError::NoLog(data.to_path_buf()));
    }
    is_here(data)?;
    if to.exists() {
        return Err(ServeError::BackupThere(to.to_path_buf()));
    }
    let store = SqliteStore::open(&city, &data.join(FILE)).await?;
    let copied = store.copy_to(to).await;
    store.close().await;
    copied?;
    let copy = SqliteStore::open(&city, to).await?;
    let head = copy.verify().await;
    copy.close().await;
    // After the last that was written to it.
    let path = to.to_path_buf();
    let synced = File::open(to).and_then(|file| file.sync_all());
    synced.map_err(|source| ServeError::Backup { path, source })?;
    Ok(head?)
}

/// That the log in a folder has not moved.
fn is_here(data: &Path) -> Result<(), ServeError> {
    let path = data.to_path_buf();
    match std::fs::read_to_string(data.join(MOVED)) {
        Ok(to) => Err(ServeError::Moved {
            path,
            to: to.trim().to_owned(),
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(ServeError::Data { path, source }),
    }
}

/// Makes the data folder and takes it for this process alone: a second one would not hear
/// of the first one's events.
fn lock(data: &Path) -> Result<File, ServeError> {
    let path = data.to_path_buf();
    let open = std::fs::create_dir_all(data).and_then(|()| File::create(data.join("lock")));
    let file = match open {
        Ok(file) => file,
        Err(source) => return Err(ServeError::Data { path, source }),
    };
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ServeError::Taken(path)),
        Err(TryLockError::Error(source)) => Err(ServeError::Data { path, source }),
    }
}
