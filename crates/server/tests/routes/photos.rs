//! Photos: taken in, handed out, erased.

mod erased;
mod roles;

use crate::{Answered, Site, accounts, site};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use image::{DynamicImage, ImageFormat, ImageReader};
use mendmap_core::sync::content;
use mendmap_server::PHOTOS_OF_ONE;
use mendmap_server::photos::{PHOTO_BYTES, THUMB_SIDE};
use serde_json::json;
use std::io::Cursor;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};
use tower::ServiceExt;

/// A picture that is not of one colour.
fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut picture = image::RgbImage::new(width, height);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        *pixel = image::Rgb([x as u8, y as u8, (x * y) as u8]);
    }
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture)
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

/// Made once: to encode it takes longer than most tests.
pub(crate) fn jpeg() -> Vec<u8> {
    static JPEG: LazyLock<Vec<u8>> = LazyLock::new(|| picture(ImageFormat::Jpeg, 800, 600));
    JPEG.clone()
}

/// Where a photo of these bytes is.
pub(crate) fn at(bytes: &[u8]) -> String {
    format!("/api/v1/photos/{}", content(bytes))
}

impl Site {
    async fn say(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answered {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_vec())).unwrap())
            .await
    }

    pub(crate) async fn put(&self, path: &str, body: &[u8]) -> Answered {
        self.say(Method::PUT, path, &[], body).await
    }

    async fn head(&self, path: &str) -> Answered {
        self.say(Method::HEAD, path, &[], b"").await
    }

    pub(crate) async fn append(
        &self,
        path: &str,
        offset: usize,
        last: bool,
        body: &[u8],
    ) -> Answered {
        let headers = [
            ("content-type", "application/partial-upload"),
            ("upload-offset", &*offset.to_string()),
            ("upload-complete", if last { "?1" } else { "?0" }),
        ];
        self.say(Method::PATCH, path, &headers, body).await
    }

    /// Nothing is there, of the photo or of a part.
    async fn has_nothing(&self, path: &str) {
        is(&self.get(path).await, 404, "no-photo");
        assert_eq!(self.head(path).await.status, StatusCode::NOT_FOUND);
    }
}

fn is(answered: &Answered, status: u16, code: &str) {
    assert_eq!(
        (answered.status.as_u16(), answered.problem().as_str()),
        (status, code)
    );
}

#[tokio::test]
async fn a_photo_is_put_once_and_read_as_it_was() {
    let site = site().await;
    let formats = [
        (ImageFormat::Jpeg, "image/jpeg"),
        (ImageFormat::Png, "image/png"),
        (ImageFormat::WebP, "image/webp"),
    ];
    for (format, media) in formats {
        let bytes = picture(format, 80, 60);
        let path = at(&bytes);
        site.has_nothing(&path).await;
        assert_eq!(site.put(&path, &bytes).await.status, StatusCode::CREATED);
        assert_eq!(site.put(&path, &bytes).await.status, StatusCode::OK);
        // What is there is there: nothing of the body is looked at.
        assert_eq!(site.put(&path, b"else").await.status, StatusCode::OK);
        let read = site.get(&path).await;
        assert_eq!((read.status, &read.body), (StatusCode::OK, &bytes));
        let etag = format!("\"{}\"", content(&bytes));
        for (name, value) in [
            ("content-type", media),
            ("etag", &etag),
            ("cache-control", "private, max-age=31536000, immutable"),
            ("x-content-type-options", "nosniff"),
            ("content-disposition", "inline"),
            ("accept-ranges", "bytes"),
            (
                "content-security-policy",
                "default-src 'none'; frame-ancestors 'none'",
            ),
        ] {
            assert_eq!(read.header(name), value, "{name}");
        }
        let offer = [("accept-encoding", "gzip, br")];
        let again = site.say(Method::GET, &path, &offer, b"").await;
        assert_eq!(again.body, bytes, "it is compressed as it is");
        assert_eq!(again.header("content-encoding"), "");
        let head = site.head(&path).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
        assert_eq!(head.header("upload-complete"), "?1");
        assert_eq!(head.header("content-length"), bytes.len().to_string());
    }
}

