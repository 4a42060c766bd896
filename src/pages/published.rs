//! Last year's published figures from a table, to stand beside this year's.

use crate::{
    components::{
        button::Button,
        file_button::FileButton,
        icon::lu,
        live::{When, maybe},
        notice::{Banner, Tone},
        trouble::sentence,
    },
    locales::{Words, t, t_string, use_words},
    state::{files, format, session::Session, toasts::Toasts},
    worker::protocol::{
        DropPublished, LedgerView, PublishedRow, PublishedSaid, PublishedView, PublishedWrong,
        ShowLedger, TakePublished, Trouble,
    },
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::File;

/// So many of the rows that were passed over are named.
const NAMED: usize = 5;

/// Which figures there are, and the way to take others in.
#[component]
pub fn PublishedFigures(
    /// Of which ledger.
    asked: Memo<ShowLedger>,
    /// What was counted of it.
    view: RwSignal<Option<LedgerView>>,
    /// Turned once there are others.
    again: RwSignal<u32>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let toasts = expect_context::<Toasts>();
    let wrong = RwSignal::new(None::<String>);
    let there = move || {
        let of = view.with(|view| view.as_ref()?.published.clone())?;
        Some(known(words, &of))
    };
    let take = move |files: Vec<File>| {
        let Some(file) = files.into_iter().next() else {
            return;
        };
        let of = asked.get_untracked();
        spawn_local(async move {
            let taken = taken(session, &file, TakePublished { of }).await;
            untrack(|| match taken {
                Ok(said) => {
                    wrong.try_set(passed_over(words, &said));
                    if let Some(of) = said.view.as_ref().filter(|_| said.is_taken) {
                        toasts.show(known(words, of), None);
                    }
                    again.try_update(|n| *n += 1);
                }
                Err(trouble) => {
                    wrong.try_set(Some(sentence(words, &trouble)));
                }
            });
        });
    };
    let drop = move |()| {
        spawn_local(async move {
            let dropped = session.ask(DropPublished {}).await;
            untrack(|| {
                wrong.try_set(dropped.err().map(|trouble| sentence(words, &trouble)));
                again.try_update(|n| *n += 1);
            });
        });
    };
    view! {
        <details class="fold">
            <summary>{t!(words, desk.published)}</summary>
            <div class="stack">
                <p class="help">{t!(words, desk.published_hint)}</p>
                {maybe(move || there().map(|there| view! { <p role="status">{there}</p> }))}
                {maybe(move || {
                    let said = wrong.get()?;
                    Some(
                        view! {
                            <Banner tone=Tone::Warn title=t!(words, desk.published_wrong)>
                                <p>{said}</p>
                            </Banner>
                        },
                    )
                })}
                <div class="buttons">
                    <FileButton accept=".csv,text/csv" icon=Some(lu::LuUpload) on_files=take>
                        {t!(words, desk.published_take)}
                    </FileButton>
                    <When is=move || there().is_some()>
                        <Button icon=lu::LuTrash2 on_press=drop>
                            {t!(words, desk.published_drop)}
                        </Button>
                    </When>
                </div>
            </div>
        </details>
    }
}

async fn taken(
    session: Session,
    file: &File,
    question: TakePublished,
) -> Result<PublishedSaid, Trouble> {
    let unreadable = || Trouble::NotThere { what: file.name() };
    let bytes = files::bytes(file).await.map_err(|_| unreadable())?;
    let said = session.ask_with(question, bytes).await?;
    said.read().ok_or_else(|| Trouble::Garbled {
        detail: "figures".into(),
    })
}

/// How many figures there are, and of which days.
fn known(words: Words, of: &PublishedView) -> String {
    let locale = words.get_locale();
    let (from, to) = (format::day(locale, &of.from), format::day(locale, &of.to));
    t_string!(
        words,
        desk.published_known,
        n = of.figures,
        from = from,
        to = to
    )
}

/// The rows that were passed over, in words; none where there are none.
fn passed_over(words: Words, said: &PublishedSaid) -> Option<String> {
    let sentences = said.wrong.iter().take(NAMED);
    let mut sentences: Vec<String> = sentences.map(|row| row_words(words, row)).collect();
    if said.wrong.len() > NAMED {
        let n = said.wrong.len() - NAMED;
        sentences.push(t_string!(words, layers.and_more, n = n));
    }
    if !said.is_taken && sentences.is_empty() {
        sentences.push(t_string!(words, desk.published_none).into());
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn row_words(words: Words, of: &PublishedRow) -> String {
    let (n, text) = (of.row, of.text.as_str());
    match of.what {
        PublishedWrong::NotUtf8 => t_string!(words, desk.w_not_utf8).into(),
        PublishedWrong::NoColumn => t_string!(words, desk.w_no_column, names = text),
        PublishedWrong::Row => t_string!(words, desk.w_row, n = n, text = text),
        PublishedWrong::UnknownWork => t_string!(words, desk.w_unknown, n = n, text = text),
        PublishedWrong::NotAFigure => t_string!(words, desk.w_no_figure, n = n, text = text),
        PublishedWrong::OtherUnit => t_string!(words, desk.w_unit, n = n, text = text),
        PublishedWrong::Days => t_string!(words, desk.w_days, n = n, text = text),
        PublishedWrong::Twice => t_string!(words, desk.w_twice, n = n, text = text),
    }
}
