//! The ledger as a table: CSV (RFC 4180) in UTF-8.

use super::answer::{Ledger, Line};
use crate::language::Language;
use csv::{Terminator, WriterBuilder};

/// The names of the columns, in Chinese and English. Those of [`row`].
const COLUMNS: [(&str, &str); 18] = [
    ("代号", "Id"),
    ("工作", "Work"),
    ("属于", "Part of"),
    ("数量", "Quantity"),
    ("单位", "Unit"),
    ("月均", "Monthly mean"),
    ("任务数", "Tasks"),
    ("部件数", "Assets"),
    ("无部件的任务数", "Tasks without an asset"),
    ("计划年度", "Year of the plan"),
    ("年度计划", "Plan"),
    ("完成计划的百分比", "Percent of the plan"),
    ("计划说明", "About the plan"),
    ("均摊到多个部件的条目", "Lines shared out evenly"),
    ("冲突未定", "In conflict"),
    ("待核查", "Unverified"),
    ("单位不符", "In another unit"),
    ("任务完成的数量", "Done by tasks"),
];

/// By this a spreadsheet knows that a table is in UTF-8; Excel takes Chinese for another encoding
/// without it.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A row a line, and one for each kind that the catalogue does not have: its tasks, and no
/// quantity.
///
/// # Errors
/// Those of the writer, which has only memory to write to.
pub(crate) fn written(ledger: &Ledger, language: Language) -> Result<Vec<u8>, csv::Error> {
    let mut table = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    table.write_record(COLUMNS.map(|(zh, en)| match language {
        Language::Zh => zh,
        Language::En => en,
    }))?;
    for line in &ledger.lines {
        table.write_record(row(ledger, line))?;
    }
    for unknown in &ledger.unknown {
        let mut row = [const { String::new() }; COLUMNS.len()];
        row[0] = text(&unknown.work);
        row[1] = match language {
            Language::Zh => "目录里没有".into(),
            Language::En => "Not in the catalogue".into(),
        };
        row[6] = unknown.tasks.to_string();
        table.write_record(row)?;
    }
    table
        .into_inner()
        .map_err(|error| error.into_error().into())
}

fn row(ledger: &Ledger, line: &Line) -> [String; COLUMNS.len()] {
    let some = |number: &Option<String>| number.clone().unwrap_or_default();
    let plan = line.plan.as_ref();
    [
        text(&line.work),
        text(&line.name),
        text(line.within.as_deref().unwrap_or_default()),
        some(&line.quantity),
        text(&line.unit_name),
        some(&line.monthly_mean),
        line.tasks.to_string(),
        line.assets.to_string(),
        line.elsewhere.to_string(),
        plan.map_or_else(String::new, |plan| plan.year.to_string()),
        plan.map_or_else(String::new, |plan| plan.quantity.clone()),
        plan.map_or_else(String::new, |plan| some(&plan.percent)),
        match plan {
            Some(_) => text(ledger.plan_note.as_deref().unwrap_or_default()),
            None => String::new(),
        },
        line.shared.to_string(),
        line.pending.conflicts.to_string(),
        line.pending.unverified.to_string(),
        line.pending.other_units.to_string(),
        some(&line.done),
    ]
}

/// A text as a cell that no spreadsheet takes for a formula: one that begins like it has an
/// apostrophe before it. Full-width signs begin one too, where the spreadsheet is Chinese.
fn text(text: &str) -> String {
    let begins_like_one = |c: char| "=+-@\t\r\n＝＋－＠".contains(c);
    match text.starts_with(begins_like_one) {
        true => format!("'{text}"),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn no_text_is_a_formula() {
        for formula in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠x",
        ] {
            assert_eq!(text(formula), format!("'{formula}"));
        }
        for plain in ["", "清掏雨漏", "drain-clear", "m²", "%", "'=1", "1-2"] {
            assert_eq!(text(plain), plain);
        }
    }
}
