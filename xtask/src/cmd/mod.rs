//! One file a command.

pub(crate) mod audit;
pub(crate) mod bench;
pub(crate) mod browsers;
pub(crate) mod build;
pub(crate) mod city;
pub(crate) mod lint;
pub(crate) mod load;
pub(crate) mod pack;
pub(crate) mod phone;
pub(crate) mod screens;
pub(crate) mod serve;
pub(crate) mod server_story;
pub(crate) mod server_test;
pub(crate) mod size;
pub(crate) mod stories;
pub(crate) mod storm;
pub(crate) mod test;
pub(crate) mod tidy;
pub(crate) mod tools;
pub(crate) mod trunk_story;
pub(crate) mod wasm_test;
