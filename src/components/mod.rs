//! What screens are made of: props in, events out, no network, no rules.
//!
//! * [`icon`], [`button`], [`field`], [`choice`], [`chip`]: to see, to press, to fill in
//! * [`file_button`]: asks for files
//! * [`row`], [`asset_row`], [`task_row`]: lines of lists; [`paged`]: long lists in portions
//! * [`kind_icon`]: an asset's symbol; [`trouble`]: what failed, in sentences
//! * [`way`]: the way there, by the phone's own navigation
//! * [`panel`], [`sheet`], [`splitter`]: where a screen's content stands
//! * [`nav`]: the five places; [`toast`]: what was just done
//! * [`notice`]: banners, empty states, progress; [`outcome`]: what came of something
//! * [`standing`]: how sending stands
//! * [`bars`]: a small chart that is its own table
//! * [`dialog`]: a question or a list over everything
//! * [`live`]: what changes while it is shown

pub mod asset_row;
pub mod bars;
pub mod button;
pub mod chip;
pub mod choice;
pub mod dialog;
pub mod field;
pub mod file_button;
pub mod held;
pub mod icon;
pub mod in_wechat;
pub mod keyed;
pub mod kind_icon;
pub mod live;
pub mod nav;
pub mod notice;
pub mod outcome;
pub mod paged;
pub mod panel;
pub mod picks;
pub mod row;
pub mod sheet;
pub mod splitter;
pub mod standing;
pub mod task_row;
pub mod toast;
pub mod trouble;
pub mod way;
