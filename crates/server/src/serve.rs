//! `mendmap-server serve`: from a command line to a server that listens.

use crate::app::App;
use crate::origin::Origin;
use crate::relay::relay;
use crate::routes::router;
use crate::store::{Address, PostgresStore, SqliteStore, Store, StoreError};
use mendmap_core::catalog::{Catalog, CatalogError};
use std::fs::{File, TryLockError};
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::net::TcpListener;

/// The log's file in its folder.
const FILE: &str = "log.sqlite";

/// How long requests under way may take to end once the server is told to.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the command line says.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the built app.
    pub dist: PathBuf,
    /// Where the city's log lies.
    pub log: Log,
    /// The address to listen at.
    pub host: IpAddr,
    /// The port; 0 takes any that is free.
    pub port: u16,
    /// The proxy by which others reach it; none where nobody else does.
    pub origin: Option<Origin>,
}

/// Opens the log that lies there, for a command that does not serve: a server may be at
/// work on it meanwhile.
///
/// # Errors
/// Those of [`Server::open`] that are about the log.
pub async fn open_log(dist: &Path, log: &Log) -> Result<Arc<dyn Store>, ServeError> {
    let city = city(dist)?;
    Ok(match log {
        Log::Folder(data) => {
            let path = data.clone();
            std::fs::create_dir_all(data).map_err(|source| ServeError::Data { path, source })?;
            Arc::new(SqliteStore::open(&city, &data.join(FILE)).await?)
        }
        Log::Database(address) => Arc::new(PostgresStore::open(&city, address).await?),
    })
}

/// Where a city's log lies.
#[derive(Debug, Clone)]
pub enum Log {
    /// In a folder, which is made where there is none: SQLite, for one server.
    Folder(PathBuf),
    /// In a PostgreSQL database, for any number of servers.
    Database(Address),
}

/// Why the server does not run.
#[derive(Debug, Error)]
pub enum ServeError {
    /// An address that others can reach.
    #[error(
        "nothing here is encrypted, passwords neither: the server listens only to this machine \
         (--host 127.0.0.1 or ::1), not at {0}. Others reach it through a proxy with TLS \
         (--origin)"
    )]
    Open(IpAddr),
    /// No app, or a broken one.
    #[error("no app in {}: {source}. `cargo xtask build` makes one in dist", path.display())]
    App {
        /// Where it was looked for.
        path: PathBuf,
        /// What is wrong.
        source: io::Error,
    },
    /// No catalogue in the app.
    #[error("the app's city/catalog.json does not say which city it is: {0}")]
    Catalog(#[from] CatalogError),
    /// The data folder cannot be used.
    #[error("the data folder {}: {source}", path.display())]
    Data {
        /// The folder.
        path: PathBuf,
        /// What is wrong.
        source: io::Error,
    },
    /// Another server works in it.
    #[error("another mendmap-server works in {}", .0.display())]
    Taken(PathBuf),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The address cannot be had.
    #[error("cannot listen at {at}: {source}")]
    Listen {
        /// The address.
        at: SocketAddr,
        /// What is wrong.
        source: io::Error,
    },
    /// Listening ended by itself.
    #[error("the server ended: {0}")]
    Ended(#[source] io::Error),
}

/// A server that listens and does not answer yet.
pub struct Server {
    app: App,
    listener: TcpListener,
    dist: PathBuf,
    /// Held as long as the server works in its folder, where it has one.
    _lock: Option<File>,
}

impl Server {
    /// Opens everything that is needed.
    ///
    /// # Errors
    /// Anything that is not as it must be, before a single request is answered.
    pub async fn open(options: &Options) -> Result<Server, ServeError> {
        if !options.host.is_loopback() {
            return Err(ServeError::Open(options.host));
        }
        let city = city(&options.dist)?;
        let (store, lock) = open(&city, &options.log).await?;
        let at = SocketAddr::new(options.host, options.port);
        let listener = TcpListener::bind(at).await;
        let listener = listener.map_err(|source| ServeError::Listen { at, source })?;
        let app = App::new(store);
        Ok(Server {
            app: match &options.origin {
                Some(origin) => app.behind(origin.clone()),
                None => app,
            },
            listener,
            dist: options.dist.clone(),
            _lock: lock,
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// Those of the system.
    pub fn address(&self) -> Result<SocketAddr, ServeError> {
        self.listener.local_addr().map_err(ServeError::Ended)
    }

    /// Answers until `end`, then ends the streams, lets requests under way end and closes
    /// the store.
    ///
    /// # Errors
    /// Those of the system.
    pub async fn run(
        self,
        end: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        let (told, mut ending) = tokio::sync::watch::channel(false);
        let app = self.app.clone();
        let store = self.app.store().clone();
        tokio::spawn(relay(self.app.clone()));
        let serving = axum::serve(self.listener, router(self.app, &self.dist))
            .with_graceful_shutdown(async move {
                end.await;
                app.close();
                told.send_replace(true);
            });
        let too_long = async {
            // An error means that the server has ended.
            if ending.wait_for(|ending| *ending).await.is_ok() {
                tokio::time::sleep(PATIENCE).await;
            }
        };
        let ended = tokio::select! {
            ended = serving.into_future() => ended,
            () = too_long => {
                tracing::warn!("requests under way were cut off");
                Ok(())
            }
        };
        store.close().await;
        ended.map_err(ServeError::Ended)
    }
}

/// The city whose app lies in a folder.
fn city(dist: &Path) -> Result<String, ServeError> {
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path);
        bytes.map_err(|source| ServeError::App { path, source })
    };
    read(dist.join("index.html"))?;
    let catalog = read(dist.join("city").join("catalog.json"))?;
    let (catalog, _) = Catalog::read(&catalog)?;
    Ok(catalog.city.id)
}

async fn open(city: &str, log: &Log) -> Result<(Arc<dyn Store>, Option<File>), ServeError> {
    match log {
        Log::Folder(data) => {
            let lock = lock(data)?;
            let store = SqliteStore::open(city, &data.join(FILE)).await?;
            Ok((Arc::new(store), Some(lock)))
        }
        Log::Database(address) => {
            let store = PostgresStore::open(city, address).await?;
            Ok((Arc::new(store), None))
        }
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
