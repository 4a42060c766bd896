//! A round as a sheet of paper: its map, and a line for each asset with room for a tick and a word.
//! What comes back on it is entered on behalf of whoever did it, with its own day.

use crate::{
    components::{button::Button, icon::lu, live::maybe},
    locales::{t, t_string, use_words},
    state::{format, map_link::MapLink, naming, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::StopRow,
};
use leptos::{ev, prelude::*};
use mendmap_core::task::Stop;

/// The way to print it, and the sheet, which is seen on paper only.
#[component]
pub fn Paper(
    /// Its work.
    title: Signal<String>,
    /// Where it is.
    place: Signal<String>,
    /// Its assets.
    rows: Signal<Vec<StopRow>>,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let link = expect_context::<MapLink>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    // None while nothing is printed: the lines are there twice only then.
    let picture = RwSignal::new(None::<String>);
    let print = move |()| {
        let map = link.handle;
        let seen = map.with_untracked(|map| map.as_ref()?.picture());
        picture.set(Some(seen.unwrap_or_default()));
        // When the picture has been read and the sheet stands.
        set_timeout(
            move || {
                // A browser that cannot print does nothing.
                let _ = window().print();
            },
            std::time::Duration::from_millis(300),
        );
    };
    // Some browsers go on at once and print later.
    let printed = window_event_listener(ev::afterprint, move |_| {
        let _gone = picture.try_set(None);
    });
    on_cleanup(move || printed.remove());
    let sheet = move || {
        let picture = picture.get()?;
        let catalog = session.catalog.get()?;
        let lines = rows.get_untracked().into_iter().enumerate();
        let lines: Vec<_> = lines
            .map(|(n, row)| {
                let name = naming::asset(&catalog, locale.get(), &row.asset);
                let tick = if row.stop == Stop::Done { "☑" } else { "☐" };
                view! {
                    <tr>
                        <td>{n + 1}</td>
                        <td>{tick}</td>
                        <td>{name}</td>
                        <td>{row.asset.code}</td>
                        <td class="wide"></td>
                    </tr>
                }
            })
            .collect();
        let map = (!picture.is_empty())
            .then(|| view! { <img src=picture alt=t!(words, common.map_region) /> });
        let today = format::day(locale.get(), &format::today());
        Some(view! {
            <div class="paper">
                <h1>{title} " · " {place}</h1>
                <p>{t_string!(words, task.paper_head, day = today)}</p>
                {map}
                <table>
                    <thead>
                        <tr>
                            <th></th>
                            <th>{t!(words, task.round_tick)}</th>
                            <th>{t!(words, task.paper_what)}</th>
                            <th>{t!(words, task.paper_code)}</th>
                            <th class="wide">{t!(words, task.note)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
                <p class="small">{nav.link()}</p>
            </div>
        })
    };
    view! {
        <div class="buttons">
            <Button icon=lu::LuPrinter on_press=print>
                {t!(words, task.paper)}
            </Button>
        </div>
        {maybe(sheet)}
    }
}
