//! Errors in one shape: problem details (RFC 9457) with a code that does not change, in
//! the caller's language.

use crate::api::LayerReport;
use crate::auth::Backend;
use crate::language::Language;
use crate::layers::Refusal as LayerRefusal;
use crate::photos::{PhotoError, Refusal};
use crate::store::StoreError;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What a request cannot have. Handlers return it; [`speak`] writes it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is nothing at this address.
    NotFound,
    /// The address does not do this.
    Method,
    /// The request comes from another site, or was sent to another name.
    Elsewhere,
    /// A batch of another content type.
    MediaType,
    /// A batch that cannot be taken apart; the reader's words.
    Batch(String),
    /// A batch of too many bytes.
    Bytes {
        /// The most there may be.
        most: usize,
    },
    /// A batch of too many events.
    Events {
        /// The most there may be.
        most: usize,
    },
    /// A query that cannot be read; the reader's words.
    Query(String),
    /// The caller knows more places than there are: it has met another history.
    Place {
        /// The last place there is.
        head: u64,
    },
    /// A request that cannot be read; the reader's words.
    Form(String),
    /// Nobody is logged in, and there is no key.
    NoSession,
    /// No such account, or another password: which of them is nobody's business.
    WrongPassword,
    /// Too many wrong passwords.
    TooManyTries {
        /// How long to wait.
        seconds: u64,
    },
    /// A password that is too short.
    WeakPassword,
    /// The account is locked.
    Locked,
    /// The device is another account's.
    AnothersDevice,
    /// The account's role does not allow it.
    NotAllowed,
    /// This server tells no phones.
    NoPush,
    /// A phone's push service is at an address that is not asked.
    PushAddress,
    /// A photo that cannot be had, or is not taken in.
    Photo(Refusal),
    /// A layer that cannot be had, or is not taken in.
    Layer(LayerRefusal),
    /// The store has too much to do; the same may succeed a little later.
    Busy,
    /// So much comes in at once that there is no room for more; the same may succeed a little
    /// later.
    Full,
    /// The store failed, and would again. It was logged.
    Store,
    /// Anything else that is the server's own fault. It was logged.
    Internal,
}

/// Problem details (RFC 9457).
#[derive(Default, Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Details<'a> {
    /// `urn:mendmap:problem:` and the code.
    r#type: String,
    /// What it is, in a word that does not change.
    code: &'a str,
    /// The same in the caller's language.
    title: &'a str,
    status: u16,
    /// What is wrong with the request, in the words of the program that read it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    /// `too-many-bytes`, `too-many-events`, `photo-too-large`, `too-many-pixels`,
    /// `private-too-large`, `layer-too-large`: the most there may be.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    most: Option<usize>,
    /// `unknown-place`: the last place there is.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<u64>,
    /// `offset`, `cut-off`: how many bytes of the photo are there.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<u64>,
    /// `wrong-hash`: the SHA-256 of the bytes that came.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
    /// `nothing-loaded`: what reading the file said.
    #[schema(nullable = false, value_type = Option<LayerReport>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'a serde_json::Value>,
}

