//! Whatever a city sends: read and said so, or recognised and refused.

use super::fixture::{catalog, collection, feature, layer};
use crate::city::{
    City, Datum, Encoding, FileError, Form, Host, How, Problem, Remark, Report, TableChoice,
    propose_table,
};
use crate::geodesy::{LonLat, length_m, to_gcj02};
use serde_json::{Value, json};
use std::io::Write;

const HOST: How = How {
    datum: Datum::Wgs84,
    decode: Some(&Host),
    table: None,
    fields: None,
    lists_all: false,
};

fn read_as(bytes: &[u8], how: &How) -> (City, Report) {
    let mut city = City::new(catalog());
    let arrival = City::read_layer_as_at_once(&catalog(), &layer("any"), bytes.to_vec(), how);
    let report = city.put_layer(arrival);
    assert_eq!(report.loaded + report.refused, report.read);
    assert_eq!(report.bytes, bytes.len());
    (city, report)
}

fn read(bytes: &[u8]) -> (City, Report) {
    read_as(bytes, &HOST)
}

fn remarks(report: &Report) -> Vec<Remark> {
    report.remarks.iter().flat_map(|r| r.0.clone()).collect()
}

fn point(name: &str, place: [f64; 2]) -> Value {
    let geometry = json!({"type": "Point", "coordinates": place});
    feature(geometry, json!({"ObjName": name}))
}

/// A file whose one feature has a Chinese name.
fn named() -> String {
    let file = collection(&[point("双辽市辽河路污水井盖", [123.5, 43.5])]);
    String::from_utf8(file).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Places of the loaded features.
fn places(city: &City) -> Vec<LonLat> {
    let uids = (0..).map_while(|row| city.uid_of((4 << 24) + row));
    uids.map(|uid| {
        let geometry: Value = serde_json::from_str(&city.asset(&uid).unwrap().geometry).unwrap();
        serde_json::from_value(geometry["coordinates"].clone()).unwrap()
    })
    .collect()
}

fn name(city: &City) -> Option<String> {
    city.summary(&city.uid_of(4 << 24)?)?.name
}

#[test]
fn a_plain_file_has_no_remarks() {
    for text in [named(), format!("\u{feff}{}", named())] {
        let (city, report) = read(text.as_bytes());
        assert_eq!(
            (report.loaded, report.error.clone(), remarks(&report)),
            (1, None, vec![])
        );
        assert_eq!(name(&city).as_deref(), Some("双辽市辽河路污水井盖"));
    }
}

#[test]
fn other_encodings_are_decoded_and_said() {
    let text = named();
    let utf16 = |to: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        format!("{mark}{text}")
            .encode_utf16()
            .flat_map(to)
            .collect()
    };
    let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
    for (bytes, from) in [
        (gb, Encoding::Gb18030),
        (
            encoding_rs::GBK.encode(&text).0.into_owned(),
            Encoding::Gb18030,
        ),
        (utf16(u16::to_le_bytes, "\u{feff}"), Encoding::Utf16Le),
        (utf16(u16::to_be_bytes, "\u{feff}"), Encoding::Utf16Be),
        (utf16(u16::to_le_bytes, ""), Encoding::Utf16Le),
    ] {
        let (city, report) = read(&bytes);
        assert_eq!(remarks(&report), [Remark::Decoded { from }]);
        assert_eq!((report.loaded, report.error), (1, None));
        assert_eq!(name(&city).as_deref(), Some("双辽市辽河路污水井盖"));
    }
}

#[test]
fn without_a_decoder_gbk_is_refused_and_never_let_through() {
    let gbk = encoding_rs::GBK.encode(&named()).0.into_owned();
    // Two bytes of GBK are a character of UTF-8 now and then.
    let at = std::str::from_utf8(&gbk).unwrap_err().valid_up_to();
    let (_, report) = read_as(&gbk, &How::default());
    assert_eq!(report.error, Some(FileError::NotUtf8 { at }));
    let at = named().find('双').unwrap();
    let mut damaged = named().into_bytes();
    damaged[at + 4] = 0xff;
    let (_, report) = read(&damaged);
    assert_eq!(report.error, Some(FileError::NotUtf8 { at: at + 3 }));
}

#[test]
fn a_file_cut_in_a_character_keeps_what_was_whole() {
    let two = collection(&[point("a", [123.5, 43.5]), point("辽", [123.5, 43.5])]);
    let at = String::from_utf8(two.clone()).unwrap().find('辽').unwrap();
    let (_, report) = read(&two[..at + 2]);
    assert_eq!(report.error, Some(FileError::Truncated { at }));
    assert_eq!((report.read, report.loaded, report.refused), (2, 1, 1));
    assert_eq!(report.problems[0].first[0].problem, Problem::CutOff);
    let two = collection(&[
        point("双辽市辽河路", [123.5, 43.5]),
        point("辽", [123.5, 43.5]),
    ]);
    let two = String::from_utf8(two).unwrap();
    let gbk = encoding_rs::GBK.encode(&two).0;
    let at = encoding_rs::GBK
        .encode(&two[..two.rfind('辽').unwrap()])
        .0
        .len();
    let (_, report) = read(&gbk[..at + 1]);
    assert_eq!((report.loaded, report.refused), (1, 1), "{report:?}");
    let from = Encoding::Gb18030;
    assert_eq!(remarks(&report), [Remark::Decoded { from }]);
}

