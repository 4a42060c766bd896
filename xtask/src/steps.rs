//! Named steps with their times, said while they run and summed up at the end.

use std::time::{Duration, Instant};

use crate::error::Result;

/// The steps taken so far.
pub(crate) struct Steps {
    started: Instant,
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Starts the clock.
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            done: Vec::new(),
        }
    }

    /// Runs one step. A step that fails ends the run: the summary says how far it came.
    pub(crate) fn run<T>(&mut self, name: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n▸ {name}");
        let began = Instant::now();
        let result = step();
        let took = began.elapsed();
        match &result {
            Ok(_) => {
                println!("  {name}: {}", seconds(took));
                self.done.push((name.to_owned(), took));
            }
            Err(_) => {
                println!("\n✗ {name}: failed after {}", seconds(took));
                self.summary();
            }
        }
        result
    }

    /// Prints every step with its time.
    pub(crate) fn summary(&self) {
        println!();
        for (name, took) in &self.done {
            println!("  {:>9}  {name}", seconds(*took));
        }
        println!("  {:>9}  in all", seconds(self.elapsed()));
    }

    /// Time since the first step began.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

/// `4.2 s`, `3 min 07 s`.
pub(crate) fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    if whole < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}