impl Problem {
    /// Status, code, title in Chinese and English.
    fn says(&self) -> (StatusCode, &'static str, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Problem::NotFound => (
                S::NOT_FOUND,
                "not-found",
                "这个地址没有内容",
                "There is nothing at this address",
            ),
            Problem::Method => (
                S::METHOD_NOT_ALLOWED,
                "method",
                "这个地址不支持该操作",
                "This address does not do that",
            ),
            Problem::Elsewhere => (
                S::MISDIRECTED_REQUEST,
                "elsewhere",
                "请求来自其他网站，或发给了其他主机名",
                "The request comes from another site, or was sent to another name",
            ),
            Problem::MediaType => (
                S::UNSUPPORTED_MEDIA_TYPE,
                "media-type",
                "请以 application/x-ndjson 或 application/json 发送记录",
                "Send events as application/x-ndjson or application/json",
            ),
            Problem::Batch(_) => (
                S::BAD_REQUEST,
                "batch",
                "无法读取这批记录，均未保存",
                "The batch cannot be read; nothing of it was stored",
            ),
            Problem::Bytes { .. } => (
                S::PAYLOAD_TOO_LARGE,
                "too-many-bytes",
                "这批记录太大，请分批发送",
                "The batch is too large; send it in parts",
            ),
            Problem::Events { .. } => (
                S::PAYLOAD_TOO_LARGE,
                "too-many-events",
                "这批记录太多，请分批发送",
                "The batch has too many events; send it in parts",
            ),
            Problem::Query(_) => (
                S::BAD_REQUEST,
                "query",
                "查询参数有误",
                "The query cannot be read",
            ),
            Problem::Place { .. } => (
                S::CONFLICT,
                "unknown-place",
                "服务器上没有这个序号：它可能是从备份恢复的",
                "The server has no such place: it may have been restored from a backup",
            ),
            Problem::Form(_) => (
                S::BAD_REQUEST,
                "form",
                "无法读取请求的内容",
                "The request cannot be read",
            ),
            Problem::NoSession => (S::UNAUTHORIZED, "no-session", "请先登录", "Log in first"),
            Problem::WrongPassword => (
                S::UNAUTHORIZED,
                "wrong-password",
                "账号或密码不对",
                "The account or the password is wrong",
            ),
            Problem::TooManyTries { .. } => (
                S::TOO_MANY_REQUESTS,
                "too-many-tries",
                "密码错误次数太多，请稍后再试",
                "Too many wrong passwords; try again later",
            ),
            Problem::WeakPassword => (
                S::BAD_REQUEST,
                "weak-password",
                "密码至少要 8 个字符",
                "A password has at least 8 characters",
            ),
            Problem::Locked => (
                S::FORBIDDEN,
                "locked",
                "账号已被锁定，请联系管理员",
                "The account is locked; ask an administrator",
            ),
            Problem::AnothersDevice => (
                S::CONFLICT,
                "anothers-device",
                "这个设备编号属于另一个账号",
                "The device belongs to another account",
            ),
            Problem::NotAllowed => (
                S::FORBIDDEN,
                "not-allowed",
                "您的账号没有此权限，请联系管理员",
                "Your account may not do this; ask an administrator",
            ),
            Problem::NoPush => (
                S::NOT_FOUND,
                "no-push",
                "此服务器没有开启手机通知，请联系管理员",
                "This server tells no phones; ask an administrator",
            ),
            Problem::PushAddress => (
                S::UNPROCESSABLE_ENTITY,
                "push-address",
                "无法使用这台手机的推送服务地址，请改用其他浏览器",
                "The address of this phone's push service cannot be used; try another browser",
            ),
            Problem::Photo(refusal) => refusal.says(),
            Problem::Layer(refusal) => refusal.says(),
            Problem::Busy | Problem::Full => (
                S::SERVICE_UNAVAILABLE,
                "busy",
                "服务器繁忙，请稍后重试",
                "The server is busy; try again a little later",
            ),
            Problem::Store | Problem::Internal => (
                S::INTERNAL_SERVER_ERROR,
                "internal",
                "服务器出错，请稍后重试",
                "The server failed; try again later",
            ),
        }
    }

    fn details(&self, language: Language) -> Details<'_> {
        let (status, code, zh, en) = self.says();
        let base = Details {
            r#type: format!("urn:mendmap:problem:{code}"),
            code,
            title: match language {
                Language::Zh => zh,
                Language::En => en,
            },
            status: status.as_u16(),
            ..Details::default()
        };
        match self {
            Problem::Batch(detail) | Problem::Query(detail) | Problem::Form(detail) => Details {
                detail: Some(detail),
                ..base
            },
            Problem::Bytes { most } | Problem::Events { most } => Details {
                most: Some(*most),
                ..base
            },
            Problem::Place { head } => Details {
                head: Some(*head),
                ..base
            },
            Problem::Layer(refusal) => Details {
                most: refusal.most(),
                report: refusal.report(),
                ..base
            },
            Problem::Photo(refusal) => Details {
                most: refusal.most(),
                offset: refusal.there(),
                found: match refusal {
                    Refusal::Hash { found } => Some(found),
                    _ => None,
                },
                ..base
            },
            _ => base,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.says().0.into_response();
        let wait = match self {
            Problem::Busy | Problem::Full => Some(2),
            Problem::TooManyTries { seconds } => Some(seconds),
            _ => None,
        };
        if let Some(seconds) = wait {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Problem::Photo(refusal) = &self {
            refusal.adorn(response.headers_mut());
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Problem {
    /// The cause is logged here and goes no further.
    fn from(error: StoreError) -> Problem {
        match error.is_busy() {
            true => {
                tracing::warn!(%error, "the store is busy");
                Problem::Busy
            }
            false => {
                tracing::error!(%error, "the store failed");
                Problem::Store
            }
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        Problem::Photo(refusal)
    }
}

impl From<PhotoError> for Problem {
    /// The cause is logged here and goes no further.
    fn from(error: PhotoError) -> Problem {
        match error {
            PhotoError::Refused(refusal) => refusal.into(),
            PhotoError::Store(error) => {
                tracing::error!(%error, "the place of the photos failed");
                Problem::Store
            }
        }
    }
}

impl From<axum_login::Error<Backend>> for Problem {
    fn from(error: axum_login::Error<Backend>) -> Problem {
        match error {
            axum_login::Error::Backend(error) => error.into(),
            axum_login::Error::Session(error) => {
                // Sessions lie in the store.
                tracing::error!(%error, "the session failed");
                Problem::Store
            }
        }
    }
}

/// Writes problems out in the language of the request; outermost, so that it sees all.
pub(crate) async fn speak(request: Request, next: Next) -> Response {
    let language = Language::of(request.headers());
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let Ok(body) = serde_json::to_vec(&problem.details(language)) else {
        return response;
    };
    let headers = response.headers_mut();
    let is = HeaderValue::from_static;
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, is("application/problem+json"));
    headers.insert(CONTENT_LANGUAGE, is(language.tag()));
    headers.append(VARY, is("accept-language"));
    *response.body_mut() = Body::from(body);
    response
}
