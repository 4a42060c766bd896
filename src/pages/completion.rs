//! Which assets a kind of work has reached in a period, and what is left.

use super::period::{PeriodChoice, default_period};
use crate::{
    components::{
        asset_row::AssetRow,
        button::{Button, Weight},
        choice::{Group, Select},
        field::Field,
        icon::lu,
        live::{When, live, maybe},
        notice::Empty,
        panel::Panel,
    },
    locales::{t, t_string, use_words},
    mode::{Lens, Step},
    state::{effect::effect, format, naming, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::{CompletionView, LeftRow, MoreLeft},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{catalog::WorkKindId, ledger::Ratio};

/// Lines added by each press on "more".
const PORTION: usize = 100;

/// The completion page.
#[component]
pub fn CompletionPage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let shown = Memo::new(move |_| session.completion.with(Option::is_some));
    let subtitle = Signal::derive(move || {
        session
            .completion
            .with(|c| c.as_ref().map(|c| left_words(words, c)))
            .unwrap_or_default()
    });
    view! {
        <Panel
            title=t!(words, completion.title)
            subtitle=subtitle
            name="completion"
        >
            <div class="stack">
                <WorkChoice />
                <When
                    is=move || shown.get()
                    otherwise=move || {
                        view! {
                            <Empty
                                icon=lu::LuChartPie
                                title=t!(words, completion.choose)
                                hint=t!(words, completion.choose_hint)
                            />
                        }
                    }
                >
                    <Figures />
                    <Left />
                </When>
            </div>
        </Panel>
    }
}

fn left_words(words: crate::locales::Words, view: &CompletionView) -> String {
    let n = format::count(words.get_locale(), view.left_total);
    t_string!(words, completion.left, n = n)
}

/// Kinds of work that are done to assets, by family, the heart first.
#[component]
fn WorkChoice() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let period = RwSignal::new(
        nav.lens
            .get_untracked()
            .map_or_else(default_period, |l| (l.from, l.to)),
    );
    let groups = Signal::derive(move || -> Vec<Group> {
        let locale = locale.get();
        let Some(catalog) = session.catalog.get() else {
            return Vec::new();
        };
        let mut families: Vec<_> = catalog.families.iter().collect();
        mendmap_core::order::sort_by_key(&mut families, |family| !family.heart);
        let none = t_string!(words, completion.choose_work).to_string();
        let grouped = families.into_iter().map(|family| {
            let kinds = catalog.work_kinds.iter();
            let kinds = kinds.filter(|k| k.family == family.id && !k.applies_to.is_empty());
            let options = kinds
                .map(|k| (k.id.0.clone(), locale.pick(&k.label)))
                .collect();
            (locale.pick(&family.label), options)
        });
        let grouped = grouped.filter(|(_, options): &Group| !options.is_empty());
        std::iter::once((String::new(), vec![(String::new(), none)]))
            .chain(grouped)
            .collect()
    });
    let value = Signal::derive(move || nav.lens.get().map(|l| l.work.0).unwrap_or_default());
    let look = move |work: String, (from, to): (String, String)| {
        let lens = (!work.is_empty() && from <= to).then_some(Lens {
            work: WorkKindId(work),
            from,
            to,
        });
        nav.take(Step::Look(lens));
    };
    view! {
        <Field
            id="completion-work"
            label=t!(words, completion.work)
        >
            <Select
                id="completion-work"
                groups=groups
                value=value
                on_choose=move |work| look(work, period.get_untracked())
            />
        </Field>
        <PeriodChoice
            period=period
            on_choose=move |days: (String, String)| {
                period.set(days.clone());
                look(value.get_untracked(), days);
            }
        />
    }
}

