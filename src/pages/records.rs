//! Records as files: handed out to another device, and taken in from one.

use crate::{
    components::{
        button::Button, file_button::FileButton, icon::lu, live::maybe, outcome::Outcome,
        trouble::TroubleBanner,
    },
    locales::{Words, t, t_string, use_words},
    state::{announce::Announcer, files, format, prefs::Prefs, session::Session, toasts::Toasts},
    worker::protocol::{ExportLog, ExportScope, ImportLog, Imported, Trouble},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::log::FileProblem;
use web_sys::File;

/// Export and merge.
#[component]
pub fn Records() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let toasts = expect_context::<Toasts>();
    let announcer = expect_context::<Announcer>();
    let locale = expect_context::<Prefs>().locale;
    let merged = RwSignal::new(None::<Result<Imported, Trouble>>);
    let export = move |scope: ExportScope| {
        spawn_local(async move {
            match session.ask_for_bytes(ExportLog { scope }).await {
                Ok((done, Some(bytes))) if done.events > 0 => {
                    if files::hand_out(&bytes, &done.file_name, "application/x-ndjson").is_ok() {
                        let n = format::count(locale.get_untracked(), done.events);
                        let mut said =
                            t_string!(words, settings.exported, n = n, name = done.file_name);
                        if !done.is_whole {
                            said += t_string!(words, settings.exported_part);
                        }
                        toasts.show(said, None);
                    }
                }
                Ok(_) => toasts.show(t_string!(words, settings.export_none), None),
                Err(trouble) => merged.set(Some(Err(trouble))),
            }
        });
    };
    let merge = move |files: Vec<File>| {
        spawn_local(async move {
            let Some(file) = files.first() else { return };
            let end = import(session, file).await;
            if let Ok(done) = &end {
                announcer.say(merged_words(words, done));
            }
            merged.try_set(Some(end));
        });
    };
    view! {
        <section class="section">
            <h3>{t!(words, settings.records)}</h3>
            <p class="small muted">{t!(words, settings.records_hint)}</p>
            <div class="buttons">
                <Button icon=lu::LuDownload on_press=move |()| export(ExportScope::All)>
                    {t!(words, settings.export_all)}
                </Button>
                <Button icon=lu::LuDownload on_press=move |()| export(ExportScope::Mine)>
                    {t!(words, settings.export_mine)}
                </Button>
                <FileButton
                    accept=".ndjson,.jsonl,.json,.txt"
                    icon=Some(lu::LuUpload)
                    on_files=merge
                >
                    {t!(words, settings.merge)}
                </FileButton>
            </div>
            {maybe(move || {
                let came = match merged.get()? {
                    Ok(done) => view! { <Merged done=done /> }.into_any(),
                    Err(trouble) => view! { <TroubleBanner trouble=trouble /> }.into_any(),
                };
                Some(view! { <Outcome>{came}</Outcome> })
            })}
        </section>
    }
}

fn merged_words(words: Words, done: &Imported) -> String {
    let locale = words.get_locale_untracked();
    let count = |n| format::count(locale, n);
    let known = done.in_file.saturating_sub(done.new);
    t_string!(
        words,
        settings.merged,
        all = count(done.in_file),
        new = count(done.new),
        known = count(known)
    )
}

#[component]
fn Merged(done: Imported) -> impl IntoView {
    let words = use_words();
    let text = merged_words(words, &done);
    let problems: Vec<_> = done
        .problems
        .into_iter()
        .map(|problem| view! { <li>{move || problem_words(words, &problem)}</li> })
        .collect();
    view! {
        <div class="card" role="status">
            <strong>{text}</strong>
            <ul class="bullets">{problems}</ul>
        </div>
    }
}

fn problem_words(words: Words, problem: &FileProblem) -> String {
    match problem {
        FileProblem::NoHeader => t_string!(words, settings.m_no_header).into(),
        FileProblem::NewerFile { .. } => t_string!(words, settings.m_newer).into(),
        FileProblem::Count { expected, found } => {
            t_string!(words, settings.m_count, expected = expected, found = found)
        }
        FileProblem::Checksum => t_string!(words, settings.m_checksum).into(),
        FileProblem::Line { line, .. } => {
            t_string!(words, settings.m_line, line = line)
        }
    }
}

async fn import(session: Session, file: &File) -> Result<Imported, Trouble> {
    let unreadable = || Trouble::NotThere { what: file.name() };
    let bytes = files::bytes(file).await.map_err(|_| unreadable())?;
    session.ask_with(ImportLog {}, bytes).await
}
