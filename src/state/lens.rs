//! The completion that the map is coloured by, kept in step with the address.

use super::{effect::effect, nav::Nav, session::Session};
use crate::{
    mode::{Aside, Lens, Step},
    worker::protocol::{HideCompletion, ShowCompletion, Stale},
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
        // The page writes down which day it shows; a link asks for another.
        if let (Some(Some(before)), Some(lens)) = (&last, &lens)
            && is_same(before, lens)
        {
            let on = session
                .completion
                .with_untracked(|view| view.as_ref().map(|view| view.on.clone()));
            if lens.aside.on.is_none() || on == lens.aside.on {
                return;
            }
        }
        let had = last.flatten().is_some();
        session.completion.set(None);
        match lens {
            Some(lens) => spawn_local(async move {
                let question = ShowCompletion {
                    work: lens.work.clone(),
                    from: lens.from.clone(),
                    to: lens.to.clone(),
                    on: lens.aside.on.clone(),
                };
                let said = session.ask(question).await;
                // Who left meanwhile has asked to hide it, and that was answered before.
                let now = nav.lens.get_untracked();
                if now.is_none() {
                    let _hidden = session.ask(HideCompletion {}).await;
                    session.turned(Stale::Everywhere);
                }
                if now.is_none_or(|now| !is_same(&now, &lens)) {
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
                    session.turned(Stale::Everywhere);
                }
            }),
            None => {}
        }
    });
}

/// Whether two ask for the same marks, on whatever day.
fn is_same(one: &Lens, other: &Lens) -> bool {
    (&one.work, &one.from, &one.to) == (&other.work, &other.from, &other.to)
}

/// Changes what is looked at beside the marks, in the address too.
pub fn set_aside(nav: Nav, change: impl FnOnce(&mut Aside)) {
    let Some(mut lens) = nav.now().lens else {
        return;
    };
    change(&mut lens.aside);
    nav.take(Step::Look(Some(lens)));
}
