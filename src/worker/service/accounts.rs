//! Accounts, for administrators: what the log says of them, and passwords, which never stand in it.

use super::{Service, state::State};
use crate::{
    sync::remote::LogInError,
    worker::{
        protocol::{AccountList, GivePassword, Trouble},
        turn::pause,
    },
};
use mendmap_core::{
    account::act::{Deed, Refusal, all, draft, take_back},
    ids::EventId,
    log::{ActorId, Draft},
    sync::device::Failure,
};

/// So long, in milliseconds, one waits before each try: an account that was just made is on its way.
const WAITS_MS: [i32; 5] = [0, 300, 1_000, 2_000, 4_000];

impl Service {
    /// Gives somebody else a password.
    pub(super) async fn give_password(&self, q: GivePassword) -> Result<(), Trouble> {
        let failed = |error| Trouble::LogIn { error };
        let remote = self.remote().ok_or(failed(LogInError::Network))?;
        for wait in WAITS_MS {
            pause(wait).await;
            let given = remote.give_password(&q.account, &q.password).await;
            let is_known = given.map_err(|failure| match failure {
                Failure::Network => failed(LogInError::Network),
                Failure::Unauthorised => failed(LogInError::Expired),
                _ => failed(LogInError::Server),
            })?;
            if is_known {
                return Ok(());
            }
        }
        Err(Trouble::NotThere { what: q.account })
    }
}

impl State {
    /// The accounts, for who may do something with them.
    pub(super) fn account_list(&self) -> AccountList {
        let Some(me) = self.governor() else {
            return AccountList::default();
        };
        let (accounts, done) = all(&self.log);
        AccountList {
            accounts,
            done,
            me: Some(me.0.to_string()),
        }
    }

    /// Who is here, where they may do something with accounts.
    fn governor(&self) -> Option<ActorId> {
        let account = self.person.as_ref()?.account.as_deref()?;
        self.may("account_added").then(|| ActorId::from(account))
    }

    pub(super) fn deed(&self, id: &str, deed: Deed) -> Result<Draft, Refusal> {
        let me = self.governor().ok_or(Refusal::Unknown)?;
        draft(&self.log, &me, id, deed)
    }

    pub(super) fn deed_back(&self, event: EventId) -> Result<Draft, Refusal> {
        let me = self.governor().ok_or(Refusal::Unknown)?;
        take_back(&self.log, &me, event)
    }
}
