//! The sign-in page.

use px360_app::public::{SignInPage, SignInProblem, local_path, sign_in_page};
use px360_domain::Locale;

#[test]
fn signing_in_leads_only_to_this_site() {
    for fine in ["/ar/actions", "/en/actions?status=open&x=%D8%B4#a", "/"] {
        assert_eq!(local_path(fine), Some(fine));
    }
    for foreign in [
        "",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "https://evil.example",
        "evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "/ar/تحويل",
        "javascript:alert(1)",
        "/ar/login?next=/ar",
        "/en/logout",
    ] {
        assert_eq!(local_path(foreign), None, "{foreign:?}");
    }
}

#[test]
fn the_sign_in_page_helps_people_and_password_managers() {
    let problems = &[SignInProblem::Locked { seconds: 170 }];
    let next = Some("/ar/actions?status=open");
    let html =
        sign_in_page(Locale::Ar, &SignInPage { username: "sara", next, problems, provider: false });
    for part in [
        "<title>خطأ: تسجيل الدخول – PX360</title>",
        r#"autocomplete="username""#,
        r#"autocomplete="current-password""#,
        r#"value="sara""#,
        r#"name="next" value="/ar/actions?status=open""#,
        r#"href="/en/login?next=/en/actions%3Fstatus%3Dopen""#,
        r#"action="/ar/login""#,
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(html.contains("يمكن إعادة المحاولة بعد 3 دقائق</li>"), "{html}");
    let wrong = &[SignInProblem::WrongCredentials];
    let html = sign_in_page(
        Locale::En,
        &SignInPage { username: "sara", next, problems: wrong, provider: false },
    );
    assert_eq!(html.matches("The username or the password is not correct<").count(), 2, "{html}");
    assert!(!html.contains("onpaste"));
}
