//! Calls about accounts.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::accounts::{
    BeginSecondFactor, ChangePassword, Colleague, ConfirmSecondFactor, Delegate, Delegations,
    Grant, Me, Profile, ProveSecondFactor, RecoveryCodes, SecondFactorOffer, SessionList,
    TemporaryPassword, UpdateProfile, UserRoles,
};
use px360_domain::ids::{DelegationId, SessionId, UserId};

use crate::UiError;
use crate::wire::Answer;

/// Who is signed in, and what they may see.
#[server(prefix = "/rpc", endpoint = "accounts/me", input = Json, output = Answer)]
pub async fn account_me() -> Result<Me, UiError> {
    Ok(px360_server::accounts::me(&crate::ssr::ctx().await?).await?)
}

/// One's own account, as the form to change it begins.
#[server(prefix = "/rpc", endpoint = "accounts/profile", input = Json, output = Answer)]
pub async fn account_profile() -> Result<Profile, UiError> {
    Ok(px360_server::accounts::profile(&crate::ssr::ctx().await?).await?)
}

/// Replaces one's own details.
#[server(prefix = "/rpc", endpoint = "accounts/update-profile", input = Json, output = Answer)]
pub async fn account_update_profile(cmd: UpdateProfile) -> Result<(), UiError> {
    Ok(px360_server::accounts::update_profile(&crate::ssr::ctx().await?, cmd).await?)
}

/// Changes one's own password; this session carries on under a new id.
#[server(prefix = "/rpc", endpoint = "accounts/change-password", input = Json, output = Answer)]
pub async fn account_change_password(cmd: ChangePassword) -> Result<(), UiError> {
    Ok(px360_server::accounts::change_password(&crate::ssr::ctx().await?, cmd).await?)
}

/// Where one is signed in.
#[server(prefix = "/rpc", endpoint = "accounts/sessions", input = Json, output = Answer)]
pub async fn account_sessions() -> Result<SessionList, UiError> {
    Ok(px360_server::accounts::list_sessions(&crate::ssr::ctx().await?).await?)
}

/// Signs one browser out.
#[server(prefix = "/rpc", endpoint = "accounts/end-session", input = Json, output = Answer)]
pub async fn account_end_session(id: SessionId) -> Result<(), UiError> {
    Ok(px360_server::accounts::end_session(&crate::ssr::ctx().await?, id).await?)
}

/// Signs every other browser out.
#[server(prefix = "/rpc", endpoint = "accounts/end-other-sessions", input = Json, output = Answer)]
pub async fn account_end_other_sessions() -> Result<(), UiError> {
    Ok(px360_server::accounts::end_other_sessions(&crate::ssr::ctx().await?).await?)
}

/// Offers a second factor.
#[server(prefix = "/rpc", endpoint = "accounts/begin-second-factor", input = Json, output = Answer)]
pub async fn account_begin_second_factor(
    cmd: BeginSecondFactor,
) -> Result<SecondFactorOffer, UiError> {
    Ok(px360_server::accounts::begin_second_factor(&crate::ssr::ctx().await?, cmd).await?)
}

/// Begins to use the second factor that was offered.
#[server(prefix = "/rpc", endpoint = "accounts/confirm-second-factor", input = Json, output = Answer)]
pub async fn account_confirm_second_factor(
    cmd: ConfirmSecondFactor,
) -> Result<RecoveryCodes, UiError> {
    Ok(px360_server::accounts::confirm_second_factor(&crate::ssr::ctx().await?, cmd).await?)
}

/// New recovery codes in the place of the old ones.
#[server(prefix = "/rpc", endpoint = "accounts/renew-recovery-codes", input = Json, output = Answer)]
pub async fn account_renew_recovery_codes(
    cmd: ProveSecondFactor,
) -> Result<RecoveryCodes, UiError> {
    Ok(px360_server::accounts::renew_recovery_codes(&crate::ssr::ctx().await?, cmd).await?)
}

/// Goes back to the password alone.
#[server(prefix = "/rpc", endpoint = "accounts/disable-second-factor", input = Json, output = Answer)]
pub async fn account_disable_second_factor(cmd: ProveSecondFactor) -> Result<(), UiError> {
    Ok(px360_server::accounts::disable_second_factor(&crate::ssr::ctx().await?, cmd).await?)
}

/// Somebody's roles, and what one may do about them.
#[server(prefix = "/rpc", endpoint = "accounts/roles-of", input = Json, output = Answer)]
pub async fn account_roles_of(id: UserId) -> Result<UserRoles, UiError> {
    Ok(px360_server::accounts::roles_of(&crate::ssr::ctx().await?, id).await?)
}

/// Gives somebody a role.
#[server(prefix = "/rpc", endpoint = "accounts/grant-role", input = Json, output = Answer)]
pub async fn account_grant_role(id: UserId, grant: Grant) -> Result<(), UiError> {
    Ok(px360_server::accounts::grant_role(&crate::ssr::ctx().await?, id, grant).await?)
}

/// Takes a role away from somebody.
#[server(prefix = "/rpc", endpoint = "accounts/revoke-role", input = Json, output = Answer)]
pub async fn account_revoke_role(id: UserId, grant: Grant) -> Result<(), UiError> {
    Ok(px360_server::accounts::revoke_role(&crate::ssr::ctx().await?, id, grant).await?)
}

/// Gives somebody a temporary password.
#[server(prefix = "/rpc", endpoint = "accounts/reset-password", input = Json, output = Answer)]
pub async fn account_reset_password(id: UserId) -> Result<TemporaryPassword, UiError> {
    Ok(px360_server::accounts::reset_password(&crate::ssr::ctx().await?, id).await?)
}

/// Takes a lost second factor away from somebody.
#[server(prefix = "/rpc", endpoint = "accounts/reset-second-factor", input = Json, output = Answer)]
pub async fn account_reset_second_factor(id: UserId) -> Result<(), UiError> {
    Ok(px360_server::accounts::reset_second_factor(&crate::ssr::ctx().await?, id).await?)
}

/// When somebody is away, and for whom they stand in; one's own when nobody is named.
#[server(prefix = "/rpc", endpoint = "accounts/delegations", input = Json, output = Answer)]
pub async fn account_delegations(user: Option<UserId>) -> Result<Delegations, UiError> {
    Ok(px360_server::accounts::delegations(&crate::ssr::ctx().await?, user).await?)
}

/// Who could stand in.
#[server(prefix = "/rpc", endpoint = "accounts/deputies", input = Json, output = Answer)]
pub async fn account_deputies(
    user: Option<UserId>,
    search: String,
) -> Result<Vec<Colleague>, UiError> {
    Ok(px360_server::accounts::deputies(&crate::ssr::ctx().await?, user, &search).await?)
}

/// Lets somebody stand in.
#[server(prefix = "/rpc", endpoint = "accounts/delegate", input = Json, output = Answer)]
pub async fn account_delegate(cmd: Delegate) -> Result<(), UiError> {
    px360_server::accounts::delegate(&crate::ssr::ctx().await?, cmd).await?;
    Ok(())
}

/// Ends a time away.
#[server(prefix = "/rpc", endpoint = "accounts/end-delegation", input = Json, output = Answer)]
pub async fn account_end_delegation(id: DelegationId) -> Result<(), UiError> {
    Ok(px360_server::accounts::end_delegation(&crate::ssr::ctx().await?, id).await?)
}
