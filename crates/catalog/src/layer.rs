//! Layer files.

use super::id::word_id;
use super::json::members;
use super::{AssetKindId, Label};
use serde::{Deserialize, Serialize};

word_id!(/// Identifies a layer, for example `manholes`.
    LayerId);

/// A GeoJSON file to load, and how to read its features.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerFile {
    /// Its id.
    pub id: LayerId,
    /// Its name.
    pub label: Label,
    /// Address relative to the catalogue.
    pub file: String,
    /// The kinds it holds. The first is taken for features that do not name one.
    pub kinds: Vec<AssetKindId>,
    /// Names of the properties that mean something to us.
    #[serde(default)]
    pub fields: Fields,
    /// One of the layers shown first; the rest is folded away.
    #[serde(default)]
    pub heart: bool,
    /// Switched on at the first visit.
    #[serde(default = "yes")]
    pub visible: bool,
    /// Zoom from which its features are drawn one by one.
    #[serde(default)]
    pub min_zoom: u8,
}

members!(LayerFile { id, label, file, kinds; fields, heart, visible = yes(), min_zoom });

/// Property names, with the defaults of 数字城管 records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// Minted uid of the asset, where the file carries one.
    pub uid: String,
    /// Id of the asset kind.
    pub kind: String,
    /// 16-digit code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Street it stands on.
    pub street: String,
    /// Whose it is.
    pub owner: String,
    /// Since when it is there, or its record.
    pub date: String,
    /// How it stands.
    pub state: String,
}

/// What a property of an asset may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Meaning {
    /// Its code.
    Code,
    /// Its name.
    Name,
    /// The street it stands on.
    Street,
    /// Whose it is.
    Owner,
    /// Since when it is there, or its record.
    Date,
    /// How it stands.
    State,
}

impl Meaning {
    /// All of them, as they are asked for.
    pub const ALL: [Meaning; 6] = [
        Meaning::Code,
        Meaning::Name,
        Meaning::Street,
        Meaning::Owner,
        Meaning::Date,
        Meaning::State,
    ];
    /// Those that are looked up in an asset's properties, and not read with its file.
    pub const LOOKED_UP: [Meaning; 3] = [Meaning::Owner, Meaning::Date, Meaning::State];
}

impl Fields {
    /// The name of the property that has this meaning.
    pub fn named(&self, meaning: Meaning) -> &String {
        match meaning {
            Meaning::Code => &self.code,
            Meaning::Name => &self.name,
            Meaning::Street => &self.street,
            Meaning::Owner => &self.owner,
            Meaning::Date => &self.date,
            Meaning::State => &self.state,
        }
    }

    /// Says which property has this meaning.
    pub fn name(&mut self, meaning: Meaning, property: String) {
        *match meaning {
            Meaning::Code => &mut self.code,
            Meaning::Name => &mut self.name,
            Meaning::Street => &mut self.street,
            Meaning::Owner => &mut self.owner,
            Meaning::Date => &mut self.date,
            Meaning::State => &mut self.state,
        } = property;
    }

    /// Whether a file is read the same by both.
    pub fn reads_like(&self, other: &Fields) -> bool {
        let read = |fields: &Fields| {
            let Fields {
                uid,
                kind,
                code,
                name,
                street,
                ..
            } = fields.clone();
            [uid, kind, code, name, street]
        };
        read(self) == read(other)
    }
}

impl Default for Fields {
    fn default() -> Self {
        Fields {
            uid: "uid".into(),
            kind: "kind".into(),
            code: "ObjID".into(),
            name: "ObjName".into(),
            street: "street".into(),
            owner: "DeptName2".into(),
            date: "ORDate".into(),
            state: "ObjState".into(),
        }
    }
}

members!(Fields { ;
    uid = Fields::default().uid,
    kind = Fields::default().kind,
    code = Fields::default().code,
    name = Fields::default().name,
    street = Fields::default().street,
    owner = Fields::default().owner,
    date = Fields::default().date,
    state = Fields::default().state
});

fn yes() -> bool {
    true
}
