//! All problems of a report as a table, to take along and mend the file by.

use crate::ingest::{Report, Severity};

/// A table in CSV: the position of each feature in the file, counted from 1, its id, what was done with it,
/// the tag of its problem and what is known of that, in English. In UTF-8 with a mark, without which spreadsheets take
/// another encoding. A report holds all of them where it was read with `lists_all`.
pub fn list(report: &Report) -> String {
    let tallies = report.problems.iter();
    let mut all: Vec<_> = tallies
        .flat_map(|tally| tally.first.iter().map(move |example| (tally, example)))
        .collect();
    crate::order::sort_by_key(&mut all, |(_, example)| example.index);
    let mut lines = vec!["feature,id,became,problem,detail".to_owned()];
    lines.extend(all.into_iter().map(|(tally, example)| {
        let became = match tally.severity {
            Severity::Refused => "refused",
            Severity::Mended => "mended",
            Severity::Noted => "noted",
        };
        let cells = [
            &(example.index + 1).to_string(),
            example.id.as_deref().unwrap_or(""),
            became,
            &tally.kind,
            &example.problem.to_string(),
        ];
        cells.map(cell).join(",")
    }));
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}

/// Whether a spreadsheet that is given a text to read takes it for a formula. Full-width signs begin one
/// too, where the spreadsheet is Chinese.
pub fn begins_like_a_formula(text: &str) -> bool {
    text.starts_with(|c: char| "=+-@\t\r\n＝＋－＠".contains(c))
}

/// A value as one cell, which no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let acts = begins_like_a_formula(text);
    let quote = if acts { "'" } else { "" };
    match acts || text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{quote}{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}
