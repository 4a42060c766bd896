//! The optional picture underneath: where its tiles come from, and its shift to
//! fit where it is drawn in another datum than the city.

mod archive;
mod fetch;
mod shift;

use super::protocol::Protocol;
use archive::Archive;
use mendmap_core::catalog::{BaseMap, BaseMapKind, Datum};
use std::rc::Rc;

/// Address under which MapLibre asks us for tiles that we make ourselves.
const OURS: &str = "mendmap-base://tiles/{z}/{x}/{y}";

/// A base map as the style knows it.
pub(super) struct Base {
    /// Tile address for the style.
    pub(super) url: String,
    /// Answers that address, where it is ours.
    pub(super) protocol: Option<Protocol>,
}

/// Prepares the base map of the catalogue. Plain tiles in the city's own datum
/// are left to MapLibre; archives and shifted pictures are put together here.
pub(super) fn prepare(base: &BaseMap) -> Base {
    let url = template(base);
    let shifted = base.datum == Datum::Gcj02;
    let source = match base.kind {
        BaseMapKind::Pmtiles => Source::Archive(Rc::new(Archive::new(url))),
        BaseMapKind::Xyz | BaseMapKind::Wmts if shifted => Source::Template(url),
        BaseMapKind::Xyz | BaseMapKind::Wmts => {
            return Base {
                url,
                protocol: None,
            };
        }
    };
    Base {
        url: OURS.to_owned(),
        protocol: Some(fetch::protocol(source, shifted)),
    }
}

/// Where single tiles come from.
#[derive(Clone)]
enum Source {
    /// An address with `{z}`, `{x}`, `{y}`.
    Template(String),
    /// A PMTiles file.
    Archive(Rc<Archive>),
}

/// The address with its key in place and the names that WMTS gives rows and columns
/// replaced by the plain ones.
fn template(base: &BaseMap) -> String {
    base.url
        .replace("{key}", base.key.as_deref().unwrap_or_default())
        .replace("{TileMatrix}", "{z}")
        .replace("{TileRow}", "{y}")
        .replace("{TileCol}", "{x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_put_in_and_wmts_names_are_understood() {
        let base: BaseMap = serde_json::from_value(serde_json::json!({
            "kind": "wmts",
            "url": "https://t0.example/vec_w/wmts?TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}&tk={key}",
            "key": "secret",
        }))
        .expect("a base map");
        assert_eq!(
            template(&base),
            "https://t0.example/vec_w/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=secret"
        );
    }
}
