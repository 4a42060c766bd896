//! What the screens share, as signals around what the worker says.
//!
//! * [`nav`]: the screen, and the browser's history
//! * [`keys`]: everything has a key
//! * [`prefs`]: what this person chose; [`stored`]: how that survives a reload
//! * [`map_link`]: the page's hold on the map; [`selection`]: what is lit up there
//! * [`place`]: what the map shows, and where this device is
//! * [`effect`](mod@effect): what runs when a signal changes
//! * [`asking`]: questions that follow signals; [`naming`]: what things are called
//! * [`session`]: the city and the log, as the worker tells of them
//! * [`signal`]: sending once there is a network again; [`push`]: being told on this phone while the app is closed
//! * [`theme`]: light, dark or for direct sun; [`media`]: what the browser says of the window
//! * [`format`]: numbers, dates and distances as people write them here
//! * [`acts`]: doing things, with the way to take them back
//! * [`work_filter`]: what the list of work is narrowed to
//! * [`entry`], [`drafts`]: what is typed into a report, read and kept
//! * [`lens`]: the completion that colours the map; [`files`]: files in and out
//! * [`toasts`], [`announce`]: saying what happened, to eyes and to ears

pub mod acts;
pub mod announce;
pub mod asking;
pub mod awake;
pub mod drafts;
pub mod effect;
pub mod entry;
pub mod files;
pub mod format;
pub mod keys;
pub mod lens;
pub mod lit;
pub mod map_link;
pub mod media;
pub mod naming;
pub mod nav;
pub mod place;
pub mod prefs;
pub mod push;
pub mod recorder;
pub mod selection;
pub mod session;
pub mod signal;
pub mod stored;
pub mod theme;
pub mod toasts;
pub mod work_filter;
