//! The group's own identity provider: `OpenID` Connect Core 1.0, authorization code with PKCE.
//!
//! It says who somebody is; who may sign in here, and what they may do, is ours. Its keys are fetched with each
//! sign-in, so that one that was replaced is never trusted a moment longer.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use http::Response;
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IssuerUrl, LanguageTag, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _,
};
use px360_domain::Locale;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::http::client;
use crate::config::OidcConfig;
use crate::error::Result as HouseResult;

/// The most of an answer that is read.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// A client of the provider, after its metadata was read.
type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The group's identity provider.
pub struct IdentityProvider {
    client: reqwest::Client,
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: Option<SecretString>,
    redirect: RedirectUrl,
    trusts_email: bool,
}

/// What was asked of the provider, for whoever comes back from there: kept in the browser's session.
#[derive(Clone, Serialize, Deserialize)]
pub struct AskedProvider {
    /// What the provider must send back with the browser.
    pub(crate) state: String,
    nonce: String,
    verifier: String,
}

/// Who the provider says that somebody is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    pub(crate) issuer: String,
    /// Who, for good: names and addresses change.
    pub(crate) subject: String,
    /// A mail address that is theirs.
    pub(crate) email: Option<String>,
}

/// Why the provider's word is worth nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProviderError {
    /// It does not answer, or not as a provider does.
    #[error("the identity provider is away")]
    Away(#[source] anyhow::Error),
    /// It did not say who this is, or what it said cannot be trusted.
    #[error("the identity provider's word is not good")]
    NotGood(#[source] anyhow::Error),
}

/// Why an answer could not be had.
#[derive(Debug, thiserror::Error)]
enum FetchError {
    #[error(transparent)]
    Transport(#[from] reqwest::Error),
    #[error(transparent)]
    Malformed(#[from] http::Error),
    #[error("an answer of more than {ANSWER_BYTES_MAX} bytes")]
    TooLong,
}

impl IdentityProvider {
    /// The provider that was configured. `public_url` is where browsers come back to.
    ///
    /// # Errors
    /// `Broken` when an address is none.
    pub fn new(config: &OidcConfig, public_url: &str) -> HouseResult<Self> {
        let back = format!("{public_url}{}", px360_domain::paths::SSO_CALLBACK);
        Ok(Self {
            client: client()?,
            issuer: IssuerUrl::new(config.issuer.clone()).context("the issuer's address")?,
            client_id: ClientId::new(config.client_id.clone()),
            client_secret: config.client_secret.clone(),
            redirect: RedirectUrl::new(back).context("the address to come back to")?,
            trusts_email: config.trusts_email,
        })
    }

    /// Who issues what is trusted here.
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Where to send a browser to sign in, and what to remember until it comes back.
    pub(crate) async fn ask(
        &self,
        locale: Locale,
    ) -> Result<(String, AskedProvider), ProviderError> {
        let client = self.discover().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_ui_locale(LanguageTag::new(locale.to_string()))
            .set_pkce_challenge(challenge)
            .url();
        let asked = AskedProvider {
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        };
        Ok((url.to_string(), asked))
    }

    /// Who came back with this code. The token's signature, issuer, audience, lifetime and nonce are checked.
    pub(crate) async fn hear(
        &self,
        code: String,
        asked: &AskedProvider,
        now: DateTime<Utc>,
    ) -> Result<Claimed, ProviderError> {
        let client = self.discover().await?;
        let http = |request| fetch(self.client.clone(), request);
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .context("a provider without a token endpoint")
            .map_err(ProviderError::Away)?
            .set_pkce_verifier(PkceCodeVerifier::new(asked.verifier.clone()))
            .request_async(&http)
            .await
            .context("exchanging the code")
            .map_err(ProviderError::NotGood)?;
        let token = answer.id_token().context("no id token").map_err(ProviderError::NotGood)?;
        let clock = move || now;
        let verifier = client.id_token_verifier().set_time_fn(clock);
        let claims = token
            .claims(&verifier, &Nonce::new(asked.nonce.clone()))
            .context("verifying the id token")
            .map_err(ProviderError::NotGood)?;
        let is_theirs = claims.email_verified().unwrap_or(self.trusts_email);
        let email = claims.email().filter(|_| is_theirs);
        Ok(Claimed {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            email: email.map(|email| email.to_string()),
        })
    }

    async fn discover(&self) -> Result<Client, ProviderError> {
        let http = |request| fetch(self.client.clone(), request);
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &http)
            .await
            .context("reading the provider's metadata")
            .map_err(ProviderError::Away)?;
        let secret = self.client_secret.as_ref();
        let secret = secret.map(|secret| ClientSecret::new(secret.expose_secret().to_owned()));
        let client = CoreClient::from_provider_metadata(metadata, self.client_id.clone(), secret);
        Ok(client.set_redirect_uri(self.redirect.clone()))
    }
}

async fn fetch(client: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, FetchError> {
    let (parts, body) = request.into_parts();
    let sent =
        client.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
    let mut answer = sent.send().await?;
    let mut response = Response::builder().status(answer.status());
    if let Some(headers) = response.headers_mut() {
        headers.clone_from(answer.headers());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if bytes.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(FetchError::TooLong);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(response.body(bytes)?)
}
