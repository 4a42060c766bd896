//! The layer that a file is named after.

use super::{Catalog, LayerId};

impl Catalog {
    /// The layer that a file of this name seems to be for: the one whose id, file or name stands in it,
    /// the longest of several.
    pub fn layer_named(&self, file_name: &str) -> Option<&LayerId> {
        let stem = |name: &str| -> String {
            let name = name.to_lowercase();
            let name = name.split('.').next().unwrap_or_default();
            name.chars()
                .map(|c| if c == '_' || c == ' ' { '-' } else { c })
                .collect()
        };
        let given = stem(file_name);
        let called = self.layers.iter().flat_map(|layer| {
            let label = &layer.label;
            let kinds = layer.kinds.iter().filter_map(|kind| self.asset_kind(kind));
            let kinds = kinds.flat_map(|kind| [&kind.id.0, &kind.label.zh, &kind.label.en]);
            let own = [&layer.id.0, &layer.file, &label.zh, &label.en];
            own.into_iter()
                .chain(kinds)
                .map(move |name| (stem(name), &layer.id))
        });
        let standing = called.filter(|(name, _)| !name.is_empty() && given.contains(&**name));
        // Of equals the first, as the catalogue has them.
        let longest = standing.min_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        longest.map(|(_, id)| id)
    }
}
