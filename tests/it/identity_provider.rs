//! An `OpenID` provider that speaks the real protocol over a real socket: somebody else's service.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};

use axum::extract::{Form, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{TimeDelta, Utc};
use http::{HeaderMap, StatusCode};
use openidconnect::core::{
    CoreIdToken, CoreIdTokenClaims, CoreJsonWebKeySet, CoreJwsSigningAlgorithm,
    CoreRsaPrivateSigningKey,
};
use openidconnect::{
    Audience, EmptyAdditionalClaims, EndUserEmail, IssuerUrl, JsonWebKeyId, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, PrivateSigningKey as _, StandardClaims, SubjectIdentifier,
};
use rsa::RsaPrivateKey;
use rsa::pkcs1::{EncodeRsaPrivateKey as _, LineEnding};
use serde_json::{Value, json};
use std::collections::HashMap;

/// What the provider says of whoever comes with a code; tests bend it.
#[derive(Clone)]
pub(crate) struct Says {
    pub(crate) subject: String,
    pub(crate) email: Option<String>,
    pub(crate) email_verified: Option<bool>,
    pub(crate) audience: String,
    pub(crate) nonce: Option<String>,
    pub(crate) expires_in: TimeDelta,
    /// Signed with a key that it does not publish.
    pub(crate) forged: bool,
}

/// A browser's wish, as the provider read it out of the address.
#[derive(Clone, Default)]
struct Wish {
    nonce: String,
    challenge: String,
}

struct Inner {
    issuer: String,
    says: Mutex<Says>,
    wish: Mutex<Wish>,
}

/// The provider.
#[derive(Clone)]
pub(crate) struct Provider(Arc<Inner>);

/// Making a key takes a while: one for all tests.
fn key(of: &'static OnceLock<String>) -> CoreRsaPrivateSigningKey {
    let pem = of.get_or_init(|| {
        let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap();
        key.to_pkcs1_pem(LineEnding::LF).unwrap().to_string()
    });
    CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new("key".to_owned()))).unwrap()
}

static OWN: OnceLock<String> = OnceLock::new();
static FOREIGN: OnceLock<String> = OnceLock::new();

impl Provider {
    /// Listens on this machine.
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let addr: SocketAddr = listener.local_addr().unwrap();
        let says = Says {
            subject: "employee-417".to_owned(),
            email: Some("Coordinator@demo.example".to_owned()),
            email_verified: Some(true),
            audience: "px360".to_owned(),
            nonce: None,
            expires_in: TimeDelta::minutes(5),
            forged: false,
        };
        let inner = Inner {
            issuer: format!("http://{addr}"),
            says: Mutex::new(says),
            wish: Mutex::default(),
        };
        let provider = Self(Arc::new(inner));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// From here on it says something else.
    pub(crate) fn say(&self, change: impl FnOnce(&mut Says)) {
        change(&mut self.0.says.lock().unwrap());
    }

    /// A browser arrives at this address and signs in; answers the `state` to go back with.
    pub(crate) fn visited(&self, address: &str) -> String {
        let (at, query) = address.split_once('?').unwrap();
        assert_eq!(at, format!("{}/authorize", self.0.issuer));
        let asked: HashMap<String, String> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        assert_eq!(asked["redirect_uri"], "http://px360.test/login/sso/callback");
        *self.0.wish.lock().unwrap() =
            Wish { nonce: asked["nonce"].clone(), challenge: asked["code_challenge"].clone() };
        asked["state"].clone()
    }
}

async fn metadata(State(provider): State<Provider>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", provider.0.issuer);
    Json(json!({
        "issuer": provider.0.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }))
}

async fn keys() -> Json<CoreJsonWebKeySet> {
    Json(CoreJsonWebKeySet::new(vec![key(&OWN).as_verification_key()]))
}

async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(sent): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let wish = provider.0.wish.lock().unwrap().clone();
    let verifier = PkceCodeVerifier::new(sent["code_verifier"].clone());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    let is_known = headers.contains_key("authorization");
    if sent["code"] != "the-code" || challenge.as_str() != wish.challenge || !is_known {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
    }
    let says = provider.0.says.lock().unwrap().clone();
    let now = Utc::now();
    let standard = StandardClaims::new(SubjectIdentifier::new(says.subject))
        .set_email(says.email.map(EndUserEmail::new))
        .set_email_verified(says.email_verified);
    let claims = CoreIdTokenClaims::new(
        IssuerUrl::new(provider.0.issuer.clone()).unwrap(),
        vec![Audience::new(says.audience)],
        now + says.expires_in,
        now,
        standard,
        EmptyAdditionalClaims {},
    )
    .set_nonce(Some(Nonce::new(says.nonce.unwrap_or(wish.nonce))));
    let signing = if says.forged { key(&FOREIGN) } else { key(&OWN) };
    let algorithm = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
    let token = CoreIdToken::new(claims, &signing, algorithm, None, None).unwrap();
    let answer = json!({ "access_token": "x", "token_type": "Bearer", "id_token": token });
    (StatusCode::OK, Json(answer))
}
