//! The numbers the demonstration city is to have.

use super::*;
use geo::{Geodesic, Length};
use rust_decimal::Decimal;

#[test]
fn there_is_as_much_of_everything_as_the_city_has() {
    for city in cities() {
        let lids = city.count("manhole-sewage") + city.count("manhole-storm");
        assert!(lids >= 3_400, "{lids} storm and sewage manholes");
        assert!(city.count("manhole-lamp") >= 100);
        assert!(city.count("manhole-heat") >= 100);
        assert_eq!(city.count("storm-drain"), 4_000);
        assert_eq!(city.count("street-lamp"), 1_300);
        assert_eq!(city.count("pump-sewage"), 12);
        assert_eq!(city.count("pump-storm"), 2);
        assert_eq!(city.count("public-toilet"), 57);
        assert_eq!(city.count("community-renovated"), 117);
        assert_eq!(city.count("community-heated"), 273);
        assert_eq!(city.count("outfall"), 39);
    }
}

#[test]
fn pipes_are_146_km_on_the_ellipsoid() {
    for city in cities() {
        let mut metres = 0.0;
        for pipe in city.layer("pipes") {
            let positions = pipe["geometry"]["coordinates"].as_array().expect("a line");
            let line: LineString = positions
                .iter()
                .map(|p| (p[0].as_f64().expect("lon"), p[1].as_f64().expect("lat")))
                .collect();
            let long = Geodesic.length(&line);
            assert!((long - number(pipe, "length_m")).abs() < 0.02, "{pipe}");
            metres += long;
        }
        assert!((metres - 146_000.0).abs() < 500.0, "{metres} m of pipe");
    }
}

#[test]
fn swept_streets_come_to_1_800_000_square_metres_exactly() {
    for city in cities() {
        let mut total = Decimal::ZERO;
        for road in city.layer("roads") {
            let decimal = |key| road["properties"].get(key)?.as_str()?.parse().ok();
            let Some(m2) = decimal("swept_m2") else {
                continue;
            };
            let (wide, long): (Decimal, Decimal) = (
                decimal("swept_width_m").expect("a width"),
                decimal("swept_length_m").expect("a length"),
            );
            assert_eq!(wide * long, m2, "{road}");
            let street = Decimal::try_from(number(road, "length_m")).expect("a length");
            assert!(long <= street, "more swept than there is: {road}");
            total += m2;
        }
        assert_eq!(total, Decimal::from(1_800_000));
    }
}

#[test]
fn programmes_run_from_2019_to_2023_and_each_community_has_its_trades() {
    for city in cities() {
        let mut years = BTreeMap::new();
        for home in city.layer("communities") {
            let year = number(home, "programme_year") as i32;
            assert!((2019..=2023).contains(&year));
            *years.entry(year).or_insert(0) += 1;
            let trades = home["properties"]["trades"].as_array().expect("a list");
            assert!(!trades.is_empty(), "{home}");
        }
        assert_eq!(years.len(), 5, "{years:?}");
    }
}

#[test]
fn seven_outfalls_are_in_order() {
    for city in cities() {
        let mut kinds = BTreeMap::new();
        for outfall in city.layer("outfalls") {
            if outfall["properties"]["in_order"] == true {
                *kinds.entry(text(outfall, "outfall_kind")).or_insert(0) += 1;
            }
        }
        let expected = [("industrial", 1), ("irrigation", 1), ("sewage_works", 5)];
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn streets_have_names_of_their_own_and_all_three_grades() {
    for city in cities() {
        let streets = city.streets();
        assert_eq!(streets.len(), city.layer("roads").len(), "a name twice");
        assert!(!streets.contains_key(""));
        for grade in ["I", "II", "III"] {
            let roads = city.layer("roads").iter();
            assert!(roads.filter(|f| text(f, "grade") == grade).count() >= 8);
        }
    }
}
