//! Passwords and guessing.

use chrono::TimeDelta;
use http::StatusCode;
use px360_domain::Failure;
use px360_server::Error;
use serde_json::{Value, json};
use sqlx::PgPool;

use super::house::{House, PASSWORD, post_json};

fn seconds_of(error: Error) -> u32 {
    match error {
        Error::Refused(Failure::TooMany { retry_after_seconds }) => retry_after_seconds,
        other => panic!("expected a delay, got {other:?}"),
    }
}

fn is_unauthenticated(error: &Error) -> bool {
    matches!(error, Error::Refused(Failure::Unauthenticated))
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whether_a_user_exists_cannot_be_told_from_the_answer(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    house.admin("gone").await;
    house.run("update users set active = false where username = 'gone'").await;

    let mut answers = Vec::new();
    for (username, password) in
        [("noura", "wrong"), ("nobody", "wrong"), ("gone", "wrong"), ("gone", PASSWORD)]
    {
        let body = json!({ "username": username, "password": password });
        let mut answer = house.send(post_json("/api/auth/token/", &body)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert_eq!(answer.body["request_id"], answer.headers["x-request-id"].to_str().unwrap());
        answer.body["request_id"] = Value::Null;
        answers.push(answer.body);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    assert_eq!(
        house.remembered("account.sign_in").await,
        [
            "account.sign_in_failed refused anonymous wrong_password",
            "account.sign_in_failed refused anonymous unknown_user",
            "account.sign_in_failed refused anonymous wrong_password",
            "account.sign_in_failed refused anonymous inactive",
        ]
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_unknown_user_costs_as_much_work_as_a_wrong_password(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    // The shortest of a few runs each, so that a busy machine does not matter. Skipping the hash
    // would make a factor of ten and more.
    let mut shortest = [std::time::Duration::MAX; 2];
    for _ in 0..5 {
        for (shortest, username) in shortest.iter_mut().zip(["noura", "nobody"]) {
            let begun = std::time::Instant::now();
            assert!(house.sign_in(username, "wrong").await.is_err());
            *shortest = begun.elapsed().min(*shortest);
        }
    }
    let ratio = shortest[1].as_secs_f64() / shortest[0].as_secs_f64();
    assert!((0.3..3.0).contains(&ratio), "{shortest:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn guessing_gets_slower_and_the_owner_gets_in_after_the_delay(db: PgPool) {
    let house = House::new(db).await;
    house.admin("Noura").await;

    for _ in 0..6 {
        assert!(is_unauthenticated(&house.sign_in("NOURA", "wrong").await.unwrap_err()));
    }
    // Blocked for everybody now, also with the right password and from another address.
    let blocked = house.sign_in_from("10.0.0.2", "noura", PASSWORD).await;
    assert_eq!(seconds_of(blocked.unwrap_err()), 2);
    house.pass(TimeDelta::milliseconds(1_500));
    assert_eq!(seconds_of(house.sign_in("noura", PASSWORD).await.unwrap_err()), 1);
    house.pass(TimeDelta::milliseconds(500));
    house.sign_in("noura ", PASSWORD).await.unwrap();

    // The success made a clean slate.
    for _ in 0..5 {
        assert!(is_unauthenticated(&house.sign_in("noura", "wrong").await.unwrap_err()));
    }
    house.sign_in("noura", PASSWORD).await.unwrap();
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_delay_doubles_up_to_a_quarter_of_an_hour_and_never_becomes_a_lock(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    for _ in 0..5 {
        house.sign_in("noura", "wrong").await.unwrap_err();
    }
    let mut delays = Vec::new();
    for _ in 0..12 {
        assert!(is_unauthenticated(&house.sign_in("noura", "wrong").await.unwrap_err()));
        let seconds = seconds_of(house.sign_in("noura", "wrong").await.unwrap_err());
        house.pass(TimeDelta::seconds(seconds.into()));
        delays.push(seconds);
    }
    assert_eq!(delays, [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
    house.sign_in("noura", PASSWORD).await.unwrap();
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn parallel_guesses_are_counted_before_any_of_them_has_failed(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let guesses = (0..20).map(|_| async {
        let guess = house.sign_in("noura", "wrong").await;
        usize::from(is_unauthenticated(&guess.unwrap_err()))
    });
    let mut evaluated = 0;
    for guess in futures_join(guesses).await {
        evaluated += guess;
    }
    assert_eq!(evaluated, 6);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn one_address_cannot_try_many_accounts(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    for number in 0..51 {
        let guess = house.sign_in(&format!("user{number}"), "wrong").await;
        assert!(is_unauthenticated(&guess.unwrap_err()), "guess {number}");
    }
    assert_eq!(seconds_of(house.sign_in("noura", PASSWORD).await.unwrap_err()), 2);
    house.sign_in_from("10.0.0.2", "noura", PASSWORD).await.unwrap();
    house.pass(TimeDelta::seconds(2));
    house.sign_in("noura", PASSWORD).await.unwrap();
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_neighbours_in_an_ipv6_network_count_as_one(db: PgPool) {
    let house = House::new(db).await;
    house.sign_in_from("2001:db8:1:2::1", "somebody", "wrong").await.unwrap_err();
    house.sign_in_from("2001:db8:1:2:ffff::9", "somebody", "wrong").await.unwrap_err();
    house.sign_in_from("::ffff:10.0.0.9", "somebody", "wrong").await.unwrap_err();
    let keys: Vec<String> = sqlx::query_scalar(
        "select key || ' ' || failures from sign_in_throttles where key like 'ip:%' order by key",
    )
    .fetch_all(&house.db)
    .await
    .unwrap();
    assert_eq!(keys, ["ip:10.0.0.9 1", "ip:2001:db8:1:2::/64 2"]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_password_typed_as_a_name_is_not_written_down(db: PgPool) {
    let house = House::new(db).await;
    house.sign_in("my secret passphrase", "wrong").await.unwrap_err();
    let keys: Vec<String> =
        sqlx::query_scalar("select key from sign_in_throttles").fetch_all(&house.db).await.unwrap();
    assert!(!keys.is_empty());
    assert!(keys.iter().all(|key| !key.contains("secret")), "{keys:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_hash_made_with_other_parameters_is_renewed_at_sign_in(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let weak = {
        use argon2::password_hash::phc::PasswordHash;
        use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
        let params = Params::new(8_192, 1, 1, None).unwrap();
        let hash: PasswordHash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_with_salt(PASSWORD.as_bytes(), b"sixteen bytes ok")
            .unwrap();
        hash.to_string()
    };
    sqlx::query_scalar::<_, String>("update users set password_hash = $1 returning username")
        .bind(&weak)
        .fetch_one(&house.db)
        .await
        .unwrap();
    house.sign_in("noura", "wrong").await.unwrap_err();
    let hash = || async {
        sqlx::query_scalar::<_, String>("select password_hash from users")
            .fetch_one(&house.db)
            .await
            .unwrap()
    };
    assert_eq!(hash().await, weak);
    house.sign_in("noura", PASSWORD).await.unwrap();
    assert!(hash().await.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    house.sign_in("noura", PASSWORD).await.unwrap();
}

/// Runs futures at the same time on one task.
async fn futures_join<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = futures.map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(|task| {
        for (future, slot) in waiting.iter_mut().zip(&mut done) {
            if slot.is_none()
                && let std::task::Poll::Ready(output) = future.as_mut().poll(task)
            {
                *slot = Some(output);
            }
        }
        if done.iter().all(Option::is_some) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    done.into_iter().flatten().collect()
}
