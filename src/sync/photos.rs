//! Photos, as a server takes them: by the hash of their bytes, from where they were cut off.

use super::remote::{JSON, Remote, Said};
use js_sys::Uint8Array;
use mendmap_core::sync::{
    device::Failure,
    photos::{Answer, Step},
};
use wasm_bindgen::JsValue;

impl Remote {
    /// Where a photo is to be had.
    pub fn photo(&self, name: &str) -> String {
        format!("{}photos/{name}", self.base)
    }

    /// Does what is to be done with a photo on a server.
    pub async fn bring(&self, name: &str, step: Step, bytes: &Uint8Array, private: &str) -> Answer {
        let path = match step {
            Step::BringPrivate => format!("photos/{name}/private"),
            _ => format!("photos/{name}"),
        };
        let from = match step {
            Step::Bring { from } => from,
            _ => 0,
        };
        let offset = from.to_string();
        let rest = [
            ("content-type", "application/partial-upload"),
            ("upload-offset", &*offset),
            ("upload-complete", "?1"),
        ];
        let (method, body): (_, Option<(_, JsValue)>) = match step {
            Step::Ask | Step::Settle { .. } => ("HEAD", None),
            Step::BringPrivate => ("PUT", Some((JSON, private.into()))),
            Step::Bring { from: 0 } => ("PUT", Some((&rest[..0], bytes.into()))),
            // A picture of ours has far less than four thousand million bytes.
            Step::Bring { from } => {
                let rest_of = bytes.subarray(from as u32, bytes.length());
                ("PATCH", Some((&rest[..], rest_of.into())))
            }
        };
        match self.ask(method, &path, body).await {
            Ok(said) => answer(&said, step),
            Err(failure) => Answer::Failed(failure),
        }
    }
}

fn answer(said: &Said, step: Step) -> Answer {
    match (said.status, step) {
        (204, Step::Ask) => Answer::Part(said.offset.unwrap_or(0)),
        (404, Step::Ask) => Answer::Part(0),
        // Erased for good, or another one came first: this one has nothing to add.
        (409 | 410, Step::BringPrivate) => Answer::Done,
        (status @ (410 | 413 | 415 | 422), _) => Answer::Refused(status),
        // Whoever may not bring any now may after another login, or with another role.
        (403, _) => Answer::Failed(Failure::Unauthorised),
        (204, _) => Answer::Failed(Failure::Garbled),
        _ => match said.failure() {
            Ok(()) => Answer::Done,
            Err(failure) => Answer::Failed(failure),
        },
    }
}
