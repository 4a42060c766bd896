//! Looks what is news, writes down that it is told, and tells it.

use super::config::{Push, PushError};
use super::seal::TEXT_BYTES;
use super::send::{Outcome, client, fits, send};
use crate::app::App;
use crate::news::{Clock, Failed, keep_looking, open, places, until, write_down, zone};
use crate::served::Dist;
use crate::store::{Ended, StoreError, Subscription};
use futures::{FutureExt, StreamExt};
use jiff::Timestamp;
use mendmap_core::catalog::{Catalog, CrewId};
use mendmap_core::log::ActorId;
use mendmap_core::told::{Audience, News, Notice, Scene, Step, Told, Wording, notice};
use reqwest::Client;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;
use url::Origin;

/// Phones that are told at the same time: where a maker's service cannot be reached, each waits its time.
const AT_ONCE: usize = 32;

/// So many bytes less are said where a message has no room with all that is around its words.
const LESS: usize = 200;

/// Tells phones what is news, beside all that the server does: nobody who hands events over waits
/// for it.
pub struct Pusher {
    app: App,
    dist: Dist,
    push: Arc<Push>,
    client: Client,
    clock: Clock,
}

/// What is the same for all phones in one look.
struct Look<'a> {
    scene: Scene<'a>,
    crews: BTreeMap<&'a ActorId, Audience>,
    /// Whether the server ends.
    closing: watch::Receiver<bool>,
    /// Push services that could not be reached.
    unreached: Mutex<Vec<Origin>>,
}

impl Look<'_> {
    /// Whether nobody is to be told at a push service for now: another phone has waited in vain for
    /// it, or the server ends. Nothing is written down of it then, so it is told with a later look.
    fn leaves_out(&self, service: Option<&Origin>) -> bool {
        let unreached = self.unreached.lock();
        let unreached = unreached.unwrap_or_else(PoisonError::into_inner);
        *self.closing.borrow() || service.is_some_and(|one| unreached.contains(one))
    }

    fn gives_up(&self, service: Option<Origin>) {
        let unreached = self.unreached.lock();
        let mut unreached = unreached.unwrap_or_else(PoisonError::into_inner);
        unreached.extend(service);
    }
}

impl Pusher {
    /// For the app in a folder, as long as that names a zone that is known here.
    ///
    /// # Errors
    /// [`PushError::Zone`], [`PushError::Client`].
    pub fn new(
        app: App,
        dist: &Path,
        catalog: &Catalog,
        push: Arc<Push>,
        clock: Clock,
    ) -> Result<Pusher, PushError> {
        zone(catalog).ok_or_else(|| PushError::Zone(catalog.city.zone.clone()))?;
        Ok(Pusher {
            client: client(&push)?,
            app,
            dist: Dist(dist.into()),
            push,
            clock,
        })
    }

    /// Tells until the server ends; what is under way then comes to its end.
    pub(crate) async fn run(self) {
        keep_looking(&self.app, &self.clock, || self.look()).await;
    }

    /// Looks what is news and tells it; until when there is nothing more to do.
    pub async fn look(&self) -> Timestamp {
        let now = (self.clock)();
        until(&self.app, self.told(now).await, now)
    }

