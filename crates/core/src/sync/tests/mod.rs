mod chain;
mod model;
mod rules;
mod storm;
mod wire;
