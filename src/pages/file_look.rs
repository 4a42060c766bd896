//! A file that was read: what it holds, what it would change, and how it is to be read otherwise.

use super::{
    asset::meaning_words,
    file_on_map::FileOnMap,
    problems::{Problems, odd_codes},
    take_out::FileProblems,
};
use crate::{
    components::{
        button::{Button, Weight},
        choice::{Select, SwitchRow},
        field::Field,
        icon::lu,
        live::or_nothing,
        notice::{Banner, Tone},
        task_row::TaskLine,
    },
    locales::{Word, keys::layers, t, t_string, use_words},
    state::{format, prefs::Prefs, session::Session},
    worker::protocol::{FileSaid, Looked, Told},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Fields, Meaning},
    city::{AssetSummary, Meant, TableChoice, TableProposal},
};

/// What a file holds, for a person's word.
#[component]
pub fn FileLook(
    /// What became of it, in a sentence.
    title: String,
    /// What was said of it.
    said: FileSaid,
    /// What it holds.
    looked: Looked,
    /// Reads it again as it is said to be.
    #[prop(into)]
    on_look: Callback<FileSaid>,
    /// Whether it is in place.
    is_put: bool,
    /// Whether it is on its way there.
    #[prop(into)]
    is_busy: Signal<bool>,
    /// Puts it in place.
    #[prop(into)]
    on_put: Callback<()>,
    /// Leaves it.
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let Looked {
        report,
        changes,
        odd_codes: odd,
        names,
        fields,
        sample,
        table,
        preview,
    } = looked;
    let is_open = !is_put;
    let is_any = report.loaded > 0;
    let has_problems = !report.problems.is_empty();
    let count = move |n| format::count(locale.get_untracked(), n);
    // What could not be read says so beside the reason.
    let counts = report.error.is_none().then(|| {
        let (read, loaded) = (count(report.read), count(report.loaded));
        t_string!(words, layers.loaded, read = read, loaded = loaded)
    });
    let table = (table.filter(|_| is_open)).map(|table| {
        view! { <TableForm table=table said=said.clone() on_look=on_look /> }
    });
    let reading = (is_open && is_any).then(|| {
        view! { <Reading said=said.clone() names=names fields=fields on_look=on_look /> }
    });
    let put = (is_open && is_any).then(|| {
        view! {
            <Button weight=Weight::Primary icon=lu::LuCheck disabled=is_busy on_press=on_put>
                {t!(words, layers.add_put)}
            </Button>
        }
    });
    let leave = is_open.then(|| {
        view! {
            <Button icon=lu::LuX disabled=is_busy on_press=on_leave>
                {t!(words, layers.add_leave)}
            </Button>
        }
    });
    view! {
        <div class="stack">
        <div class="card stack" role="status">
            <strong>{title}</strong>
            {or_nothing(counts.map(|counts| view! { <p>{counts}</p> }))}
            {or_nothing(changes.map(|told| view! { <Changes told=told /> }))}
            <Problems report=report />
            {or_nothing(odd_codes(words, locale.get_untracked(), &odd).map(|said| view! { <p class="small">{said}</p> }))}
            {or_nothing((is_open && has_problems).then(|| view! { <FileProblems name=said.name.clone() /> }))}
        </div>
        {or_nothing(preview.filter(|_| is_open).map(|preview| view! { <FileOnMap preview=preview /> }))}
        {or_nothing(table)}
        {or_nothing((is_open && is_any).then(|| view! { <Sample assets=sample /> }))}
        {or_nothing(reading)}
        <div class="buttons">{or_nothing(put)} {or_nothing(leave)}</div>
        </div>
    }
}

/// What a file makes of the layer that is there.
#[component]
fn Changes(told: Told) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let n = move |n: usize| format::count(locale.get_untracked(), n);
    let parts = [
        (told.same, layers::d_same),
        (told.added, layers::d_added),
        (told.changed, layers::d_changed),
        (told.recoded, layers::d_recoded),
        (told.moved, layers::d_moved),
        (told.vanished, layers::d_vanished),
    ];
    let parts: Vec<String> = (parts.into_iter())
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{} {}", words.say(word), n(count)))
        .collect();
    let rows: Vec<_> = (told.first_open.into_iter())
        .map(|task| view! { <li><TaskLine task=task /></li> })
        .collect();
    let left = (told.open > 0).then(|| {
        let title = t_string!(words, layers.d_open, n = n(told.open));
        view! {
            <Banner tone=Tone::Warn title=title>
                <ul class="rows">{rows}</ul>
            </Banner>
        }
    });
    view! {
        <p>{parts.join(" · ")}</p>
        {or_nothing(left)}
    }
}

