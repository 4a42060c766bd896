//! The protocol buffers of a vector tile (`vector_tile.proto`, version 2.1).

use foldhash::fast::FixedState;
use std::collections::HashMap;

/// Geometry types of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GeomType {
    Point = 1,
    Line = 2,
    Polygon = 3,
}

/// An attribute's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Text(&'a str),
    Number(u64),
}

/// One layer of a tile in the making.
#[derive(Debug)]
pub(super) struct LayerWriter {
    bytes: Vec<u8>,
    features: usize,
    keys: Vec<&'static str>,
    values: Vec<u8>,
    value_count: u32,
    texts: HashMap<String, u32, FixedState>,
    numbers: HashMap<u64, u32, FixedState>,
    scratch: [Vec<u8>; 2],
}

impl LayerWriter {
    pub(super) fn new(name: &str) -> Self {
        let mut bytes = Vec::new();
        put_bytes(&mut bytes, 1, name.as_bytes());
        LayerWriter {
            bytes,
            features: 0,
            keys: Vec::new(),
            values: Vec::new(),
            value_count: 0,
            texts: HashMap::with_hasher(FixedState::with_seed(7)),
            numbers: HashMap::with_hasher(FixedState::with_seed(7)),
            scratch: Default::default(),
        }
    }

    /// Adds a feature.
    pub(super) fn feature<'v>(
        &mut self,
        id: u64,
        geom_type: GeomType,
        geometry: &[u32],
        attributes: impl IntoIterator<Item = (&'static str, Value<'v>)>,
    ) {
        let [mut feature, mut packed] = std::mem::take(&mut self.scratch);
        feature.clear();
        put_number(&mut feature, 1, id);
        packed.clear();
        for (key, value) in attributes {
            put_varint(&mut packed, u64::from(self.key(key)));
            put_varint(&mut packed, u64::from(self.value(value)));
        }
        if !packed.is_empty() {
            put_bytes(&mut feature, 2, &packed);
        }
        put_number(&mut feature, 3, geom_type as u64);
        packed.clear();
        for &integer in geometry {
            put_varint(&mut packed, u64::from(integer));
        }
        put_bytes(&mut feature, 4, &packed);
        put_bytes(&mut self.bytes, 2, &feature);
        self.features += 1;
        self.scratch = [feature, packed];
    }

    /// Ends the layer and adds it to a tile, unless it is empty.
    pub(super) fn finish(mut self, extent: u64, tile: &mut Vec<u8>) {
        if self.features == 0 {
            return;
        }
        for key in &self.keys {
            put_bytes(&mut self.bytes, 3, key.as_bytes());
        }
        self.bytes.extend_from_slice(&self.values);
        put_number(&mut self.bytes, 5, extent);
        put_number(&mut self.bytes, 15, 2);
        put_bytes(tile, 3, &self.bytes);
    }

    fn key(&mut self, key: &'static str) -> u32 {
        let known = self.keys.iter().position(|k| *k == key);
        known.unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        }) as u32
    }

    fn value(&mut self, value: Value) -> u32 {
        let known = match value {
            Value::Text(text) => self.texts.get(text),
            Value::Number(number) => self.numbers.get(&number),
        };
        if let Some(&known) = known {
            return known;
        }
        let index = self.value_count;
        self.value_count += 1;
        let mut message = Vec::new();
        match value {
            Value::Text(text) => {
                put_bytes(&mut message, 1, text.as_bytes());
                self.texts.insert(text.to_owned(), index);
            }
            Value::Number(number) => {
                put_number(&mut message, 5, number);
                self.numbers.insert(number, index);
            }
        }
        put_bytes(&mut self.values, 4, &message);
        index
    }
}

/// A field of numbers.
fn put_number(out: &mut Vec<u8>, field: u64, number: u64) {
    put_varint(out, field << 3);
    put_varint(out, number);
}

/// A field of bytes, a text or another message.
fn put_bytes(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    put_varint(out, field << 3 | 2);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Seven bits a byte, the lowest first.
fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