#[test]
fn gzip_is_unpacked_and_said() {
    let packed = gzip(named().as_bytes());
    let (city, report) = read(&packed);
    assert_eq!(
        (report.loaded, remarks(&report)),
        (1, vec![Remark::Unpacked])
    );
    assert!(name(&city).is_some());
    let utf16: Vec<u8> = named().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (_, report) = read(&gzip(&utf16));
    let from = Encoding::Utf16Le;
    assert_eq!(
        remarks(&report),
        [Remark::Unpacked, Remark::Decoded { from }]
    );
    let refused = |bytes: &[u8], how: &How| {
        assert_eq!(
            read_as(bytes, how).1.error,
            Some(FileError::Foreign(Form::Gzip))
        );
    };
    refused(&packed, &How::default());
    refused(b"\x1f\x8b\x08nothing", &HOST);
    // What was packed twice, or is no map.
    refused(&gzip(&packed), &HOST);
    assert_eq!(read(&gzip(b"<html>")).1.error, Some(FileError::Html));
    // Of what breaks off, the part before.
    let many = collection(&vec![point("双辽", [123.5, 43.5]); 5_000]);
    let packed = gzip(&many);
    let (_, report) = read(&packed[..packed.len() - 12]);
    assert!(
        matches!(report.error, Some(FileError::Truncated { .. })),
        "{report:?}"
    );
    assert!(report.loaded > 1_000 && report.refused <= 1);
}

#[test]
fn sequences_are_read_and_said() {
    let a = point("a", [123.5, 43.5]).to_string();
    let broken = &a[..a.len() - 8];
    for (text, loaded, refused) in [
        (format!("{a}\n{a}\n"), 2, 0),
        (format!("\u{1e}{a}\n\u{1e}{a}\n"), 2, 0),
        (format!("{a}\n{broken}\n{a}"), 2, 1),
        (format!("\u{1e}{a}\n\u{1e}{broken}\n\u{1e}{a}"), 2, 1),
        (format!("{a}\n{broken}"), 1, 1),
        (
            format!("{a}\n{{\"type\":\"Point\",\"coordinates\":[123.5,43.5]}}\n"),
            2,
            0,
        ),
    ] {
        let (_, report) = read(text.as_bytes());
        assert_eq!(
            (report.loaded, report.refused, &report.error),
            (loaded, refused, &None),
            "{text}"
        );
        let texts = loaded + refused;
        assert_eq!(remarks(&report), [Remark::Sequence { texts }]);
    }
}

#[test]
fn metres_are_converted_and_said() {
    let crs = |name: &str, x: f64, y: f64| {
        json!({"type": "FeatureCollection", "features": [point("a", [x, y])],
            "crs": {"type": "name", "properties": {"name": name}}})
        .to_string()
    };
    // 123.5 E 43.5 N by the series the other way (Karney 2011, equation 35), worked out apart.
    let place = LonLat::new(123.5, 43.5);
    for (name, x, y, first) in [
        ("EPSG:4550", 540_438.367, 4_818_390.147, false),
        (
            "urn:ogc:def:crs:EPSG::4529",
            41_540_438.367,
            4_818_390.147,
            false,
        ),
        ("EPSG:4529", 4_818_390.147, 41_540_438.367, true),
        (
            "http://www.opengis.net/def/crs/EPSG/0/3857",
            13_747_957.113,
            5_388_389.273,
            false,
        ),
    ] {
        let text = crs(name, x, y);
        let (city, report) = read(text.as_bytes());
        let from = name.to_owned();
        let said = Remark::Converted {
            from,
            north_first: first,
        };
        assert_eq!(
            (report.loaded, remarks(&report)),
            (1, vec![said]),
            "{report:?}"
        );
        let found = places(&city)[0];
        assert!(length_m(&[place, found]) < 0.002, "{name} {found:?}");
        // The same a line.
        let line = text.replace('\n', "");
        let (_, report) = read(format!("{line}\n{line}\n").as_bytes());
        assert_eq!(
            (report.loaded, remarks(&report).len()),
            (2, 2),
            "{report:?}"
        );
    }
    let name = "EPSG:2437".to_owned();
    let (_, report) = read(crs(&name, 540_442.0, 4_818_195.0).as_bytes());
    assert_eq!(report.error, Some(FileError::UnknownCrs { name }));
    // What is not of the system that it names stays what it is, and is refused.
    let (_, report) = read(crs("EPSG:4550", 3e7, 4_818_195.0).as_bytes());
    assert_eq!(
        (report.refused, report.problems[0].kind.as_str()),
        (1, "out_of_range")
    );
}

