//! The closed words about messages, as people read them.

use px360_domain::Locale;
use px360_domain::notifications::SuppressionReason;

/// Why a message was not sent.
pub(crate) fn reason(locale: Locale, reason: SuppressionReason) -> &'static str {
    match reason {
        SuppressionReason::NoChannel => text!(locale, common.reason_no_channel),
        SuppressionReason::NoConsent => text!(locale, common.reason_no_consent),
        SuppressionReason::DoNotContact => text!(locale, common.reason_do_not_contact),
        SuppressionReason::Deceased => text!(locale, common.reason_deceased),
        SuppressionReason::Reversed => text!(locale, common.reason_reversed),
        SuppressionReason::Fatigue => text!(locale, common.reason_fatigue),
        SuppressionReason::Expired => text!(locale, common.reason_expired),
    }
}
