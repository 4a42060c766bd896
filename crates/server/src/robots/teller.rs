//! Looks what is news, writes down that it is told, and tells it.

use super::config::{Robot, Robots, RobotsError};
use super::form::Kind;
use super::send::{Outcome, client, send};
use crate::app::App;
use crate::problem::Problem;
use crate::served::Dist;
use crate::store::StoreError;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use mendmap_core::catalog::Catalog;
use mendmap_core::ids::EventId;
use mendmap_core::log::Event;
use mendmap_core::told::{News, Scene, Step, Told, Wording, text};
use reqwest::Client;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// Events read from the store at once.
const PAGE: u32 = 500;

/// How often it is looked what has become late, milliseconds.
const LOOK_MS: i64 = 20_000;

/// What comes together is told together: from the first event on so long.
const GATHER: Duration = Duration::from_secs(1);

/// Pauses before it is tried again to write down what a robot said.
const AGAIN: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_secs(1),
    Duration::from_secs(5),
];

/// What the time is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Tells robots what is news, beside all that the server does: nobody who hands events over waits
/// for it.
pub struct Teller {
    app: App,
    dist: Dist,
    robots: Robots,
    clients: Vec<Client>,
    clock: Clock,
}

impl Teller {
    /// For the app in a folder, as long as that names a zone that is known here.
    ///
    /// # Errors
    /// [`RobotsError::Zone`], [`RobotsError::Client`].
    pub fn new(
        app: App,
        dist: &Path,
        catalog: &Catalog,
        robots: Robots,
        clock: Clock,
    ) -> Result<Teller, RobotsError> {
        zone(catalog).ok_or_else(|| RobotsError::Zone(catalog.city.zone.clone()))?;
        for (crew, robot) in robots.crews() {
            if !catalog.crews.iter().any(|known| known.id == *crew) {
                tracing::warn!(%crew, robot, "a robot tells of a crew that the catalogue has not");
            }
        }
        let patience = robots.patience;
        let clients = robots.all.iter().map(|robot| client(robot, patience));
        Ok(Teller {
            clients: clients.collect::<Result<_, _>>()?,
            app,
            dist: Dist(dist.into()),
            robots,
            clock,
        })
    }

    /// Tells until the server ends; what is under way then comes to its end.
    pub(crate) async fn run(self) {
        let robots = self.robots.all.iter().zip(&self.clients);
        let telling = robots.map(|(robot, client)| self.tell(robot, client));
        futures::future::join_all(telling).await;
    }

    async fn tell(&self, robot: &Robot, client: &Client) {
        let mut closing = self.app.closing();
        // Listening begins before the looking, so nothing falls between.
        let mut news = self.app.listen();
        while !*closing.borrow() {
            let until = self.look(robot, client).await;
            let now = (self.clock)();
            let pause = until.as_millisecond() - now.as_millisecond();
            let pause = Duration::from_millis(pause.clamp(0, LOOK_MS).unsigned_abs());
            let come = async {
                if let Err(RecvError::Closed) = news.recv().await {
                    std::future::pending::<()>().await;
                }
                tokio::time::sleep(GATHER).await;
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = come => {}
                // An error means that the server is gone.
                _ = closing.wait_for(|closing| *closing) => return,
            }
        }
    }

    /// Looks once for each robot, and tells what is news.
    pub async fn look_once(&self) {
        for (robot, client) in self.robots.all.iter().zip(&self.clients) {
            self.look(robot, client).await;
        }
    }

    /// Looks what is news for a robot and tells it; until when there is nothing more to do.
    async fn look(&self, robot: &Robot, client: &Client) -> Timestamp {
        let now = (self.clock)();
        match self.told(robot, client, now).await {
            Ok(Some(until)) => until,
            Ok(None) => later(now),
            Err(failed) => {
                if let Failed::Store = failed {
                    self.app.metrics().store_failed();
                }
                later(now)
            }
        }
    }

