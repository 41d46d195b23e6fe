//! The letters of a message: what MSH-18 says, or what it looks like.

use encoding_rs::{Encoding, ISO_8859_6, UTF_8, WINDOWS_1252, WINDOWS_1256};
use px360_domain::FieldFault;

/// The text of a message. Where the header names no set of characters, it is UTF-8 when it can be, and
/// Windows-1256 otherwise: what old systems in the Kingdom send without saying so.
///
/// # Errors
/// `charset_unknown` on `MSH-18`; `charset_wrong` for a message that says UTF-8 and is not.
pub(super) fn decode(bytes: &[u8]) -> Result<String, FieldFault> {
    let Some(named) = named(bytes) else {
        let text = std::str::from_utf8(bytes).map(str::to_owned);
        return Ok(text.unwrap_or_else(|_other| {
            WINDOWS_1256.decode_without_bom_handling(bytes).0.into_owned()
        }));
    };
    let encoding = encoding(&named).ok_or_else(|| FieldFault::new("MSH-18", "charset_unknown"))?;
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    if faulty && encoding == UTF_8 {
        return Err(FieldFault::new("MSH-18", "charset_wrong"));
    }
    Ok(text.into_owned())
}

/// What MSH-18 names. The header is ASCII in every set that hospitals use.
fn named(bytes: &[u8]) -> Option<String> {
    let start = bytes.windows(3).position(|three| three == b"MSH")?;
    let header = bytes[start..].split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    let separator = header.get(3)?;
    let field = header.split(|byte| byte == separator).nth(17)?;
    // The first of several is the one that the message begins with.
    let first = field.split(|byte| *byte == b'~').next()?;
    let name = String::from_utf8_lossy(first).trim().to_ascii_uppercase();
    (!name.is_empty()).then_some(name)
}

/// The names of HL7 table 0211, and what is seen in their place.
fn encoding(name: &str) -> Option<&'static Encoding> {
    Some(match name {
        "UNICODE UTF-8" | "UTF-8" | "UTF8" | "ASCII" => UTF_8,
        "8859/6" | "ISO 8859-6" | "ISO-8859-6" => ISO_8859_6,
        "WINDOWS-1256" | "CP1256" | "1256" | "WIN1256" => WINDOWS_1256,
        "8859/1" | "ISO 8859-1" | "ISO-8859-1" => WINDOWS_1252,
        _ => return None,
    })
}
