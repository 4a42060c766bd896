//! Names: streets, communities, toilets.

use super::network::Network;
use super::plan::{Grade, Quarter};
use super::rng::Rng;
use std::collections::BTreeSet;

/// First words of local streets; the suffix goes by quarter.
const LANES: [&str; 84] = [
    "团结",
    "和平",
    "建设",
    "胜利",
    "前进",
    "幸福",
    "光荣",
    "红星",
    "友谊",
    "解放",
    "新生",
    "利民",
    "惠民",
    "安居",
    "康宁",
    "平安",
    "吉祥",
    "如意",
    "永安",
    "长青",
    "福民",
    "兴盛",
    "学府",
    "育才",
    "书香",
    "师范",
    "粮库",
    "油坊",
    "烧锅",
    "皮铺",
    "木匠",
    "豆腐",
    "柳条",
    "大井",
    "官井",
    "老爷庙",
    "鼓楼",
    "老市场",
    "东大院",
    "西大院",
    "船坞",
    "渡口",
    "码头",
    "河沿",
    "柳林",
    "杨树",
    "榆树",
    "松花",
    "丁香",
    "杏花",
    "铁道",
    "机务",
    "车辆",
    "货场",
    "水塔",
    "电业",
    "邮政",
    "供销",
    "纺织",
    "印刷",
    "酒厂",
    "糖厂",
    "工农",
    "向荣",
    "跃进",
    "春光",
    "朝阳",
    "晨光",
    "曙光",
    "北新",
    "南新",
    "东升",
    "西园",
    "锦绣",
    "金穗",
    "玉米",
    "草原",
    "牧丰",
    "科技",
    "创业",
    "云杉",
    "银杏",
    "百合",
    "碧水",
];

/// First words of communities of work units and of the old town.
const OLD_HOMES: [&str; 64] = [
    "木器厂",
    "纺织厂",
    "粮食局",
    "供销社",
    "邮电局",
    "电业局",
    "水利局",
    "农机厂",
    "酒厂",
    "糖厂",
    "印刷厂",
    "皮革厂",
    "服装厂",
    "机务段",
    "工务段",
    "车务段",
    "铁路",
    "物资局",
    "商业局",
    "百货",
    "五金",
    "石油公司",
    "法院",
    "教育局",
    "一中",
    "二中",
    "三中",
    "实验小学",
    "师范",
    "县医院",
    "中医院",
    "畜牧局",
    "林业局",
    "农行",
    "工行",
    "建行",
    "税务局",
    "工商局",
    "房产",
    "建筑公司",
    "运输公司",
    "客运站",
    "公路段",
    "广播局",
    "文化馆",
    "影剧院",
    "体委",
    "武装部",
    "自来水",
    "热电厂",
    "水泥厂",
    "砖瓦厂",
    "化肥厂",
    "农药厂",
    "食品厂",
    "副食",
    "外贸",
    "土产",
    "煤建",
    "木材公司",
    "种子公司",
    "气象局",
    "档案局",
    "民政局",
];

/// First words of estates.
const NEW_HOMES: [&str; 60] = [
    "锦绣", "金地", "龙源", "华庭", "盛世", "丽景", "阳光", "翰林", "御景", "书香", "学府", "江南",
    "碧桂", "绿洲", "滨河", "水岸", "河畔", "新城", "帝景", "天成", "金域", "鸿运", "富达", "福源",
    "康泰", "康乐", "祥和", "祥瑞", "吉祥", "嘉和", "嘉禾", "瑞丰", "瑞景", "东方", "银河", "星河",
    "明珠", "紫荆", "丁香", "梧桐", "香榭", "枫林", "松苑", "柏苑", "草原", "塞纳", "万家", "百合",
    "玫瑰", "牡丹", "凯旋", "凤凰", "麒麟", "国色", "天和", "世纪", "时代", "文昌", "文苑", "博雅",
];

/// Communities whose names are in print.
pub(super) const PRINTED: [(&str, Quarter); 9] = [
    ("木器厂小区", Quarter::Old),
    ("北丰小区", Quarter::Inner),
    ("站前医药小区", Quarter::Station),
    ("北兴小区", Quarter::Inner),
    ("中泰小区", Quarter::Inner),
    ("枫桦钰城小区", Quarter::New),
    ("理想城邦小区", Quarter::New),
    ("辽河第一城北区", Quarter::New),
    ("辽河第一城", Quarter::New),
];

