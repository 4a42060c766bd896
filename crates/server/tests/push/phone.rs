//! A phone's browser, as far as it has to do with web push: the other side of RFC 8291 and 8292.

use crate::fake::{Fake, Message};
use crate::kit::device;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mendmap_core::ids::DeviceId;
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hmac::{HMAC_SHA256, Key, sign};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{self, ECDSA_P256_SHA256_FIXED};
use serde_json::{Value, json};

pub(crate) struct Phone {
    pub(crate) device: DeviceId,
    pub(crate) endpoint: String,
    path: String,
    key: EphemeralPrivateKey,
    pub(crate) p256dh: [u8; 65],
    pub(crate) auth: [u8; 16],
}

impl Phone {
    /// The phone of a number, told by a service.
    pub(crate) fn new(n: u8, service: &Fake) -> Phone {
        let random = SystemRandom::new();
        let key = EphemeralPrivateKey::generate(&ECDH_P256, &random).unwrap();
        let point = key.compute_public_key().unwrap();
        let mut auth = [0; 16];
        random.fill(&mut auth).unwrap();
        let path = format!("/send/{n}-{}", URL_SAFE_NO_PAD.encode(auth));
        Phone {
            device: device(n),
            endpoint: service.origin() + &path,
            path,
            key,
            p256dh: point.as_ref().try_into().unwrap(),
            auth,
        }
    }

    /// What a browser says of itself.
    pub(crate) fn says(&self, endpoint: &str, language: &str) -> Value {
        json!({
            "endpoint": endpoint,
            "expirationTime": null,
            "keys": {
                "p256dh": URL_SAFE_NO_PAD.encode(self.p256dh),
                "auth": URL_SAFE_NO_PAD.encode(self.auth),
            },
            "language": language,
        })
    }

    /// What it was told so far.
    pub(crate) fn told(&self, service: &Fake) -> Vec<Message> {
        let messages = service.messages().into_iter();
        messages.filter(|m| m.path == self.path).collect()
    }

    /// Reads one message; ring gives a key away for one use, so it reads no other.
    pub(crate) fn read(self, message: &Message) -> Value {
        let (salt, rest) = message.body.split_at(16);
        let (record, rest) = rest.split_at(4);
        assert_eq!(record, 4096_u32.to_be_bytes());
        let (theirs, sealed) = rest[1..].split_at(rest[0].into());
        let point = UnparsedPublicKey::new(&ECDH_P256, theirs);
        let info = [b"WebPush: info\0", &self.p256dh[..], theirs].concat();
        let auth = self.auth;
        let secret = agree_ephemeral(self.key, &point, |shared| hkdf(&auth, shared, &info));
        let secret = secret.unwrap();
        let key = hkdf(salt, &secret, b"Content-Encoding: aes128gcm\0");
        let nonce = hkdf(salt, &secret, b"Content-Encoding: nonce\0");
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key[..16]).unwrap());
        let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).unwrap();
        let mut bytes = sealed.to_vec();
        let text = key.open_in_place(nonce, Aad::empty(), &mut bytes).unwrap();
        let end = text.iter().rposition(|byte| *byte != 0).unwrap();
        assert_eq!(text[end], 2, "one record, and the last");
        serde_json::from_slice(&text[..end]).unwrap()
    }
}

/// RFC 5869, for no more than 32 bytes.
fn hkdf(salt: &[u8], secret: &[u8], info: &[u8]) -> Vec<u8> {
    let key = sign(&Key::new(HMAC_SHA256, salt), secret);
    let key = Key::new(HMAC_SHA256, key.as_ref());
    sign(&key, &[info, &[1]].concat()).as_ref().to_vec()
}

/// What a message says of who sent it, where that is signed by the key.
pub(crate) fn claims(message: &Message, public_key: &str) -> Value {
    let said = message.header("authorization");
    let (token, key) = said
        .strip_prefix("vapid t=")
        .and_then(|said| said.split_once(", k="))
        .unwrap();
    assert_eq!(key, public_key);
    let (said, signed) = token.rsplit_once('.').unwrap();
    let read = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let key = signature::UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, read(key));
    key.verify(said.as_bytes(), &read(signed)).unwrap();
    let (head, claims) = said.split_once('.').unwrap();
    let json = |text: &str| serde_json::from_slice::<Value>(&read(text)).unwrap();
    assert_eq!(json(head), json!({ "typ": "JWT", "alg": "ES256" }));
    json(claims)
}
