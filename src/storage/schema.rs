//! The stores, and how an older database becomes this one.

use indexed_db_futures::{Build, database::Database, error::Error};

/// Version of the stores. Raise it with a step in [`upgrade`] and a test of that step.
pub(super) const VERSION: u32 = 2;

/// Single values under a name: device, next number, crew.
pub(super) const META: &str = "meta";
/// Events not yet packed, as received, under rising keys.
pub(super) const EVENTS: &str = "events";
/// Packed events, some thousands a record, under rising keys.
pub(super) const SEGMENTS: &str = "segments";
/// Events that no server has accepted, as received, under the hash of their bytes.
pub(super) const OUTBOX: &str = "outbox";
/// What a server said of events, as JSON, under the hash of their bytes.
pub(super) const RECEIPTS: &str = "receipts";
/// Layer files a person added, under their layer's id.
pub(super) const LAYERS: &str = "layers";

/// Brings a database from `from` (0: new) to [`VERSION`], step by step, so that
/// every older one takes the same path.
pub(super) fn upgrade(database: &Database, from: u32) -> Result<(), Error> {
    if from < 1 {
        database.create_object_store(META).build()?;
        database
            .create_object_store(EVENTS)
            .with_auto_increment(true)
            .build()?;
        database
            .create_object_store(SEGMENTS)
            .with_auto_increment(true)
            .build()?;
        database.create_object_store(LAYERS).build()?;
    }
    if from < 2 {
        database.create_object_store(OUTBOX).build()?;
        database.create_object_store(RECEIPTS).build()?;
    }
    Ok(())
}
