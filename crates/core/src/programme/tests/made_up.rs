//! A programme of which little is known from files: what people say of trades decides.

use super::*;
use crate::city::City;
use crate::ids::AssetUid;
use crate::ledger::Wanted;
use serde_json::json;

fn uid(n: u8) -> AssetUid {
    asset_uid(n)
}

/// Three communities: one of the files' year, and two of none.
fn city() -> City {
    let mut city = City::new(catalog());
    let square = |n: u8| {
        let west = 123.5 + f64::from(n) / 1000.0;
        let east = west + 0.0005;
        json!([[
            [west, 43.5],
            [east, 43.5],
            [east, 43.5005],
            [west, 43.5005],
            [west, 43.5]
        ]])
    };
    let home = |n: u8, year: Option<i16>| {
        json!({
            "type": "Feature",
            "geometry": { "type": "Polygon", "coordinates": square(n) },
            "properties": {
                "uid": uid(n).to_string(), "kind": "community-renovated", "ObjName": format!("小区{n}"),
                "programme_year": year, "trades": ["道路", "屋面防水"]
            }
        })
    };
    let homes = [home(1, Some(2024)), home(2, None), home(3, None)];
    let layer = json!({ "type": "FeatureCollection", "features": homes });
    city.set_layer(&"communities".into(), layer.to_string().into_bytes());
    city
}

fn members(city: &City, log: &Log, today: Date, year: i16) -> Vec<Member> {
    told(city, log, today, |all| all.members(year))
}

fn told<T>(city: &City, log: &Log, today: Date, read: impl FnOnce(&Overview<'_>) -> T) -> T {
    let none = BTreeSet::new();
    let asked = Asked {
        city,
        programme: city.catalog().programme(&"communities".into()).unwrap(),
        log,
        refused: &none,
        wanted: Wanted::Counted,
        verification: false,
        today,
    };
    read(&Overview::of(asked, std::iter::empty()))
}

fn standings(members: &[Member]) -> Vec<(Option<AssetUid>, Standing)> {
    members.iter().map(|m| (m.asset, m.standing)).collect()
}

#[test]
fn who_is_of_no_years_file_is_of_the_years_its_trades_are_dated_in() {
    let city = city();
    let mut phone = Phone::new(1);
    let say = |phone: &mut Phone, n: u8, state: TradeState, on: Date| {
        let known = Trades::of(uid(n), &phone.log, &BTreeSet::new());
        let said = set(&catalog(), uid(n), &known, setting("gas", state, on), TODAY).unwrap();
        phone.say(said.subject, said.kind);
    };
    let planned = [(Some(uid(1)), Standing::Planned)];
    assert_eq!(standings(&members(&city, &phone.log, TODAY, 2024)), planned);
    say(&mut phone, 3, TradeState::UnderWay, TODAY);
    say(&mut phone, 2, TradeState::Planned, date(2025, 4, 1));
    let both = [
        (Some(uid(3)), Standing::UnderWay),
        (Some(uid(1)), Standing::Planned),
    ];
    assert_eq!(standings(&members(&city, &phone.log, TODAY, 2024)), both);
    let next = [(Some(uid(2)), Standing::Planned)];
    assert_eq!(standings(&members(&city, &phone.log, TODAY, 2025)), next);
    told(&city, &phone.log, TODAY, |all| {
        let years = [1, 2, 3].map(|n| all.year_of(uid(n)));
        assert_eq!((years, all.latest()), ([2024, 2025, 2024], 2025));
        assert_eq!(all.year_of(uid(9)), 2024, "who is of none is of today's");
        let elsewhere = all.member(uid(2), 2024);
        assert_eq!(elsewhere.standing, Standing::Outside);
        assert_eq!(all.member(uid(2), 2025), all.members(2025)[0]);
    });
    // What a file dates is of that year alone.
    say(&mut phone, 1, TradeState::Planned, date(2025, 5, 1));
    assert_eq!(standings(&members(&city, &phone.log, TODAY, 2025)), next);
}

#[test]
fn nobody_said_anything_then_the_file_does_and_its_trades_are_done_with_the_year() {
    let city = city();
    let phone = Phone::new(1);
    let of = |today: Date| members(&city, &phone.log, today, 2024).remove(0);
    let states = |member: &Member| {
        let trades = member.trades.iter();
        let known = trades.filter_map(|t| Some((t.trade.as_str().to_owned(), t.state?)));
        known.collect::<Vec<_>>()
    };
    let both = |state| vec![("roads".to_owned(), state), ("roof".to_owned(), state)];
    let before = of(TODAY);
    assert_eq!(states(&before), both(TradeState::Planned));
    assert_eq!(before.progress(), (0, 2));
    let after = of(date(2025, 1, 1));
    assert_eq!(states(&after), both(TradeState::Done));
    assert_eq!((after.standing, after.progress()), (Standing::Done, (2, 2)));
}
