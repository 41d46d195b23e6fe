//! Reads variables and collects what is wrong with them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use secrecy::SecretString;

/// Everything that is wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFaults(pub Vec<String>);

impl fmt::Display for ConfigFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the configuration is wrong in {} place(s):", self.0.len())?;
        self.0.iter().try_for_each(|fault| writeln!(f, "  - {fault}"))
    }
}

impl std::error::Error for ConfigFaults {}

/// Variables by name, and the faults found so far.
#[derive(Clone, Debug)]
pub struct Reader {
    variables: BTreeMap<String, String>,
    faults: Vec<String>,
}

impl Reader {
    /// The environment of this process.
    pub fn from_env() -> Self {
        Self::from_pairs(std::env::vars())
    }

    /// These variables: for tests.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let variables = pairs.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
        Self { variables, faults: Vec::new() }
    }

    /// A text, if it is set and not blank.
    pub fn text(&self, name: &str) -> Option<String> {
        self.variables.get(name).map(|value| value.trim().to_owned())
    }

    /// A secret, if it is set.
    pub fn secret(&self, name: &str) -> Option<SecretString> {
        self.text(name).map(SecretString::from)
    }

    /// A parsed value, or this default when it is not set.
    pub fn parsed<T: FromStr>(&mut self, name: &str, default: T, expected: &str) -> T {
        let Some(text) = self.text(name) else { return default };
        text.parse().unwrap_or_else(|_unreadable| {
            self.fault(name, &format!("is `{text}`, but must be {expected}"));
            default
        })
    }

    /// A switch: `true`, `1`, `yes`, `on` or their opposites.
    pub fn switch(&mut self, name: &str, default: bool) -> bool {
        match self.text(name).as_deref() {
            None => default,
            Some("true" | "1" | "yes" | "on") => true,
            Some("false" | "0" | "no" | "off") => false,
            Some(other) => {
                let other = other.to_owned();
                self.fault(name, &format!("is `{other}`, but must be `on` or `off`"));
                default
            }
        }
    }

    /// An address that must begin with one of these schemes.
    pub fn url(&mut self, name: &str, schemes: &[&str]) -> Option<String> {
        let text = self.text(name)?;
        if schemes.iter().any(|scheme| text.starts_with(&format!("{scheme}://"))) {
            return Some(text.trim_end_matches('/').to_owned());
        }
        self.fault(name, &format!("must begin with {}://", schemes.join(":// or ")));
        None
    }

    /// Notes a fault of one variable.
    pub fn fault(&mut self, name: &str, what: &str) {
        self.faults.push(format!("{name} {what}"));
    }

    /// Everything that is wrong, if anything is.
    pub fn finish(self) -> Result<(), ConfigFaults> {
        if self.faults.is_empty() { Ok(()) } else { Err(ConfigFaults(self.faults)) }
    }
}
