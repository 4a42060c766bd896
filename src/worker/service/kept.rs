//! Layers of a person's own that were kept, taken up at the next start.

use super::Service;
use crate::{
    storage::{KeptLayer, LayerNote},
    worker::protocol::{LayerState, OwnFile, Trouble},
};
use mendmap_core::catalog::LayerFile;
use std::pin::Pin;

impl Service {
    /// Takes up a layer of a person's own that was kept.
    ///
    /// Boxed and never inlined: whoever asks for it is of another part of the program.
    #[inline(never)]
    pub(super) fn take_kept<'a>(
        &'a self,
        file: &'a LayerFile,
        kept: KeptLayer,
    ) -> Pin<Box<dyn Future<Output = Result<LayerState, Trouble>> + 'a>> {
        Box::pin(self.taking_kept(file, kept))
    }

    async fn taking_kept(&self, file: &LayerFile, kept: KeptLayer) -> Result<LayerState, Trouble> {
        let note = kept.note.as_deref().and_then(LayerNote::read);
        let mut own = OwnFile {
            has_before: kept.has_before,
            ..OwnFile::default()
        };
        let Some(note) = note else {
            // An older version of the app kept the file as it came.
            return Ok(self.take_layer(file, kept.bytes, Some(own)).await);
        };
        let LayerNote {
            name,
            at,
            report,
            fields,
        } = note;
        (own.name, own.at) = (name, at);
        match self.read_columns(file, &kept.bytes).await? {
            // What was wrong with the file is known from when it was read.
            Ok(arrival) => {
                let mut arrival = arrival.reporting(report);
                arrival.called(fields);
                Ok(self.put_layer(file, arrival, Some(own)))
            }
            Err(error) => self.with(|state| {
                let trouble = Trouble::OwnLayer {
                    name: own.name.clone(),
                    detail: error.to_string(),
                };
                Ok(state.note_layer(file, None, Some(trouble), Some(own)))
            }),
        }
    }
}