#[test]
fn a_person_can_say_that_a_file_is_in_gcj02() {
    let place = LonLat::new(123.5, 43.5);
    let file = collection(&[point("a", to_gcj02(place).into())]);
    let how = How {
        datum: Datum::Gcj02,
        ..HOST
    };
    let (city, report) = read_as(&file, &how);
    assert_eq!(
        (report.loaded, remarks(&report)),
        (1, vec![Remark::Unshifted])
    );
    assert!(length_m(&[place, places(&city)[0]]) < 0.002);
    let (_, report) = read_as(b"{", &how);
    assert_eq!(report.error, Some(FileError::Truncated { at: 1 }));
}

#[test]
fn what_is_no_geojson_is_refused_by_its_name() {
    for (bytes, form) in [
        (
            &br#"{"type":"Topology","objects":{},"arcs":[]}"#[..],
            Form::TopoJson,
        ),
        (
            br#"{"geometryType":"esriGeometryPoint","features":[]}"#,
            Form::EsriJson,
        ),
        (b"a,b\n1,2", Form::Table),
        (br#"{"error":{"code":500}}"#, Form::Message),
        (
            br#"var data = {"type":"FeatureCollection","features":[]};"#,
            Form::Script,
        ),
        (b"<?xml version=\"1.0\"?><kml/>", Form::Xml),
        (b"PK\x03\x04\x14\0\0\0", Form::Archive),
        (b"\x89PNG\r\n\x1a\n", Form::Binary),
    ] {
        let (_, report) = read(bytes);
        assert_eq!(report.error, Some(FileError::Foreign(form)));
        assert_eq!((report.read, remarks(&report)), (0, vec![]));
    }
    // What only looks a little like it.
    let file =
        r#"{"type":"FeatureCollection","code":0,"fields":[],"spatialReference":{},"features":[]}"#;
    assert_eq!(read(file.as_bytes()).1.error, None);
}

#[test]
fn a_table_is_read_with_the_columns_that_a_person_confirmed() {
    let text = "编号,经度,纬度\nA1,123.5,43.5\nA2,,\nA3,东,43.5\n";
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    for bytes in [text.as_bytes(), &gbk[..], &gzip(text.as_bytes())] {
        let proposal = propose_table(bytes, &HOST).unwrap();
        let (east, north) = (proposal.east.unwrap(), proposal.north.unwrap());
        assert_eq!(proposal.columns, ["编号", "经度", "纬度"]);
        let table = Some(TableChoice {
            east,
            north,
            epsg: None,
        });
        let (city, report) = read_as(bytes, &How { table, ..HOST });
        assert_eq!((report.loaded, report.refused), (1, 2), "{report:?}");
        let kinds: Vec<_> = report.problems.iter().map(|t| t.kind.as_str()).collect();
        assert_eq!(kinds, ["no_geometry", "bad_position"]);
        let [east, north] = ["经度", "纬度"].map(str::to_owned);
        assert!(remarks(&report).contains(&Remark::Table { east, north }));
        assert_eq!(places(&city), [LonLat::new(123.5, 43.5)]);
    }
    let table = Some(TableChoice {
        east: 1,
        north: 0,
        epsg: Some(4550),
    });
    let text = b"y,x\n4818390.147,540438.367\n4818390.147,540438.367\n";
    let (city, report) = read_as(text, &How { table, ..HOST });
    assert_eq!((report.loaded, remarks(&report).len()), (2, 2));
    assert!(length_m(&[places(&city)[0], LonLat::new(123.5, 43.5)]) < 0.002);
    // A file that is none is read as what it is.
    assert_eq!(
        read_as(named().as_bytes(), &How { table, ..HOST }).1.loaded,
        1
    );
    let table = Some(TableChoice {
        east: 7,
        north: 0,
        epsg: None,
    });
    let (_, report) = read_as(b"y,x\n1,2", &How { table, ..HOST });
    assert_eq!(report.error, Some(FileError::Foreign(Form::Table)));
}

/// As it crosses to the page, and to whoever asks a server.
#[test]
fn remarks_are_data() {
    let all = [
        Remark::Unpacked,
        Remark::Decoded {
            from: Encoding::Gb18030,
        },
        Remark::Sequence { texts: 2 },
        Remark::Converted {
            from: "EPSG:4550".into(),
            north_first: false,
        },
        Remark::Unshifted,
        Remark::Table {
            east: "x".into(),
            north: "y".into(),
        },
        Remark::LooksSwapped,
        Remark::LooksProjected {
            systems: vec![4550],
        },
        Remark::LooksShifted { metres: 567 },
    ];
    for remark in all {
        let json = serde_json::to_value(&remark).unwrap();
        let tag = json
            .as_str()
            .or_else(|| json.as_object()?.keys().next().map(String::as_str));
        assert_eq!(tag, Some(remark.tag()));
        assert_eq!(serde_json::from_value::<Remark>(json).unwrap(), remark);
    }
    let json = serde_json::to_value(FileError::Foreign(Form::TopoJson)).unwrap();
    assert_eq!(json, json!({"foreign": "topo_json"}));
}
