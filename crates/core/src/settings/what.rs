//! What a setting is about, as a page asks for it and tells it.

use crate::catalog::{CrewId, WorkKindId};
use serde::{Deserialize, Serialize};

/// What a setting is about. Each is one place of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// How much of a kind of work is planned for a calendar year.
    Plan {
        /// The kind.
        work: WorkKindId,
        /// The year.
        year: u16,
    },
    /// How often a year it falls due.
    PerYear {
        /// The kind.
        work: WorkKindId,
    },
    /// Within how many hours it is to be done, on an occasion.
    Hours {
        /// The kind.
        work: WorkKindId,
        /// Which of its time limits, from 0.
        limit: u16,
    },
    /// A crew as a whole: that there is one, or none any more.
    Crew {
        /// Which.
        crew: CrewId,
    },
    /// What a crew is called in Chinese.
    CrewZh {
        /// Which.
        crew: CrewId,
    },
    /// What a crew is called in English.
    CrewEn {
        /// Which.
        crew: CrewId,
    },
    /// Another place, as a pointer.
    Other {
        /// The pointer.
        path: String,
    },
}

impl What {
    /// What a pointer is about.
    pub fn of(path: &str) -> What {
        let tokens: Vec<String> = path.split('/').skip(1).map(unescaped).collect();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let work = |id: &str| WorkKindId(id.into());
        let crew = |id: &str| CrewId(id.into());
        let known = match tokens.as_slice() {
            ["work_kinds", id, "plan", year] => year.parse().ok().map(|year| What::Plan {
                work: work(id),
                year,
            }),
            ["work_kinds", id, "cycle", "per_year"] => Some(What::PerYear { work: work(id) }),
            ["work_kinds", id, "limits", n, "hours"] => n.parse().ok().map(|limit| What::Hours {
                work: work(id),
                limit,
            }),
            ["crews", id] => Some(What::Crew { crew: crew(id) }),
            ["crews", id, "label", "zh"] => Some(What::CrewZh { crew: crew(id) }),
            ["crews", id, "label", "en"] => Some(What::CrewEn { crew: crew(id) }),
            _ => None,
        };
        // A year that is written in another way is another pointer.
        let same = known.filter(|what| what.path() == path);
        same.unwrap_or_else(|| What::Other { path: path.into() })
    }

    /// The pointer to it.
    pub fn path(&self) -> String {
        let (list, id, member) = match self {
            What::Plan { work, year } => ("work_kinds", &*work.0, format!("/plan/{year}")),
            What::PerYear { work } => ("work_kinds", &*work.0, "/cycle/per_year".into()),
            What::Hours { work, limit } => {
                ("work_kinds", &*work.0, format!("/limits/{limit}/hours"))
            }
            What::Crew { crew } => ("crews", &*crew.0, String::new()),
            What::CrewZh { crew } => ("crews", &*crew.0, "/label/zh".into()),
            What::CrewEn { crew } => ("crews", &*crew.0, "/label/en".into()),
            What::Other { path } => return path.clone(),
        };
        format!("/{list}/{}{member}", escaped(id))
    }
}

/// A token of a pointer (RFC 6901) as it is meant.
pub(super) fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// A token as it is written.
pub(super) fn escaped(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}
