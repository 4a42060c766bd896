mod chain;
mod exchange;
mod model;
mod rules;
mod snapshot;
mod storm;
mod wire;
