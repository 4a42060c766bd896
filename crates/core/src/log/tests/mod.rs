mod causality;
mod containers;
mod forms;
mod reading;
mod wire;
