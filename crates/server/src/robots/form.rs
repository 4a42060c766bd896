//! Messages as robots take them: plain text, for markdown would make something else of what
//! people typed.
//!
//! WeCom: `developer.work.weixin.qq.com/document/path/91770`; DingTalk:
//! `open.dingtalk.com/document/robots/custom-robot-access`.

use super::config::Robot;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::Sha256;
use url::Url;

/// Whose robot it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// 企业微信
    WeCom,
    /// 钉钉
    DingTalk,
}

impl Kind {
    /// The most bytes of a text: WeCom's limit, kept to for both.
    pub(super) const TEXT_BYTES: usize = 2048;

    /// A message's body.
    pub(super) fn body(self, text: &str, calls_all: bool) -> Value {
        match (self, calls_all) {
            (Kind::WeCom, true) => json!({
                "msgtype": "text",
                "text": { "content": text, "mentioned_list": ["@all"] },
            }),
            (Kind::WeCom, false) => json!({ "msgtype": "text", "text": { "content": text } }),
            (Kind::DingTalk, _) => json!({
                "msgtype": "text",
                "text": { "content": text },
                "at": { "isAtAll": calls_all },
            }),
        }
    }
}

/// Where a message goes at a moment: signed where the robot wants that. A signature holds for an
/// hour.
pub(super) fn address(robot: &Robot, now: Timestamp) -> Url {
    let mut url = robot.url.clone();
    if let Some(secret) = &robot.secret {
        let timestamp = now.as_millisecond().to_string();
        let sign = sign(secret, &timestamp);
        url.query_pairs_mut()
            .append_pair("timestamp", &timestamp)
            .append_pair("sign", &sign);
    }
    url
}

/// HMAC-SHA256 under the secret, of the time and the secret itself, in Base64.
fn sign(secret: &str, timestamp: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
    let mut mac = mac.expect("HMAC takes a key of any length");
    mac.update(format!("{timestamp}\n{secret}").as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mendmap_core::told::Audience;
    use std::collections::BTreeSet;

    #[test]
    fn a_signature_is_the_one_that_dingtalk_computes() {
        let mut robot = Robot {
            name: "a".into(),
            kind: Kind::DingTalk,
            url: "https://city.example/send?access_token=x".parse().unwrap(),
            secret: None,
            audience: Audience::Crews(BTreeSet::new()),
            calls_all: false,
        };
        let at = Timestamp::from_millisecond(1_714_698_764_123).unwrap();
        assert_eq!(address(&robot, at), robot.url);
        robot.secret = Some("SECa+b/c".into());
        // By Python's hmac, base64 and urllib.parse.quote_plus.
        let sign = "IyGf2FbjjRe3k0Zbd8YMx0%2Fbn9V5TV2kK37nuJTp7A4%3D";
        let signed = format!("{}&timestamp=1714698764123&sign={sign}", robot.url);
        assert_eq!(address(&robot, at).as_str(), signed);
    }

    #[test]
    fn a_message_is_what_each_kind_takes() {
        let body = |kind: Kind, calls_all| kind.body("雨", calls_all).to_string();
        assert_eq!(
            body(Kind::WeCom, false),
            r#"{"msgtype":"text","text":{"content":"雨"}}"#
        );
        assert_eq!(
            body(Kind::WeCom, true),
            r#"{"msgtype":"text","text":{"content":"雨","mentioned_list":["@all"]}}"#
        );
        assert_eq!(
            body(Kind::DingTalk, true),
            r#"{"msgtype":"text","text":{"content":"雨"},"at":{"isAtAll":true}}"#
        );
    }
}
