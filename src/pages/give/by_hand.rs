//! Correcting a split by hand: a round, a street or single assets go to another crew, and the loads
//! above say at once what that makes.

use super::form::{ASSETS, PlanForm, STREETS};
use crate::{
    components::{
        button::Button,
        choice::{Group, Segments, Select, TickRow},
        field::Field,
        icon::{Lucide, lu},
        live::When,
        paged::Paged,
    },
    locales::{t, t_string, use_words},
    pages::crews::crews,
    state::{
        format,
        lit::{self, Marked},
        map_link::MapLink,
        naming,
        prefs::Prefs,
        session::Session,
        toasts::Toasts,
    },
    worker::protocol::SharePart,
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::CrewId,
    ids::AssetUid,
    order::distinct,
    task::{Mark, Moved},
};

/// What is ticked, to be moved: in order, each once.
type Ticked = RwSignal<Vec<AssetUid>>;

fn has(ticked: Ticked, uid: &AssetUid) -> bool {
    ticked.with(|ticked| ticked.binary_search(uid).is_ok())
}

/// The way to correct a split, where there are two crews to split among.
#[component]
pub fn ByHand(
    /// The form whose split it is.
    form: PlanForm,
) -> impl IntoView {
    let is_split = Memo::new(move |_| form.plan.with(|p| p.iter().any(|p| p.parts.len() > 1)));
    view! {
        <When is=move || is_split.get()>
            <Correcting form=form />
        </When>
    }
}

#[component]
fn Correcting(form: PlanForm) -> impl IntoView {
    let words = use_words();
    let toasts = expect_context::<Toasts>();
    let locale = expect_context::<Prefs>().locale;
    let ticked = Ticked::default();
    let PlanForm {
        whose, parts: by, ..
    } = form;
    let to = RwSignal::new(String::new());
    on_cleanup(move || drop(whose.try_set(String::new())));
    let parts = Signal::derive(move || {
        form.plan
            .with(|plan| plan.as_ref().map(|plan| plan.parted.clone()))
            .unwrap_or_default()
    });
    light(parts, ticked);
    let choices = split_among(form);
    let others = Signal::derive(move || {
        let mut groups = choices.get();
        for (_, options) in &mut groups {
            options.retain(|(id, _)| id.is_empty() || whose.with(|whose| whose != id));
        }
        groups
    });
    let chosen = move || -> Vec<AssetUid> {
        let parts = parts.get();
        let assets = parts.iter().flat_map(|part| &part.assets);
        let uids = assets.map(|asset| asset.uid);
        uids.filter(|uid| has(ticked, uid)).collect()
    };
    let count = Memo::new(move |_| chosen().len());
    let is_known = move || {
        others.with(|o| {
            o.iter()
                .any(|(_, o)| o.iter().any(|(id, _)| to.with(|t| t == id)))
        })
    };
    let cannot =
        Signal::derive(move || count.get() == 0 || to.with(String::is_empty) || !is_known());
    let move_them = move |()| {
        let (assets, before) = untrack(|| (chosen(), form.moved.get()));
        let to = CrewId(to.get_untracked());
        let n = format::count(locale.get_untracked(), assets.len());
        form.moved.update(|moved| moved.push(Moved { assets, to }));
        ticked.set(Vec::new());
        let undo = Callback::new(move |()| drop(form.moved.try_set(before.clone())));
        toasts.show(untrack(|| t_string!(words, give.moved, n = n)), Some(undo));
    };
    let put_back = move |()| {
        let before = form.moved.get_untracked();
        form.moved.set(Vec::new());
        let undo = Callback::new(move |()| drop(form.moved.try_set(before.clone())));
        toasts.show(untrack(|| t_string!(words, give.put_back_done)), Some(undo));
    };
    let kinds = vec![
        (String::new(), t!(words, give.by_round)),
        (STREETS.to_owned(), t!(words, completion.by_street)),
        (ASSETS.to_owned(), t!(words, give.by_asset)),
    ];
    view! {
        <details class="fold">
            <summary>
                <Lucide icon=lu::LuChevronRight small=true />
                {t!(words, give.by_hand)}
            </summary>
            <div class="stack">
                <p class="small muted">{t!(words, give.by_hand_hint)}</p>
                <Field id="give-whose" label=t!(words, give.whose)>
                    <Select
                        id="give-whose"
                        groups=choices
                        value=whose
                        on_choose=move |crew| {
                            ticked.set(Vec::new());
                            whose.set(crew);
                        }
                    />
                </Field>
                <When is=move || whose.with(|whose| !whose.is_empty())>
                    <Segments
                        options=kinds.clone()
                        chosen=by
                        on_choose=move |kind| {
                            ticked.set(Vec::new());
                            by.set(kind);
                        }
                        label=t!(words, give.parts)
                    />
                    <Paged
                        lines=parts
                        key=part_key
                        show=move |part| view! { <PartLine part=part ticked=ticked /> }
                    />
                    <Field id="give-move-to" label=t!(words, give.move_to)>
                        <Select
                            id="give-move-to"
                            groups=others
                            value=to
                            on_choose=move |crew| to.set(crew)
                        />
                    </Field>
                    <Button icon=lu::LuArrowRightLeft disabled=cannot on_press=move_them>
                        {move || {
                            let n = format::count(locale.get(), count.get());
                            t_string!(words, give.move_them, n = n)
                        }}
                    </Button>
                </When>
                <When is=move || form.moved.with(|moved| !moved.is_empty())>
                    <Button icon=lu::LuUndo2 on_press=put_back>
                        {t!(words, give.put_back)}
                    </Button>
                </When>
            </div>
        </details>
    }
}

