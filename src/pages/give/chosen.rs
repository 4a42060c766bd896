//! What was chosen on the map, to be given out.

use super::{form::PlanForm, plan::Plan, send::GiveButton};
use crate::{
    components::{
        choice::{Group, Select},
        field::Field,
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{t, t_string, use_words},
    mode::{Mode, Target},
    state::{asking, format, naming, prefs::Prefs, session::Session},
    worker::protocol::{Around, PlannedFrom, RoundsThere},
};
use leptos::prelude::*;
use mendmap_core::task::RoundOffer;

/// Rounds of what was chosen on the map.
#[component]
pub fn GivePage(
    /// What was chosen.
    target: Target,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let form = PlanForm::of(Mode::Giving(Some(target.clone())));
    let work = form.work;
    let around = match target {
        Target::Asset(uid) | Target::Around(uid) => Some(Around::Asset(uid)),
        Target::Chosen(chosen) => Some(Around::These(chosen)),
        Target::Place(sketch) | Target::Inside(sketch) => {
            crate::pages::place::shape(&sketch).map(Around::Area)
        }
    };
    let there = {
        let around = around.clone();
        asking::follow(session, move || {
            session.layers.track();
            session.catalog.with(Option::is_some).then_some(())?;
            let around = around.clone()?;
            Some(RoundsThere { around })
        })
    };
    let kinds = Signal::derive(move || -> Vec<Group> {
        let none = t_string!(words, completion.choose_work).to_owned();
        let there = there.good.get().unwrap_or_default();
        let catalog = session.catalog.get();
        let name = |offer: &RoundOffer| {
            let name = catalog
                .as_ref()
                .map(|c| naming::work(c, locale.get(), &offer.work));
            let n = format::count(locale.get(), offer.assets.len() + offer.beyond);
            (
                offer.work.0.clone(),
                format!("{} · {n}", name.unwrap_or_default()),
            )
        };
        let kinds = there.offers.iter().map(name);
        let none = std::iter::once((String::new(), none));
        vec![(String::new(), none.chain(kinds).collect())]
    });
    let name = Signal::derive(move || {
        let name = there.good.with(|there| there.as_ref()?.name.clone());
        name.unwrap_or_default()
    });
    let from = Signal::derive(move || {
        let is_chosen = work.with(|work| !work.is_empty());
        is_chosen
            .then_some(())
            .and(around.clone())
            .map(PlannedFrom::Around)
    });
    view! {
        <Panel
            title=t!(words, give.title)
            subtitle=name
            leave=Leave::Back
            foot=move || view! { <GiveButton form=form from=from /> }
        >
            <div class="stack">
                <TroubleThere trouble=there.trouble />
                <Field id="give-work" label=t!(words, completion.work)>
                    <Select
                        id="give-work"
                        groups=kinds
                        value=work
                        on_choose=move |kind| work.set(kind)
                    />
                </Field>
                <Plan form=form from=from />
            </div>
        </Panel>
    }
}
