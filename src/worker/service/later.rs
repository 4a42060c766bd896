//! What no first view asks: answered by the part of the program that comes behind it.

use super::{Service, answer, answer_with, bytes_of, state::State};
use crate::worker::{
    host::{Answer, refuse},
    protocol::{Ask, Packed, TaskFilter, Trouble},
};
use js_sys::ArrayBuffer;
use mendmap_core::task::Changed;
use std::{pin::Pin, rc::Rc};

impl Service {
    /// Answers what is of no [`Part::First`](super::super::protocol::Part). Boxed and never inlined: what is inlined into
    /// the answers to a first view comes with it (see hooks/lib/late.mjs).
    #[inline(never)]
    pub(super) fn answer_later(
        self: &Rc<Self>,
        ask: Ask,
        buffer: Option<ArrayBuffer>,
    ) -> Pin<Box<dyn Future<Output = Answer>>> {
        let service = Rc::clone(self);
        Box::pin(async move { service.answered(ask, buffer).await })
    }

    async fn answered(self: Rc<Self>, ask: Ask, buffer: Option<ArrayBuffer>) -> Answer {
        match ask {
            Ask::Tap(q) => answer(self.with(|state| state.tap(&q))),
            Ask::AssetCard(q) => answer(self.with(|state| state.asset_card(&q))),
            Ask::LookBack(_) => {
                self.want_history();
                answer(Ok(()))
            }
            Ask::PlaceCard(q) => answer(self.with(|state| state.place_card(&q))),
            Ask::TaskCard(q) => {
                let card = self.with(|state| state.task_card(&q));
                if matches!(card, Ok(None)) {
                    // It may have been closed long ago.
                    self.want_history();
                }
                answer(card)
            }
            Ask::RoundsThere(q) => answer(self.with(|state| Ok(state.rounds_there(&q)))),
            Ask::Stops(q) => answer(self.with(|state| Ok(state.stops(&q)))),
            Ask::Alike(q) => answer(self.with(|state| state.alike(&q))),
            Ask::MeasureAlong(q) => answer(self.with(|state| state.measure_along(&q))),
            Ask::FollowTrack(q) => answer(self.with(|state| state.follow_track(&q))),
            Ask::ListTasks(q) => {
                if q.which != TaskFilter::Open {
                    self.want_history();
                }
                answer(self.with(|state| state.list_tasks(&q)))
            }
            Ask::Act(q) => answer(self.act(q).await),
            Ask::Propose(q) => answer(self.propose(q).await),
            Ask::ShowLedger(q) => {
                self.want_history();
                let recalled = self.recall_published().await;
                let shown = |state: &mut State| Ok(Packed::of(&state.ledger(&q)?));
                answer(recalled.and_then(|()| self.with(shown)))
            }
            Ask::TakeWorkbook(q) => self.workbook(q).await,
            Ask::ShowMonthly(q) => {
                let recalled = self.recall_published().await;
                let shown = |state: &mut State| Ok(Packed::of(&state.monthly(&q)?));
                answer(recalled.and_then(|()| self.with(shown)))
            }
            Ask::TakeTasks(q) => file(self.with(|state| state.tasks_file(&q))),
            Ask::TakeCompletion(q) => file(self.with(|state| state.completion_file(&q))),
            Ask::ShowIndicators(q) => {
                self.want_history();
                answer(self.with(|state| Ok(Packed::of(&state.indicators(&q)?))))
            }
            Ask::ListParts(q) => answer(self.with(|state| Ok(Packed::of(&state.parts(&q)?)))),
            Ask::ListBehind(q) => answer(self.with(|state| Ok(Packed::of(&state.behind(&q)?)))),
            Ask::ListReviews(q) => {
                // What waits longest may be behind what a snapshot brings.
                self.want_history();
                answer(self.with(|state| Ok(Packed::of(&state.reviews(&q)))))
            }
            Ask::BeDesk(q) => {
                let me = self.with(|state| {
                    state.is_desk = q.on;
                    Ok(state.me())
                });
                // Whoever lists or counts work looks again.
                self.turned(|_| Changed::default());
                answer(me)
            }
            Ask::Configure(q) => {
                let configured = self.configure(q.of.read()).await;
                answer(configured.map(|configured| Packed::of(&configured)))
            }
            Ask::ListSettings(_) => {
                answer(self.with(|state| Ok(Packed::of(&state.settings_list()))))
            }
            Ask::TakePublished(q) => {
                let taken = self.take_published(&q, bytes_of(buffer)).await;
                answer(taken.map(|said| Packed::of(&said)))
            }
            Ask::DropPublished(_) => answer(self.drop_published().await),
            Ask::ListAccounts(_) => {
                answer(self.with(|state| Ok(Packed::of(&state.account_list()))))
            }
            Ask::GivePassword(q) => answer(self.give_password(q).await),
            Ask::ShowProgramme(q) => {
                self.want_history();
                answer(self.with(|state| Ok(Packed::of(&state.programme(&q)?))))
            }
            Ask::SetTrade(q) => {
                let traded = self.trade(q.of.read()).await;
                answer(traded.map(|traded| Packed::of(&traded)))
            }
            Ask::ListSaid(q) => {
                if q.settled {
                    self.want_history();
                }
                answer(self.with(|state| Ok(Packed::of(&state.said_list(&q)))))
            }
            Ask::AddPhoto(q) => answer(self.add_photo(q, buffer).await),
            Ask::FindPhoto(q) => answer(self.find_photo(&q.name).await),
            Ask::ShowCompletion(q) => {
                let recalled = self.recall_cells().await;
                answer(recalled.and_then(|()| self.show_completion(&q)))
            }
            // What was closed long ago was done, too.
            Ask::ListDue(q) => {
                let recalled = self.recall_cells().await;
                let due = |state: &mut State| Ok(Packed::of(&state.due(&q)));
                answer(recalled.and_then(|()| self.with(due)))
            }
            Ask::PlanRounds(q) => {
                let recalled = self.recall_cells().await;
                let plan = |state: &mut State| Ok(Packed::of(&state.planned(&q.of)?));
                answer(recalled.and_then(|()| self.with(plan)))
            }
            Ask::GiveOut(q) => match self.recall_cells().await {
                Ok(()) => answer(self.give_out(&q.of).await),
                Err(trouble) => refuse(&trouble),
            },
            Ask::GoToDay(q) => answer(self.with(|state| state.go_to_day(&q))),
            Ask::SetLeft(q) => answer(self.with(|state| state.set_left(&q))),
            Ask::ListGroups(q) => answer(self.with(|state| Ok(Packed::of(&state.groups(&q)?)))),
            Ask::ShowShares(q) => answer(self.with(|state| state.shares(&q))),
            Ask::ListLeft(q) => answer(self.with(|state| Ok(state.left(&q)))),
            Ask::HideCompletion(_) => answer(self.hide_completion()),
            Ask::ExportLog(q) => match self.export(&q).await {
                Ok((exported, bytes)) => answer_with(&exported, &bytes),
                Err(trouble) => refuse(&trouble),
            },
            Ask::ImportLog(_) => answer(self.import(bytes_of(buffer)).await),
            Ask::LogIn(q) => answer(self.log_in(q).await),
            Ask::LogOut(_) => answer(self.log_out().await),
            Ask::TellPhone(q) => answer(self.tell_phone(q).await),
            Ask::SyncNow(_) => answer(self.sync_now()),
            Ask::ListPutBack(_) => answer(self.put_back().await),
            Ask::SetCrew(q) => answer(self.set_crew(&q.crew).await),
            Ask::LookAtFile(q) => {
                let looked = self.look_at_file(&q, buffer).await;
                answer(looked.map(|looked| Packed::of(&looked)))
            }
            Ask::PutFile(_) => answer(self.put_file().await),
            Ask::ListFileProblems(_) => file(self.list_file_problems()),
            Ask::TakeLayer(q) => file(self.with(|state| state.take_layer(&q.layer))),
            Ask::RestoreLayer(q) => answer(self.restore_layer(&q).await),
            Ask::Open(_)
            | Ask::Tile(_)
            | Ask::Nearest(_)
            | Ask::Search(_)
            | Ask::TaskShapes(_)
            | Ask::Layers(_) => refuse(&Trouble::NotThere {
                what: "question".into(),
            }),
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
