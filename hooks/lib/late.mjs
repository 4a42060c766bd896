// What a first view can do without, and what a crew's phone can: functions whose name says that they
// belong to one of these, and whatever only such functions call or make (see wasm_reach.mjs). They come
// in files of their own, behind it. New code is early until a pattern says otherwise, so that a mistake
// here shows as size and not as a view that waits.

/** The parts behind the first one, each of which may call those before it. */
export const PARTS = ["rest", "desk"];

const REST = [
  "mendmap::pages::(later|along|track|tracked|kept_track|phone|asset|amend|said|proposals|desk|crews|add::(Choices|Choice|Several|FindHere|__component_choice|__component_several|__component_find_here)|choose|observed|rounds|stops|stop|report|lines|attended|checklist|quantity|paper|patches|account|photos|records|settings|problems|layers|conflict|history|draw|corners|walk|boxed|go_round|task|find|find_now|safe|checks|plot|place|work|errand|tell)",
  "mendmap::(sync|worker::(picture|decoder)|map::(base|trail|picture|boxed)|state::(acts|drafts|entry|recorder|awake|lit|push|signal)|storage::(columns|outbox|photos|segments|layers::LayerNote))",
  "mendmap::worker::service::(along|columns|track|later|kept|sync|rounds|work|draft|exchange|photos|propose|settings)",
  "mendmap_core::(network|coverage|track|told|task|sync|photo|proposal|account|settings|city::(amended|compare|columnar)|log::(kind|read|frame|target|moment|envelope))",
  "mendmap_layers::(layer::(beside|columnar)|ingest::foreign)",
  "mendmap::components::(way|held|field|in_wechat|task_row|file_button|keyed|paged::Paged|paged::__component_paged|picks|standing)",
  "geographiclib_rs|sha1_smol",
];

/** What a supervisor asks for: who verifies, dispatches, or looks at where work was done and how much. */
const DESK = [
  "mendmap::pages::(at_desk::(at_desk_page|own_layer_form)|review|send_back|dispatch|priority|ledger|printed|take_out|indicators|completion|period|season|by_place|give|own_layer|own_files|file_look|govern|programme|file_on_map|file_source|monthly|published)",
  "mendmap::worker::(protocol::(giving|file|settings|programme)|service::(accounts|published|review|ledger|indicators|completion|places|give|shapes|files|workbook|programme|settings.*Service))",
  "mendmap::sync::remote.*give_password",
  "mendmap::storage::published",
  "csv|csv_core",
  "mendmap::storage::layers.*(keep_layer|step_back|forget_layer)",
  "mendmap_core::(account::act|ledger|programme|settings::(act|value|what)|task::(review|split|crew::CrewSaid)|city::(changes|guess|meaning|preview))",
  "mendmap_(layers::ingest::foreign::(table|list)|catalog::named)",
  "mendmap::components::bars",
  "mendmap::map::preview",
];

/** Called in a first visit all the same: first-visit.story.mjs says so when one is missing here. */
const STAYS = [
  "core::ptr::drop_in_place", // of several types that are alike, one name is left
  "service::work.*::(done|open)_places",
  "service::sync::history",
  "service::completion.*::(mark_all|mark_of|completion_again|completion_moved)",
  "service::exchange.*::take_early",
  "mendmap_core::sync::chain::(Head::start|.*(Head|Digest).*(deserialize|FromStr))",
  "log::target::_.*Shape.*FieldVisitor", // alike with that of a kind's geometry, and one name is left
  "log::target::has_its_corners", // an address may hold a drawing
  "service::review.*to_check", // so does how much waits to be checked
  "mendmap_core::task::review::waits",
  "(task::review::again|settings::value.*stands)::\\{\\{closure", // alike with what a checklist is looked up by
  "ledger::completion.*Ratio", // a share is written by a round of a crew
  "mendmap_core::account::role", // who is here stands at the upper edge
];

const LEAST = 60; // bytes; a gate is not much smaller

/** Whether a function of so many bytes is larger than its gate. */
export const isWorth = (size) => size >= LEAST;

const any = (patterns) => new RegExp(`\\b(${patterns.join("|")})\\b`);
const [kept, ...late] = [STAYS, REST, DESK].map(any);

/** Whether a function is wanted early, whatever else is said of it. */
export const stays = (name) => kept.test(name);

/**
 * In which part a function of so many bytes comes, 0 being the first; `name` as the name section has it. (The compiler's older names, which
 * say in which module a method was written. The newer ones say its types instead, and of functions
 * that are alike one name is left, so that many would go by the type of another.)
 */
export const partByName = (name, size) => (isWorth(size) && !stays(name) ? late.findLastIndex((pattern) => pattern.test(name)) + 1 : 0);
