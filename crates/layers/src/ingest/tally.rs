//! Counts what became of features.

use super::{EXAMPLES, Example, FileError, Problem, Report, Severity, Tally};
use crate::catalog::LayerId;

/// A report in the making.
#[derive(Debug)]
pub(super) struct Tallies {
    report: Report,
    /// How many examples of one kind are kept.
    most: usize,
}

impl Tallies {
    /// Keeps the first examples of each kind, or all of them.
    pub(super) fn new(layer: &LayerId, bytes: usize, lists_all: bool) -> Self {
        Tallies {
            most: if lists_all { usize::MAX } else { EXAMPLES },
            report: Report {
                layer: layer.clone(),
                bytes,
                error: None,
                read: 0,
                loaded: 0,
                mended: 0,
                refused: 0,
                problems: Vec::new(),
                remarks: None,
            },
        }
    }

    /// Position in the file of the feature being read.
    pub(super) fn index(&self) -> usize {
        self.report.read
    }

    /// Counts a feature that was left out.
    pub(super) fn refused(&mut self, id: Option<&str>, why: Problem) {
        self.note(id, why);
        self.report.refused += 1;
        self.report.read += 1;
    }

    /// Counts a feature that was loaded.
    pub(super) fn loaded(&mut self, id: Option<&str>, problems: impl Iterator<Item = Problem>) {
        let mut mended = false;
        for problem in problems {
            mended |= problem.severity() == Severity::Mended;
            self.note(id, problem);
        }
        self.report.mended += usize::from(mended);
        self.report.loaded += 1;
        self.report.read += 1;
    }

    fn note(&mut self, id: Option<&str>, problem: Problem) {
        let kind = problem.tag();
        let most = self.most;
        let tallies = &mut self.report.problems;
        let place = tallies.iter().position(|t| t.kind == kind);
        let place = place.unwrap_or_else(|| {
            tallies.push(Tally {
                severity: problem.severity(),
                kind: kind.to_owned(),
                count: 0,
                first: Vec::new(),
            });
            tallies.len() - 1
        });
        if let Some(tally) = tallies.get_mut(place) {
            tally.count += 1;
            if tally.first.len() < most {
                tally.first.push(Example {
                    index: self.report.read,
                    id: id.map(str::to_owned),
                    problem,
                });
            }
        }
    }

    /// The report of a file that was read, perhaps not to its end.
    pub(super) fn done(mut self, error: Option<FileError>) -> Report {
        crate::order::sort_by_key(&mut self.report.problems, |t| t.severity);
        self.report.error = error;
        self.report
    }

    /// The report of a file of which nothing counts.
    pub(super) fn failed(self, error: FileError) -> Report {
        Tallies::new(&self.report.layer, self.report.bytes, false).done(Some(error))
    }
}
