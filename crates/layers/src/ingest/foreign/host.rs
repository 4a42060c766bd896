//! The decoder of a program that is no browser.

use super::{Decode, Encoding, Unreadable};
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use std::io::Read;

/// `encoding_rs` and `flate2`: the same tables as in a browser, which has them already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Host;

/// A file that unpacks to more than this is refused: a few bytes can claim to be anything.
const MOST: u64 = 1 << 30;

impl Decode for Host {
    fn text(&self, encoding: Encoding, bytes: &[u8]) -> Result<String, Unreadable> {
        let encoding = match encoding {
            Encoding::Gb18030 => GB18030,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
        };
        let (text, wrong) = encoding.decode_with_bom_removal(bytes);
        match wrong {
            false => Ok(text.into_owned()),
            true => Err(Unreadable::Broken(Vec::new())),
        }
    }

    fn unpack(&self, bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
        let mut whole = Vec::new();
        let mut packed = flate2::read::MultiGzDecoder::new(bytes).take(MOST);
        match packed.read_to_end(&mut whole) {
            Ok(_) if (whole.len() as u64) < MOST => Ok(whole),
            // Of what is cut off, what came before is good.
            _ => Err(Unreadable::Broken(whole)),
        }
    }
}
