//! What was said of an asset that its layer does not have so, on its card; a supervisor decides.

use super::{history::author_alone, photos::Photos};
use crate::{
    components::{
        button::{Button, Weight},
        field::{Field, describes},
        icon::lu,
        live::or_nothing,
        notice::{Banner, Tone},
        trouble::sentence,
    },
    locales::{
        Word,
        keys::{said, task},
        t, t_string, use_words,
    },
    state::{acts::Acts, format, prefs::Prefs, session::Session},
    worker::protocol::{Packed, ProposalView, Propose, Said, SaidOf, Saying, Trouble},
};
use leptos::prelude::*;
use mendmap_core::{
    ids::AssetUid,
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
    let gone = said.is_gone.then(|| {
        view! {
            <Banner tone=Tone::Warn title=t!(words, said.gone)>{or_nothing(None::<AnyView>)}</Banner>
        }
    });
    // One after the other: each says why in the one field.
    let mut open = said.proposals.iter().rev();
    let open = open.find(|proposal| proposal.standing == Standing::Open);
    let next = open.map(|proposal| proposal.id);
    let may_decide = said.may_decide;
    let rows: Vec<_> = said
        .proposals
        .into_iter()
        .rev()
        .map(|proposal| {
            let is_next = next == Some(proposal.id);
            view! { <li><OneSaid uid=uid proposal=proposal may_decide=may_decide is_next=is_next /></li> }
        })
        .collect();
    let list = (!rows.is_empty()).then(|| {
        view! { <ul class="rows">{rows}</ul> }
    });
    view! {
        {or_nothing(gone)}
        {or_nothing(list)}
    }
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

#[component]
fn OneSaid(
    uid: AssetUid,
    proposal: ProposalView,
    may_decide: bool,
    is_next: bool,
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
        let all: Vec<String> = std::iter::once(said).chain(decided).collect();
        all.join(" — ")
    };
    let holding = decisions.into_iter().next();
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
    view! {
        <div class="stack tight">
            <p>
                <strong class:undone=is_void>{words.live(title(says))}</strong>
                <br />
                <span class="small muted">{told}</span>
            </p>
            {or_nothing(note.map(|note| view! { <p>{note}</p> }))}
            <Photos names=photos />
            {or_nothing((is_next && may_decide).then(|| view! { <Decide uid=uid id=id /> }))}
            <div class="buttons">{or_nothing(back)}</div>
        </div>
    }
}

/// It is so, or it is not, and then why.
#[component]
fn Decide(uid: AssetUid, id: mendmap_core::ids::EventId) -> impl IntoView {
    let words = use_words();
    let acts = expect_context::<Acts>();
    let why = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    let decide = move |saying: Saying, told: Word| {
        let question = Propose {
            saying: Packed::of(&saying),
            note: why.get_untracked(),
            photos: String::new(),
        };
        let refuse = Box::new(move |trouble: Trouble| {
            let _gone = refused.try_set(Some(untrack(|| sentence(words, &trouble))));
        });
        acts.propose(question, told, Box::new(|_: Said| {}), refuse);
    };
    let confirm = move |()| {
        let saying = Saying::Confirm {
            asset: uid,
            proposal: id,
        };
        decide(saying, said::st_confirmed);
    };
    let decline = move |()| {
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
        decide(saying, said::st_declined);
    };
    view! {
        <Field id="said-why" label=t!(words, said.why) error=refused>
            <input
                id="said-why"
                class="input"
                maxlength="200"
                aria-describedby=describes("said-why")
                prop:value=why
                on:input:target=move |ev| {
                    why.set(ev.target().value());
                    refused.set(None);
                }
            />
        </Field>
        <div class="buttons">
            <Button icon=lu::LuX disabled=acts.busy on_press=decline>
                {t!(words, said.decline)}
            </Button>
            <Button weight=Weight::Primary icon=lu::LuCheck disabled=acts.busy on_press=confirm>
                {t!(words, said.confirm)}
            </Button>
        </div>
    }
}
