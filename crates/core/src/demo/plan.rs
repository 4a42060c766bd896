//! The skeleton drawn by hand: which long streets there are, what they are
//! called, and what kind of quarter lies between them.

use super::plane::{Pt, pt};

/// Road grade, and with it patrol cycle and width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    Arterial,
    Collector,
    Local,
}

/// Character of a quarter: age, size of blocks, who maintains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quarter {
    /// The old river port: small crooked blocks.
    Old,
    /// Railway and work-unit housing around the station.
    Station,
    /// The ordinary town.
    Inner,
    /// Estates of the last twenty years.
    New,
    /// Works and depots beyond the railway.
    East,
    /// Low houses at the southern edge.
    South,
}

/// A long street of the skeleton.
pub(super) struct Line {
    /// Metres of plan, east for streets running north, north for those running east.
    pub(super) at: f64,
    pub(super) grade: Grade,
    pub(super) name: &'static str,
    /// Name beyond the railway, where it does not cross.
    pub(super) beyond: &'static str,
    /// Carriageway, metres.
    pub(super) width: f64,
}

const fn line(at: f64, grade: Grade, width: f64, name: &'static str, beyond: &'static str) -> Line {
    Line {
        at,
        grade,
        name,
        beyond,
        width,
    }
}

use Grade::{Arterial as A, Collector as C, Local as L};

/// Streets running north, from the river eastward.
pub(super) const NORTHWARD: [Line; 11] = [
    line(0.0, A, 18.0, "滨河路", ""),
    line(390.0, C, 13.0, "通河街", ""),
    line(790.0, A, 24.0, "郑家屯大街", ""),
    line(1160.0, C, 14.0, "文化街", ""),
    line(1570.0, A, 28.0, "迎宾大街", ""),
    line(1985.0, C, 15.0, "向阳街", ""),
    line(2390.0, A, 24.0, "新华大街", ""),
    line(2745.0, C, 14.0, "站前路", ""),
    line(2950.0, C, 13.0, "铁东街", ""),
    line(3340.0, A, 24.0, "东兴大街", ""),
    line(3740.0, L, 9.0, "机务街", ""),
];

/// Streets running east, from the south northward.
pub(super) const EASTWARD: [Line; 9] = [
    line(0.0, L, 9.0, "南环路", "南环东路"),
    line(420.0, C, 13.0, "富强路", "振兴路"),
    line(850.0, A, 28.0, "辽河路", ""),
    line(1225.0, C, 13.0, "民主路", "铁东一路"),
    line(1640.0, A, 22.0, "站前街", "铁东二路"),
    line(2050.0, C, 14.0, "光明路", "铁东三路"),
    line(2470.0, A, 28.0, "中山路", ""),
    line(2890.0, C, 15.0, "新城路", "电厂路"),
    line(3270.0, C, 14.0, "北环路", ""),
];

/// Streets running east that cross the railway.
pub(super) const CROSSINGS: [usize; 2] = [2, 6];
/// Column of the skeleton that the railway fills.
pub(super) const RAILWAY: usize = 7;
/// The station stands where this street of `EASTWARD` meets `NORTHWARD[RAILWAY]`.
pub(super) const STATION: usize = 4;

/// Streets that fan out from the station square: name, and the corner of the
/// skeleton each ends at.
pub(super) const FAN: [(&str, usize, usize); 2] = [("兴隆街", 6, 3), ("昌盛街", 6, 5)];

/// Roads leaving the town: index in EASTWARD, metres to the west, metres to the east.
pub(super) const EXITS_EAST: [(usize, f64, f64); 4] = [
    (2, 1_250.0, 800.0),
    (3, 0.0, 330.0),
    (5, 0.0, 420.0),
    (6, 0.0, 900.0),
];
/// Roads leaving the town: index in NORTHWARD, metres to the south, metres to the north.
pub(super) const EXITS_NORTH: [(usize, f64, f64); 5] = [
    (2, 0.0, 640.0),
    (4, 900.0, 1_000.0),
    (5, 450.0, 0.0),
    (6, 0.0, 380.0),
    (9, 700.0, 300.0),
];

/// The road around the town, through these points; it meets the roads that end there.
pub(super) const BYPASS: (&str, [Pt; 7]) = (
    "绕城路",
    [
        pt(1_570.0, -900.0),
        pt(2_500.0, -760.0),
        pt(3_340.0, -280.0),
        pt(4_150.0, 210.0),
        pt(4_540.0, 850.0),
        pt(4_680.0, 1_650.0),
        pt(4_640.0, 2_470.0),
    ],
);

/// The quarters, one letter a cell, the northernmost row first.
const QUARTERS: [&[u8]; 8] = [
    b" NNNNN    ",
    b"NNNNNII EE",
    b"NIIIISS EE",
    b"IIIIISS EE",
    b"IOOISSS EE",
    b"IOOIIII EE",
    b"SSIIIIS E ",
    b"  VVVVV   ",
];

/// The quarter of a cell between streets `col`, `col + 1` and `row`, `row + 1`;
/// none for open country and the railway.
pub(super) fn quarter(col: usize, row: usize) -> Option<Quarter> {
    let letter = *QUARTERS.get(7_usize.checked_sub(row)?)?.get(col)?;
    match (letter, row) {
        (b'O', _) => Some(Quarter::Old),
        (b'S', 2..) => Some(Quarter::Station),
        (b'S', _) | (b'V', _) => Some(Quarter::South),
        (b'I', _) => Some(Quarter::Inner),
        (b'N', _) => Some(Quarter::New),
        (b'E', _) => Some(Quarter::East),
        _ => None,
    }
}

impl Quarter {
    /// Square metres above which a block is cut by another street.
    pub(super) fn block(self) -> f64 {
        match self {
            Quarter::Old => 15_000.0,
            Quarter::Station => 32_000.0,
            Quarter::Inner => 46_000.0,
            Quarter::New => 70_000.0,
            Quarter::East => 85_000.0,
            Quarter::South => 42_000.0,
        }
    }

    /// Square metres above which a block is shared by several communities.
    pub(super) fn community(self) -> f64 {
        match self {
            Quarter::Old => 8_000.0,
            Quarter::Station => 14_000.0,
            Quarter::Inner => 19_000.0,
            Quarter::New => 34_000.0,
            Quarter::East => 40_000.0,
            Quarter::South => 22_000.0,
        }
    }

    /// How far a cut may stray from the straight and the middle.
    pub(super) fn crookedness(self) -> f64 {
        match self {
            Quarter::Old => 0.16,
            Quarter::Station | Quarter::South => 0.06,
            Quarter::Inner => 0.045,
            Quarter::New | Quarter::East => 0.02,
        }
    }

    /// First and last year in which its streets were laid.
    pub(super) fn years(self) -> (i16, i16) {
        match self {
            Quarter::Old => (1984, 1996),
            Quarter::Station => (1986, 2001),
            Quarter::Inner => (1993, 2008),
            Quarter::New => (2007, 2019),
            Quarter::East => (1998, 2014),
            Quarter::South => (1995, 2012),
        }
    }
}
