//! Where it is kept who is logged in.

use super::{known_as, now};
use crate::store::{Login, Store, StoreError};
use async_trait::async_trait;
use axum_login::tower_sessions::cookie::SameSite;
use axum_login::tower_sessions::cookie::time::Duration;
use axum_login::tower_sessions::session::{Id, Record};
use axum_login::tower_sessions::session_store::{Error, Result};
use axum_login::tower_sessions::{Expiry, SessionManagerLayer, SessionStore};
use std::fmt;
use std::sync::Arc;

/// How long a login lasts: a crew that was away for a month types its password again.
const LASTS: Duration = Duration::days(30);

/// The sessions of a store. A cookie's name is the city's, so that two cities under one name
/// do not log each other out.
pub(crate) fn layer(store: Arc<dyn Store>, secure: bool) -> SessionManagerLayer<Sessions> {
    let name = format!("mendmap-{}", store.city());
    SessionManagerLayer::new(Sessions(store))
        .with_name(name)
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Strict)
        .with_expiry(Expiry::OnInactivity(LASTS))
}

/// A store, as tower-sessions asks it.
#[derive(Clone)]
pub(crate) struct Sessions(Arc<dyn Store>);

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sessions({})", self.0.city())
    }
}

fn failed(error: StoreError) -> Error {
    tracing::error!(%error, "who is logged in cannot be read or kept");
    Error::Backend("the store failed".into())
}

#[async_trait]
impl SessionStore for Sessions {
    /// Under an id that nobody has: of 128 random bits two are never alike, but if they were
    /// one person would have the other's login.
    async fn create(&self, record: &mut Record) -> Result<()> {
        while self.load(&record.id).await?.is_some() {
            record.id = Id::default();
        }
        self.save(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let data = serde_json::to_string(record).map_err(|e| Error::Encode(e.to_string()))?;
        let expires = record.expiry_date.unix_timestamp();
        let login = Login { data, expires };
        let id = known_as(&record.id.to_string());
        let kept = self.0.keep_login(&id, &login, now()).await;
        kept.map_err(failed)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let login = self.0.login(&known_as(&id.to_string()), now()).await;
        let Some(login) = login.map_err(failed)? else {
            return Ok(None);
        };
        let record = serde_json::from_str(&login.data);
        record.map(Some).map_err(|e| Error::Decode(e.to_string()))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let ended = self.0.end_login(&known_as(&id.to_string())).await;
        ended.map_err(failed)
    }
}
