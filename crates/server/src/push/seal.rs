//! A message that only the phone's browser can read: RFC 8291, in the coding of RFC 8188.
//!
//! All messages are of one length, so that whoever carries them does not see how much there is to
//! say.

use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::error::Unspecified;
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};

/// The one length, with the byte that ends the text. Services take 4096 bytes of all (RFC 8030).
const PADDED: usize = 2048;

/// The most bytes of a text.
pub(super) const TEXT_BYTES: usize = PADDED - 1;

/// The most bytes of a record: there is one.
const RECORD: u32 = 4096;

/// Whether what a browser says of itself is a point of the curve.
pub(crate) fn can_be_told(p256dh: &[u8; 65], auth: &[u8; 16]) -> bool {
    seal(b"", p256dh, auth).is_ok()
}

/// A text, for the browser with this public point and secret. Fails where the point is none, where
/// the text is too long and where the system has no random number.
pub(super) fn seal(
    text: &[u8],
    p256dh: &[u8; 65],
    auth: &[u8; 16],
) -> Result<Vec<u8>, Unspecified> {
    let random = SystemRandom::new();
    let mut salt = [0; 16];
    random.fill(&mut salt)?;
    let ours = EphemeralPrivateKey::generate(&ECDH_P256, &random)?;
    let public = ours.compute_public_key()?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, p256dh);
    let meant = Meant {
        p256dh,
        auth,
        salt: &salt,
        ours: public.as_ref(),
    };
    let padding = PADDED.checked_sub(text.len() + 1).ok_or(Unspecified)?;
    agree_ephemeral(ours, &theirs, |shared| meant.sealed(shared, text, padding))?
}

/// For whom a message is, and from whom.
struct Meant<'a> {
    p256dh: &'a [u8],
    auth: &'a [u8],
    salt: &'a [u8; 16],
    /// The public point of a key that is used for this message alone.
    ours: &'a [u8],
}

impl Meant<'_> {
    fn sealed(&self, shared: &[u8], text: &[u8], padding: usize) -> Result<Vec<u8>, Unspecified> {
        let info = [b"WebPush: info\0", self.p256dh, self.ours];
        let secret: [u8; 32] = expanded(self.auth, shared, &info)?;
        let key: [u8; 16] = expanded(self.salt, &secret, &[b"Content-Encoding: aes128gcm\0"])?;
        let nonce: [u8; 12] = expanded(self.salt, &secret, &[b"Content-Encoding: nonce\0"])?;

        let mut record = text.to_vec();
        // Says that the text ends here, and that no other record follows.
        record.push(2);
        record.resize(record.len() + padding, 0);
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key)?);
        let nonce = Nonce::assume_unique_for_key(nonce);
        key.seal_in_place_append_tag(nonce, Aad::empty(), &mut record)?;

        let length = u8::try_from(self.ours.len()).map_err(|_| Unspecified)?;
        Ok([
            &self.salt[..],
            &RECORD.to_be_bytes(),
            &[length],
            self.ours,
            &record,
        ]
        .concat())
    }
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// HKDF of SHA-256 (RFC 5869).
fn expanded<const N: usize>(
    salt: &[u8],
    secret: &[u8],
    info: &[&[u8]],
) -> Result<[u8; N], Unspecified> {
    let mut bytes = [0; N];
    let extracted = Salt::new(HKDF_SHA256, salt).extract(secret);
    extracted.expand(info, Length(N))?.fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    /// RFC 8291, section 5 and appendix A.
    #[test]
    fn a_message_is_the_one_of_the_standards_example() {
        let read = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let p256dh = read(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        );
        let ours = read(
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
        );
        let salt = read("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let meant = Meant {
            p256dh: &p256dh,
            auth: &read("BTBZMqHH6r4Tts7J_aSIgg"),
            salt: &salt,
            ours: &ours,
        };
        let shared = read("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
        let text = b"When I grow up, I want to be a watermelon";
        let sealed = meant.sealed(&shared, text, 0).unwrap();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInm\
             YWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQe\
             xSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn all_are_of_one_length_and_what_is_no_point_or_too_long_is_refused() {
        let key = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).unwrap();
        let point: [u8; 65] = key
            .compute_public_key()
            .unwrap()
            .as_ref()
            .try_into()
            .unwrap();
        let length = |text: &[u8]| seal(text, &point, &[7; 16]).map(|sealed| sealed.len());
        assert_eq!(length(b"").unwrap(), 86 + PADDED + 16);
        assert_eq!(length(b"a").unwrap(), length(&[b'a'; TEXT_BYTES]).unwrap());
        assert!(length(&[b'a'; PADDED]).is_err());
        assert!(can_be_told(&point, &[0; 16]));
        let mut none = point;
        none[64] ^= 1;
        assert!(!can_be_told(&none, &[0; 16]) && !can_be_told(&[4; 65], &[0; 16]));
    }
}
