//! A report's numbers.

use mendmap_core::city::{EXAMPLES, Report, Severity};

/// Whether what a report counts adds up: every feature is loaded or refused, each refusal is told
/// once, and of each kind of problem the first features are named.
pub fn counts_add_up(report: &Report, lists_all: bool) {
    assert_eq!(report.loaded + report.refused, report.read, "{report:?}");
    let told = |severity| -> usize {
        let tallies = report.problems.iter().filter(|t| t.severity == severity);
        tallies.map(|t| t.count).sum()
    };
    assert_eq!(told(Severity::Refused), report.refused, "{report:?}");
    assert!(told(Severity::Mended) >= report.mended, "{report:?}");
    assert!(report.mended <= report.loaded, "{report:?}");
    for tally in &report.problems {
        let most = if lists_all { usize::MAX } else { EXAMPLES };
        assert_eq!(tally.first.len(), tally.count.min(most), "{report:?}");
        let places = tally.first.iter().map(|example| example.index);
        assert!(places.clone().is_sorted(), "{report:?}");
        assert!(places.into_iter().all(|at| at < report.read), "{report:?}");
    }
}
