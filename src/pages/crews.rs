//! The city's crews, to choose from.

use crate::{
    components::choice::Group,
    locales::{Word, use_words},
    state::{prefs::Prefs, session::Session},
};
use leptos::prelude::*;
use mendmap_core::catalog::Crew;

/// The catalogue's crews by their ids, behind a choice of none, which is called so.
pub fn crews(none: Word) -> Signal<Vec<Group>> {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    Signal::derive(move || {
        let locale = locale.get();
        let none = (String::new(), words.say(none).to_string());
        let crews = session.catalog.with(|catalog| {
            let crews = catalog.iter().flat_map(|catalog| &catalog.crews);
            let option = |crew: &Crew| (crew.id.0.clone(), locale.pick(&crew.label));
            crews.map(option).collect::<Vec<_>>()
        });
        vec![(String::new(), std::iter::once(none).chain(crews).collect())]
    })
}
