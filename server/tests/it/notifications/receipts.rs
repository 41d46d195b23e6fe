//! What providers say later about messages that they took.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use px360_domain::Failure;
use px360_domain::ids::NotificationId;
use px360_server::config::DeliveryConfig;
use px360_server::gateways::{Callback, Gateways};
use px360_server::notifications::{answer_challenge, deliver_due, take_receipts};
use px360_server::{Error, Result};
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::Sha256;
use sqlx::PgPool;

use super::house::{House, Patient};
use crate::harness::http_provider::{Answer, HttpProvider, RECEIPT_SECRET, TWILIO_CALLBACK};

/// A house whose text messages go to this provider.
async fn house(db: PgPool, provider: &HttpProvider) -> House {
    let config = DeliveryConfig { sms: Some(provider.config()), ..DeliveryConfig::default() };
    House::new(db, Gateways::from_config(&config).unwrap()).await
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn signed(header: &'static str, signature: &str) -> HeaderMap {
    let name = HeaderName::from_static(header);
    HeaderMap::from_iter([(name, HeaderValue::from_str(signature).unwrap())])
}

/// The headers of a body that was signed with this secret.
fn sha256(header: &'static str, secret: &str, body: &str) -> HeaderMap {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    signed(header, &format!("sha256={}", hex(&mac.finalize().into_bytes())))
}

/// Says this about a message, signed.
async fn say(house: &House, said: &Value) -> Result<()> {
    let body = said.to_string();
    let headers = sha256("x-px360-signature", RECEIPT_SECRET, &body);
    let url = "https://px.example.sa/api/notifications/receipts/http_sms/";
    let callback = Callback { url, headers: &headers, body: body.as_bytes() };
    take_receipts(&house.ctx(), "http_sms", &callback).await
}

fn named(id: NotificationId, status: &str) -> Value {
    json!({ "id": format!("provider-{id}-1"), "status": status })
}

/// How many receipts are stored.
async fn stored(house: &House) -> i64 {
    sqlx::query_scalar("select count(*) from delivery_receipts").fetch_one(&house.db).await.unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_message_that_arrived_and_was_read_says_so_once_in_whatever_order(db: PgPool) {
    let provider = HttpProvider::start().await;
    let house = house(db, &provider).await;
    let (id, survey) = house.invited(Patient::default()).await;
    house.deliver().await;
    for status in ["sent", "read", "delivered", "read", "failed"] {
        say(&house, &named(id, status)).await.unwrap();
    }
    assert_eq!(house.status(id).await, "read");
    assert_eq!(house.log_lines(id).await, ["1 sms read"]);
    assert_eq!(house.survey_status(survey).await, "sent");
    assert_eq!(house.funnel().await, (0, 1));
    assert_eq!(stored(&house).await, 4);
    // Nothing is sent again.
    assert_eq!(house.deliver_after(60).await, 0);
    assert_eq!(provider.sent(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_late_word_that_it_was_sent_undoes_no_bounce(db: PgPool) {
    let provider = HttpProvider::start().await;
    let config = DeliveryConfig {
        sms: Some(provider.config()),
        whatsapp: Some(provider.whatsapp_cloud()),
        ..DeliveryConfig::default()
    };
    let house = House::new(db, Gateways::from_config(&config).unwrap()).await;
    let (id, _) = house.invited(Patient::default()).await;
    house.deliver().await;
    say(&house, &named(id, "failed")).await.unwrap();
    say(&house, &named(id, "sent")).await.unwrap();
    assert_eq!(house.status(id).await, "queued");
    house.deliver().await;
    assert_eq!(house.log_lines(id).await, ["1 sms bounced", "2 whatsapp sent"]);
    // That it arrived after all is another matter.
    say(&house, &named(id, "delivered")).await.unwrap();
    assert_eq!(house.status(id).await, "delivered");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whatsapp_that_is_written_to_too_fast_is_tried_again(db: PgPool) {
    let provider = HttpProvider::start().await;
    let config =
        DeliveryConfig { whatsapp: Some(provider.whatsapp_cloud()), ..DeliveryConfig::default() };
    let house = House::new(db, Gateways::from_config(&config).unwrap()).await;
    let (id, _) = house.invited(Patient { email: None, ..Patient::default() }).await;
    provider.answer_next(Answer::Code(400, 130_429));
    house.deliver().await;
    assert_eq!(house.log(id).await[0].error.as_deref(), Some("http 400, code 130429"));
    house.deliver_after(1).await;
    assert_eq!(house.log_lines(id).await, ["1 whatsapp failed", "2 whatsapp sent"]);
    let (gone, _) = house.invited(Patient { email: None, ..Patient::default() }).await;
    provider.answer_next(Answer::Code(400, 131_026));
    sqlx::query("delete from fatigue_rules").execute(&house.db).await.unwrap();
    house.deliver().await;
    assert_eq!(house.status(gone).await, "failed");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_receipt_before_the_answer_waits_for_it(db: PgPool) {
    let provider = HttpProvider::start().await;
    let house = house(db, &provider).await;
    let (id, _) = house.invited(Patient::default()).await;
    // Nobody knows the provider's name of it yet, and this one hands nothing of ours back.
    say(&house, &named(id, "delivered")).await.unwrap();
    assert_eq!(house.status(id).await, "queued");
    house.deliver().await;
    assert_eq!(house.status(id).await, "delivered");
    assert_eq!(house.log_lines(id).await, ["1 sms delivered"]);
    assert_eq!((provider.sent(), house.funnel().await), (1, (0, 1)));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_receipt_settles_a_message_whose_answer_never_came(db: PgPool) {
    let provider = HttpProvider::start().await;
    let house = house(db, &provider).await;
    let (id, survey) = house.invited(Patient::default()).await;
    provider.answer_next(Answer::SendsAndHangs);
    let ctx = house.ctx();
    tokio::select! {
        _ = deliver_due(&ctx) => panic!("the provider does not answer"),
        () = provider.arrival() => {}
    }
    let mut said = named(id, "delivered");
    said["idempotency_key"] = json!(format!("{id}-1"));
    say(&house, &said).await.unwrap();
    assert_eq!(house.status(id).await, "delivered");
    assert_eq!(house.survey_status(survey).await, "sent");
    // The worker that died left a lease; nobody takes the message up again.
    assert_eq!(house.deliver_after(3).await, 0);
    assert_eq!(house.log_lines(id).await, ["1 sms delivered"]);
    assert_eq!((provider.requests().len(), house.funnel().await), (1, (0, 1)));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_answer_after_its_receipt_changes_nothing(db: PgPool) {
    let provider = HttpProvider::start().await;
    let house = house(db, &provider).await;
    let (id, _) = house.invited(Patient::default()).await;
    provider.answer_next(Answer::SendsAndHangs);
    let late = house.ctx();
    let (late, ()) = tokio::join!(deliver_due(&late), async {
        provider.arrival().await;
        let mut said = named(id, "delivered");
        said["idempotency_key"] = json!(format!("{id}-1"));
        say(&house, &said).await.unwrap();
    });
    // It timed out, and would have been tried again.
    late.unwrap();
    assert_eq!(house.status(id).await, "delivered");
    assert_eq!(house.log_lines(id).await, ["1 sms delivered"]);
    assert_eq!(house.deliver_after(10).await, 0);
    assert_eq!(provider.requests().len(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_did_not_arrive_goes_another_way_or_has_failed(db: PgPool) {
    let provider = HttpProvider::start().await;
    let config = DeliveryConfig {
        sms: Some(provider.config()),
        whatsapp: Some(provider.whatsapp_cloud()),
        ..DeliveryConfig::default()
    };
    let house = House::new(db, Gateways::from_config(&config).unwrap()).await;
    let (id, _) = house.invited(Patient::default()).await;
    house.deliver().await;
    let failed = json!([{ "id": format!("provider-{id}-1"), "status": "failed",
                          "error": "30005 unknown +966512345678" }]);
    say(&house, &failed).await.unwrap();
    assert_eq!(house.log(id).await[0].error.as_deref(), Some("30005"));
    assert_eq!(house.deliver().await, 1);
    assert_eq!(house.log_lines(id).await, ["1 sms bounced", "2 whatsapp sent"]);
    assert_eq!(house.status(id).await, "sent");

    let bounced = whatsapp(&json!({ "id": format!("provider-{id}-2"), "status": "failed",
        "timestamp": "1763971200", "errors": [{ "code": 131026 }],
        "biz_opaque_callback_data": format!("{id}-2") }));
    told_by_whatsapp(&house, &bounced, RECEIPT_SECRET).await.unwrap();
    assert_eq!(house.deliver().await, 1);
    assert_eq!(house.status(id).await, "failed");
    assert_eq!(house.log(id).await[1].error.as_deref(), Some("131026"));
    // A sentence that begins with the address is none of a provider's codes.
    let (other, _) = house.invited(Patient::default()).await;
    sqlx::query("delete from fatigue_rules").execute(&house.db).await.unwrap();
    house.deliver().await;
    let told = json!({ "id": format!("provider-{other}-1"), "status": "failed",
                       "error": "966512345678 is not reachable" });
    say(&house, &told).await.unwrap();
    assert_eq!(house.log(other).await[0].error.as_deref(), Some("other"));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_word_without_the_providers_signature_is_worth_nothing(db: PgPool) {
    let provider = HttpProvider::start().await;
    let house = house(db, &provider).await;
    let (id, _) = house.invited(Patient::default()).await;
    house.deliver().await;
    let body = named(id, "read").to_string();
    let url = "https://px.example.sa/api/notifications/receipts/http_sms/";
    let other = sha256("x-px360-signature", "somebody else's", &body);
    let cut = signed("x-px360-signature", "sha256=00");
    for headers in [HeaderMap::new(), other, cut] {
        let callback = Callback { url, headers: &headers, body: body.as_bytes() };
        let refused = take_receipts(&house.ctx(), "http_sms", &callback).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(failure) if failure == Failure::Unauthenticated));
        let unknown = take_receipts(&house.ctx(), "pigeon", &callback).await.unwrap_err();
        assert!(
            matches!(unknown, Error::Refused(failure) if failure == Failure::not_found("provider"))
        );
    }
    let strange = say(&house, &json!({ "id": 7 })).await.unwrap_err();
    assert!(
        matches!(strange, Error::Refused(failure) if failure == Failure::malformed("not_a_receipt"))
    );
    assert_eq!((house.status(id).await.as_str(), stored(&house).await), ("sent", 0));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn twilio_gets_a_form_and_signs_its_own(db: PgPool) {
    let provider = HttpProvider::start().await;
    let config = DeliveryConfig { sms: Some(provider.twilio()), ..DeliveryConfig::default() };
    let house = House::new(db, Gateways::from_config(&config).unwrap()).await;
    let (id, survey) = house.invited(Patient::default()).await;
    house.deliver().await;
    let [request] = provider.requests().try_into().unwrap();
    assert_eq!(request.path, "/2010-04-01/Accounts/AC1/Messages.json");
    let basic = format!("Basic {}", STANDARD.encode("AC1:provider-token"));
    assert_eq!(request.authorization, Some(basic));
    assert_eq!(request.body["From"], "+966112345678");
    assert_eq!(house.opened_by(request.body["Body"].as_str().unwrap()), survey);
    let url = format!("{TWILIO_CALLBACK}?key={id}-1");
    assert_eq!(request.body["StatusCallback"], url);

    let form = "MessageSid=SM9&MessageStatus=delivered&To=%2B966512345678&AccountSid=AC1";
    // The address, and then every field with its value, in the order of the names.
    let text = format!("{url}AccountSidAC1MessageSidSM9MessageStatusdeliveredTo+966512345678");
    let mut mac = Hmac::<Sha1>::new_from_slice(b"provider-token").unwrap();
    mac.update(text.as_bytes());
    let headers = signed("x-twilio-signature", &STANDARD.encode(mac.finalize().into_bytes()));
    let elsewhere = Callback { url: TWILIO_CALLBACK, headers: &headers, body: form.as_bytes() };
    let refused = take_receipts(&house.ctx(), "twilio", &elsewhere).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(failure) if failure == Failure::Unauthenticated));
    let callback = Callback { url: &url, headers: &headers, body: form.as_bytes() };
    take_receipts(&house.ctx(), "twilio", &callback).await.unwrap();
    assert_eq!(house.status(id).await, "delivered");
}

/// A notice of WhatsApp's with one status.
fn whatsapp(status: &Value) -> Value {
    json!({ "object": "whatsapp_business_account",
            "entry": [{ "changes": [{ "field": "messages", "value": { "statuses": [status] } }] }] })
}

async fn told_by_whatsapp(house: &House, said: &Value, secret: &str) -> Result<()> {
    let body = said.to_string();
    let headers = sha256("x-hub-signature-256", secret, &body);
    let url = "https://px.example.sa/api/notifications/receipts/whatsapp_cloud/";
    let callback = Callback { url, headers: &headers, body: body.as_bytes() };
    take_receipts(&house.ctx(), "whatsapp_cloud", &callback).await
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whatsapp_gets_an_approved_template_and_hands_our_key_back(db: PgPool) {
    let provider = HttpProvider::start().await;
    let config =
        DeliveryConfig { whatsapp: Some(provider.whatsapp_cloud()), ..DeliveryConfig::default() };
    let house = House::new(db, Gateways::from_config(&config).unwrap()).await;
    let (id, survey) = house.invited(Patient::default()).await;
    house.deliver().await;
    let [request] = provider.requests().try_into().unwrap();
    assert_eq!(request.path, "/v25.0/10615/messages");
    assert_eq!(request.body["to"], "966512345678");
    assert_eq!(request.body["template"]["name"], "survey_invitation");
    assert_eq!(request.body["template"]["language"]["code"], "ar");
    let [words, button] = [0, 1].map(|at| {
        let part = &request.body["template"]["components"][at]["parameters"][0]["text"];
        part.as_str().unwrap().to_owned()
    });
    assert!(!words.contains('\n') && !words.contains("://"), "{words}");
    assert_eq!(house.opened_by(&format!("https://px.example.sa/s/{button}")), survey);

    let status = json!({ "id": "wamid.1", "status": "read", "timestamp": "1763971200",
                         "biz_opaque_callback_data": format!("{id}-1") });
    told_by_whatsapp(&house, &whatsapp(&status), "not the secret").await.unwrap_err();
    assert_eq!(house.status(id).await, "sent");
    told_by_whatsapp(&house, &whatsapp(&status), RECEIPT_SECRET).await.unwrap();
    assert_eq!(house.status(id).await, "read");
    // What a patient writes back is no receipt.
    let message = json!({ "entry": [{ "changes": [{ "value": { "messages": [{}] } }] }] });
    told_by_whatsapp(&house, &message, RECEIPT_SECRET).await.unwrap();
    // Nor is what becomes of a message that another system sent by the same account.
    let strange = json!({ "id": "wamid.2", "status": "read", "timestamp": "1763971200" });
    let before = stored(&house).await;
    told_by_whatsapp(&house, &whatsapp(&strange), RECEIPT_SECRET).await.unwrap();
    assert_eq!(stored(&house).await, before);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whatsapp_is_told_that_the_address_is_ours_when_it_knows_the_word(db: PgPool) {
    let provider = HttpProvider::start().await;
    let config =
        DeliveryConfig { whatsapp: Some(provider.whatsapp_cloud()), ..DeliveryConfig::default() };
    let house = House::new(db, Gateways::from_config(&config).unwrap()).await;
    let ask = |word: &str| {
        let url = format!(
            "https://px.example.sa/?hub.mode=subscribe&hub.verify_token={word}\
                           &hub.challenge=1158201444"
        );
        let callback = Callback { url: &url, headers: &HeaderMap::new(), body: &[] };
        answer_challenge(&house.ctx(), "whatsapp_cloud", &callback)
    };
    assert_eq!(ask("agreed").unwrap(), "1158201444");
    let refused = ask("guessed").unwrap_err();
    assert!(
        matches!(refused, Error::Refused(failure) if failure == Failure::not_found("provider"))
    );
}