    async fn told(&self, now: Timestamp) -> Result<Option<Timestamp>, Failed> {
        let store = self.app.store();
        let phones = store.subscriptions(self.push.public_key()).await?;
        let (due, waits): (Vec<_>, Vec<_>) = phones
            .into_iter()
            .partition(|(_, told)| told.not_before <= now);
        let waits = waits.iter().map(|(_, told)| told.not_before).min();
        if due.is_empty() {
            return Ok(waits);
        }
        let catalog = self.dist.served(store.city()).await?.catalog;
        let zone = zone(&catalog).ok_or(Failed::Catalog)?;
        let (head, open) = open(&self.app).await?;
        let quiet = Some(&self.push.quiet);
        let from = due
            .iter()
            .map(|(_, told)| told.read_from(quiet, now, &zone));
        let places = places(&self.app, from.min().unwrap_or(head), head).await?;
        let mut crews = BTreeMap::new();
        for (phone, _) in &due {
            if !crews.contains_key(&phone.account) {
                let audience = Audience::Crews(self.crews(&phone.account).await?);
                crews.insert(&phone.account, audience);
            }
        }
        let look = Look {
            scene: Scene {
                open: &open,
                places: &places,
                head,
                catalog: &catalog,
                zone: &zone,
                now,
            },
            crews,
            closing: self.app.closing(),
            unreached: Mutex::default(),
        };
        // In boxes, and by a loop: of a closure that borrows them it is not seen that it may be sent.
        let (mut telling, mut others) = (Vec::new(), Vec::new());
        for (phone, told) in &due {
            let Some(audience) = look.crews.get(&phone.account) else {
                continue;
            };
            let step = told.step(audience, quiet, &look.scene);
            // Dangers wait for no phone whose push service takes its time.
            let first = matches!(&step, Step::Tell(_, news) if news.iter().any(|n| n.is_dangerous));
            let all = if first { &mut telling } else { &mut others };
            all.push(self.tell(phone, told, step, audience, &look).boxed());
        }
        telling.append(&mut others);
        let telling = futures::stream::iter(telling).buffer_unordered(AT_ONCE);
        let told: Vec<Result<Option<Timestamp>, Failed>> = telling.collect().await;
        let mut until = waits;
        for told in told {
            let next = told?;
            until = [until, next].into_iter().flatten().min();
        }
        Ok(until)
    }

    /// The crews whose news an account is told: none where it is locked, or not there any more.
    async fn crews(&self, id: &ActorId) -> Result<BTreeSet<CrewId>, StoreError> {
        let account = match self.app.admits(id) {
            true => self.app.store().account(id).await?,
            false => None,
        };
        let account = account.filter(|account| !account.locked);
        Ok(account.map_or_else(BTreeSet::new, |account| account.crews.into_iter().collect()))
    }

    async fn tell(
        &self,
        phone: &Subscription,
        before: &Told,
        step: Step,
        audience: &Audience,
        look: &Look<'_>,
    ) -> Result<Option<Timestamp>, Failed> {
        let store = self.app.store();
        let now = look.scene.now;
        match step {
            Step::Wait(until) => Ok(Some(until)),
            Step::Nothing => Ok(None),
            Step::Note(noted) => {
                store.set_pushed(phone.device, before, &noted).await?;
                Ok(None)
            }
            Step::Tell(claimed, news) => {
                let service = self.push.endpoint(&phone.endpoint).map(|at| at.origin());
                if look.leaves_out(service.as_ref()) {
                    return Ok(None);
                }
                // From here on nobody tells it again, but for a service that says no.
                if !store.set_pushed(phone.device, before, &claimed).await? {
                    return Ok(Some(now));
                }
                let notice = self.notice(phone, audience, &news, &look.scene);
                let outcome = send(&self.client, &self.push, phone, &notice, now).await;
                self.app.metrics().pushed(outcome.name());
                match outcome {
                    Outcome::Sent => {}
                    Outcome::Gone => {
                        let ended = Ended::Endpoint(&phone.endpoint);
                        store.unsubscribe(ended).await?;
                        return Ok(None);
                    }
                    other => {
                        if other == Outcome::Unreached {
                            look.gives_up(service);
                        }
                        tracing::warn!(outcome = %other, tries = before.tries, "a phone was not told")
                    }
                }
                let answer = outcome.answer(before.tries);
                let next = claimed.answered(before, answer, (self.clock)());
                write_down(|| store.set_pushed(phone.device, &claimed, &next)).await?;
                Ok(Some(next.not_before))
            }
        }
    }

    fn notice(
        &self,
        phone: &Subscription,
        audience: &Audience,
        news: &[News],
        scene: &Scene<'_>,
    ) -> Notice {
        let wording = |most_bytes| Wording {
            language: phone.language,
            catalog: scene.catalog,
            zone: scene.zone,
            now: scene.now,
            origin: None,
            with_crew: audience.is_mixed(),
            most_bytes,
        };
        let mut most = TEXT_BYTES;
        loop {
            let notice = notice(news, &wording(most));
            if fits(&notice) || most == 0 {
                return notice;
            }
            most = most.saturating_sub(LESS);
        }
    }
}
