//! The words of a message.

use super::{News, What};
use crate::catalog::{Catalog, Label};
use crate::ids::TaskUid;
use crate::log::{Moment, Target};
use crate::task::{Task, guard_by};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// In which language a robot speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// 中文
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// Its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }
}

/// How it is said.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// In which language.
    pub language: Language,
    /// The names of work, kinds of assets and crews.
    pub catalog: &'a Catalog,
    /// In which times are told.
    pub zone: &'a TimeZone,
    /// Now: what should have been guarded by then is to be guarded at once.
    pub now: Timestamp,
    /// By which people reach the app, as `https://city.example`; without it there are no links.
    pub origin: Option<&'a str>,
    /// Whether to say which crew has it.
    pub with_crew: bool,
    /// The most bytes (UTF-8) of the whole.
    pub most_bytes: usize,
}

/// The most characters of a name that somebody typed.
const NAME_CHARS: usize = 40;

/// One message of all that is news: what, where, until when and a link for each, as far as there
/// is room, and of how many more it does not say.
pub fn text(news: &[News], wording: &Wording<'_>) -> String {
    let head = wording.head(news);
    let body = wording.body(news, wording.most_bytes.saturating_sub(head.len()));
    head + &body
}

/// The same for a phone: what it shows, and what it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// From where it comes, and of how many tasks it is.
    pub title: String,
    /// What, where and until when.
    pub body: String,
    /// The one task it is about; none where it is about several.
    pub task: Option<TaskUid>,
    /// Whether there is a danger among it.
    pub is_dangerous: bool,
}

/// What a phone shows of all that is news. It opens what it is about by itself, so a link would be
/// words to no purpose: where the wording has an origin it is left out.
pub fn notice(news: &[News], wording: &Wording<'_>) -> Notice {
    let wording = Wording {
        origin: None,
        ..*wording
    };
    let title = wording.head(news);
    let body = wording.body(news, wording.most_bytes.saturating_sub(title.len()));
    Notice {
        title,
        body: body.trim_start().to_owned(),
        task: match news {
            [one] => Some(one.task.uid),
            _ => None,
        },
        is_dangerous: news.iter().any(|news| news.is_dangerous),
    }
}

