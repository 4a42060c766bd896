//! What the properties of a file seem to mean, by what they are called and what they say.

use super::Arrival;
use super::meaning::is_code;
use crate::catalog::{Fields, Meaning};
use serde_json::Value;

/// What each is called: in small letters, without blanks and strokes, the surest first.
const CODES: [&str; 12] = [
    "objid",
    "部件编码",
    "部件标识码",
    "标识码",
    "编码",
    "部件编号",
    "设施编号",
    "code",
    "编号",
    "objectcode",
    "bjbm",
    "bh",
];
const NAMES: [&str; 9] = [
    "objname",
    "部件名称",
    "设施名称",
    "名称",
    "name",
    "title",
    "mc",
    "名字",
    "titlezh",
];
const STREETS: [&str; 10] = [
    "street",
    "所在道路",
    "所在街道",
    "道路名称",
    "街道",
    "道路",
    "road",
    "addr:street",
    "路名",
    "dlmc",
];
const OWNERS: [&str; 21] = [
    "deptname2",
    "权属单位名称",
    "权属单位",
    "产权单位",
    "权属",
    "产权",
    "owner",
    "ownership",
    "ownername",
    "管理单位",
    "管养单位",
    "养护单位",
    "责任单位",
    "主管部门",
    "所属单位",
    "deptname1",
    "operator",
    "managedby",
    "qsdw",
    "cqdw",
    "gldw",
];
const DATES: [&str; 28] = [
    "ordate",
    "建设日期",
    "建设时间",
    "建成日期",
    "建成时间",
    "安装日期",
    "安装时间",
    "竣工日期",
    "竣工时间",
    "投用日期",
    "启用日期",
    "建成年份",
    "建设年份",
    "建设年代",
    "初始日期",
    "日期",
    "builddate",
    "built",
    "constructiondate",
    "installdate",
    "installationdate",
    "installed",
    "startdate",
    "yearbuilt",
    "date",
    "jsrq",
    "azrq",
    "jcrq",
];
const STATES: [&str; 14] = [
    "objstate",
    "使用状态",
    "部件状态",
    "设施状态",
    "运行状态",
    "状态",
    "完好状况",
    "现状",
    "state",
    "status",
    "condition",
    "syzt",
    "bjzt",
    "zt",
];
/// What the name of a street ends in.
const STREET_ENDS: [&str; 9] = [
    "路", "街", "大道", "巷", "胡同", "大街", "street", "road", "avenue",
];
/// What the name of an office or a company ends in.
const OWNER_ENDS: [&str; 17] = [
    "局",
    "公司",
    "管理处",
    "管理所",
    "管理站",
    "养护所",
    "养护队",
    "委员会",
    "集团",
    "办事处",
    "物业",
    "company",
    "ltd",
    "bureau",
    "department",
    "council",
    "authority",
];
/// How a thing is said to stand.
const STATE_WORDS: [&str; 36] = [
    "完好",
    "良好",
    "一般",
    "较差",
    "正常",
    "异常",
    "在用",
    "使用中",
    "使用",
    "运行",
    "运行中",
    "停用",
    "未用",
    "废弃",
    "报废",
    "破损",
    "损坏",
    "丢失",
    "缺失",
    "移位",
    "占用",
    "待修",
    "维修中",
    "在建",
    "good",
    "fair",
    "poor",
    "normal",
    "working",
    "broken",
    "damaged",
    "missing",
    "in use",
    "active",
    "disused",
    "abandoned",
];
/// More different values than this are no states.
const FEW: usize = 8;

/// How a meaning is known: by what a property is called, else by what it says.
struct Signs {
    names: &'static [&'static str],
    is_like: fn(&str) -> bool,
    /// Whether it says the same few things again and again.
    is_few: bool,
}

impl Signs {
    fn of(meaning: Meaning) -> Signs {
        let (names, is_like): (&[&str], fn(&str) -> bool) = match meaning {
            Meaning::Code => (&CODES, is_code),
            Meaning::Name => (&NAMES, |_| false),
            Meaning::Street => (&STREETS, |text| ends_in(text, &STREET_ENDS)),
            Meaning::Owner => (&OWNERS, |text| ends_in(text, &OWNER_ENDS)),
            Meaning::Date => (&DATES, is_date),
            Meaning::State => (&STATES, is_state),
        };
        let is_few = meaning == Meaning::State;
        Signs {
            names,
            is_like,
            is_few,
        }
    }

    /// Whether these values, without the empty ones, are what half of them at least should be.
    fn fit(&self, values: &[String]) -> bool {
        let like = values.iter().filter(|value| (self.is_like)(value)).count();
        let mut distinct: Vec<&String> = values.iter().collect();
        distinct.sort_unstable();
        distinct.dedup();
        like > 0 && like * 2 >= values.len() && (!self.is_few || distinct.len() <= FEW)
    }
}

impl Arrival {
    /// The properties that seem to have each meaning: those it was read with where a feature has them,
    /// else by what the names or the values are like. No property has two.
    pub fn likely_fields(&self, read_with: &Fields) -> Fields {
        let names = self.property_names();
        let rows = self.first_properties();
        let values = |name: &str| -> Vec<String> {
            let of_row = |row: &Vec<(String, Value)>| {
                let (_, value) = row.iter().find(|(key, _)| key == name)?;
                Some(plain(value))
            };
            rows.iter()
                .filter_map(of_row)
                .filter(|text| !text.is_empty())
                .collect()
        };
        let mut likely = read_with.clone();
        for meaning in Meaning::ALL {
            if names.contains(likely.named(meaning)) {
                continue;
            }
            let is_taken = |name: &String| Meaning::ALL.iter().any(|m| likely.named(*m) == name);
            let free = || names.iter().filter(|name| !is_taken(name));
            let signs = Signs::of(meaning);
            let mut called = signs.names.iter();
            let named = called.find_map(|known| free().find(|name| bare(name) == **known));
            let found = named.or_else(|| free().find(|name| signs.fit(&values(name))));
            if let Some(found) = found.cloned() {
                likely.name(meaning, found);
            }
        }
        likely
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// A property's name in small letters, without what files put between words.
fn bare(name: &str) -> String {
    let between = |c: &char| !c.is_whitespace() && *c != '_' && *c != '-';
    name.to_lowercase().chars().filter(between).collect()
}

fn ends_in(text: &str, ends: &[&str]) -> bool {
    let text = text.to_lowercase();
    let mut ends = ends.iter();
    ends.any(|end| text.ends_with(end) && text.len() > end.len())
}

fn is_state(text: &str) -> bool {
    STATE_WORDS.contains(&&*text.to_lowercase())
}

/// Year, month and day, in digits of their own or in eight; or year and month in Chinese. What is behind
/// them may be a time.
fn is_date(text: &str) -> bool {
    let digits = |piece: &&str| !piece.is_empty();
    let mut pieces = text.split(|c: char| !c.is_ascii_digit()).filter(digits);
    let parts = match (text.len(), pieces.next()) {
        (8, Some(all)) if all.len() == 8 => [&all[..4], &all[4..6], &all[6..]].map(Some),
        (_, Some(year)) if text.starts_with(year) && year.len() == 4 => {
            [Some(year), pieces.next(), pieces.next()]
        }
        _ => return false,
    };
    let [year, month, day] = parts.map(|part| part.and_then(|part| part.parse::<u32>().ok()));
    let is_in = |number: Option<u32>, from, to| number.is_some_and(|n| (from..=to).contains(&n));
    let is_day = is_in(day, 1, 31) || day.is_none() && text.contains('年');
    is_in(year, 1900, 2100) && is_in(month, 1, 12) && is_day
}
