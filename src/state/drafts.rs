//! What is typed into a report and not yet kept: nothing of it is lost by a
//! reload, a tap beside, or a refusal.

use super::stored;
use crate::worker::protocol::Draft;
use mendmap_core::ids::TaskUid;

/// The draft for a task, if one was left.
pub fn load(task: TaskUid) -> Option<Draft> {
    serde_json::from_str(&stored::read(&key(task))?).ok()
}

/// Keeps the draft for a task.
pub fn save(task: TaskUid, draft: &Draft) {
    if let Ok(text) = serde_json::to_string(draft) {
        stored::write(&key(task), Some(&text));
    }
}

/// Forgets the draft: it has become a report.
pub fn forget(task: TaskUid) {
    stored::write(&key(task), None);
}

fn key(task: TaskUid) -> String {
    format!("draft:{task}")
}
