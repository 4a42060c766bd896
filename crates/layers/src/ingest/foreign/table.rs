//! A table with columns of coordinates, as CSV: which columns they seem to be, for a person to
//! confirm, and the table as features once one did.

use super::form::{self, Form};
use super::how::How;
use super::prepare::text_of;
use crate::order;
use csv::{Reader, ReaderBuilder, StringRecord};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What a table seems to hold; a person confirms or changes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableProposal {
    /// The names of its columns, from its first line.
    pub columns: Vec<String>,
    /// The first rows, to look at.
    pub rows: Vec<Vec<String>>,
    /// The column that seems to hold longitudes, or eastings.
    pub east: Option<usize>,
    /// The column that seems to hold latitudes, or northings.
    pub north: Option<usize>,
}

/// Which columns of a table are its coordinates, as a person confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableChoice {
    /// The column of longitudes, or eastings, from 0.
    pub east: usize,
    /// The column of latitudes, or northings, from 0.
    pub north: usize,
    /// The EPSG code of their system, where they are no degrees.
    pub epsg: Option<u32>,
}

/// Rows that are shown with a proposal.
const SHOWN: usize = 5;

/// Names of columns of longitudes or eastings, lower case, the surest first.
const EAST: [&str; 14] = [
    "经度",
    "longitude",
    "lng",
    "lon",
    "long",
    "东经",
    "经度坐标",
    "point_x",
    "coord_x",
    "x坐标",
    "坐标x",
    "easting",
    "x",
    "经",
];
/// Names of columns of latitudes or northings, in the same order.
const NORTH: [&str; 14] = [
    "纬度",
    "latitude",
    "lat",
    "lat",
    "lat",
    "北纬",
    "纬度坐标",
    "point_y",
    "coord_y",
    "y坐标",
    "坐标y",
    "northing",
    "y",
    "纬",
];

/// Looks at a table; none where the file is no table.
pub fn propose(bytes: &[u8], how: &How) -> Option<TableProposal> {
    let text = text_of(bytes, how.decode)?;
    if form::by_text(&text) != Some(Form::Table) {
        return None;
    }
    let mut reader = reader(&text);
    let columns: Vec<String> = reader.headers().ok()?.iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = reader
        .records()
        .map_while(Result::ok)
        .take(SHOWN)
        .map(|row| row.iter().map(str::to_owned).collect())
        .collect();
    let (east, north) = (find(&columns, &EAST), find(&columns, &NORTH));
    Some(TableProposal {
        columns,
        rows,
        east,
        north,
    })
}

/// The column of the surest name; else the first whose name begins or ends with one in Chinese, as 经度(WGS84).
fn find(columns: &[String], names: &[&str]) -> Option<usize> {
    let plain: Vec<String> = columns
        .iter()
        .map(|name| name.trim().to_lowercase())
        .collect();
    let exact = names
        .iter()
        .find_map(|name| plain.iter().position(|column| column == name));
    let holds = |column: &String| {
        let long = |name: &&&str| name.chars().count() > 1 && !name.is_ascii();
        names.iter().filter(long).any(|name| column.contains(name))
            || column
                .split(['_', ' ', '(', '.'])
                .any(|word| names[..5].contains(&word))
    };
    exact.or_else(|| plain.iter().position(holds))
}

