//! Accounts and their passwords.

use crate::app::App;
use crate::store::StoreError;
use axum_login::{AuthUser, AuthnBackend, UserId};
use mendmap_core::account::Account;
use mendmap_core::account::act::SHORTEST_PASSWORD;
use mendmap_core::log::ActorId;
use std::sync::LazyLock;
use tokio::task::{JoinError, spawn_blocking};

/// Whether a password is long enough to be taken.
pub(crate) fn strong_enough(password: &str) -> bool {
    password.chars().count() >= SHORTEST_PASSWORD
}

/// The hash of a password, by argon2id; takes tens of milliseconds on purpose.
pub(crate) async fn hash(password: String) -> Result<String, JoinError> {
    spawn_blocking(move || password_auth::generate_hash(password)).await
}

/// Whether it is the hash of this password.
pub(crate) fn is_hash_of(hash: &str, password: &str) -> bool {
    password_auth::verify_password(password, hash).is_ok()
}

/// What somebody says to be let in.
#[derive(Clone, serde::Deserialize, utoipa::ToSchema)]
pub(crate) struct Credentials {
    pub(crate) account: String,
    pub(crate) password: String,
}

/// An account and the hash of its password, by which a session ends with the password that
/// it began with.
#[derive(Clone)]
pub(crate) struct User {
    pub(crate) account: Account,
    hash: String,
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "User({})", self.account.id)
    }
}

impl AuthUser for User {
    type Id = String;

    fn id(&self) -> String {
        self.account.id.to_string()
    }

    fn session_auth_hash(&self) -> &[u8] {
        self.hash.as_bytes()
    }
}

/// Asks the store.
#[derive(Clone)]
pub(crate) struct Backend(pub(crate) App);

impl AuthnBackend for Backend {
    type User = User;
    type Credentials = Credentials;
    type Error = StoreError;

    async fn authenticate(&self, said: Credentials) -> Result<Option<User>, StoreError> {
        /// Of no account: trying one that there is not takes as long as trying one that there is.
        static NOBODYS: LazyLock<String> =
            LazyLock::new(|| password_auth::generate_hash("nobody's"));
        let user = self.get_user(&said.account).await?;
        let right = spawn_blocking(move || {
            let hash = user.as_ref().map_or(&*NOBODYS, |user| &user.hash);
            let verified = password_auth::verify_password(&said.password, hash).is_ok();
            user.filter(|_| verified)
        });
        right
            .await
            .map_err(|_| StoreError::Row("a password that could not be looked at"))
    }

    async fn get_user(&self, id: &UserId<Self>) -> Result<Option<User>, StoreError> {
        let id = ActorId::from(id.as_str());
        if !self.0.admits(&id) {
            return Ok(None);
        }
        let store = self.0.store();
        let (account, hash) = (store.account(&id).await?, store.secret(&id).await?);
        Ok(account
            .zip(hash)
            .map(|(account, hash)| User { account, hash }))
    }
}
