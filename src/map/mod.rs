//! The map. Nobody else names MapLibre.

mod base;
mod boxed;
mod camera;
mod component;
mod controls;
mod draw;
mod event;
mod gesture;
mod handle;
mod image;
mod inner;
mod js;
mod locate;
mod painter;
mod picture;
mod preview;
mod protocol;
mod redraw;
mod scale;
pub mod style;
mod tiles;
mod trail;
mod view;
mod words;

pub use boxed::Boxing;
pub use camera::Padding;
pub use component::{MapSetup, MapView, webgl2_available};
pub use event::{Fix, LocateError, MapEvent};
pub use handle::MapHandle;
pub use locate::Watch;
pub use redraw::Redraw;
pub use scale::{Scale, scale};
pub use style::Theme;
pub use tiles::{TileError, TileFuture, TileSource};
pub use view::View;
