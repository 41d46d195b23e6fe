//! What demo data is made with.

use secrecy::SecretString;

use super::Reader;

/// What demo data is made with.
#[derive(Clone, Debug)]
pub struct DemoConfig {
    /// `PX360_DEMO_PASSWORD`: of every demo user; `px360-demo`.
    pub password: SecretString,
    /// `PX360_DEMO_API_KEY`: of the demo source; `px360-demo-key`.
    pub api_key: SecretString,
}

impl DemoConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let or = |name: &str, default: &str| {
            reader.secret(name).unwrap_or_else(|| default.to_owned().into())
        };
        Self {
            password: or("PX360_DEMO_PASSWORD", "px360-demo"),
            api_key: or("PX360_DEMO_API_KEY", "px360-demo-key"),
        }
    }
}