impl Wording<'_> {
    fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    fn label<'a>(&self, label: &'a Label) -> &'a str {
        self.say(&label.zh, &label.en)
    }

    /// Begins with a word that is always there: a robot may be set to take nothing without it.
    fn head(&self, news: &[News]) -> String {
        let city = self.label(&self.catalog.city.label);
        match (news.len(), self.language) {
            (0 | 1, _) => format!("【Mendmap】{city}"),
            (count, Language::Zh) => format!("【Mendmap】{city}：{count} 件"),
            (count, Language::En) => format!("【Mendmap】{city}: {count} tasks"),
        }
    }

    /// An entry for each, as far as they have room in so many bytes.
    fn body(&self, news: &[News], room: usize) -> String {
        let entries: Vec<String> = news.iter().map(|news| self.entry(news)).collect();
        let room = room.saturating_sub(self.rest(news.len()).len());
        let mut body = String::new();
        for (told, entry) in entries.iter().enumerate() {
            if body.len() + entry.len() > room {
                body += &self.rest(news.len() - told);
                break;
            }
            body += entry;
        }
        body
    }

    fn entry(&self, news: &News) -> String {
        let task = &*news.task;
        let what = match news.what {
            What::Given => self.say("新任务", "New"),
            What::SentBack => self.say("退回", "Sent back"),
            What::Found => self.say("发现问题", "Found"),
            What::Overdue => self.say("超期未完", "Overdue"),
        };
        let work = task.work.any().map(|id| match self.catalog.work_kind(id) {
            Some(kind) => self.label(&kind.label).to_owned(),
            None => shortened(id.as_str()),
        });
        let mut entry = String::from("\n\n");
        if news.is_dangerous {
            entry += self.say("【危险】", "[DANGER] ");
        }
        entry += what;
        if let Some(work) = work {
            let _ = write!(entry, "{}{work}", self.say("：", ": "));
        }
        if let Some(place) = place_of(task, self.catalog, self.language) {
            let _ = write!(entry, "\n{}{place}", self.say("地点：", "Where: "));
        }
        let crew = news.crew.as_ref().filter(|_| self.with_crew);
        if let Some(crew) = crew {
            let known = self.catalog.crews.iter().find(|known| known.id == *crew);
            let name = known.map(|known| self.label(&known.label).to_owned());
            let name = name.unwrap_or_else(|| shortened(crew.as_str()));
            let _ = write!(entry, "\n{}{name}", self.say("班组：", "Crew: "));
        }
        if let Some(guard) = guard_by(task, self.catalog) {
            entry += &match guard.utc <= self.now {
                true => self.say("\n请立即围护", "\nGuard it at once").to_owned(),
                false => self.say("\n围护时限：", "\nGuard it by: ").to_owned() + &self.time(guard),
            };
        }
        if let Some(due) = news.due {
            let _ = write!(
                entry,
                "\n{}{}",
                self.say("完成时限：", "Until: "),
                self.time(due)
            );
            if news.is_overdue {
                entry += self.say("（已过）", " (passed)");
            }
        }
        if let Some(origin) = self.origin {
            let _ = write!(entry, "\n{origin}/#/task/{}", task.uid);
        }
        entry
    }

    /// What is left out, of how many.
    fn rest(&self, left: usize) -> String {
        let mut rest = match self.language {
            Language::Zh => format!("\n\n另有 {left} 件，请在应用中查看"),
            Language::En => format!("\n\nand {left} more, in the app"),
        };
        if let Some(origin) = self.origin {
            let _ = write!(rest, "\n{origin}/#/work");
        }
        rest
    }

    /// Day and time on the city's clocks.
    fn time(&self, at: Moment) -> String {
        let at = self.zone.to_datetime(at.utc);
        let (month, day, hour, minute) = (at.month(), at.day(), at.hour(), at.minute());
        match self.language {
            Language::Zh => format!("{month}月{day}日 {hour:02}:{minute:02}"),
            Language::En => format!("{:04}-{month:02}-{day:02} {hour:02}:{minute:02}", at.year()),
        }
    }
}

/// A kind of asset and its name or code; or a place's name, or where it is in degrees.
pub(crate) fn place_of(task: &Task, catalog: &Catalog, language: Language) -> Option<String> {
    let target = &**task.target.any()?;
    let (kind, name) = match target {
        Target::Asset(asset) => (Some(asset), asset.name.as_ref().or(asset.code.as_ref())),
        Target::Round(round) => (round.assets.first(), round.name.as_ref()),
        Target::Place(place) => (None, place.name.as_ref()),
    };
    let kind = kind.and_then(|asset| catalog.asset_kind(&asset.kind));
    let kind = kind.map(|kind| match language {
        Language::Zh => kind.label.zh.clone(),
        Language::En => kind.label.en.clone(),
    });
    let name = name
        .map(|name| shortened(name))
        .filter(|name| !name.is_empty());
    let count = match target {
        Target::Round(round) => Some(format!("×{}", round.assets.len())),
        _ => None,
    };
    let parts: Vec<String> = [kind, name, count].into_iter().flatten().collect();
    match parts.is_empty() {
        false => Some(parts.join(" ")),
        true => target.position().map(|at| {
            let (lon, lat) = at.degrees();
            format!("{lat:.5}, {lon:.5}")
        }),
    }
}

/// On one line, and no longer than a name is. WeCom reads `<@somebody>` in a text as a call.
fn shortened(text: &str) -> String {
    let text = text.replace('<', "‹");
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .collect();
    let line = words
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    match line.char_indices().nth(NAME_CHARS) {
        Some((end, _)) => line[..end].to_owned() + "…",
        None => line,
    }
}
