//! Signing in through the group's own identity provider.

use secrecy::SecretString;

use super::Reader;

/// An `OpenID` Connect provider. With nothing set, people sign in with passwords alone.
#[derive(Clone, Debug)]
pub struct OidcConfig {
    /// `PX360_OIDC_ISSUER`: what its metadata is found below, exactly as its tokens name it.
    pub issuer: String,
    /// `PX360_OIDC_CLIENT_ID`: what the provider knows PX360 as.
    pub client_id: String,
    /// `PX360_OIDC_CLIENT_SECRET`: none for a public client.
    pub client_secret: Option<SecretString>,
    /// `PX360_OIDC_TRUST_EMAIL`: whether mail addresses are people's own where the provider does not say so;
    /// `off`.
    pub trusts_email: bool,
}

impl OidcConfig {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let issuer = reader.url("PX360_OIDC_ISSUER", &["https", "http"])?;
        let url = reqwest::Url::parse(&issuer).ok();
        let host = url.as_ref().and_then(|url| url.host_str()).unwrap_or_default();
        let is_here = ["127.0.0.1", "localhost", "[::1]"].contains(&host);
        if issuer.starts_with("http://") && !is_here {
            reader.fault("PX360_OIDC_ISSUER", "must be https, but for a provider on this machine");
        }
        let client_id = reader.text("PX360_OIDC_CLIENT_ID");
        if client_id.is_none() {
            reader.fault("PX360_OIDC_CLIENT_ID", "is needed when PX360_OIDC_ISSUER is set");
        }
        let trusts_email = reader.switch("PX360_OIDC_TRUST_EMAIL", false);
        Some(Self {
            issuer,
            client_id: client_id?,
            client_secret: reader.secret("PX360_OIDC_CLIENT_SECRET"),
            trusts_email,
        })
    }
}
