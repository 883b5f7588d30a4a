//! The map of a domain: where packages come from and where they go.
//!
//! What can be reasoned about without a browser is pure and tested on the host: `chart` (a domain as cards, edges and
//! marks), `layout`, `numbers`, `viewport`, `gesture`, `walk`, `wiring`. The rest draws it: one transform moves everything, so
//! that panning draws nothing anew.

mod canvas;
mod card;
mod chart;
mod edges;
mod geometry;
mod gesture;
mod headings;
mod keyboard;
mod layout;
mod numbers;
mod shape;
mod state;
mod table;
mod timing;
mod tools;
mod viewport;
mod walk;
mod wires;
mod wiring;

pub use canvas::MapCanvas;
pub use shape::MapShape;
pub use state::MapState;
pub use table::MapTable;
pub use timing::measure_map;
pub use tools::MapTools;
