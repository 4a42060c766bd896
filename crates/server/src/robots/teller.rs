//! Looks what is news, writes down that it is told, and tells it.

use super::config::{Robot, Robots, RobotsError};
use super::form::Kind;
use super::send::{Outcome, client, send};
use crate::app::App;
use crate::news::{Clock, Failed, keep_looking, open, places, until, write_down, zone};
use crate::served::Dist;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use mendmap_core::catalog::Catalog;
use mendmap_core::told::{News, Scene, Step, Told, Wording, text};
use reqwest::Client;
use std::path::Path;

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
        let teller = &self;
        let robots = teller.robots.all.iter().zip(&teller.clients);
        let telling = robots.map(|(robot, client)| {
            keep_looking(&teller.app, &teller.clock, move || {
                teller.look(robot, client)
            })
        });
        futures::future::join_all(telling).await;
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
        until(&self.app, self.told(robot, client, now).await, now)
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
                let robot = &*robot.name;
                if outcome != Outcome::Sent {
                    tracing::warn!(robot, %outcome, tries = before.tries, "a robot was not told");
                }
                let next = claimed.answered(&before, outcome.answer(), (self.clock)());
                write_down(|| store.set_told(robot, Some(&claimed), &next)).await?;
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
        let (head, open) = open(&self.app).await?;
        let from = before.read_from(quiet, now, zone);
        let places = places(&self.app, from, head).await?;
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
}