/// Names the local streets: a word of the quarter's, or the street they branch from.
pub(super) fn streets(net: &mut Network, seed: u64) {
    let mut rng = Rng::stream(seed, "street names");
    let at = net.streets_at();
    let mut words: Vec<&str> = LANES.to_vec();
    rng.shuffle(&mut words);
    let mut taken: BTreeSet<String> = net.streets.iter().map(|s| s.name.clone()).collect();
    for i in 0..net.streets.len() {
        if net.streets[i].grade != Grade::Local || !net.streets[i].name.is_empty() {
            continue;
        }
        let suffix = match net.streets[i].quarter {
            Quarter::Old => "胡同",
            Quarter::New | Quarter::East => "街",
            Quarter::South => "巷",
            _ if rng.chance(0.5) => "胡同",
            _ => "小街",
        };
        let parent = net.streets[i]
            .nodes
            .iter()
            .flat_map(|&n| &at[n])
            .map(|&s| &net.streets[s])
            .filter(|s| s.grade != Grade::Local)
            .map(|s| s.name.clone())
            .next();
        let name = match parent {
            Some(p) if rng.chance(0.45) => numbered(&p, suffix, &taken),
            _ => match words.pop() {
                Some(word) => first_free(&format!("{word}{suffix}"), &taken),
                None => {
                    let word = LANES[rng.below(LANES.len())];
                    numbered(word, suffix, &taken)
                }
            },
        };
        taken.insert(name.clone());
        net.streets[i].name = name;
    }
}

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A number below 100 in Chinese.
fn chinese(n: usize) -> String {
    match (n / 10, n % 10) {
        (0, d) => DIGITS[d].into(),
        (1, 0) => "十".into(),
        (1, d) => format!("十{}", DIGITS[d]),
        (t, 0) => format!("{}十", DIGITS[t % 10]),
        (t, d) => format!("{}十{}", DIGITS[t % 10], DIGITS[d]),
    }
}

fn numbered(word: &str, suffix: &str, taken: &BTreeSet<String>) -> String {
    (1..100)
        .map(|n| format!("{word}{}{suffix}", chinese(n)))
        .find(|name| !taken.contains(name))
        .unwrap_or_default()
}

fn first_free(name: &str, taken: &BTreeSet<String>) -> String {
    if taken.contains(name) {
        (2..100)
            .map(|n| format!("{name}{n}"))
            .find(|name| !taken.contains(name))
            .unwrap_or_default()
    } else {
        name.into()
    }
}

/// Hands out names of communities, each once.
#[derive(Debug)]
pub(super) struct Homes {
    rng: Rng,
    taken: BTreeSet<String>,
}

impl Homes {
    pub(super) fn new(seed: u64) -> Self {
        Homes {
            rng: Rng::stream(seed, "community names"),
            taken: PRINTED.iter().map(|p| p.0.to_string()).collect(),
        }
    }

    /// A name fitting a quarter and the year the community was built.
    pub(super) fn next(&mut self, year: i16) -> String {
        let (words, ends): (&[&str], &[&str]) = if year < 2000 {
            (&OLD_HOMES, &["家属楼", "小区", "住宅楼", "家属院"])
        } else {
            (
                &NEW_HOMES,
                &[
                    "小区", "家园", "花园", "嘉园", "名苑", "新村", "府", "城", "公馆",
                ],
            )
        };
        for _ in 0..40 {
            let word = words[self.rng.below(words.len())];
            let end = ends[self.rng.below(ends.len())];
            let name = format!("{word}{end}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
        let word = words[self.rng.below(words.len())];
        let name = (2..1000)
            .map(|n| format!("{word}小区{n}期"))
            .find(|name| !self.taken.contains(name))
            .unwrap_or_default();
        self.taken.insert(name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_read_as_people_write_them() {
        let shown: Vec<String> = [1, 10, 11, 20, 37].map(super::chinese).to_vec();
        assert_eq!(shown, ["一", "十", "十一", "二十", "三十七"]);
    }
}
