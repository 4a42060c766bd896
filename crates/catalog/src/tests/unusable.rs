//! What nothing can be made of is refused, and says why.

use super::super::*;
use super::small::{small, with};
use serde_json::{Value, json};

fn refused(file: &Value) -> CatalogError {
    Catalog::read(file.to_string().as_bytes()).expect_err("it is unusable")
}

#[test]
fn bytes_that_are_no_text_or_no_json() {
    let gbk = b"{\"city\":\"\xcb\xab\xc1\xc9\"}";
    let error = Catalog::read(gbk).expect_err("GBK");
    // The first character happens to be UTF-8 as well.
    assert_eq!(error, CatalogError::NotUtf8 { from: 11 });
    let error = Catalog::read(b"{\n\"version\": 1,\n}").expect_err("a comma too many");
    assert!(
        matches!(error, CatalogError::NotJson { line: 3, .. }),
        "{error}"
    );
    let error = Catalog::read(b"").expect_err("empty");
    assert!(matches!(error, CatalogError::NotJson { .. }), "{error}");
    let error = Catalog::read(b"[]").expect_err("a list");
    assert!(matches!(error, CatalogError::WrongShape { .. }), "{error}");
}

#[test]
fn a_byte_order_mark_is_no_obstacle() {
    let bytes = [b"\xef\xbb\xbf", small().to_string().as_bytes()].concat();
    assert_eq!(Catalog::read(&bytes).expect("a catalogue").1, []);
}

#[test]
fn a_list_is_missing_or_is_none() {
    for member in [
        "version",
        "city",
        "asset_kinds",
        "units",
        "families",
        "work_kinds",
        "crews",
        "layers",
    ] {
        let error = refused(&with(&format!("/{member}"), Value::Null));
        let member = member.to_owned();
        assert_eq!(error, CatalogError::Missing { member });
    }
    let error = refused(&with("/units", json!({ "pcs": 1 })));
    assert!(matches!(error, CatalogError::WrongShape { at, .. } if at == "/units"));
    let error = refused(&with("/city/center", json!([123.5])));
    assert!(matches!(error, CatalogError::WrongShape { at, .. } if at == "/city"));
}

#[test]
fn a_later_form_is_not_guessed_at() {
    // Even where nothing else has the shape we know.
    let error = refused(&json!({ "format": 2, "cities": [] }));
    assert_eq!(
        error,
        CatalogError::NewerFormat {
            found: 2,
            understood: 1
        }
    );
    let said = serde_json::to_value(&error).expect("errors are data");
    assert_eq!(
        said,
        json!({ "newer_format": { "found": 2, "understood": 1 } })
    );
}

#[test]
fn a_city_has_an_id_a_zone_and_a_place() {
    for id in ["22038", "2203822", "22038x", "２２０３８２"] {
        let error = refused(&with("/city/id", json!(id)));
        assert_eq!(error, CatalogError::CityId { id: id.into() });
    }
    assert_eq!(
        refused(&with("/city/zone", json!(" "))),
        CatalogError::CityZone
    );
    for (member, value) in [
        ("center", json!([43.52, 123.5])),
        ("bounds", json!([123.6, 43.4, 123.4, 43.6])),
        ("bounds", json!([123.4, 43.4, 123.6, 93.6])),
    ] {
        let error = refused(&with(&format!("/city/{member}"), value));
        assert!(matches!(error, CatalogError::CityPlace { member: m, .. } if m == member));
    }
}
