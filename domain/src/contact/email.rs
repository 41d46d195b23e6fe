//! E-mail addresses.

use serde::{Deserialize, Serialize};

use super::digits::is_bidi_mark;

/// The longest address that mail servers must carry, in bytes (RFC 5321, erratum 1690).
pub const EMAIL_BYTES_MAX: usize = 254;

/// The longest part before the `@`, in bytes (RFC 5321, 4.5.3.1.1).
const LOCAL_BYTES_MAX: usize = 64;

/// An address that looks deliverable: whether it exists, only a message can tell.
///
/// The host is spelled in lower case. The part before the `@` stays as it was typed, because its
/// meaning is the receiving server's business; compare case-insensitively where people sign in.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmailAddress(String);

parsed_text!(EmailAddress, ParseEmail, "email_invalid", "not an e-mail address");

impl EmailAddress {
    /// Reads an address; space around it and marks of direction do not matter.
    ///
    /// Stricter than the standard where it allows what only attackers and typing errors use:
    /// quoted strings, comments, bare IP addresses and hosts without a dot.
    ///
    /// # Errors
    /// [`ParseEmail`] for anything else, and for more than [`EMAIL_BYTES_MAX`] bytes.
    pub fn parse(text: &str) -> Result<Self, ParseEmail> {
        let visible: String = text.chars().filter(|c| !is_bidi_mark(*c)).collect();
        let (local, host) = visible.trim().split_once('@').ok_or(ParseEmail)?;
        let address = format!("{local}@{}", host.to_ascii_lowercase());
        let fits = address.len() <= EMAIL_BYTES_MAX && local.len() <= LOCAL_BYTES_MAX;
        if fits && is_local(local) && is_host(host) { Ok(Self(address)) } else { Err(ParseEmail) }
    }
}

/// Letters of any script: addresses in Arabic exist. The rest is what RFC 5322 calls `atext`.
fn is_local(local: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(allowed))
}

/// At least two labels of letters, digits and inner dashes; the last one is not a number.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.rsplit_once('.').is_some_and(|(_, last)| last.bytes().any(|b| b.is_ascii_alphabetic()))
        && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Option<String> {
        EmailAddress::parse(text).ok().map(String::from)
    }

    #[test]
    fn ordinary_addresses_are_read_in_one_spelling() {
        for (text, expected) in [
            ("noura@example.sa", "noura@example.sa"),
            ("  Noura.Q+px@Mail.Example.COM \n", "Noura.Q+px@mail.example.com"),
            ("\u{200E}noura@example.sa\u{200F}", "noura@example.sa"),
            ("نورة@example.sa", "نورة@example.sa"),
            ("o'neil_2@xn--mgberp4a5d4ar.sa", "o'neil_2@xn--mgberp4a5d4ar.sa"),
        ] {
            assert_eq!(parsed(text).as_deref(), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn what_mail_cannot_reach_or_could_be_smuggled_is_refused() {
        for text in [
            "",
            "@",
            "noura",
            "noura@",
            "@example.sa",
            "noura@localhost",
            "noura@example",
            "noura@.sa",
            "noura@example.",
            "noura@exa..mple.sa",
            "noura@-example.sa",
            "noura@example-.sa",
            "noura@10.0.0.1",
            "a@b@example.sa",
            "nou ra@example.sa",
            "noura@exam ple.sa",
            "noura@example.sa\r\nBcc: x@example.sa",
            "noura\u{0}@example.sa",
            "noura\u{200B}@example.sa",
            "<noura@example.sa>",
            "a@example.sa,b",
            ".noura@example.sa",
            "nou..ra@example.sa",
        ] {
            assert_eq!(parsed(text), None, "{text:?}");
        }
        assert_eq!(EmailAddress::parse("").map_err(|fault| fault.code()), Err("email_invalid"));
    }

    #[test]
    fn an_address_may_be_254_bytes_long_with_64_before_the_at() {
        let of_length = |local: usize, host: usize| {
            parsed(&format!("{}@{}.sa", "a".repeat(local), "b".repeat(host - 3)))
        };
        assert!(of_length(64, 189).is_some_and(|address| address.len() == 254));
        assert_eq!(of_length(64, 190), None);
        assert!(of_length(64, 20).is_some());
        assert_eq!(of_length(65, 20), None);
    }

    #[test]
    fn json_is_parsed_and_a_log_line_shows_no_address() {
        let email: EmailAddress = serde_json::from_str("\"noura@Example.sa\"").unwrap();
        assert_eq!(serde_json::to_string(&email).unwrap(), "\"noura@example.sa\"");
        assert!(serde_json::from_str::<EmailAddress>("\"noura\"").is_err());
        assert_eq!(format!("{email:?}"), "EmailAddress(hidden)");
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_is_read_back_as_itself(
            text in prop_oneof![".*", "[ -~أ-ي]{0,9}@[A-Za-z0-9.@ -]{0,12}\\.[A-Z0-9]{1,3}"],
        ) {
            if let Ok(email) = EmailAddress::parse(&text) {
                prop_assert_eq!(EmailAddress::parse(email.as_str()), Ok(email.clone()));
                prop_assert_eq!(email.as_str().matches('@').count(), 1);
                prop_assert!(!email.as_str().contains(|c: char| c.is_whitespace() || c.is_control()));
            }
        }
    }
}
