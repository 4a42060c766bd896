//! From whatever a city sends to a GeoJSON text, or to why not.

use super::super::crs::Crs;
use super::super::problem::FileError;
use super::encoding::{self, Looks};
use super::how::{Datum, Decode, How, Unreadable};
use super::projected::Projection;
use super::remark::{Remark, Remarks};
use super::{Encoding, Form, form, is_gzip, rewrite, sequence, table};
use crate::geodesy::{LonLat, from_gcj02};
use std::borrow::Cow;

/// A file made ready for the reader.
#[derive(Debug)]
pub(in super::super) struct Prepared {
    /// UTF-8, unless it is in no encoding that is known.
    pub(in super::super) bytes: Vec<u8>,
    /// What was done with it.
    pub(in super::super) remarks: Option<Remarks>,
}

/// Makes a file ready that the reader cannot read as it is, or of which a person said something. None
/// where there is nothing to be done, so that what the reader said of it stands.
#[inline(never)]
pub(in super::super) fn prepare(bytes: &[u8], how: &How) -> Result<Option<Prepared>, FileError> {
    let mut remarks = Vec::new();
    let bytes = unpacked(bytes, how.decode, &mut remarks)?;
    if let Some(form) = form::by_bytes(&bytes) {
        return Err(FileError::Foreign(form));
    }
    let Some(text) = decoded(&bytes, how.decode, &mut remarks)? else {
        // Unpacked, it is not to be asked about as it was packed.
        return Ok(match bytes {
            Cow::Borrowed(_) => None,
            Cow::Owned(bytes) => Some(finished(bytes, remarks)),
        });
    };
    let changed = bytes.len() != text.len() || matches!(bytes, Cow::Owned(_));
    let mut made: Option<String> = changed.then(|| text.to_string());
    match (form::by_text(&text), how.table) {
        (None, _) => {}
        (Some(Form::Table), Some(choice)) => {
            let no = FileError::Foreign(Form::Table);
            let (features, [east, north]) = table::features(&text, choice).ok_or(no)?;
            remarks.push(Remark::Table { east, north });
            made = Some(features);
        }
        (Some(form), _) => return Err(FileError::Foreign(form)),
    }
    let now = |made: &Option<String>| -> String { made.as_deref().unwrap_or(&text).to_owned() };
    if let Some((joined, texts)) = sequence::joined(made.as_deref().unwrap_or(&text)) {
        remarks.push(Remark::Sequence { texts });
        made = Some(joined);
    }
    if let Some(in_degrees) = converted(made.as_deref().unwrap_or(&text), &mut remarks) {
        made = Some(in_degrees);
    }
    if how.datum == Datum::Gcj02 {
        let before = now(&made);
        remarks.push(Remark::Unshifted);
        made = Some(rewrite::rewritten(&before, &mut |x, y| {
            let place = LonLat::new(x, y);
            place.is_valid().then(|| from_gcj02(place).into())
        }));
    }
    Ok(made.map(|text| finished(text.into_bytes(), remarks)))
}

/// The text of a file, where it is one.
pub(super) fn text_of<'b>(bytes: &'b [u8], decode: Option<&dyn Decode>) -> Option<Cow<'b, str>> {
    let unpacked = unpacked(bytes, decode, &mut Vec::new()).ok()?;
    match unpacked {
        Cow::Borrowed(bytes) => decoded(bytes, decode, &mut Vec::new()).ok()?,
        Cow::Owned(bytes) => {
            let text = decoded(&bytes, decode, &mut Vec::new()).ok()??;
            Some(Cow::Owned(text.into_owned()))
        }
    }
}

fn finished(bytes: Vec<u8>, remarks: Vec<Remark>) -> Prepared {
    let remarks = (!remarks.is_empty()).then_some(Remarks(remarks));
    Prepared { bytes, remarks }
}

/// What gzip packed. Of a file that breaks off, what came before the break is read.
fn unpacked<'b>(
    bytes: &'b [u8],
    decode: Option<&dyn Decode>,
    remarks: &mut Vec<Remark>,
) -> Result<Cow<'b, [u8]>, FileError> {
    if !is_gzip(bytes) {
        return Ok(bytes.into());
    }
    let unpacked = decode.map_or(Err(Unreadable::Unable), |decode| decode.unpack(bytes));
    remarks.push(Remark::Unpacked);
    match unpacked {
        Ok(whole) => Ok(whole.into()),
        Err(Unreadable::Broken(part)) if !part.is_empty() => Ok(part.into()),
        Err(_) => Err(FileError::Foreign(Form::Gzip)),
    }
}

/// The text of a file; none where it is in no encoding that is known, which the reader says.
fn decoded<'b>(
    bytes: &'b [u8],
    decode: Option<&dyn Decode>,
    remarks: &mut Vec<Remark>,
) -> Result<Option<Cow<'b, str>>, FileError> {
    let from = match encoding::detect(bytes) {
        // A character that the end cuts is left out; the reader finds the cut.
        Looks::Utf8(whole) => {
            let text = bytes
                .get(..whole)
                .and_then(|whole| str::from_utf8(whole).ok());
            return Ok(text.map(Cow::Borrowed));
        }
        Looks::Unknown(_) => return Ok(None),
        Looks::Other(from) => from,
    };
    let text = match (from, decode) {
        (Encoding::Utf16Le | Encoding::Utf16Be, _) => encoding::utf16(from, bytes),
        (_, Some(decode)) => decode.text(from, encoding::whole(bytes)).ok(),
        (_, None) => None,
    };
    match text {
        Some(text) => {
            remarks.push(Remark::Decoded { from });
            Ok(Some(Cow::Owned(text)))
        }
        None => Ok(None),
    }
}

/// The text in degrees, where it says that it is in metres of a system that is known.
fn converted(text: &str, remarks: &mut Vec<Remark>) -> Option<String> {
    let name = Crs::name(rewrite::crs(text)?)?;
    let projection = Projection::named(&name)?;
    let mut any_north_first = false;
    let converted = rewrite::rewritten(text, &mut |x, y| {
        let (place, north_first) = projection.place(x, y)?;
        any_north_first |= north_first;
        Some(place.into())
    });
    remarks.push(Remark::Converted {
        from: name,
        north_first: any_north_first,
    });
    Some(converted)
}
