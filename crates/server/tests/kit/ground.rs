//! What a program stands on: what looks like a built app, and a folder for its log.
#![allow(
    dead_code,
    reason = "each test is a program of its own and uses a part"
)]

use crate::kit;
use crate::program::{Log, Program};
use std::path::PathBuf;

/// A folder with both, which goes with this value.
pub(crate) struct Ground {
    pub(crate) folder: tempfile::TempDir,
}

impl Ground {
    pub(crate) fn new() -> Ground {
        let folder = tempfile::tempdir().unwrap();
        kit::dist(&folder.path().join("dist"));
        Ground { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// There is nothing there before a program is started.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// A log in it.
    pub(crate) fn log(&self) -> Log {
        Log::Folder(self.data())
    }

    /// The program at work on it.
    pub(crate) fn start(&self) -> Program {
        Program::start(&self.dist(), &self.log())
    }
}
