//! The ledger as a workbook, and its form of the month. What makes the file is a program of its own,
//! which the worker's script fetches once it is asked for (hooks/lib/workbook.mjs).

use super::{Service, answer, shapes::language, state::State};
use crate::worker::{
    host::{Answer, refuse},
    protocol::{MonthlyRow, MonthlyView, Packed, ShowLedger, ShowMonthly, TakeWorkbook, Trouble},
};
use js_sys::{ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use mendmap_core::{
    ledger::{Asked, Holdings, MonthlyLine, NoFile, Plan},
    task::Task,
};
use rust_decimal::Decimal;
use std::{cell::Cell, pin::Pin};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

thread_local! {
    /// How often the program was fetched in vain or ended in the midst of a file. Some browsers keep a
    /// script that did not come as one that never comes, so that it is asked for by another name then.
    static FAILED: Cell<u32> = const { Cell::new(0) };
}

impl Service {
    /// All of a ledger as the bytes of a workbook. Boxed and never inlined: what is inlined into another
    /// part of the program comes with that.
    #[inline(never)]
    pub(super) fn workbook(&self, q: TakeWorkbook) -> Pin<Box<dyn Future<Output = Answer>>> {
        let book = self.with(|state| state.book(&q));
        Box::pin(async move {
            let made = match book {
                Ok(book) => written(&book).await,
                Err(trouble) => Err(trouble),
            };
            let told = |why: Option<NoFile>| answer(Ok(Packed::of(&why)));
            match made {
                Ok(Ok(file)) => Answer {
                    buffer: Some(file),
                    ..told(None)
                },
                Ok(Err(why)) => told(Some(why)),
                Err(trouble) => refuse(&trouble),
            }
        })
    }
}

impl State {
    /// A ledger as the value of a workbook, as postcard.
    fn book(&mut self, q: &TakeWorkbook) -> Result<Vec<u8>, Trouble> {
        let today = self.today();
        let book = self.asked(&q.of, |asked| asked.book(today, language(q.english)))?;
        postcard::to_allocvec(&book).map_err(|error| Trouble::garbled(&error))
    }

    /// The month that the days of a ledger end in.
    #[inline(never)]
    pub(super) fn monthly(&mut self, q: &ShowMonthly) -> Result<MonthlyView, Trouble> {
        let form = self.asked(&q.of, |asked| asked.monthly())?;
        let text = |figure: Option<Decimal>| figure.map(|figure| figure.to_string());
        let row = |line: &MonthlyLine| MonthlyRow {
            work: line.work.clone(),
            is_within: self
                .catalog()
                .work_kind(&line.work)
                .is_some_and(|kind| kind.within.is_some()),
            month: text(line.month),
            year: text(line.year),
            percent: text(line.plan.as_ref().and_then(Plan::percent)),
        };
        Ok(MonthlyView {
            from: form.month.from.to_string(),
            to: form.month.to.to_string(),
            lines: form.lines.iter().filter(|l| is_told(l)).map(row).collect(),
        })
    }

    fn asked<T>(
        &mut self,
        q: &ShowLedger,
        make: impl FnOnce(&Asked<'_>) -> T,
    ) -> Result<T, Trouble> {
        let scope = self.scope(q)?;
        self.take_down();
        let tasks: Vec<&Task> = self.tasks.iter().map(|task| &**task).collect();
        let holdings = Holdings::of(&self.city);
        Ok(make(&Asked {
            catalog: self.catalog(),
            scope: &scope,
            tasks: &tasks,
            holdings: Some(&holdings),
            imported: self.published(),
            journal: Some(self.journal()?),
            verification: self.context().verification,
        }))
    }
}

/// Whether there is something to say of a line.
fn is_told(line: &MonthlyLine) -> bool {
    let is_some = |figure: Option<Decimal>| figure.is_some_and(|figure| !figure.is_zero());
    is_some(line.month) || is_some(line.year) || line.plan.is_some()
}

/// The bytes of the file of a book.
async fn written(book: &[u8]) -> Result<Result<ArrayBuffer, NoFile>, Trouble> {
    let program = program().await.map_err(|error| {
        fail();
        Trouble::NoWorkbook {
            detail: format!("{error:?}"),
        }
    })?;
    let file = program.call1(&JsValue::UNDEFINED, &Uint8Array::from(book));
    Ok(match file.map(JsCast::dyn_into::<Uint8Array>) {
        Ok(Ok(file)) => Ok(file.buffer()),
        Ok(Err(other)) => Err(ended(&other)),
        Err(thrown) => Err(match thrown.dyn_ref::<Uint8Array>() {
            Some(why) => postcard::from_bytes(&why.to_vec()).unwrap_or_else(|_| ended(&thrown)),
            None => ended(&thrown),
        }),
    })
}

/// What makes files, as soon as it is there.
async fn program() -> Result<Function, JsValue> {
    let global = js_sys::global();
    let waits = |promise: JsValue| Ok::<_, JsValue>(JsFuture::from(promise.dyn_into::<Promise>()?));
    let of = |of: &JsValue, name: &str| Reflect::get(of, &name.into())?.dyn_into::<Function>();
    let fetch = of(&global, "mendmapWorkbook")?;
    let failed = FAILED.get().into();
    let module = waits(fetch.call1(&global, &failed)?)?.await?;
    waits(of(&module, "default")?.call0(&module)?)?.await?;
    of(&module, "workbook")
}

/// The program ended in the midst: it had no room, or has a fault. The next file has a new one.
fn ended(thrown: &JsValue) -> NoFile {
    fail();
    NoFile::Unwritten {
        detail: format!("{thrown:?}"),
    }
}

fn fail() {
    FAILED.set(FAILED.get() + 1);
}
