//! The server's key, and how it says who it is: VAPID, RFC 8292.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::error::Unspecified;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;
use url::Url;

/// For how long what it says of itself holds, seconds. No more than a day is allowed; the clocks of
/// push services and ours may differ.
const HOLDS: i64 = 12 * 60 * 60;

/// A key pair on P-256.
pub(super) struct Keys {
    pair: EcdsaKeyPair,
    /// The public point, not compressed, in base64url: what browsers are told.
    pub(super) public: String,
}

impl Keys {
    /// A new one, as [`Keys::read`] reads it.
    pub(super) fn make() -> Result<String, Unspecified> {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random)?;
        Ok(URL_SAFE_NO_PAD.encode(made.as_ref()))
    }

    /// Reads PKCS #8 in base64url.
    pub(super) fn read(text: &str) -> Result<Keys, Unspecified> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Unspecified)?;
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &bytes, &random);
        let pair = pair.map_err(|_| Unspecified)?;
        let public = URL_SAFE_NO_PAD.encode(pair.public_key());
        Ok(Keys { pair, public })
    }

    /// What stands in `Authorization` for whoever takes messages at an address: that they are this
    /// server's, and whom to write to about them.
    pub(super) fn authorization(
        &self,
        endpoint: &Url,
        contact: &str,
        now: Timestamp,
    ) -> Result<String, Unspecified> {
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let head = part(json!({ "typ": "JWT", "alg": "ES256" }));
        let claims = part(json!({
            "aud": endpoint.origin().ascii_serialization(),
            "exp": now.as_second() + HOLDS,
            "sub": contact,
        }));
        let said = format!("{head}.{claims}");
        let signature = self.pair.sign(&SystemRandom::new(), said.as_bytes())?;
        let signature = URL_SAFE_NO_PAD.encode(signature);
        Ok(format!("vapid t={said}.{signature}, k={}", self.public))
    }
}