/// What a part is and says.
fn part_key(part: &SharePart) -> String {
    let uids = part.assets.iter().map(|asset| asset.uid.to_string());
    part.name
        .iter()
        .cloned()
        .chain(uids)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The crews among which it is split, behind a choice of none.
fn split_among(form: PlanForm) -> Signal<Vec<Group>> {
    let all = crews(crate::locales::keys::desk::crew_none);
    Signal::derive(move || {
        let mut groups = all.get();
        let is_in = |id: &String| {
            form.crews
                .with(|crews| crews.iter().any(|crew| crew.0 == *id))
        };
        for (_, options) in &mut groups {
            options.retain(|(id, _)| id.is_empty() || is_in(id));
        }
        groups
    })
}

/// Shows the share that is looked at on the map, with a ring around what is ticked.
fn light(parts: Signal<Vec<SharePart>>, ticked: Ticked) {
    let link = expect_context::<MapLink>();
    let marked = move || -> Vec<Marked> {
        let assets = parts.get().into_iter().flat_map(|part| part.assets);
        let marked = assets.map(|asset| Marked {
            is_ringed: has(ticked, &asset.uid),
            mark: Mark::None,
            asset,
        });
        marked.collect()
    };
    lit::light(link, marked);
}

/// A part to tick.
#[component]
fn PartLine(part: SharePart, ticked: Ticked) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let uids: Vec<AssetUid> = part.assets.iter().map(|asset| asset.uid).collect();
    let is_on = {
        let uids = uids.clone();
        Signal::derive(move || uids.iter().all(|uid| has(ticked, uid)))
    };
    let turn = move |on: bool| {
        ticked.update(|ticked| match on {
            true => *ticked = distinct(ticked.iter().chain(&uids).copied()),
            false => ticked.retain(|uid| !uids.contains(uid)),
        });
    };
    let label = Signal::derive(move || {
        let locale = words.get_locale();
        if let ([asset], Some(catalog)) = (&part.assets[..], session.catalog.get()) {
            let name = naming::asset(&catalog, locale, asset);
            let about = naming::about(&catalog, locale, asset);
            return match about.is_empty() {
                true => name,
                false => format!("{name} · {about}"),
            };
        }
        let name = part.name.clone();
        let name = name.unwrap_or_else(|| t_string!(words, completion.nowhere).to_owned());
        let n = format::count(locale, part.assets.len());
        t_string!(words, give.part_line, name = name, n = n)
    });
    view! { <TickRow on=is_on on_turn=turn label=label /> }
}