/// The first assets, as they will be listed.
#[component]
fn Sample(assets: Vec<(AssetSummary, Vec<Meant>)>) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let heads: Vec<_> = Meaning::ALL
        .into_iter()
        .map(|meaning| view! { <th scope="col">{words.live(meaning_words(meaning))}</th> })
        .collect();
    let rows: Vec<_> = assets
        .into_iter()
        .map(|(asset, meant)| {
            let kind = session.catalog.with_untracked(|c| {
                let kind = c.as_ref()?.asset_kind(&asset.kind)?;
                Some(locale.get_untracked().pick(&kind.label))
            });
            let said = |meaning: Meaning| match meaning {
                Meaning::Code => asset.code.clone(),
                Meaning::Name => asset.name.clone(),
                Meaning::Street => asset.street.clone(),
                Meaning::Owner | Meaning::Date | Meaning::State => {
                    let meant = meant.iter().find(|meant| meant.meaning == meaning);
                    meant.map(|meant| meant.value.clone())
                }
            };
            let cells = std::iter::once(kind).chain(Meaning::ALL.into_iter().map(said));
            let cells: Vec<_> = cells.map(|cell| view! { <td>{cell}</td> }).collect();
            view! { <tr>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="scrolls" tabindex="0" role="region" aria-label=t!(words, layers.add_sample)>
            <table class="figures texts">
                <caption>{t!(words, layers.add_sample)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(words, task.kind)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// How the file is read, and how else it could be.
#[component]
fn Reading(
    said: FileSaid,
    names: Vec<String>,
    fields: Fields,
    on_look: Callback<FileSaid>,
) -> impl IntoView {
    let words = use_words();
    let again = StoredValue::new((said.clone(), fields.clone()));
    let questions: Vec<_> = Meaning::ALL
        .into_iter()
        .map(|meaning| {
            let (id, label) = (asked(meaning), meaning_words(meaning));
            let choose = move |name: String| {
                let (mut said, mut fields) = again.get_value();
                fields.name(meaning, name);
                said.fields = Some(fields);
                on_look.run(said);
            };
            let now = fields.named(meaning).clone();
            view! { <Column id=id label=label names=names.clone() now=Signal::stored(now) on_choose=choose /> }
        })
        .collect();
    let shift = move |is: bool| {
        let (mut said, _) = again.get_value();
        said.is_gcj02 = is;
        on_look.run(said);
    };
    view! {
        <div class="stack">
        {questions}
        <SwitchRow on=Signal::stored(said.is_gcj02) on_turn=shift>
            {t!(words, layers.is_gcj02)}
        </SwitchRow>
        </div>
    }
}

/// The `id` of the question which property has a meaning.
fn asked(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Code => "file-code",
        Meaning::Name => "file-name",
        Meaning::Street => "file-street",
        Meaning::Owner => "file-owner",
        Meaning::Date => "file-date",
        Meaning::State => "file-state",
    }
}

/// Which of a file's columns or properties it is, or none.
#[component]
fn Column(
    id: &'static str,
    label: Word,
    /// What they are called.
    names: Vec<String>,
    /// The one that it is now; none where no column is called so.
    #[prop(into)]
    now: Signal<String>,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let words = use_words();
    let none = (
        String::new(),
        t_string!(words, layers.field_none).to_string(),
    );
    let names = names.into_iter().map(|name| (name.clone(), name));
    let groups = vec![(String::new(), std::iter::once(none).chain(names).collect())];
    view! {
        <Field id=id label=words.live(label)>
            <Select id=id groups=Signal::stored(groups) value=now on_choose=on_choose />
        </Field>
    }
}

/// Which columns of a table are its coordinates.
#[component]
fn TableForm(table: TableProposal, said: FileSaid, on_look: Callback<FileSaid>) -> impl IntoView {
    let words = use_words();
    let chosen = said.table;
    let east = RwSignal::new(chosen.map(|t| t.east).or(table.east));
    let north = RwSignal::new(chosen.map(|t| t.north).or(table.north));
    let questions = [
        ("table-east", layers::field_east, east),
        ("table-north", layers::field_north, north),
    ];
    let columns = StoredValue::new(table.columns);
    let questions: Vec<_> = questions
        .into_iter()
        .map(|(id, label, at)| {
            let now = Signal::derive(move || {
                let name = |at: usize| columns.with_value(|names| names.get(at).cloned());
                at.get().and_then(name).unwrap_or_default()
            });
            let choose = move |name: String| {
                at.set(columns.with_value(|names| names.iter().position(|known| *known == name)));
            };
            view! { <Column id=id label=label names=columns.get_value() now=now on_choose=choose /> }
        })
        .collect();
    let read = move |()| {
        if let (Some(east), Some(north)) = (east.get_untracked(), north.get_untracked()) {
            let mut said = said.clone();
            said.table = Some(TableChoice {
                east,
                north,
                epsg: None,
            });
            on_look.run(said);
        }
    };
    let is_open = Signal::derive(move || east.get().is_none() || north.get().is_none());
    view! {
        <div class="stack">
        <p>{t!(words, layers.table_hint)}</p>
        {questions}
        <Button weight=Weight::Primary disabled=is_open on_press=read>
            {t!(words, layers.table_read)}
        </Button>
        </div>
    }
}
