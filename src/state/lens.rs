//! The completion that the map is coloured by, kept in step with the address.

use super::{effect::effect, nav::Nav, session::Session};
use crate::{
    mode::Lens,
    worker::protocol::{HideCompletion, ShowCompletion},
};
use leptos::{prelude::*, task::spawn_local};

/// Shows the completion that the address names, from now on.
pub fn follow(session: Session, nav: Nav) {
    let mut before = None;
    effect(move || {
        let lens = nav.lens.get();
        if session.catalog.with(Option::is_none) {
            before = Some(None);
            return;
        }
        let last = before.replace(lens.clone());
        if last.as_ref() == Some(&lens) {
            return;
        }
        let had = last.flatten().is_some();
        session.completion.set(None);
        match lens {
            Some(Lens { work, from, to }) => spawn_local(async move {
                let asked = Some(Lens {
                    work: work.clone(),
                    from: from.clone(),
                    to: to.clone(),
                });
                let said = session.ask(ShowCompletion { work, from, to }).await;
                // Who left meanwhile has asked to hide it, and that was answered before.
                let now = nav.lens.get_untracked();
                if now.is_none() {
                    let _hidden = session.ask(HideCompletion {}).await;
                    session.turns.update(|n| *n = n.wrapping_add(1));
                }
                if now != asked {
                    return;
                }
                match said {
                    Ok(view) => session.completion.set(Some(view)),
                    Err(trouble) => session.trouble.set(Some(trouble)),
                }
            }),
            None if had => spawn_local(async move {
                // A worker that fails says so elsewhere.
                if session.ask(HideCompletion {}).await.is_ok() {
                    session.stale.set(None);
                    session.turns.update(|n| *n = n.wrapping_add(1));
                }
            }),
            None => {}
        }
    });
}