    async fn told(
        &self,
        robot: &Robot,
        client: &Client,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, Failed> {
        let store = self.app.store();
        let Some(before) = store.told(&robot.name).await? else {
            let begun = Told::begin(store.head().await?.place, now);
            store.set_told(&robot.name, None, &begun).await?;
            return Ok(None);
        };
        if now < before.not_before {
            return Ok(Some(before.not_before));
        }
        let catalog = self.dist.served(store.city()).await?.catalog;
        let zone = zone(&catalog).ok_or(Failed::Catalog)?;
        match self.step(robot, &before, &catalog, &zone, now).await? {
            Step::Wait(until) => Ok(Some(until)),
            Step::Nothing => Ok(None),
            Step::Note(noted) => {
                store.set_told(&robot.name, Some(&before), &noted).await?;
                Ok(None)
            }
            Step::Tell(claimed, news) => {
                // From here on nobody tells it again, but for a robot that says no.
                if !store.set_told(&robot.name, Some(&before), &claimed).await? {
                    return Ok(Some(now));
                }
                let text = self.text(robot, &news, &catalog, &zone, now);
                let calls_all = robot.calls_all && news.iter().any(|news| news.is_dangerous);
                let outcome = send(client, robot, &text, calls_all, now).await;
                self.app.metrics().told(outcome.name());
                let robot = &robot.name;
                if outcome != Outcome::Sent {
                    tracing::warn!(robot, %outcome, tries = before.tries, "a robot was not told");
                }
                let next = claimed.answered(&before, outcome.answer(), (self.clock)());
                self.write_down(robot, &claimed, &next).await?;
                Ok(Some(next.not_before))
            }
        }
    }

    async fn step(
        &self,
        robot: &Robot,
        before: &Told,
        catalog: &Catalog,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Step, Failed> {
        let quiet = Some(&self.robots.quiet);
        let (head, open) = {
            let folded = self.app.tasks().await?;
            let open = folded.after(0).map(|(_, task)| task);
            let open = open.filter(|task| task.is_open()).cloned();
            (folded.head().place, open.collect::<Vec<_>>())
        };
        let places = self
            .places(before.read_from(quiet, now, zone), head)
            .await?;
        let scene = Scene {
            open: &open,
            places: &places,
            head,
            catalog,
            zone,
            now,
        };
        Ok(before.step(&robot.audience, quiet, &scene))
    }

    /// The places of the events after one, up to another.
    async fn places(&self, after: u64, to: u64) -> Result<BTreeMap<EventId, u64>, Failed> {
        let mut places = BTreeMap::new();
        let mut last = after;
        while last < to {
            let page = self.app.store().after(last, PAGE).await?;
            let Some(end) = page.last() else { break };
            last = end.place;
            for placed in page.into_iter().filter(|placed| placed.place <= to) {
                let id = Event::read(placed.raw).id();
                places.extend(id.map(|id| (id, placed.place)));
            }
        }
        Ok(places)
    }

    fn text(
        &self,
        robot: &Robot,
        news: &[News],
        catalog: &Catalog,
        zone: &TimeZone,
        now: Timestamp,
    ) -> String {
        let origin = self.app.origin().map(ToString::to_string);
        let wording = Wording {
            language: self.robots.language,
            catalog,
            zone,
            now,
            origin: origin.as_deref(),
            with_crew: robot.audience.is_mixed(),
            most_bytes: Kind::TEXT_BYTES,
        };
        text(news, &wording)
    }

    /// Where this fails what was refused is not told again: better than twice.
    async fn write_down(&self, robot: &str, claimed: &Told, next: &Told) -> Result<(), Failed> {
        let store = self.app.store();
        for pause in AGAIN {
            if store.set_told(robot, Some(claimed), next).await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(pause).await;
        }
        store.set_told(robot, Some(claimed), next).await?;
        Ok(())
    }
}

/// What is tried again with the next look; it has been logged.
enum Failed {
    /// The store said no.
    Store,
    /// The catalogue that is served cannot be read, or names no zone that is known here.
    Catalog,
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Failed {
        tracing::warn!(%error, "it cannot be read what robots are to be told");
        Failed::Store
    }
}

impl From<Problem> for Failed {
    fn from(_: Problem) -> Failed {
        Failed::Catalog
    }
}

fn zone(catalog: &Catalog) -> Option<TimeZone> {
    TimeZone::get(&catalog.city.zone).ok()
}

fn later(now: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(now.as_millisecond() + LOOK_MS).unwrap_or(now)
}