#[tokio::test]
async fn what_one_has_is_not_sent_again_and_a_range_is_enough() {
    let site = site().await;
    let bytes = jpeg();
    let path = at(&bytes);
    site.put(&path, &bytes).await;
    let ask = async |name: &str, value: &str| {
        let headers = [(name, value), ("accept-language", "en")];
        site.say(Method::GET, &path, &headers, b"").await
    };
    let etag = site.get(&path).await.header("etag").to_owned();
    for known in [&etag, &format!("\"x\", W/{etag}")] {
        let again = ask("if-none-match", known).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        assert_eq!(again.header("etag"), etag);
    }
    let size = bytes.len();
    for (range, from, to) in [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, size),
        ("bytes=-10", size - 10, size),
        ("bytes=5-99999999", 5, size),
    ] {
        let part = ask("range", range).await;
        assert_eq!(
            (part.status.as_u16(), &part.body[..]),
            (206, &bytes[from..to]),
            "{range}"
        );
        let said = format!("bytes {from}-{}/{size}", to - 1);
        assert_eq!(part.header("content-range"), said);
    }
    for range in ["bytes=0-1,5-6", "lines=1-2", "bytes=x"] {
        assert_eq!(ask("range", range).await.status, StatusCode::OK, "{range}");
    }
    let beyond = ask("range", &format!("bytes={size}-")).await;
    is(&beyond, 416, "range");
    assert_eq!(beyond.header("content-range"), format!("bytes */{size}"));
    let headers = [("range", "bytes=0-1"), ("if-range", "\"another\"")];
    let other = site.say(Method::GET, &path, &headers, b"").await;
    assert_eq!((other.status.as_u16(), other.body), (200, bytes));
}

#[tokio::test]
async fn a_photo_comes_piece_by_piece_in_order() {
    let site = site().await;
    let bytes = jpeg();
    let (path, half, more) = (at(&bytes), bytes.len() / 2, bytes.len() * 3 / 4);
    is(&site.append(&path, 5, false, b"x").await, 409, "offset");
    let first = site.append(&path, 0, false, &bytes[..half]).await;
    assert_eq!(first.status, StatusCode::NO_CONTENT);
    assert_eq!(first.header("upload-offset"), half.to_string());
    is(&site.get(&path).await, 404, "no-photo");
    let head = site.head(&path).await;
    assert_eq!(head.status, StatusCode::NO_CONTENT);
    assert_eq!(head.header("upload-offset"), half.to_string());
    assert_eq!(head.header("upload-complete"), "?0");
    for wrong in [0, half - 1, half + 1] {
        let answered = site.append(&path, wrong, false, b"x").await;
        is(&answered, 409, "offset");
        assert_eq!(answered.json()["offset"], half);
        assert_eq!(answered.header("upload-offset"), half.to_string());
    }
    site.append(&path, half, false, &bytes[half..more]).await;
    let parts = site.folder.path().join("photos/parts");
    assert!(parts.exists());
    let last = site.append(&path, more, true, &bytes[more..]).await;
    assert!(!parts.exists(), "no empty folder stays");
    assert_eq!(last.status, StatusCode::CREATED);
    assert_eq!(site.get(&path).await.body, bytes);
    let again = site.append(&path, more, true, &bytes[more..]).await;
    assert_eq!(again.status, StatusCode::OK);

    let headers = [("content-type", "image/jpeg")];
    let path = at(b"another");
    let range = [("content-range", "bytes 0-9/20")];
    let answered = site.say(Method::PUT, &path, &range, b"x").await;
    is(&answered, 400, "form");
    let answered = site.say(Method::PATCH, &path, &headers, b"x").await;
    is(&answered, 400, "form");
    let headers = [("content-type", "application/partial-upload")];
    let answered = site.say(Method::PATCH, &path, &headers, b"x").await;
    is(&answered, 400, "form");
}

