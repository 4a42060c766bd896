//! Seasons: rule by rule, against completion, and against a plain reading of what was done.

mod kit;
mod large;
mod plain;
mod rules;
mod sides;
