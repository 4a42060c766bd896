//! How each kind of work is gone about in such a town: who does it, when, and how much at a time.
//! Invented, as all of the demonstration is.

use super::calendar::{Hours, Week};

/// How a kind of work is gone about.
#[derive(Debug)]
pub(super) struct Habit {
    /// The kind of work, by its id in the catalogue.
    pub(super) work: &'static str,
    /// The crews that do it.
    pub(super) crews: &'static [&'static str],
    /// How much of it falls to each month, January to October.
    pub(super) months: [u64; 10],
    pub(super) week: Week,
    pub(super) hours: Hours,
    /// About how much is done at a time, in the smallest parts of its unit.
    pub(super) mean: u64,
    /// Minutes that it takes.
    pub(super) minutes: usize,
    /// Of a hundred tasks so many are seen by a supervisor first, who gives them to a crew.
    pub(super) dispatched: usize,
    /// How it is made.
    pub(super) make: Make,
    /// With what, where that is said.
    pub(super) materials: &'static [&'static str],
}

/// How the events of a kind of work are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Make {
    /// Amounts on streets, at points that are drawn or on the street itself.
    Spots,
    /// Amounts along streets, on lines that are drawn or on the street itself.
    Lines,
    /// Amounts at assets of the kinds that the catalogue names, one after the other.
    Assets,
    /// Things, mostly in rounds of so many, street by street.
    Rounds(usize),
    /// Things, mostly one by one.
    Single,
    /// So many different assets, each so many times, in rounds of so many or alone.
    Distinct { times: usize, round: usize },
    /// The streets' swept areas, each part so many times.
    Sweeping(usize),
    /// The pipes, street by street.
    Pipes,
    /// A figure a month.
    Entered,
    /// Buildings and communities whose heating is renovated.
    Heating,
    /// Within another kind, which says where it is done.
    Within,
}

const FROST_FREE: [u64; 10] = [0, 0, 2, 14, 18, 16, 13, 13, 13, 11];
const DRAIN_SEASON: [u64; 10] = [0, 0, 4, 18, 22, 18, 12, 9, 9, 8];
const ALL_YEAR: [u64; 10] = [1; 10];
const DARK: [u64; 10] = [14, 12, 10, 9, 8, 7, 7, 9, 11, 13];

const fn habit(work: &'static str, crews: &'static [&'static str], make: Make) -> Habit {
    Habit {
        work,
        crews,
        months: ALL_YEAR,
        week: Week::Weekdays,
        hours: Hours::Day,
        mean: 1,
        minutes: 60,
        dispatched: 50,
        make,
        materials: &[],
    }
}

const ROAD: &[&str] = &["road-1"];
const DRAINS: &[&str] = &["drain-1", "drain-2"];
const CLEAN: &[&str] = &["clean-1"];

/// All kinds of work of the year.
pub(super) const HABITS: [Habit; 21] = [
    Habit {
        months: FROST_FREE,
        mean: 1_130,
        minutes: 75,
        materials: &["冷补料", "热拌沥青"],
        ..habit("pothole-patch", ROAD, Make::Spots)
    },
    Habit {
        months: FROST_FREE,
        mean: 52_000,
        minutes: 150,
        materials: &["密封胶", "乳化沥青"],
        ..habit("crack-seal", ROAD, Make::Lines)
    },
    Habit {
        months: FROST_FREE,
        mean: 990,
        minutes: 180,
        materials: &["透水砖", "花岗岩"],
        ..habit("sidewalk-pave", ROAD, Make::Spots)
    },
    Habit {
        months: FROST_FREE,
        mean: 760,
        minutes: 140,
        materials: &["花岗岩", "混凝土"],
        ..habit("kerb-replace", ROAD, Make::Lines)
    },
    Habit {
        months: DARK,
        hours: Hours::Evening,
        week: Week::Daily,
        minutes: 35,
        dispatched: 40,
        ..habit("lamp-repair", &["lamp-1"], Make::Single)
    },
    Habit {
        minutes: 100,
        dispatched: 30,
        ..habit("pipe-patrol", DRAINS, Make::Pipes)
    },
    Habit {
        months: DRAIN_SEASON,
        minutes: 12,
        ..habit("manhole-clear", DRAINS, Make::Rounds(22))
    },
    Habit {
        months: [2, 2, 4, 9, 11, 11, 10, 9, 9, 8],
        minutes: 110,
        dispatched: 80,
        ..habit("manhole-repair", DRAINS, Make::Single)
    },
    Habit {
        months: DRAIN_SEASON,
        minutes: 8,
        ..habit("drain-clear", DRAINS, Make::Rounds(26))
    },
    habit("drain-repair", DRAINS, Make::Within),
    Habit {
        minutes: 90,
        dispatched: 0,
        ..habit(
            "pump-sewage-keep",
            DRAINS,
            Make::Distinct {
                times: 10,
                round: 1,
            },
        )
    },
    Habit {
        minutes: 90,
        dispatched: 0,
        ..habit(
            "pump-storm-keep",
            DRAINS,
            Make::Distinct { times: 8, round: 1 },
        )
    },
    Habit {
        months: [0, 0, 1, 4, 4, 4, 4, 4, 4, 4],
        hours: Hours::Early,
        week: Week::Daily,
        minutes: 70,
        dispatched: 0,
        ..habit("sweep", CLEAN, Make::Sweeping(3))
    },
    Habit {
        week: Week::Daily,
        mean: 31,
        minutes: 90,
        dispatched: 10,
        ..habit("bill-remove", CLEAN, Make::Spots)
    },
    Habit {
        week: Week::Daily,
        minutes: 14,
        dispatched: 100,
        ..habit(
            "toilet-keep",
            CLEAN,
            Make::Distinct {
                times: 5,
                round: 12,
            },
        )
    },
    Habit {
        week: Week::Daily,
        mean: 360,
        minutes: 45,
        dispatched: 20,
        ..habit("toilet-pump", CLEAN, Make::Assets)
    },
    Habit {
        dispatched: 0,
        ..habit("refuse-rate", CLEAN, Make::Entered)
    },
    Habit {
        months: [0, 0, 0, 0, 1, 3, 4, 4, 4, 0],
        minutes: 420,
        dispatched: 100,
        ..habit("heating-renovate", &["works-1"], Make::Heating)
    },
    Habit {
        months: [0, 0, 0, 4, 6, 6, 5, 3, 0, 0],
        minutes: 40,
        dispatched: 70,
        ..habit(
            "outfall-inspect",
            &["drain-2"],
            Make::Distinct { times: 1, round: 1 },
        )
    },
    habit("outfall-regulate", &["drain-2"], Make::Within),
    Habit {
        minutes: 50,
        dispatched: 100,
        ..habit("lid-replace", DRAINS, Make::Single)
    },
];

/// Outfalls are put in order once they were inspected.
pub(super) const REGULATING: [u64; 10] = [0, 0, 0, 0, 0, 0, 0, 0, 4, 3];

/// How a kind of work is gone about, where anybody does it.
pub(super) fn habit_of(work: &str) -> Option<&'static Habit> {
    HABITS.iter().find(|habit| habit.work == work)
}
