//! The bytes of version 1. Whoever changes them takes from every program that kept a layer in
//! columns the means to read it: write a version 2 beside, and keep reading this one.

use super::{again, catalog, collection, loaded, written};

const FEATURES: [&str; 5] = [
    r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[123.5229911,43.5324122]},"properties":{"uid":"60d48941-2925-59b1-804f-b3634d10d8db","ObjID":"2203820102000001","street":"机务街"}}"#,
    r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[123.5230131,43.532008]},"properties":{"uid":"6ed78ae0-2587-5e2f-bf1a-ba55703039f4","ObjID":"2203820102000002","street":"机务街"}}"#,
    r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[123.5230355,43.5316039]},"properties":{"uid":"32f8f279-40e6-55a1-aea4-a6a6d90a793e","ObjID":"2203820102000003","street":"机务街"}}"#,
    r#"{"type":"Feature","geometry":{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8],[9,9.5]]]},"properties":{"kind":"road-arterial","grade":"主"}}"#,
    r#"{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1,1],[5,1],[5,5],[1,5],[1,1]],[[2,2],[2,3],[3,3],[2,2]]]},"properties":null}"#,
];

const BYTES: &str = "
    6d656e646d61704c01000000f31439aac50100000000000005726f616473030d6d616e686f6c652d
    73746f726d0d726f61642d617274657269616c047061726bc402030004077b22756964223a092c22
    4f626a4944223a0a2c22737472656574223a017d02000300010003087b226b696e64223a092c2267
    72616465223a017d0000000200010200000000000000050500000001020500000001020500000003
    0420e4b6e10814865205a43ef3fa1cfda78aa3c65b0e053e5b44a67d3ee2a9614023080000000000
    000000050101010202070000000101020307010101020305040739aef3809a09b803c003a5a0bc90
    0980b4891380b4891380b4891380b48913ffcfa54c80e8922600ffe792260080dac4090080dac409
    ffd9c40939b493949f03933f913f8de1898c0380b4891380b4891380b489138087a70efffc875100
    80e8922600ffe7922680dac40980dac40900ffd9c409310260d48941292559b1804fb3634d10d8db
    6ed78ae025875e2fbf1aba55703039f432f8f27940e655a1aea4a6a6d90a793e1d00001222323230
    333832303130323030303030312210023222100233221101010b22e69cbae58aa1e8a19722000000
    1200000f22726f61642d617274657269616c220800000522e4b8bb22070000046e756c6c00
";

#[test]
fn version_1_is_frozen() {
    let catalog = catalog();
    let layer = loaded(&catalog, "roads", &collection(&FEATURES.map(Into::into)));
    assert_eq!(layer.len(), 5);
    let out = written(&catalog, "roads", &layer);
    let hex: String = out.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, BYTES.split_whitespace().collect::<String>());
    assert_eq!(again(&catalog, "roads", &out).len(), 5);
}
