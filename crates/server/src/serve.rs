//! `mendmap-server serve`: from a command line to a server that listens.

use crate::app::App;
use crate::demo::{self, DemoError};
use crate::log::{Log, MOVED};
use crate::origin::Origin;
use crate::photos::{Photos, Place, PlaceError};
use crate::push::{Push, PushError, Pusher};
use crate::relay::relay;
use crate::robots::{Robots, RobotsError, Teller};
use crate::routes::router;
use crate::snapshots::keep_ready;
use crate::store::{ProofError, StoreError, TransferError};
use jiff::Timestamp;
use mendmap_core::catalog::{Catalog, CatalogError, City};
use std::fs::File;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use thiserror::Error;
use tokio::net::TcpListener;

/// The photos' folder beside the log.
const PHOTOS: &str = "photos";

/// How long requests under way may take to end once the server is told to.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the command line says.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the built app.
    pub dist: PathBuf,
    /// Where the city's log lies.
    pub log: Log,
    /// Where photos lie; beside the log where that is a folder and nothing is said.
    pub photos: Option<Place>,
    /// The address to listen at.
    pub host: IpAddr,
    /// The port; 0 takes any that is free.
    pub port: u16,
    /// The proxy by which others reach it; none where nobody else does.
    pub origin: Option<Origin>,
    /// Whether it is a demonstration, with accounts whose password everybody knows.
    pub demo: bool,
    /// The file that says which group robots are told what; none where nobody is told.
    pub robots: Option<PathBuf>,
    /// The file with the key by which phones are told; none where none is.
    pub push: Option<PathBuf>,
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
    /// The log is somewhere else now.
    #[error(
        "the log of {} has moved to {to}: name that in DATABASE_URL, without --data. Should the \
         move be undone, remove the file `{MOVED}` there",
        path.display()
    )]
    Moved {
        /// The folder it was in.
        path: PathBuf,
        /// The database it is in, without its password.
        to: String,
    },
    /// There is nothing to move.
    #[error("there is no log in {}", .0.display())]
    NoLog(PathBuf),
    /// A backup never takes the place of another.
    #[error("{} is there already: a backup needs a name of its own", .0.display())]
    BackupThere(PathBuf),
    /// The backup may not be on the disk.
    #[error("the backup {}: {source}", path.display())]
    Backup {
        /// Its file.
        path: PathBuf,
        /// What is wrong.
        source: io::Error,
    },
    /// It is not proved that the log is as it was received.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// It did not move.
    #[error(transparent)]
    Transfer(#[from] TransferError),
    /// A demonstration that others would reach, or that others would work in.
    #[error(
        "everybody knows the password of a demonstration's accounts: --demo goes neither with \
         --origin nor with DATABASE_URL"
    )]
    DemoReached,
    /// A demonstration of a city that is none.
    #[error(
        "the city {0} is no demonstration (its catalogue does not say `demonstration`), and gets \
         no accounts whose password everybody knows: leave --demo out"
    )]
    RealCity(String),
    /// A demonstration's log where none may be, or the other way round.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Photos would lie where no other server finds them.
    #[error(
        "the log lies in PostgreSQL, on which several servers may work: say with --photos \
         where the photos lie that all of them share, as in file:///FOLDER or s3://BUCKET/PREFIX"
    )]
    NoPhotos,
    /// The place of the photos cannot be used.
    #[error(transparent)]
    Photos(#[from] PlaceError),
    /// Group robots cannot be told.
    #[error(transparent)]
    Robots(#[from] RobotsError),
    /// Phones cannot be told.
    #[error(transparent)]
    Push(#[from] PushError),
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
    teller: Option<Teller>,
    pusher: Option<Pusher>,
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
        let reached = options.origin.is_some() || matches!(options.log, Log::Database(_));
        if options.demo && reached {
            return Err(ServeError::DemoReached);
        }
        if options.demo && !city.demonstration {
            return Err(ServeError::RealCity(city.id));
        }
        let robots = options.robots.as_deref().map(Robots::read).transpose()?;
        let push = options.push.as_deref().map(Push::read).transpose()?;
        let place = photos(&options.log, options.photos.as_ref())?;
        let (store, lock) = options.log.open_alone(&city.id).await?;
        let photos = place.open().await?;
        let at = SocketAddr::new(options.host, options.port);
        let listener = TcpListener::bind(at).await;
        let listener = listener.map_err(|source| ServeError::Listen { at, source })?;
        let app = App::new(store).with_photos(photos);
        let app = match options.demo {
            true => {
                demo::settle(&app).await?;
                app.demonstrates()
            }
            false => {
                demo::forbid(app.store()).await?;
                app
            }
        };
        let app = match &options.origin {
            Some(origin) => app.behind(origin.clone()),
            None => app,
        };
        let teller = match robots {
            Some(robots) => Some(teller(&app, &options.dist, robots)?),
            None => None,
        };
        let (app, pusher) = match push.map(Arc::new) {
            Some(push) => {
                let app = app.with_push(push.clone());
                let pusher = pusher(&app, &options.dist, push)?;
                (app, Some(pusher))
            }
            None => (app, None),
        };
        Ok(Server {
            app,
            listener,
            teller,
            pusher,
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
        tokio::spawn(sweep(self.app.photos().clone()));
        tokio::spawn(keep_ready(self.app.clone()));
        let telling = self.teller.map(|teller| tokio::spawn(teller.run()));
        let pushing = self.pusher.map(|pusher| tokio::spawn(pusher.run()));
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
        // What is on its way to a robot or a phone: what became of it is written down.
        let telling = futures::future::join_all(telling.into_iter().chain(pushing));
        let _ = tokio::time::timeout(PATIENCE, telling).await;
        store.close().await;
        ended.map_err(ServeError::Ended)
    }
}

/// The city whose app lies in a folder.
pub(crate) fn city(dist: &Path) -> Result<City, ServeError> {
    read(dist.join("index.html"))?;
    Ok(catalog(dist)?.0.city)
}

/// The catalogue of the app that lies in a folder, as it is now, and its bytes.
///
/// # Errors
/// [`ServeError::App`] where it cannot be read, [`ServeError::Catalog`] where it is none.
pub(crate) fn catalog(dist: &Path) -> Result<(Catalog, Vec<u8>), ServeError> {
    let bytes = read(dist.join("city").join("catalog.json"))?;
    Ok((Catalog::read(&bytes)?.0, bytes))
}

fn read(path: PathBuf) -> Result<Vec<u8>, ServeError> {
    let bytes = std::fs::read(&path);
    bytes.map_err(|source| ServeError::App { path, source })
}

fn photos(log: &Log, said: Option<&Place>) -> Result<Place, ServeError> {
    match (said, log) {
        (Some(place), _) => Ok(place.clone()),
        (None, Log::Folder(data)) => Ok(Place::Folder(data.join(PHOTOS))),
        (None, Log::Database(_)) => Err(ServeError::NoPhotos),
    }
}

/// Who tells robots, by the clock of this machine.
fn teller(app: &App, dist: &Path, robots: Robots) -> Result<Teller, ServeError> {
    let (catalog, _) = catalog(dist)?;
    let clock = Arc::new(Timestamp::now);
    Ok(Teller::new(app.clone(), dist, &catalog, robots, clock)?)
}

/// Who tells phones, by the same clock.
fn pusher(app: &App, dist: &Path, push: Arc<Push>) -> Result<Pusher, ServeError> {
    let (catalog, _) = catalog(dist)?;
    let clock = Arc::new(Timestamp::now);
    Ok(Pusher::new(app.clone(), dist, &catalog, push, clock)?)
}

/// Once a start is often enough for what lies around for months.
async fn sweep(photos: Photos) {
    if let Err(error) = photos.sweep(SystemTime::now()).await {
        tracing::warn!(%error, "what is left of photos that never came whole, or were erased, cannot be tidied away");
    }
}
