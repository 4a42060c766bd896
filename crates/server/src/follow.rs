//! The order of events from some place on, and on as it grows; or only how far it has come.

use crate::app::App;
use crate::metrics::OpenStream;
use crate::store::{Placed, StoreError};
use futures::Stream;
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::watch;

/// Events read from the store at once.
const PAGE: u32 = 500;

/// Everything after `place`, each once and in order, first from the store, then as it
/// comes; ends when the server does.
pub(crate) fn follow(app: App, place: u64) -> impl Stream<Item = Result<Placed, StoreError>> {
    let follower = Follower {
        // Listening begins before the reading, so nothing falls between.
        news: app.listen(),
        closing: app.closing(),
        _open: app.metrics().stream(),
        app,
        place,
        next: VecDeque::new(),
        behind: true,
    };
    futures::stream::unfold(follower, |mut follower| async {
        let next = follower.next().await?;
        Some((next, follower))
    })
}

struct Follower {
    app: App,
    news: Receiver<Arc<[Placed]>>,
    closing: watch::Receiver<bool>,
    _open: OpenStream,
    /// The last place given.
    place: u64,
    next: VecDeque<Placed>,
    /// Whether the store has more than we heard of.
    behind: bool,
}

impl Follower {
    async fn next(&mut self) -> Option<Result<Placed, StoreError>> {
        loop {
            if *self.closing.borrow() {
                return None;
            }
            match self.next.pop_front() {
                Some(placed) if placed.place <= self.place => continue,
                Some(placed) if placed.place == self.place + 1 => {
                    self.place = placed.place;
                    return Some(Ok(placed));
                }
                Some(_) => {
                    self.next.clear();
                    self.behind = true;
                }
                None => {}
            }
            if self.behind {
                match self.app.store().after(self.place, PAGE).await {
                    Ok(page) if page.is_empty() => self.behind = false,
                    Ok(page) => self.next.extend(page),
                    Err(error) => {
                        self.app.metrics().store_failed();
                        return Some(Err(error));
                    }
                }
                continue;
            }
            tokio::select! {
                news = self.news.recv() => match news {
                    Ok(placed) => self.next.extend(placed.iter().cloned()),
                    Err(RecvError::Lagged(_)) => self.behind = true,
                    Err(RecvError::Closed) => return None,
                },
                _ = self.closing.changed() => return None,
            }
        }
    }
}

/// How far the order has come, as soon as that is beyond `place` and whenever it is further. Of
/// what comes at once only the last is told, and nothing is read of it. Ends when the server does.
pub(crate) fn how_far(app: App, place: u64) -> impl Stream<Item = Result<u64, StoreError>> {
    let watcher = Watcher {
        // Listening begins before the looking, so nothing falls between.
        news: app.listen(),
        closing: app.closing(),
        _open: app.metrics().stream(),
        app,
        place,
        behind: true,
    };
    futures::stream::unfold(watcher, |mut watcher| async {
        let next = watcher.next().await?;
        Some((next, watcher))
    })
}

struct Watcher {
    app: App,
    news: Receiver<Arc<[Placed]>>,
    closing: watch::Receiver<bool>,
    _open: OpenStream,
    /// The last place given.
    place: u64,
    /// Whether the store may have more than we heard of.
    behind: bool,
}

impl Watcher {
    async fn next(&mut self) -> Option<Result<u64, StoreError>> {
        loop {
            if *self.closing.borrow() {
                return None;
            }
            let come = match self.behind {
                true => match self.app.store().head().await {
                    Ok(head) => {
                        self.behind = false;
                        head.place
                    }
                    Err(error) => {
                        self.app.metrics().store_failed();
                        return Some(Err(error));
                    }
                },
                false => tokio::select! {
                    news = self.news.recv() => match news {
                        Ok(placed) => self.last(&placed),
                        Err(RecvError::Lagged(_)) => {
                            self.behind = true;
                            continue;
                        }
                        Err(RecvError::Closed) => return None,
                    },
                    _ = self.closing.changed() => return None,
                },
            };
            if come > self.place {
                self.place = come;
                return Some(Ok(come));
            }
        }
    }

