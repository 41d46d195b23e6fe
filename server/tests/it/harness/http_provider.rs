//! A provider of text messages that tests can make busy, broken or silent.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Json, Router};
use px360_server::config::{HttpGatewayConfig, ProviderProfile};
use px360_server::task;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// What receipts of it are signed with.
pub(crate) const RECEIPT_SECRET: &str = "what receipts are signed with";
/// Where Twilio is to send receipts.
pub(crate) const TWILIO_CALLBACK: &str = "https://px.example.sa/api/notifications/receipts/twilio/";

/// A provider on a port of its own. Takes everything, unless told otherwise.
#[derive(Clone)]
pub(crate) struct HttpProvider {
    addr: SocketAddr,
    state: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    answers: Mutex<VecDeque<Answer>>,
    requests: Mutex<Vec<Received>>,
    arrived: Notify,
}

/// What the provider does with one request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    /// Fails with this status; nothing is sent.
    Status(u16),
    /// Fails with this status and this code of WhatsApp's; nothing is sent.
    Code(u16, u32),
    /// Is busy, and says for how long.
    Busy(&'static str),
    /// Sends the message and never answers.
    SendsAndHangs,
}

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) path: String,
    pub(crate) key: String,
    pub(crate) authorization: Option<String>,
    pub(crate) body: Value,
    /// Whether the message went on to the phone.
    pub(crate) sent: bool,
}

impl HttpProvider {
    /// Listens.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let addr = listener.local_addr().unwrap();
        let state = Arc::<Inner>::default();
        let router = Router::new().fallback(post(take)).with_state(Arc::clone(&state));
        task::spawn("http provider", async move {
            axum::serve(listener, router).await.unwrap();
        });
        Self { addr, state }
    }

    /// What is configured to reach it.
    pub(crate) fn config(&self) -> HttpGatewayConfig {
        HttpGatewayConfig {
            url: format!("http://{}/messages", self.addr),
            token: Some("provider-token".to_owned().into()),
            sender: "PX360".to_owned(),
            receipt_secret: Some(RECEIPT_SECRET.to_owned().into()),
            ..HttpGatewayConfig::default()
        }
    }

    /// The same as one that speaks Twilio's protocol.
    pub(crate) fn twilio(&self) -> HttpGatewayConfig {
        HttpGatewayConfig {
            profile: ProviderProfile::Twilio,
            url: format!("http://{}", self.addr),
            sender: "+966112345678".to_owned(),
            account: Some("AC1".to_owned()),
            callback: Some(TWILIO_CALLBACK.to_owned()),
            ..self.config()
        }
    }

    /// The same as WhatsApp's Cloud API.
    pub(crate) fn whatsapp_cloud(&self) -> HttpGatewayConfig {
        HttpGatewayConfig {
            profile: ProviderProfile::WhatsappCloud,
            url: format!("http://{}/v25.0", self.addr),
            sender: "10615".to_owned(),
            template: Some("survey_invitation".to_owned()),
            verify_token: Some("agreed".to_owned().into()),
            ..self.config()
        }
    }

    /// Does this with the next request, then with the one after it, in the order of these calls.
    pub(crate) fn answer_next(&self, answer: Answer) {
        self.state.answers.lock().unwrap().push_back(answer);
    }

    /// Everything that was asked so far.
    pub(crate) fn requests(&self) -> Vec<Received> {
        self.state.requests.lock().unwrap().clone()
    }

    /// How many messages went on to a phone. The provider drops what has a key that it knows.
    pub(crate) fn sent(&self) -> usize {
        self.requests().iter().filter(|request| request.sent).count()
    }

    /// Waits until one more request has come.
    pub(crate) async fn arrival(&self) {
        self.state.arrived.notified().await;
    }
}

async fn take(
    State(state): State<Arc<Inner>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    let body = match text(CONTENT_TYPE.as_str()).as_deref() {
        Some("application/json") => serde_json::from_slice(&body).unwrap(),
        _ => form(&body),
    };
    let handed_back = body["biz_opaque_callback_data"].as_str().map(str::to_owned);
    let key = text("idempotency-key").or(handed_back).unwrap();
    let answer = state.answers.lock().unwrap().pop_front();
    let is_known = state.requests.lock().unwrap().iter().any(|it| it.key == key && it.sent);
    state.requests.lock().unwrap().push(Received {
        path: uri.path().to_owned(),
        key: key.clone(),
        authorization: text(AUTHORIZATION.as_str()),
        body,
        sent: matches!(answer, None | Some(Answer::SendsAndHangs)) && !is_known,
    });
    state.arrived.notify_one();
    match answer {
        None => {
            let id = format!("provider-{key}");
            // As each protocol calls it.
            Json(json!({ "id": id, "sid": id, "messages": [{ "id": id }] })).into_response()
        }
        Some(Answer::Status(status)) => StatusCode::from_u16(status).unwrap().into_response(),
        Some(Answer::Code(status, code)) => {
            let said = Json(json!({ "error": { "code": code } }));
            (StatusCode::from_u16(status).unwrap(), said).into_response()
        }
        Some(Answer::Busy(seconds)) => {
            (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, seconds)]).into_response()
        }
        Some(Answer::SendsAndHangs) => {
            tokio::time::sleep(Duration::from_secs(3_600)).await;
            StatusCode::OK.into_response()
        }
    }
}

fn form(body: &[u8]) -> Value {
    let pairs = form_urlencoded::parse(body);
    Value::Object(pairs.map(|(name, value)| (name.into_owned(), json!(value))).collect())
}
