//! Reading and writing in a transaction. The library's builders and futures are compiled again
//! for each type of key and value and wherever they stand; here they stand once.

use super::{Storage, StorageError};
use crate::buffer::let_go;
use indexed_db_futures::{
    KeyRange, object_store::ObjectStore, prelude::*, transaction::Transaction,
};
use js_sys::Uint8Array;
use std::pin::Pin;
use wasm_bindgen::JsValue;

/// Something read, on its way. Boxed, so that whoever waits need not know how it is read.
type Read<'a, T> = Pin<Box<dyn Future<Output = Result<T, StorageError>> + 'a>>;

impl Storage {
    /// Reads one record, in a transaction of its own.
    pub(super) fn get_one<'a>(&'a self, store: &'a str, key: &'a str) -> Read<'a, JsValue> {
        Box::pin(async move {
            let transaction = self.read(&[store])?;
            let records = Records::of(&transaction, store)?;
            records.get(key).await
        })
    }

    /// Writes one record, in a transaction of its own.
    pub(super) fn put_one<'a>(
        &'a self,
        store: &'a str,
        key: &'a str,
        value: JsValue,
    ) -> Read<'a, ()> {
        Box::pin(async move {
            let transaction = self.write(&[store])?;
            Records::of(&transaction, store)?.put(key, value)?;
            commit(transaction).await
        })
    }
}

/// The records of one store, in a transaction.
pub(super) struct Records<'a>(ObjectStore<'a>);

impl<'a> Records<'a> {
    /// Those of the store of this name, which the transaction must cover.
    pub(super) fn of(transaction: &'a Transaction<'_>, name: &str) -> Result<Self, StorageError> {
        Ok(Records(transaction.object_store(name)?))
    }

    /// The one under a key; `undefined` where there is none.
    pub(super) fn get<'b>(&'b self, key: &'b str) -> Read<'b, JsValue> {
        Box::pin(async move {
            let found: Option<JsValue> = self.0.get(key).primitive()?.await?;
            Ok(found.unwrap_or_default())
        })
    }

    /// All, in the order of their keys.
    pub(super) fn all(&self) -> Read<'_, Vec<JsValue>> {
        Box::pin(async move {
            let found = self.0.get_all::<JsValue>().primitive()?.await?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// All keys, in their order.
    pub(super) fn keys(&self) -> Read<'_, Vec<JsValue>> {
        Box::pin(async move {
            let found = self.0.get_all_keys::<JsValue>().primitive()?.await?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Writes one more, under a key that rises.
    pub(super) fn add(&self, value: JsValue) -> Result<(), StorageError> {
        self.0.add(value).primitive()?;
        Ok(())
    }

    /// Writes one under a key, in the place of what was there.
    pub(super) fn put(&self, key: &str, value: JsValue) -> Result<(), StorageError> {
        let key = JsValue::from(key);
        self.0.put(value).with_key(key).primitive()?;
        Ok(())
    }

    /// Puts bytes under a key and lets go of them: the browser copies them as it is told of them.
    pub(super) fn put_large(&self, key: &str, bytes: &Uint8Array) -> Result<(), StorageError> {
        self.put(key, bytes.into())?;
        let_go(bytes);
        Ok(())
    }

    /// Deletes what is under a key.
    pub(super) fn delete(&self, key: &str) -> Result<(), StorageError> {
        self.0
            .delete::<JsValue, _>(KeyRange::Only(JsValue::from(key)))
            .primitive()?;
        Ok(())
    }

    /// Deletes what is under the keys from one to another, both with it.
    pub(super) fn delete_from(&self, first: JsValue, last: JsValue) -> Result<(), StorageError> {
        let range = KeyRange::Bound(first, false, last, false);
        self.0.delete::<JsValue, _>(range).primitive()?;
        Ok(())
    }
}

/// Ends a transaction: what was written is on the disk when this returns.
pub(super) fn commit(transaction: Transaction<'_>) -> Read<'_, ()> {
    Box::pin(async move { Ok(transaction.commit().await?) })
}
