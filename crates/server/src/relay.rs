//! What other servers have appended to the same log is told like one's own.

use crate::app::App;
use std::time::Duration;

/// Events read from the store at once.
const PAGE: u32 = 500;

/// How long to wait after the store has failed.
const AGAIN: Duration = Duration::from_secs(1);

/// Reads what is heard of and not yet told, once for all streams, and tells it; ends when
/// the server does, or at once where nobody else appends.
pub(crate) async fn relay(app: App) {
    let Some(mut heard) = app.heard() else { return };
    let mut closing = app.closing();
    let telling = async {
        loop {
            let to = *heard.borrow_and_update();
            while app.told() < to {
                match app.store().after(app.told(), PAGE).await {
                    // A hint that says more than there is.
                    Ok(page) if page.is_empty() => break,
                    Ok(page) => app.tell(page),
                    Err(error) => {
                        app.metrics().store_failed();
                        tracing::warn!(%error, "what others appended cannot be read; trying again");
                        tokio::time::sleep(AGAIN).await;
                    }
                }
            }
            if heard.changed().await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = telling => {}
        // An error means that the server is gone.
        _ = closing.wait_for(|closing| *closing) => {}
    }
}
