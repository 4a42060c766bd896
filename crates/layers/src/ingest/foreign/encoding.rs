//! In which encoding a text is, by its bytes.

use serde::{Deserialize, Serialize};

/// An encoding of text other than UTF-8 that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// GB 18030, of which GBK and GB 2312 are parts.
    Gb18030,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the upper byte first.
    Utf16Be,
}

impl Encoding {
    /// The label that the WHATWG's Encoding Standard has for it, as a browser's decoder takes it.
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Gb18030 => "gb18030",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
        }
    }
}

/// What bytes are as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    /// UTF-8, but for a character that the end cuts; so many bytes of it are whole.
    Utf8(usize),
    /// Another encoding.
    Other(Encoding),
    /// None that is known; the first byte that is no UTF-8.
    Unknown(usize),
}

/// Decides by marks of byte order, then by zeros where UTF-16 has them, then by what is valid.
pub(super) fn detect(bytes: &[u8]) -> Looks {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Looks::Unknown(0), // UTF-32
        [0xff, 0xfe, ..] => return Looks::Other(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => return Looks::Other(Encoding::Utf16Be),
        // JSON begins with two characters of ASCII, a table mostly does.
        [1..=0x7f, 0, 1..=0x7f, 0, ..] => return Looks::Other(Encoding::Utf16Le),
        [0, 1..=0x7f, 0, 1..=0x7f, ..] => return Looks::Other(Encoding::Utf16Be),
        _ => {}
    }
    let Err(error) = std::str::from_utf8(bytes) else {
        return Looks::Utf8(bytes.len());
    };
    let valid = error.valid_up_to();
    if error.error_len().is_none() {
        return Looks::Utf8(valid);
    }
    match is_damaged_utf8(bytes) {
        false if is_gb18030(bytes) => Looks::Other(Encoding::Gb18030),
        _ => Looks::Unknown(valid),
    }
}

/// Whether most of what is not ASCII is UTF-8 all the same. Two bytes of GBK are a character of UTF-8
/// now and then, three hardly ever.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut all, mut of_two, mut of_more) = (0, 0, 0);
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c.len_utf8() {
                1 => {}
                2 => of_two += 2,
                more => of_more += more,
            }
        }
        all += chunk.invalid().iter().filter(|b| !b.is_ascii()).count();
    }
    all += of_two + of_more;
    of_more * 2 >= all || (of_two + of_more) * 10 >= all * 9
}

/// Whether bytes have the structure of GB 18030, and are mostly of the characters of GB 2312 where they
/// are not ASCII (rows B0 to F7 hold the hanzi, A1 to A9 the signs).
fn is_gb18030(bytes: &[u8]) -> bool {
    let (mut pairs, mut common) = (0usize, 0usize);
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => break,
            [0..=0x7f, rest @ ..] => rest,
            [
                0x81..=0xfe,
                0x30..=0x39,
                0x81..=0xfe,
                0x30..=0x39,
                rest @ ..,
            ] => {
                pairs += 1;
                rest
            }
            [
                lead @ 0x81..=0xfe,
                trail @ (0x40..=0x7e | 0x80..=0xfe),
                rest @ ..,
            ] => {
                pairs += 1;
                let is_common = matches!(lead, 0xa1..=0xa9 | 0xb0..=0xf7) && *trail >= 0xa1;
                common += usize::from(is_common);
                rest
            }
            // The end cuts a character.
            [0x81..=0xfe] | [0x81..=0xfe, 0x30..=0x39] | [0x81..=0xfe, 0x30..=0x39, _] => break,
            _ => return false,
        };
    }
    common * 2 > pairs
}

/// GB 18030 without a character that the end cuts.
pub(super) fn whole(bytes: &[u8]) -> &[u8] {
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let len = match rest {
            [0..=0x80 | 0xff, ..] => 1,
            [_, 0x30..=0x39, ..] => 4,
            _ => 2,
        };
        if rest.len() < len {
            break;
        }
        at += len;
    }
    bytes.get(..at).unwrap_or(bytes)
}

/// UTF-16 as text, without its mark of byte order. None where half of a pair stands alone; half of a
/// character that the end cuts is left out.
pub(super) fn utf16(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match encoding {
        Encoding::Utf16Be => u16::from_be_bytes,
        _ => u16::from_le_bytes,
    };
    let units = bytes
        .chunks_exact(2)
        .filter_map(|pair| Some(unit(pair.try_into().ok()?)));
    let mut units: Vec<u16> = units.collect();
    if units
        .last()
        .is_some_and(|last| (0xd800..0xdc00).contains(last))
    {
        units.pop();
    }
    let text = String::from_utf16(&units).ok()?;
    Some(
        text.strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = r#"{"type":"Feature","properties":{"名称":"双辽市辽河路污水井盖，第12号"}}"#;

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GBK.encode(text).0.into_owned()
    }

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn gbk_is_told_from_damaged_utf8() {
        assert_eq!(detect(TEXT.as_bytes()), Looks::Utf8(TEXT.len()));
        assert_eq!(detect(&gbk(TEXT)), Looks::Other(Encoding::Gb18030));
        assert_eq!(
            detect(&gbk("{\"a\":\"联通\"}")),
            Looks::Other(Encoding::Gb18030)
        );
        let mut damaged = TEXT.as_bytes().to_vec();
        let at = TEXT.find('辽').unwrap();
        damaged[at + 1] = b'?';
        assert_eq!(detect(&damaged), Looks::Unknown(at));
        assert_eq!(detect(b"{\"a\":\"caf\xe9 \"}"), Looks::Unknown(9));
        assert_eq!(
            detect("{\"a\":\"caf\u{e9}".as_bytes().split_last().unwrap().1),
            Looks::Utf8(9)
        );
    }

    #[test]
    fn utf16_is_known_with_a_mark_and_without() {
        let units: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(detect(&units), Looks::Other(Encoding::Utf16Be));
        assert_eq!(detect(&utf16le(TEXT)), Looks::Other(Encoding::Utf16Le));
        let marked = utf16le(&format!("\u{feff}{TEXT}"));
        assert_eq!(detect(&marked), Looks::Other(Encoding::Utf16Le));
        assert_eq!(utf16(Encoding::Utf16Le, &marked).as_deref(), Some(TEXT));
        assert_eq!(detect(b"\xff\xfe\0\0{\0\0\0"), Looks::Unknown(0));
        assert_eq!(utf16(Encoding::Utf16Le, b"\x00\xdc\x41\x00"), None);
    }

    proptest! {
        /// Whatever a person writes in the hanzi of GB 2312, of which there are enough to tell by.
        #[test]
        fn hanzi_in_gbk_are_known(pairs in prop::collection::vec((0xb0..=0xd6u8, 0xa1..=0xfeu8), 20..60)) {
            let mut text = b"{\"".to_vec();
            text.extend(pairs.iter().flat_map(|&(lead, trail)| [lead, trail]));
            text.extend(b"\":1}");
            prop_assert_eq!(detect(&text), Looks::Other(Encoding::Gb18030));
        }

        #[test]
        fn utf8_is_never_taken_for_another(text in "\\{[a-z一-龥é]{0,40}", cut in 0usize..4) {
            let bytes = &text.as_bytes()[..text.len().saturating_sub(cut)];
            prop_assert!(matches!(detect(bytes), Looks::Utf8(n) if n + 3 >= bytes.len()));
        }

        #[test]
        fn any_bytes_are_something(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = detect(&bytes);
            let _ = utf16(Encoding::Utf16Be, &bytes);
        }
    }
}