/// The share as a bar with patterns, and the counts.
#[component]
fn Figures() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let nav = expect_context::<Nav>();
    let locale = expect_context::<Prefs>().locale;
    let unit = move || {
        let lens = nav.lens.get()?;
        session.catalog.with(|c| {
            let catalog = c.as_ref()?;
            Some(naming::unit(
                catalog,
                locale.get(),
                &catalog.work_kind(&lens.work)?.unit,
            ))
        })
    };
    maybe(move || {
        let view = session.completion.get()?;
        let locale = locale.get();
        let all = view.never + view.open + view.done;
        let count = |n: u64| format::decimal(locale, &n.to_string());
        let share = format::share(
            locale,
            Ratio {
                part: view.done,
                whole: all,
            },
        );
        let chart = t_string!(
            words,
            completion.chart,
            done = count(view.done),
            open = count(view.open),
            never = count(view.never)
        );
        let part = |n: u64| format!("calc(100% * {n} / {})", all.max(1));
        let quantity = format::quantity(locale, &view.quantity, &unit().unwrap_or_default());
        Some(view! {
            <section class="section" aria-live="polite">
                <p class="figure">{t_string!(words, completion.share, share = share)}</p>
                <div class="bar" role="img" aria-label=chart>
                    <span class="done" style:width=part(view.done)></span>
                    <span class="open" style:width=part(view.open)></span>
                    <span class="never" style:width=part(view.never)></span>
                </div>
                <dl class="counts">
                    <div>
                        <dt><i class="swatch done"></i>{t_string!(words, completion.done)}</dt>
                        <dd>{count(view.done)}</dd>
                    </div>
                    <div>
                        <dt><i class="swatch open"></i>{t_string!(words, completion.open)}</dt>
                        <dd>{count(view.open)}</dd>
                    </div>
                    <div>
                        <dt><i class="swatch never"></i>{t_string!(words, completion.never)}</dt>
                        <dd>{count(view.never)}</dd>
                    </div>
                </dl>
                <p class="muted">
                    {t_string!(words, completion.quantity, n = quantity)}
                </p>
            </section>
        })
    })
}

/// What is left, each line leading to its card.
#[component]
fn Left() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let more = RwSignal::new(Vec::<LeftRow>::new());
    // A completion that moved makes the pages fetched before it stale.
    effect(move || {
        session.completion.track();
        more.set(Vec::new());
    });
    let total = move || {
        session
            .completion
            .with(|c| c.as_ref().map_or(0, |c| c.left_total))
    };
    let rows = move || {
        let first = session
            .completion
            .with(|c| c.as_ref().map(|c| c.left.clone()));
        first
            .into_iter()
            .flatten()
            .chain(more.get())
            .collect::<Vec<_>>()
    };
    let listed = Signal::derive(rows);
    let fetch = move |()| {
        let from = listed.with_untracked(Vec::len);
        spawn_local(async move {
            if let Ok(rows) = session
                .ask(MoreLeft {
                    from,
                    count: PORTION,
                })
                .await
            {
                more.try_update(|more| more.extend(rows));
            }
        });
    };
    let state = move |open: bool| {
        Signal::derive(move || {
            if open {
                t_string!(words, completion.open)
            } else {
                t_string!(words, completion.never)
            }
            .to_string()
        })
    };
    let lines = live(move || {
        let rows = listed.get();
        if rows.is_empty() {
            let title = t!(words, completion.left_none);
            let hint = t!(words, completion.left_none_hint);
            return view! { <Empty icon=lu::LuCircleCheck title=title hint=hint /> }.into_any();
        }
        let rows: Vec<_> = rows
            .into_iter()
            .map(|row| view! { <li><AssetRow asset=row.asset end=state(row.open) /></li> })
            .collect();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    });
    let rest = move || total().saturating_sub(listed.with(Vec::len));
    view! {
        <section class="section">
            <h3>
                {move || {
                    let n = format::count(locale.get(), total());
                    t_string!(words, completion.left, n = n)
                }}
            </h3>
            {lines}
            <When is=move || { rest() > 0 }>
                <Button weight=Weight::Plain on_press=fetch>
                    {move || t_string!(words, common.show_more, n = rest().min(PORTION))}
                </Button>
            </When>
        </section>
    }
}
