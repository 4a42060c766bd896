//! How a store hears of what another one has appended.

use crate::kit::{event, events};
use crate::postgres::Database;
use crate::stores::{append, open};
use mendmap_server::store::Store;
use sqlx::PgConnection;
use std::time::Duration;
use tokio::sync::watch::Receiver;
use tokio::time::timeout;

/// Less than the time after which a store that hears nothing looks by itself (30 s), so
/// that only a notice can have told it.
const SOON: Duration = Duration::from_secs(15);

async fn hears(heard: &mut Receiver<u64>, place: u64) {
    let heard = timeout(SOON, heard.wait_for(|heard| *heard >= place)).await;
    assert_eq!(*heard.expect("nothing is heard").unwrap(), place);
}

/// Ends the connections that listen, and says how many there were once they are gone.
async fn cut(connection: &mut PgConnection) -> i64 {
    let cut = "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity \
               WHERE datname = current_database() \
               AND application_name = 'mendmap-server listening'";
    let cut = sqlx::query_scalar(cut).fetch_one(connection).await;
    cut.unwrap()
}

/// Goes red without NOTIFY.
#[tokio::test]
async fn a_server_hears_of_what_another_has_appended() {
    let Some(database) = Database::new() else {
        return;
    };
    let a = open(&database).await;
    append(&a, &events(1, 3)).await;
    let b = open(&database).await;
    let (mut at_a, mut at_b) = (a.heard().unwrap(), b.heard().unwrap());
    assert_eq!(*at_b.borrow(), 3, "what was there before is known at once");
    append(&a, &[event(1, 4)]).await;
    hears(&mut at_b, 4).await;
    append(&b, &[event(1, 5), event(2, 1)]).await;
    hears(&mut at_a, 6).await;
    // What has no place is nobody's news; nor is a notice that is none of ours.
    append(&a, &[event(1, 9)]).await;
    sqlx::query("SELECT pg_notify('mendmap', 'good morning')")
        .execute(&mut database.connect().await)
        .await
        .unwrap();
    append(&a, &[event(1, 6)]).await;
    hears(&mut at_b, 7).await;
}

#[tokio::test]
async fn a_server_that_was_cut_off_hears_of_what_it_has_missed() {
    let Some(database) = Database::new() else {
        return;
    };
    let (a, b) = (open(&database).await, open(&database).await);
    let (mut at_a, mut at_b) = (a.heard().unwrap(), b.heard().unwrap());
    append(&a, &events(1, 1)).await;
    hears(&mut at_b, 1).await;
    let mut connection = database.connect().await;
    for missed in [2, 4, 6] {
        // Nobody gets in meanwhile, so of this event nobody is told.
        database.change("ALTER DATABASE $name ALLOW_CONNECTIONS false");
        assert_eq!(cut(&mut connection).await, 2);
        append(&a, &[event(1, missed)]).await;
        assert_eq!(*at_b.borrow(), missed - 1);
        database.change("ALTER DATABASE $name ALLOW_CONNECTIONS true");
        hears(&mut at_a, missed).await;
        hears(&mut at_b, missed).await;
        // And it listens again, instead of only having looked.
        append(&a, &[event(1, missed + 1)]).await;
        hears(&mut at_b, missed + 1).await;
    }
}

/// A stream that nobody takes from must not keep its server.
#[tokio::test]
async fn a_store_closes_though_somebody_listens() {
    let Some(database) = Database::new() else {
        return;
    };
    let store = open(&database).await;
    let heard = store.heard().unwrap();
    append(&store, &events(1, 2)).await;
    timeout(SOON, store.close())
        .await
        .expect("it does not close");
    drop(heard);
    let refused = store.head().await;
    assert!(refused.is_err(), "{refused:?}");
    // One that was cut off closes as well, in the middle of its trying.
    let store = open(&database).await;
    let heard = store.heard().unwrap();
    assert_eq!(cut(&mut database.connect().await).await, 1);
    timeout(SOON, store.close())
        .await
        .expect("it does not close");
    drop(heard);
}
