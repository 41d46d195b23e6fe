//! What a start says of a wrong configuration.

use px360_server::config::{Config, Reader};

fn read(pairs: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::read(Reader::from_pairs(pairs)).map_err(|faults| faults.0)
}

#[test]
fn nothing_has_to_be_configured() {
    let config = read(&[]).unwrap();
    assert_eq!(config.http.addr.to_string(), "127.0.0.1:3000");
    assert_eq!(config.http.public_url, "http://127.0.0.1:3000");
    assert_eq!(config.events.batch_max, 512);
}

#[test]
fn an_empty_value_counts_as_not_set() {
    assert_eq!(read(&[("PX360_EVENT_BATCH", " ")]).unwrap().events.batch_max, 512);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let faults = read(&[
        ("DATABASE_URL", "mysql://127.0.0.1/px360"),
        ("PX360_ADDR", "localhost"),
        ("PX360_DATABASE_CONNECTIONS", "1"),
        ("PX360_EVENT_BATCH", "513"),
        ("PX360_SECRET", "too short"),
        ("PX360_SMTP_URL", "smtp://127.0.0.1:2525"),
        ("PX360_TRUST_PROXY", "perhaps"),
    ])
    .unwrap_err();
    let names: Vec<&str> = faults.iter().filter_map(|fault| fault.split(' ').next()).collect();
    assert_eq!(
        names,
        [
            "PX360_DATABASE_CONNECTIONS",
            "DATABASE_URL",
            "PX360_ADDR",
            "PX360_TRUST_PROXY",
            "PX360_SECRET",
            "PX360_EVENT_BATCH",
            "PX360_MAIL_FROM",
        ]
    );
}

#[test]
fn a_batch_holds_1_to_512_messages() {
    for wrong in ["0", "513", "-1", "many"] {
        assert!(read(&[("PX360_EVENT_BATCH", wrong)]).is_err(), "{wrong}");
    }
    assert_eq!(read(&[("PX360_EVENT_BATCH", "1")]).unwrap().events.batch_max, 1);
}

#[test]
fn a_secret_is_never_repeated() {
    let faults = read(&[("PX360_SECRET", "hunter2")]).unwrap_err();
    assert!(!faults.join(" ").contains("hunter2"));
}

#[test]
fn a_provider_is_configured_with_all_that_its_profile_needs() {
    let faults = read(&[
        ("PX360_SMS_URL", "https://api.example.sa"),
        ("PX360_SMS_PROFILE", "pigeon"),
        ("PX360_WHATSAPP_URL", "https://graph.example.sa/v25.0"),
        ("PX360_WHATSAPP_PROFILE", "whatsapp_cloud"),
        ("PX360_WHATSAPP_PER_MINUTE", "fast"),
    ])
    .unwrap_err();
    let names: Vec<&str> = faults.iter().filter_map(|fault| fault.split(' ').next()).collect();
    assert_eq!(
        names,
        [
            "PX360_SMS_PROFILE",
            "PX360_WHATSAPP_TEMPLATE",
            "PX360_WHATSAPP_TOKEN",
            "PX360_WHATSAPP_SENDER",
            "PX360_WHATSAPP_PER_MINUTE",
        ]
    );
    let twilio = read(&[
        ("PX360_PUBLIC_URL", "https://px.example.sa"),
        ("PX360_SMS_URL", "https://api.example.sa"),
        ("PX360_SMS_PROFILE", "twilio"),
        ("PX360_SMS_ACCOUNT", "AC1"),
        ("PX360_SMS_TOKEN", "a token"),
        ("PX360_SMS_SENDER", "PX360"),
        ("PX360_SMS_PER_MINUTE", "60"),
    ]);
    let sms = twilio.unwrap().delivery.sms.unwrap();
    let told = "https://px.example.sa/api/notifications/receipts/twilio/";
    assert_eq!(sms.callback.as_deref(), Some(told));
    assert_eq!(sms.terms.per_minute.map(std::num::NonZero::get), Some(60));
}
