//! What was said of an asset that its layer does not have so, on its card; a supervisor decides.

use super::{history::author_alone, photos::Photos};
use crate::{
    components::{
        button::{Button, Weight},
        field::{Field, describes},
        icon::lu,
        live::{maybe, or_nothing},
        notice::{Banner, Tone},
        trouble::sentence,
    },
    locales::{
        Word,
        keys::{said, task},
        t, t_string, use_words,
    },
    state::{acts::Acts, drafts, format, prefs::Prefs, session::Session},
    worker::protocol::{Draft, Off, Packed, ProposalView, Propose, Said, SaidOf, Saying, Trouble},
};
use leptos::prelude::*;
use mendmap_core::{
    ids::{AssetUid, EventId},
    proposal::{Says, Standing},
};

/// All that was said of an asset, the newest first.
#[component]
pub fn SaidList(
    /// Of which asset.
    uid: AssetUid,
    /// What.
    said: SaidOf,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let off = match (said.is_gone, said.off) {
        (true, _) => Some((said::gone, None)),
        (_, Some(Off::Declined)) => Some((said::add, Some(said::st_declined))),
        (_, Some(Off::TakenBack)) => Some((said::add, Some(task::ev_was_undone))),
        (_, Some(Off::Unknown)) => Some((said::add, None)),
        _ => None,
    };
    let is_sure = said.off != Some(Off::Unknown);
    let off = maybe(move || {
        // Which of the layers that are still on their way has it nobody knows.
        let (is, why) = off.filter(|_| is_sure || session.ready.get())?;
        let why = why.map(|why| view! { <span>{words.live(why)}</span> });
        Some(view! { <Banner tone=Tone::Warn title=words.live(is)>{or_nothing(why)}</Banner> })
    });
    let may_decide = said.may_decide;
    let asked = RwSignal::new(begun(said.proposals.iter()));
    let rows: Vec<_> = said
        .proposals
        .into_iter()
        .rev()
        .map(|proposal| {
            view! { <li><OneSaid uid=uid proposal=proposal may_decide=may_decide asked=asked /></li> }
        })
        .collect();
    let list = (!rows.is_empty()).then(|| {
        view! { <ul class="rows">{rows}</ul> }
    });
    view! {
        {off}
        {or_nothing(list)}
    }
}

/// The first proposal of which somebody has begun to say why it is not so.
pub fn begun<'p>(mut all: impl Iterator<Item = &'p ProposalView>) -> Option<EventId> {
    let has_draft = |id: EventId| drafts::load_check(&drafts::why_key(id)).is_some();
    let begun = all.find(|proposal| proposal.waits && has_draft(proposal.id));
    begun.map(|proposal| proposal.id)
}

fn title(says: Says) -> Word {
    match says {
        Says::Added => said::s_added,
        Says::Missing => said::s_missing,
        Says::Stolen => said::s_stolen,
        Says::Gone => said::s_gone,
        Says::Moved => said::s_moved,
        Says::Wrong => said::s_wrong,
    }
}

fn state(standing: Standing) -> Word {
    match standing {
        Standing::Open => said::st_open,
        Standing::Confirmed => said::st_confirmed,
        Standing::Declined => said::st_declined,
        Standing::TakenBack => task::ev_was_undone,
        Standing::Refused => task::ev_ineffective,
    }
}