/// A table as a FeatureCollection, and the names of its columns of coordinates. None where it has no such columns.
/// A row whose cells are no numbers is a feature whose position is none, for the reader to refuse.
pub(super) fn features(text: &str, choice: TableChoice) -> Option<(String, [String; 2])> {
    let mut reader = reader(text);
    let columns = reader.headers().ok()?.clone();
    let names = [
        columns.get(choice.east)?.to_owned(),
        columns.get(choice.north)?.to_owned(),
    ];
    let mut all = String::with_capacity(text.len() * 2);
    all.push_str(r#"{"type":"FeatureCollection","#);
    if let Some(epsg) = choice.epsg {
        all.push_str(&format!(
            r#""crs":{{"properties":{{"name":"EPSG:{epsg}"}}}},"#
        ));
    }
    all.push_str(r#""features":["#);
    for (i, row) in reader.records().enumerate() {
        if i > 0 {
            all.push(',');
        }
        match row {
            Ok(row) => all.push_str(&feature(&columns, &row, choice)),
            Err(_) => all.push_str("{!}"),
        }
    }
    all.push_str("]}");
    Some((all, names))
}

fn feature(columns: &StringRecord, row: &StringRecord, choice: TableChoice) -> String {
    let [east, north] = [choice.east, choice.north].map(|i| row.get(i).unwrap_or("").trim());
    let geometry = match (east, north) {
        ("", "") => Value::Null,
        _ => json!({"type": "Point", "coordinates": [axis(east), axis(north)]}),
    };
    let mut properties = Map::new();
    for (i, cell) in row.iter().enumerate() {
        let name = columns.get(i).filter(|name| !name.trim().is_empty());
        let name = name.map_or_else(
            || format!("column {}", i + 1),
            |name| name.trim().to_owned(),
        );
        // Of two columns with one name both are kept.
        let name = match properties.contains_key(&name) {
            true => format!("{name} {}", i + 1),
            false => name,
        };
        properties.insert(name, Value::from(cell));
    }
    json!({"type": "Feature", "geometry": geometry, "properties": properties}).to_string()
}

/// A number, or the text that is none.
fn axis(cell: &str) -> Value {
    let number = cell.strip_prefix('+').unwrap_or(cell);
    serde_json::from_str::<f64>(number).map_or_else(|_| Value::from(cell), Value::from)
}

fn reader(text: &str) -> Reader<&[u8]> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or("");
    let mut separators = *b",;\t|";
    order::sort_by_key(&mut separators, |&s| {
        std::cmp::Reverse(head.bytes().filter(|b| *b == s).count())
    });
    ReaderBuilder::new()
        .delimiter(separators[0])
        .flexible(true)
        .from_reader(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(head: &str) -> (Option<usize>, Option<usize>) {
        let text = format!("{head}\n1,2,3,4\n");
        let found = propose(text.as_bytes(), &How::default()).unwrap();
        (found.east, found.north)
    }

    #[test]
    fn columns_are_known_in_both_languages() {
        assert_eq!(columns("名称,经度,纬度,街道"), (Some(1), Some(2)));
        assert_eq!(columns("name,Lat,Lng,x"), (Some(2), Some(1)));
        assert_eq!(
            columns("\u{feff}LONGITUDE, latitude ,a,b"),
            (Some(0), Some(1))
        );
        assert_eq!(columns("a,X,Y,b"), (Some(1), Some(2)));
        assert_eq!(
            columns("编号,经度(WGS84),纬度(WGS84),b"),
            (Some(1), Some(2))
        );
        assert_eq!(columns("wgs_lon,wgs_lat,a,b"), (Some(0), Some(1)));
        assert_eq!(columns("a,b,c,d"), (None, None));
        assert_eq!(propose(b"{}", &How::default()), None);
        let rows = propose("经度;纬度\n1;\"a;b\"\n".as_bytes(), &How::default())
            .unwrap()
            .rows;
        assert_eq!(rows, [["1", "a;b"]]);
    }

    #[test]
    fn rows_become_features() {
        let text = "名,经度,纬度,名\n甲,123.5,+43.5,乙\n丙,,\n丁,x,43.5\n";
        let choice = TableChoice {
            east: 1,
            north: 2,
            epsg: None,
        };
        let (text, names) = features(text, choice).unwrap();
        assert_eq!(names, ["经度", "纬度"]);
        let read: Value = serde_json::from_str(&text).unwrap();
        let features = read["features"].as_array().unwrap();
        assert_eq!(features[0]["geometry"]["coordinates"], json!([123.5, 43.5]));
        assert_eq!(features[0]["properties"]["名 4"], "乙");
        assert_eq!(features[1]["geometry"], Value::Null);
        assert_eq!(features[2]["geometry"]["coordinates"], json!(["x", 43.5]));
        let choice = TableChoice {
            east: 9,
            north: 2,
            epsg: None,
        };
        assert_eq!(super::features("a,b\n1,2", choice), None);
    }
}
