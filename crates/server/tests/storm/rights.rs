//! Who is who in a storm: each phone has an account, and a key instead of a password, whose
//! hash is slow on purpose.

use mendmap_core::ids::DeviceId;
use mendmap_core::log::{ActorId, Event};
use mendmap_core::sync::{Answer, Limits, content, storm};
use mendmap_server::store::Store;
use std::sync::Arc;

/// Lets every phone in that a storm may have.
pub(crate) async fn let_in(store: &dyn Store) {
    for (device, account) in storm::crews() {
        let owner = store.claim(device, &account).await.unwrap();
        assert_eq!(owner, account);
        let key = content(key(&account).as_bytes());
        store.add_token(&key, &account, "storm").await.unwrap();
    }
}

/// What an administrator says, as `mendmap-server user` writes it: beside whoever serves.
pub(crate) async fn govern(store: &dyn Store, said: Arc<Event>) -> Answer {
    let said = [Event::clone(&said)];
    let mut appended = store.append(&said, &Limits::default()).await.unwrap();
    appended.answers.remove(0)
}

/// Whether somebody may log in on this device.
pub(crate) async fn admits(store: &dyn Store, device: DeviceId) -> bool {
    let account = store.account(&account_of(device)).await.unwrap();
    account.is_some_and(|account| !account.locked)
}

/// The header by which a device says who it is.
pub(crate) fn bearer(device: DeviceId) -> String {
    format!("Bearer {}", key(&account_of(device)))
}

fn key(account: &ActorId) -> String {
    format!("key-of-{account}")
}

fn account_of(device: DeviceId) -> ActorId {
    let mut crews = storm::crews();
    let found = crews.find(|(of, _)| *of == device);
    found.expect("a phone of the storm").1
}