/// What somebody said of an asset, what became of it, and what may be done about it.
#[component]
pub fn OneSaid(
    /// Of which asset.
    uid: AssetUid,
    /// What.
    proposal: ProposalView,
    /// Whether who is here may confirm and decline.
    may_decide: bool,
    /// Of which proposal the one field asks why it is not so.
    asked: RwSignal<Option<EventId>>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let acts = expect_context::<Acts>();
    let ProposalView {
        id,
        says,
        standing,
        by,
        at,
        note,
        photos,
        decisions,
        unheard,
        waits,
        may_take_back,
    } = proposal;
    let at = at.to_string();
    // Who said so, when, and what was decided: the first decision holds, and what came second is
    // told too.
    let decided = decisions.clone();
    let told = move || {
        let at = format::moment(locale.get(), &at);
        let who = author_alone(session, words, &by);
        let said = format!("{at} · {who} · {}", words.say(state(standing)));
        let decided = decided.iter().map(|decision| {
            let word = match decision.confirms {
                true => t_string!(words, said.confirm),
                false => t_string!(words, said.decline),
            };
            let who = author_alone(session, words, &decision.by.0);
            let note = decision.note.as_deref().unwrap_or_default();
            format!("{who}: {word} {note}")
        });
        let unheard = unheard.iter().map(|unheard| {
            let who = author_alone(session, words, &unheard.by.0);
            t_string!(words, said.unheard, who = who)
        });
        let all: Vec<String> = std::iter::once(said)
            .chain(decided)
            .chain(unheard)
            .collect();
        all.join(" — ")
    };
    let holding = decisions.into_iter().next();
    let holds = holding.as_ref().map(|decision| decision.confirms);
    let disputed = (waits && holds.is_some()).then(|| {
        let title = t!(words, said.disputed);
        view! { <Banner tone=Tone::Warn title=title>{or_nothing(None::<AnyView>)}</Banner> }
    });
    let back = may_take_back.then_some(id);
    // To decide otherwise, what was decided is taken back.
    let holding = holding.filter(|_| may_decide && standing != Standing::TakenBack);
    let back = back.or(holding.map(|decision| decision.event));
    let back = back.map(|event| {
        view! {
            <Button icon=lu::LuUndo2 on_press=move |()| acts.unsay(uid, event)>
                {t!(words, said.take_back)}
            </Button>
        }
    });
    let is_void = matches!(
        standing,
        Standing::TakenBack | Standing::Refused | Standing::Declined
    );
    let decide =
        (waits && may_decide).then(|| view! { <Decide uid=uid id=id holds=holds asked=asked /> });
    view! {
        <div class="stack tight">
            <p>
                <strong class:undone=is_void>{words.live(title(says))}</strong>
                <br />
                <span class="small muted">{told}</span>
            </p>
            {or_nothing(note.map(|note| view! { <p>{note}</p> }))}
            <Photos names=photos />
            {or_nothing(disputed)}
            {or_nothing(decide)}
            <div class="buttons">{or_nothing(back)}</div>
        </div>
    }
}

/// It is so, or it is not, and then why. Where it was decided and is disputed, what holds can be said
/// once more.
#[component]
fn Decide(
    uid: AssetUid,
    id: EventId,
    holds: Option<bool>,
    asked: RwSignal<Option<EventId>>,
) -> impl IntoView {
    let words = use_words();
    let acts = expect_context::<Acts>();
    let key = drafts::why_key(id);
    let kept = drafts::load_check(&key).map(|draft| draft.note);
    let why = RwSignal::new(kept.unwrap_or_default());
    let key = StoredValue::new(key);
    let refused = RwSignal::new(None::<String>);
    let decide = move |saying: Saying, note: String, told: Word, then: Box<dyn FnOnce(Said)>| {
        let question = Propose {
            saying: Packed::of(&saying),
            note,
            photos: String::new(),
        };
        let refuse = Box::new(move |trouble: Trouble| {
            asked.try_set(Some(id));
            let _gone = refused.try_set(Some(untrack(|| sentence(words, &trouble))));
        });
        acts.propose(question, told, then, refuse);
    };
    let confirm = move |()| {
        let saying = Saying::Confirm {
            asset: uid,
            proposal: id,
        };
        decide(saying, String::new(), said::st_confirmed, Box::new(|_| {}));
    };
    let decline = move |()| {
        if asked.get_untracked() != Some(id) {
            asked.set(Some(id));
            return request_animation_frame(|| super::focus("#said-why"));
        }
        if why.with_untracked(|why| why.trim().is_empty()) {
            refused.set(Some(untrack(|| {
                t_string!(words, trouble.r_empty).to_owned()
            })));
            return super::focus("#said-why");
        }
        let saying = Saying::Decline {
            asset: uid,
            proposal: id,
        };
        let key = key.get_value();
        let then = Box::new(move |_: Said| drafts::forget_check(&key));
        decide(saying, why.get_untracked(), said::st_declined, then);
    };
    let type_why = move |text: String| {
        let draft = Draft {
            note: text.clone(),
            ..Draft::default()
        };
        key.with_value(|key| match text.is_empty() {
            true => drafts::forget_check(key),
            false => drafts::save_check(key, &draft),
        });
        why.set(text);
        refused.set(None);
    };
    let field = move || {
        view! {
            <Field id="said-why" label=t!(words, said.why) error=refused>
                <input
                    id="said-why"
                    class="input"
                    maxlength="200"
                    aria-describedby=describes("said-why")
                    prop:value=why
                    on:input:target=move |ev| type_why(ev.target().value())
                />
            </Field>
        }
    };
    let no = (holds != Some(true)).then(|| {
        view! {
            <Button icon=lu::LuX disabled=acts.busy on_press=decline>
                {t!(words, said.decline)}
            </Button>
        }
    });
    let yes = (holds != Some(false)).then(|| {
        view! {
            <Button weight=Weight::Primary icon=lu::LuCheck disabled=acts.busy on_press=confirm>
                {t!(words, said.confirm)}
            </Button>
        }
    });
    view! {
        {maybe(move || (asked.get() == Some(id)).then(field))}
        <div class="buttons">{or_nothing(no)} {or_nothing(yes)}</div>
    }
}
