//! What no first view asks: answered by the part of the program that comes behind it.

use super::{Service, answer, answer_with, bytes_of, state::State};
use crate::{
    rest::desk,
    worker::{
        host::{Answer, refuse},
        protocol::{Later, Packed, TaskFilter, Trouble},
    },
};
use js_sys::ArrayBuffer;
use mendmap_core::task::Changed;
use std::{pin::Pin, rc::Rc};

impl Service {
    /// Answers what no first view asks; `said` is the question as it travelled. Boxed and never inlined: what is
    /// inlined into the answers to a first view comes with it (see hooks/lib/late.mjs).
    #[inline(never)]
    pub(in crate::worker) fn answer_later(
        self: &Rc<Self>,
        said: Vec<u8>,
        buffer: Option<ArrayBuffer>,
    ) -> Pin<Box<dyn Future<Output = Answer>>> {
        let service = Rc::clone(self);
        Box::pin(async move {
            let later = match postcard::from_bytes::<Later>(said.get(1..).unwrap_or_default()) {
                Ok(later) => later,
                Err(error) => return refuse(&Trouble::garbled(&error)),
            };
            if later.is_of_desk()
                && let Err(detail) = desk().await
            {
                return refuse(&Trouble::no_rest(detail));
            }
            service.answered(later, buffer).await
        })
    }