#[tokio::test]
async fn of_two_senders_at_one_place_one_goes_on_elsewhere() {
    let site = site().await;
    let small = picture(ImageFormat::Jpeg, 80, 60);
    for n in 0..20u8 {
        let bytes = [&small[..], &[n]].concat();
        let path = at(&bytes);
        let (short, long) = futures::future::join(
            site.append(&path, 0, false, &bytes[..100]),
            site.append(&path, 0, false, &bytes[..200]),
        )
        .await;
        let mut statuses = [short.status.as_u16(), long.status.as_u16()];
        statuses.sort();
        assert_eq!(statuses, [204, 409]);
        let there = site.head(&path).await;
        let there: usize = there.header("upload-offset").parse().unwrap();
        let last = site.append(&path, there, true, &bytes[there..]).await;
        assert_eq!(last.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn what_came_of_a_photo_waits_for_weeks_and_not_for_ever() {
    let site = site().await;
    let bytes = jpeg();
    let path = at(&bytes);
    site.append(&path, 0, false, &bytes[..100]).await;
    let sweep = async |days: u64| {
        let later = SystemTime::now() + Duration::from_secs(days * 24 * 60 * 60);
        site.app.photos().sweep(later).await.unwrap();
    };
    sweep(59).await;
    assert_eq!(site.head(&path).await.status, StatusCode::NO_CONTENT);
    sweep(61).await;
    site.has_nothing(&path).await;
}

#[tokio::test]
async fn bytes_of_another_hash_are_dropped_with_all_that_came_before() {
    let site = site().await;
    let bytes = jpeg();
    let path = at(&bytes);
    site.append(&path, 0, false, &bytes[..1000]).await;
    let wrong = site.append(&path, 1000, true, b"not the rest").await;
    is(&wrong, 422, "wrong-hash");
    let found = content(&[&bytes[..1000], b"not the rest"].concat());
    assert_eq!(wrong.json()["found"], found.to_string());
    site.has_nothing(&path).await;
    let other = picture(ImageFormat::Png, 8, 8);
    is(&site.put(&path, &other).await, 422, "wrong-hash");
    site.has_nothing(&path).await;
    assert_eq!(site.put(&path, &bytes).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn only_pictures_are_taken_in_whatever_they_are_called() {
    let site = site().await;
    let gif = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;".to_vec();
    let html = b"<!doctype html><script>alert(1)</script>".to_vec();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec();
    let only_begins = b"\xff\xd8\xff<script>alert(1)</script>".to_vec();
    for bytes in [gif, html, svg, only_begins, Vec::new()] {
        let path = at(&bytes);
        let headers = [("content-type", "image/jpeg")];
        let answered = site.say(Method::PUT, &path, &headers, &bytes).await;
        is(&answered, 415, "no-picture");
        site.has_nothing(&path).await;
    }
    // With the first piece it is known.
    let text = [b'x'; 100];
    let answered = site.append(&at(&text), 0, false, &text[..50]).await;
    is(&answered, 415, "no-picture");
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_has_come() {
    let site = site().await;
    let mut bytes = jpeg();
    bytes.resize(PHOTO_BYTES, 0);
    let largest = at(&bytes);
    assert_eq!(site.put(&largest, &bytes).await.status, StatusCode::CREATED);
    bytes.push(0);
    let path = at(&bytes);
    let length = bytes.len().to_string();
    let said = [("content-length", &*length)];
    for headers in [&[][..], &said] {
        let answered = site.say(Method::PUT, &path, headers, &bytes).await;
        is(&answered, 413, "photo-too-large");
        assert_eq!(answered.json()["most"], json!(PHOTO_BYTES));
    }
    site.append(&path, 0, false, &bytes[..PHOTO_BYTES]).await;
    let beyond = site.append(&path, PHOTO_BYTES, true, b"x").await;
    is(&beyond, 413, "photo-too-large");
    let far = site.append(&path, usize::MAX, true, b"x").await;
    is(&far, 400, "form");
}

#[tokio::test]
async fn a_photo_that_says_where_it_was_taken_is_refused() {
    let site = site().await;
    let after = |bytes: &[u8], at: usize, more: &[u8]| [&bytes[..at], more, &bytes[at..]].concat();
    let plain = jpeg();
    let exif = after(&plain, 2, b"\xff\xe1\x00\x0aExif\0\0II");
    let xmp = after(&plain, 2, b"\xff\xe1\x00\x1fhttp://ns.adobe.com/xap/1.0/\0");
    let behind = [&plain[..], &exif].concat();
    let chunk = |name: &[u8], data: &[u8]| {
        let length = (data.len() as u32).to_be_bytes();
        [&length[..], name, data, b"\0\0\0\0"].concat()
    };
    // Behind the signature and the header.
    let png = picture(ImageFormat::Png, 80, 60);
    let png_exif = after(&png, 33, &chunk(b"eXIf", b"II*\0"));
    let png_xmp = after(&png, 33, &chunk(b"iTXt", b"XML:com.adobe.xmp\0"));
    let png_words = after(&png, 33, &chunk(b"tEXt", b"exif:GPSLatitude\x0043/1"));
    let webp = picture(ImageFormat::WebP, 80, 60);
    let webp_exif = [&webp[..], b"EXIF\x04\0\0\0II*\0"].concat();
    for bytes in [exif, xmp, behind, png_exif, png_xmp, png_words, webp_exif] {
        let path = at(&bytes);
        let answered = site.put(&path, &bytes).await;
        is(&answered, 422, "metadata");
        let title = answered.json()["title"].clone();
        assert!(title.as_str().unwrap().contains("EXIF"), "{title}");
        site.has_nothing(&path).await;
    }
}

#[tokio::test]
async fn nothing_but_a_hash_is_a_name() {
    let site = site().await;
    let bytes = jpeg();
    let hash = content(&bytes).to_string();
    let upper = hash.to_uppercase();
    let (short, long) = (&hash[1..], format!("{hash}0"));
    let names = [
        &*upper,
        short,
        &long,
        "..",
        "%2e%2e",
        "..%2f..%2flog.sqlite",
        "%2e%2e%2f%2e%2e%2fsecret",
        "a%00",
        &format!("..%2f{}", &hash[3..]),
        "%ff",
    ];
    for name in names {
        for path in [
            format!("/api/v1/photos/{name}"),
            format!("/api/v1/photos/{name}/private"),
        ] {
            let put = site.put(&path, &bytes).await;
            is(&put, 404, "not-found");
            is(&site.get(&path).await, 404, "not-found");
            let erased = site.say(Method::DELETE, &path, &[], b"").await;
            is(&erased, 404, "not-found");
        }
    }
}

#[tokio::test]
async fn a_thumbnail_is_small_and_has_the_photos_shape() {
    let site = site().await;
    let side = THUMB_SIDE;
    for (format, size, wanted) in [
        (ImageFormat::Jpeg, (800, 600), (side, 240)),
        (ImageFormat::Png, (300, 1200), (80, side)),
        (ImageFormat::WebP, (640, 640), (side, side)),
        (ImageFormat::Png, (40, 30), (40, 30)),
    ] {
        let bytes = picture(format, size.0, size.1);
        let path = at(&bytes);
        is(
            &site.get(&format!("{path}?size=thumb")).await,
            404,
            "no-photo",
        );
        site.put(&path, &bytes).await;
        let made = site.get(&format!("{path}?size=thumb")).await;
        assert_eq!(made.status, StatusCode::OK);
        assert_eq!(made.header("content-type"), "image/jpeg");
        let kept = "private, max-age=31536000, immutable";
        assert_eq!(made.header("cache-control"), kept);
        assert_ne!(made.header("etag"), site.get(&path).await.header("etag"));
        let reader = ImageReader::with_format(Cursor::new(&made.body), ImageFormat::Jpeg);
        let picture = reader.decode().unwrap();
        assert_eq!((picture.width(), picture.height()), wanted);
        let again = site.get(&format!("{path}?size=thumb")).await;
        assert_eq!(again.body, made.body);
    }
    is(
        &site.get(&format!("{}?size=huge", at(b"x"))).await,
        400,
        "query",
    );
}

#[tokio::test]
async fn a_small_file_cannot_fill_the_memory() {
    let site = site().await;
    // Says of itself that it is larger than any photo, in a few bytes.
    let mut png = picture(ImageFormat::Png, 8, 8);
    png[16..20].copy_from_slice(&60_000u32.to_be_bytes());
    png[20..24].copy_from_slice(&60_000u32.to_be_bytes());
    let sum = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    is(&site.put(&at(&png), &png).await, 413, "too-many-pixels");
    site.has_nothing(&at(&png)).await;
    // A photo whose end is missing is kept, and has no thumbnail.
    let cut = picture(ImageFormat::Png, 80, 60);
    let cut = &cut[..cut.len() / 2];
    assert_eq!(site.put(&at(cut), cut).await.status, StatusCode::CREATED);
    let thumb = site.get(&format!("{}?size=thumb", at(cut))).await;
    is(&thumb, 422, "no-thumbnail");
}

/// The checksum of a PNG's chunk (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 * (sum & 1))
        })
    })
}

/// Whoever sends nothing keeps a place for a while, and not everybody's.
#[tokio::test]
async fn one_account_does_not_take_all_places() {
    let site = accounts::with_crew().await;
    let cookie = site.cookie().await;
    let request = |body: Body| {
        let request = Request::put(at(b"nothing")).header("cookie", &cookie);
        request.body(body).unwrap()
    };
    for _ in 0..PHOTOS_OF_ONE {
        let silent = futures::stream::pending::<Result<Vec<u8>, std::io::Error>>();
        let request = request(Body::from_stream(silent));
        tokio::spawn(site.router.clone().oneshot(request));
    }
    let mut told = Vec::new();
    while told.last() != Some(&503) && told.len() < 200 {
        tokio::time::sleep(Duration::from_millis(10)).await;
        let answered = site.send(request(Body::from("short"))).await;
        told.push(answered.status.as_u16());
        if answered.status == StatusCode::SERVICE_UNAVAILABLE {
            assert_eq!(
                (answered.problem().as_str(), answered.header("retry-after")),
                ("busy", "2")
            );
        }
    }
    assert_eq!(told.last(), Some(&503), "{told:?}");
    let metrics = site.get("/metrics").await.body;
    let metrics = String::from_utf8(metrics).unwrap();
    assert!(
        metrics.contains("mendmap_store_errors_total 0"),
        "it is no failure of the store"
    );
}