    /// The last place of what was heard of, and of what can be heard of without waiting.
    fn last(&mut self, placed: &[Placed]) -> u64 {
        let last = |placed: &[Placed]| placed.last().map_or(0, |placed| placed.place);
        let mut come = last(placed);
        loop {
            match self.news.try_recv() {
                Ok(placed) => come = come.max(last(&placed)),
                Err(error) => {
                    self.behind |= matches!(error, TryRecvError::Lagged(_));
                    return come;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{SqliteStore, Store};
    use futures::StreamExt;
    use mendmap_core::log::{Event, Tombstone};
    use std::fmt::Debug;
    use std::time::Duration;

    async fn app() -> App {
        let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory("a").await.unwrap());
        App::new(store)
    }

    async fn append(app: &App, seq: u64) {
        let device = "de01ce00-0000-8000-8000-000000000001".parse().unwrap();
        let why = "gone".into();
        let event = Tombstone { device, seq, why }.to_bytes().unwrap();
        app.append(vec![Event::read(event)]).await.unwrap();
    }

    /// The next places, each within a time that is long.
    async fn places<S>(stream: S, count: usize) -> Vec<u64>
    where
        S: Stream<Item = Result<Placed, StoreError>>,
    {
        let taken = stream
            .take(count)
            .map(|placed| placed.unwrap().place)
            .collect();
        let long = Duration::from_secs(20);
        tokio::time::timeout(long, taken)
            .await
            .expect("nothing comes")
    }

    /// Checks that nothing more comes; it has then read all there is, and only listens.
    async fn is_silent<S, T: Debug>(stream: &mut S)
    where
        S: Stream<Item = Result<T, StoreError>> + Unpin,
    {
        let short = Duration::from_millis(100);
        let next = tokio::time::timeout(short, stream.next()).await;
        assert!(next.is_err(), "{next:?}");
    }

    #[tokio::test]
    async fn what_is_both_read_and_heard_of_comes_once() {
        let app = app().await;
        append(&app, 1).await;
        let mut stream = Box::pin(follow(app.clone(), 0));
        append(&app, 2).await;
        assert_eq!(places(&mut stream, 2).await, [1, 2]);
        is_silent(&mut stream).await;
        append(&app, 3).await;
        assert_eq!(places(&mut stream, 1).await, [3]);
        is_silent(&mut stream).await;
    }

    #[tokio::test]
    async fn news_in_the_wrong_order_and_more_than_fits_lose_nothing() {
        let app = app().await;
        let mut stream = Box::pin(follow(app.clone(), 0));
        is_silent(&mut stream).await;
        let quiet = App::new(app.store().clone());
        append(&quiet, 1).await;
        append(&quiet, 2).await;
        let placed = app.store().after(0, 2).await.unwrap();
        app.tell(placed[1..].to_vec());
        app.tell(placed[..1].to_vec());
        assert_eq!(places(&mut stream, 2).await, [1, 2]);
        is_silent(&mut stream).await;
        // Nobody takes from the stream while more comes than it is told of at once.
        for seq in 3..=400 {
            append(&app, seq).await;
        }
        let rest = places(&mut stream, 398).await;
        assert_eq!(rest, (3..=400).collect::<Vec<_>>());
        is_silent(&mut stream).await;
    }

    #[tokio::test]
    async fn how_far_it_has_come_is_told_once_for_all_that_came_together() {
        let app = app().await;
        append(&app, 1).await;
        append(&app, 2).await;
        let mut stream = Box::pin(how_far(app.clone(), 0));
        append(&app, 3).await;
        assert_eq!(stream.next().await.unwrap().unwrap(), 3);
        is_silent(&mut stream).await;
        append(&app, 4).await;
        append(&app, 5).await;
        assert_eq!(stream.next().await.unwrap().unwrap(), 5);
        is_silent(&mut stream).await;
        // More than it is told of at once, and what came before is told again.
        for seq in 6..=400 {
            append(&app, seq).await;
        }
        app.tell(app.store().after(0, 1).await.unwrap());
        assert_eq!(stream.next().await.unwrap().unwrap(), 400);
        is_silent(&mut stream).await;
        is_silent(&mut Box::pin(how_far(app.clone(), 400))).await;
    }

    #[tokio::test]
    async fn a_stream_ends_with_the_server() {
        let app = app().await;
        let mut listening = Box::pin(follow(app.clone(), 0));
        is_silent(&mut listening).await;
        let unread = follow(app.clone(), 0);
        let mut watching = Box::pin(how_far(app.clone(), 0));
        is_silent(&mut watching).await;
        app.close();
        assert!(watching.next().await.is_none());
        assert!(places(listening, 1).await.is_empty());
        assert!(places(unread, 1).await.is_empty());
    }
}
