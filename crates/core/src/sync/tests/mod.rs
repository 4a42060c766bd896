mod chain;
mod exchange;
mod model;
mod rules;
mod storm;
mod wire;
