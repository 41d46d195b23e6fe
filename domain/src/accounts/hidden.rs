//! Words that are for one pair of eyes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A password or a code on its way. `Debug` shows none of it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hidden(String);

impl Hidden {
    /// The words themselves: for whoever checks, hashes or shows them to their owner.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Hidden {
    fn from(words: String) -> Self {
        Self(words)
    }
}

impl From<&str> for Hidden {
    fn from(words: &str) -> Self {
        Self(words.to_owned())
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

#[cfg(test)]
mod tests {
    use super::Hidden;

    #[test]
    fn a_log_line_shows_no_password_and_the_wire_does() {
        let password = Hidden::from("correct horse");
        assert_eq!(format!("{password:?}"), "Hidden");
        assert_eq!(serde_json::to_string(&password).unwrap(), "\"correct horse\"");
    }
}
