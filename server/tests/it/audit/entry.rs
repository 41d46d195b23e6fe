//! What an entry says about changed fields.

use px360_server::audit::Entry;
use serde_json::json;

#[test]
fn each_changed_field_is_remembered_with_both_values() {
    let (old, new) = (json!("A"), json!("B"));
    let entry = Entry::done("account.changed", "user", "1")
        .with_change("name", Some(&old), Some(&new))
        .with_change("phone", Some(&old), None);
    assert_eq!(
        entry.detail,
        json!({ "changes": {
            "name": { "from": "A", "to": "B" },
            "phone": { "from": "A", "to": null },
        } })
    );
}

#[test]
fn what_was_said_before_stays() {
    let new = json!("B");
    let entry = Entry::done("account.changed", "user", "1").with(json!({ "reason": "asked" }));
    assert_eq!(
        entry.with_change("name", None, Some(&new)).detail,
        json!({ "reason": "asked", "changes": { "name": { "from": null, "to": "B" } } })
    );
    let list = Entry::done("x.done", "x", "1").with(json!([1]));
    assert_eq!(list.with_change("name", None, Some(&new)).detail["said"], json!([1]));
}
