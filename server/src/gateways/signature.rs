//! Whether a receipt comes from whom it says.

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

use super::Callback;

/// Where whoever speaks our own protocol puts it.
pub(super) const OUR_SIGNATURE: &str = "x-px360-signature";

/// Whether this header holds `sha256=` and the hex of HMAC-SHA-256 over the body.
pub(super) fn is_signed_in_hex(
    callback: &Callback<'_>,
    header: &str,
    secret: &SecretString,
) -> bool {
    let Some(signature) = callback.header(header).and_then(|text| text.strip_prefix("sha256="))
    else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
        return false;
    };
    mac.update(callback.body);
    unhex(signature).is_some_and(|signature| mac.verify_slice(&signature).is_ok())
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let bytes = text.as_bytes();
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    bytes.chunks_exact(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect()
}
