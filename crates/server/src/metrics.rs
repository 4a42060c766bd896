//! What the server counts about itself, for whoever watches it. No label says anything about
//! people: no account, crew, device, address or id of an event is one.
//!
//! Each [`App`] counts for itself: there is no global recorder, which is one reason why the
//! crates `metrics` and `metrics-exporter-prometheus` were passed over (the other: eleven
//! crates more, against the two of `prometheus`).

use crate::app::App;
use crate::problem::Problem;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use mendmap_core::sync::{Answer, Head, Verdict};
use prometheus::{
    Error, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts,
    Registry, TextEncoder,
};
use std::time::Instant;

/// The route of what is no route: the files of the app, and what there is not.
const FILES: &str = "files";

/// All that is counted.
pub(crate) struct Metrics {
    registry: Registry,
    events: IntCounterVec,
    requests: HistogramVec,
    streams: IntGauge,
    /// Without a child where it is not known.
    place: IntGaugeVec,
    store_errors: IntCounter,
    told: IntCounterVec,
    pushed: IntCounterVec,
}

impl Metrics {
    /// Nothing counted yet.
    ///
    /// # Errors
    /// Where a name is none that Prometheus takes, or is there twice.
    pub(crate) fn new() -> Result<Metrics, Error> {
        let registry = Registry::new();
        let events = Opts::new(
            "mendmap_events_total",
            "Events that were handed over, by what was said of them; again: their bytes were known.",
        );
        let events = IntCounterVec::new(events, &["verdict"])?;
        registry.register(Box::new(events.clone()))?;
        let store_errors = IntCounter::new(
            "mendmap_store_errors_total",
            "What the store, or the place of the photos, could not do, for the moment or at all.",
        )?;
        registry.register(Box::new(store_errors.clone()))?;
        let requests = HistogramOpts::new(
            "mendmap_request_seconds",
            "Requests, by the time until an answer began; a stream goes on after that.",
        );
        let requests = HistogramVec::new(requests, &["method", "route", "status"])?;
        registry.register(Box::new(requests.clone()))?;
        let streams = IntGauge::new("mendmap_open_streams", "Streams that are open.")?;
        registry.register(Box::new(streams.clone()))?;
        let place = Opts::new(
            "mendmap_head_place",
            "How far the order has come; absent where the store does not say.",
        );
        let place = IntGaugeVec::new(place, &[])?;
        registry.register(Box::new(place.clone()))?;
        let told = Opts::new(
            "mendmap_told_total",
            "Messages to group robots, by what became of them: sent; refused or unreached, which \
             are tried again; unclear, which are not.",
        );
        let told = IntCounterVec::new(told, &["outcome"])?;
        registry.register(Box::new(told.clone()))?;
        let pushed = Opts::new(
            "mendmap_pushed_total",
            "Messages to phones, by what became of them: sent; gone, which are told no more; refused \
             or unreached, which are tried again; unclear, which are not.",
        );
        let pushed = IntCounterVec::new(pushed, &["outcome"])?;
        registry.register(Box::new(pushed.clone()))?;
        Ok(Metrics {
            registry,
            events,
            requests,
            streams,
            place,
            store_errors,
            told,
            pushed,
        })
    }

    /// Counts what was said of a batch.
    pub(crate) fn answered(&self, answers: &[Answer]) {
        for answer in answers {
            let verdict = match (&answer.receipt.verdict, answer.again) {
                (_, true) => "again",
                (Verdict::Accepted { .. }, _) => "accepted",
                (Verdict::Waiting { .. }, _) => "waiting",
                (Verdict::Held(_), _) => "held",
                (Verdict::Refused(_), _) => "refused",
            };
            self.events.with_label_values(&[verdict]).inc();
        }
    }

    /// Counts an error of the store.
    pub(crate) fn store_failed(&self) {
        self.store_errors.inc();
    }

    /// Counts a message to a robot.
    pub(crate) fn told(&self, outcome: &str) {
        self.told.with_label_values(&[outcome]).inc();
    }

    /// Counts a message to a phone.
    pub(crate) fn pushed(&self, outcome: &str) {
        self.pushed.with_label_values(&[outcome]).inc();
    }

    /// Counts a stream for as long as what is given is kept.
    pub(crate) fn stream(&self) -> OpenStream {
        self.streams.inc();
        OpenStream(self.streams.clone())
    }

    /// Everything in the text format of Prometheus, version 0.0.4.
    ///
    /// # Errors
    /// Those of the writer.
    pub(crate) fn text(&self, head: Option<&Head>) -> Result<String, Error> {
        self.place.reset();
        if let Some(place) = head.and_then(|head| i64::try_from(head.place).ok()) {
            self.place.with_label_values::<&str>(&[]).set(place);
        }
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}

/// A stream that is open.
pub(crate) struct OpenStream(IntGauge);

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Counts a request, by the route and not by the address: that would have a series for
/// every id, and whoever asks could make as many as they like.
pub(crate) async fn measure(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = match *request.method() {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    };
    let response = next.run(request).await;
    let metrics = app.metrics();
    if let Some(Problem::Busy | Problem::Store) = response.extensions().get() {
        metrics.store_failed();
    }
    let route = route.as_ref().map_or(FILES, MatchedPath::as_str);
    let status = response.status();
    let labels = [method, route, status.as_str()];
    let seconds = began.elapsed().as_secs_f64();
    metrics.requests.with_label_values(&labels).observe(seconds);
    response
}
