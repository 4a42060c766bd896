//! What is seen of the map, as a picture: for paper.

use super::handle::MapHandle;

impl MapHandle {
    /// What is seen now, as the address of an image; none where the browser gives no picture.
    #[inline(never)]
    pub fn picture(&self) -> Option<String> {
        // The canvas holds its pixels no longer than the task that drew them.
        self.0.map.redraw();
        self.0.map.canvas().to_data_url_with_type("image/jpeg").ok()
    }
}