    async fn answered(self: Rc<Self>, later: Later, buffer: Option<ArrayBuffer>) -> Answer {
        match later {
            Later::Tap(q) => answer(self.with(|state| state.tap(&q))),
            Later::AssetCard(q) => answer(self.with(|state| state.asset_card(&q))),
            Later::LookBack(_) => {
                self.want_history();
                answer(Ok(()))
            }
            Later::PlaceCard(q) => answer(self.with(|state| state.place_card(&q))),
            Later::TaskCard(q) => {
                let card = self.with(|state| state.task_card(&q));
                if matches!(card, Ok(None)) {
                    // It may have been closed long ago.
                    self.want_history();
                }
                answer(card)
            }
            Later::RoundsThere(q) => answer(self.with(|state| Ok(state.rounds_there(&q)))),
            Later::Stops(q) => answer(self.with(|state| Ok(state.stops(&q)))),
            Later::Alike(q) => answer(self.with(|state| state.alike(&q))),
            Later::MeasureAlong(q) => answer(self.with(|state| state.measure_along(&q))),
            Later::FollowTrack(q) => answer(self.with(|state| state.follow_track(&q))),
            Later::ListTasks(q) => {
                if q.which != TaskFilter::Open {
                    self.want_history();
                }
                answer(self.with(|state| state.list_tasks(&q)))
            }
            Later::Act(q) => answer(self.act(q).await),
            Later::Propose(q) => answer(self.propose(q).await),
            Later::ShowLedger(q) => {
                self.want_history();
                let recalled = self.recall_published().await;
                let shown = |state: &mut State| Ok(Packed::of(&state.ledger(&q)?));
                answer(recalled.and_then(|()| self.with(shown)))
            }
            Later::TakeWorkbook(q) => self.workbook(q).await,
            Later::ShowMonthly(q) => {
                let recalled = self.recall_published().await;
                let shown = |state: &mut State| Ok(Packed::of(&state.monthly(&q)?));
                answer(recalled.and_then(|()| self.with(shown)))
            }
            Later::TakeTasks(q) => file(self.with(|state| state.tasks_file(&q))),
            Later::TakeCompletion(q) => file(self.with(|state| state.completion_file(&q))),
            Later::ShowIndicators(q) => {
                self.want_history();
                answer(self.with(|state| Ok(Packed::of(&state.indicators(&q)?))))
            }
            Later::ListParts(q) => answer(self.with(|state| Ok(Packed::of(&state.parts(&q)?)))),
            Later::ListBehind(q) => answer(self.with(|state| Ok(Packed::of(&state.behind(&q)?)))),
            Later::ListReviews(q) => {
                // What waits longest may be behind what a snapshot brings.
                self.want_history();
                answer(self.with(|state| Ok(Packed::of(&state.reviews(&q)))))
            }
            Later::BeDesk(q) => {
                let me = self.with(|state| {
                    state.is_desk = q.on;
                    Ok(state.me())
                });
                // Whoever lists or counts work looks again.
                self.turned(|_| Changed::default());
                answer(me)
            }
            Later::Configure(q) => {
                let configured = self.configure(q.of.read()).await;
                answer(configured.map(|configured| Packed::of(&configured)))
            }
            Later::ListSettings(_) => {
                answer(self.with(|state| Ok(Packed::of(&state.settings_list()))))
            }
            Later::TakePublished(q) => {
                let taken = self.take_published(&q, bytes_of(buffer)).await;
                answer(taken.map(|said| Packed::of(&said)))
            }
            Later::DropPublished(_) => answer(self.drop_published().await),
            Later::ListAccounts(_) => {
                answer(self.with(|state| Ok(Packed::of(&state.account_list()))))
            }
            Later::GivePassword(q) => answer(self.give_password(q).await),
            Later::ShowProgramme(q) => {
                self.want_history();
                answer(self.with(|state| Ok(Packed::of(&state.programme(&q)?))))
            }
            Later::SetTrade(q) => {
                let traded = self.trade(q.of.read()).await;
                answer(traded.map(|traded| Packed::of(&traded)))
            }
            Later::ListSaid(q) => {
                if q.settled {
                    self.want_history();
                }
                answer(self.with(|state| Ok(Packed::of(&state.said_list(&q)))))
            }
            Later::AddPhoto(q) => answer(self.add_photo(q, buffer).await),
            Later::FindPhoto(q) => answer(self.find_photo(&q.name).await),
            Later::ShowCompletion(q) => {
                let recalled = self.recall_cells().await;
                answer(recalled.and_then(|()| self.show_completion(&q)))
            }
            // What was closed long ago was done, too.
            Later::ListDue(q) => {
                let recalled = self.recall_cells().await;
                let due = |state: &mut State| Ok(Packed::of(&state.due(&q)));
                answer(recalled.and_then(|()| self.with(due)))
            }
            Later::PlanRounds(q) => {
                let recalled = self.recall_cells().await;
                let plan = |state: &mut State| Ok(Packed::of(&state.planned(&q.of)?));
                answer(recalled.and_then(|()| self.with(plan)))
            }
            Later::GiveOut(q) => match self.recall_cells().await {
                Ok(()) => answer(self.give_out(&q.of).await),
                Err(trouble) => refuse(&trouble),
            },
            Later::GoToDay(q) => answer(self.with(|state| state.go_to_day(&q))),
            Later::SetLeft(q) => answer(self.with(|state| state.set_left(&q))),
            Later::ListGroups(q) => answer(self.with(|state| Ok(Packed::of(&state.groups(&q)?)))),
            Later::ShowShares(q) => answer(self.with(|state| state.shares(&q))),
            Later::ListLeft(q) => answer(self.with(|state| Ok(state.left(&q)))),
            Later::HideCompletion(_) => answer(self.hide_completion()),
            Later::ExportLog(q) => match self.export(&q).await {
                Ok((exported, bytes)) => answer_with(&exported, &bytes),
                Err(trouble) => refuse(&trouble),
            },
            Later::ImportLog(_) => answer(self.import(bytes_of(buffer)).await),
            Later::LogIn(q) => answer(self.log_in(q).await),
            Later::LogOut(_) => answer(self.log_out().await),
            Later::TellPhone(q) => answer(self.tell_phone(q).await),
            Later::SyncNow(_) => answer(self.sync_now()),
            Later::ListPutBack(_) => answer(self.put_back().await),
            Later::SetCrew(q) => answer(self.set_crew(&q.crew).await),
            Later::LookAtFile(q) => {
                let looked = self.look_at_file(&q, buffer).await;
                answer(looked.map(|looked| Packed::of(&looked)))
            }
            Later::PutFile(_) => answer(self.put_file().await),
            Later::ListFileProblems(_) => file(self.list_file_problems()),
            Later::TakeLayer(q) => file(self.with(|state| state.take_layer(&q.layer))),
            Later::RestoreLayer(q) => answer(self.restore_layer(&q).await),
        }
    }
}

/// A file that was made; an answer without bytes where it could not hold all.
fn file(made: Result<Option<Vec<u8>>, Trouble>) -> Answer {
    match made {
        Ok(Some(bytes)) => answer_with(&(), &bytes),
        Ok(None) => answer(Ok(())),
        Err(trouble) => refuse(&trouble),
    }
}
