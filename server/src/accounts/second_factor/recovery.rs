//! Words that are drawn: recovery codes and temporary passwords.

use px360_domain::accounts::Hidden;
use px360_domain::contact::fold_digits;
use sha2::{Digest as _, Sha256};
use totp_rs::Secret;

use crate::ctx::Ctx;

/// How many codes a person gets.
pub(super) const CODES: usize = 10;

/// 80 random bits in four groups of four: `k3vd-2mxq-7tbe-ahpw`. Base 32 has neither `0` nor `1`, so
/// nobody has to ask which letter that is.
pub(in crate::accounts) fn random_words(ctx: &Ctx) -> Hidden {
    let drawn = Secret::from(ctx.deps().chance().bytes::<10>()).to_base32().to_lowercase();
    let groups: Vec<&str> =
        [0..4, 4..8, 8..12, 12..16].into_iter().filter_map(|group| drawn.get(group)).collect();
    Hidden::from(groups.join("-"))
}

/// What is stored of a code, however it is written. Codes are random and long, so a fast hash is
/// enough.
pub(super) fn code_hash(code: &str) -> [u8; 32] {
    Sha256::digest(plain(code).to_lowercase().as_bytes()).into()
}

/// A code without what people put between its groups, its digits in one script.
pub(super) fn plain(code: &str) -> String {
    fold_digits(code).chars().filter(char::is_ascii_alphanumeric).collect()
}
