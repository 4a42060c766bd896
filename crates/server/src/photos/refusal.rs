//! Why a photo cannot be had, or is not taken in.

use super::{PHOTO_BYTES, PIXELS, PRIVATE_BYTES};
use axum::http::header::CONTENT_RANGE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use thiserror::Error;

/// What the caller is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It has not come yet.
    Missing,
    /// It was erased.
    Erased,
    /// Neither JPEG nor PNG nor WebP.
    Media,
    /// More than [`PHOTO_BYTES`].
    Bytes,
    /// More than [`PIXELS`].
    Pixels,
    /// Its own notes of place and time are still in it.
    Metadata,
    /// The bytes have another hash.
    Hash {
        /// That one.
        found: String,
    },
    /// A piece that does not begin where the last one ended.
    Offset {
        /// How many bytes are there.
        there: u64,
    },
    /// The connection ended before the body did.
    Cut {
        /// How many bytes are there.
        there: u64,
    },
    /// A range that the photo does not have.
    Range {
        /// Its bytes.
        size: u64,
    },
    /// It cannot be decoded.
    Thumbnail,
    /// A private part of more than [`PRIVATE_BYTES`].
    PrivateBytes,
    /// There is another private part already.
    PrivateTaken,
}

impl Refusal {
    /// Status, code, title in Chinese and English.
    pub(crate) fn says(&self) -> (StatusCode, &'static str, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Refusal::Missing => (
                S::NOT_FOUND,
                "no-photo",
                "照片或其私密信息还没有传到服务器",
                "The photo, or its private part, has not come to the server yet",
            ),
            Refusal::Erased => (
                S::GONE,
                "erased",
                "管理员已将其删除，不能再上传",
                "An administrator has erased it; it is not taken in again",
            ),
            Refusal::Media => (
                S::UNSUPPORTED_MEDIA_TYPE,
                "no-picture",
                "只接受 JPEG、PNG、WebP 照片",
                "A photo is a JPEG, a PNG or a WebP",
            ),
            Refusal::Bytes => (
                S::PAYLOAD_TOO_LARGE,
                "photo-too-large",
                "照片太大，请压缩后再上传",
                "The photo is too large; make it smaller and send it under its new hash",
            ),
            Refusal::Pixels => (
                S::PAYLOAD_TOO_LARGE,
                "too-many-pixels",
                "照片像素太多，请缩小后再上传",
                "The photo has too many pixels; scale it down and send it under its new hash",
            ),
            Refusal::Metadata => (
                S::UNPROCESSABLE_ENTITY,
                "metadata",
                "照片里还带有拍摄地点和时间（EXIF），请先去除，再按新的哈希值上传",
                "The photo still says where and when it was taken (EXIF): strip that, and send it \
                 under its new hash",
            ),
            Refusal::Hash { .. } => (
                S::UNPROCESSABLE_ENTITY,
                "wrong-hash",
                "内容与哈希值不符，均未保存，请从头上传",
                "The bytes have another hash; nothing of them was kept. Send it from the start",
            ),
            Refusal::Offset { .. } => (
                S::CONFLICT,
                "offset",
                "请从服务器已收到的位置继续上传",
                "Go on where the bytes end that are there",
            ),
            Refusal::Cut { .. } => (
                S::REQUEST_TIMEOUT,
                "cut-off",
                "连接中断，请继续上传",
                "The connection ended too early; go on where the bytes end that are there",
            ),
            Refusal::Range { .. } => (
                S::RANGE_NOT_SATISFIABLE,
                "range",
                "照片没有这一段内容",
                "The photo has no such range",
            ),
            Refusal::Thumbnail => (
                S::UNPROCESSABLE_ENTITY,
                "no-thumbnail",
                "无法生成缩略图，请查看原图",
                "No thumbnail can be made of it; ask for the whole photo",
            ),
            Refusal::PrivateBytes => (
                S::PAYLOAD_TOO_LARGE,
                "private-too-large",
                "照片的私密信息太大",
                "The private part is too large",
            ),
            Refusal::PrivateTaken => (
                S::CONFLICT,
                "private-taken",
                "这张照片已有另一份私密信息",
                "The photo has another private part already",
            ),
        }
    }

    /// The most there may be of what there is too much of.
    pub(crate) fn most(&self) -> Option<usize> {
        match self {
            Refusal::Bytes => Some(PHOTO_BYTES),
            Refusal::Pixels => usize::try_from(PIXELS).ok(),
            Refusal::PrivateBytes => Some(PRIVATE_BYTES),
            _ => None,
        }
    }

    /// What headers say of it as well.
    pub(crate) fn adorn(&self, headers: &mut HeaderMap) {
        if let Some(there) = self.there() {
            headers.insert("upload-offset", HeaderValue::from(there));
        }
        if let Refusal::Range { size } = self
            && let Ok(value) = HeaderValue::try_from(format!("bytes */{size}"))
        {
            headers.insert(CONTENT_RANGE, value);
        }
    }

    /// How many bytes of the photo are there.
    pub(crate) fn there(&self) -> Option<u64> {
        match self {
            Refusal::Offset { there } | Refusal::Cut { there } => Some(*there),
            _ => None,
        }
    }
}

/// Why something could not be done with a photo.
#[derive(Debug, Error)]
pub enum PhotoError {
    /// For a reason that the caller is told.
    #[error("{0:?}")]
    Refused(Refusal),
    /// The place of the photos failed.
    #[error("the photos: {0}")]
    Store(#[from] object_store::Error),
}

impl From<Refusal> for PhotoError {
    fn from(refusal: Refusal) -> PhotoError {
        PhotoError::Refused(refusal)
    }
}
