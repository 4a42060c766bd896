//! What crosses the border says nothing of its own form, so that not all that can be written can be read:
//! a type that is told apart by a field of its own cannot.

use super::Packed;
use mendmap_core::{
    catalog::WorkKindId,
    ids::{DeviceId, EventId, Uuid},
    log::{ActorId, Field, Quantity},
    task::{Fact, HistoryEntry, Standing},
};
use std::error::Error;

#[test]
fn all_that_a_history_says_arrives() -> Result<(), Box<dyn Error>> {
    let field = Field::Crew;
    let facts = vec![
        Fact::At {
            place: "雨箅子27".into(),
            is_unreached: true,
        },
        Fact::Set {
            field,
            value: "drain-1".into(),
        },
        Fact::Cleared { field },
        Fact::Done {
            work: WorkKindId("drain-clear".into()),
            quantity: "820.50".parse::<Quantity>()?,
        },
        Fact::On {
            day: "2024-05-03".parse()?,
        },
        Fact::Photos { count: 2 },
    ];
    let entry = HistoryEntry {
        event: EventId(Uuid::nil()),
        kind: "reported".into(),
        actor: ActorId::from("drain-1"),
        on_behalf: None,
        device: DeviceId(Uuid::nil()),
        at: "2024-05-03T10:00:00+08:00".parse()?,
        text: Some("还堵着".into()),
        facts,
        standing: Standing::Holds,
    };
    assert_eq!(Packed::of(&entry).read(), Some(entry));
    Ok(())
}
