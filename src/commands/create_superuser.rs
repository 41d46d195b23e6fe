//! `px360 create-superuser`.

use std::io::IsTerminal as _;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use px360_domain::Bilingual;
use px360_server::seed::roles::create_default_roles;
use px360_server::seed::superuser::{NewSuperuser, create_superuser};

use super::house::House;
use super::say::say;

/// Create a PX Admin.
#[derive(Debug, Args)]
pub(crate) struct CreateSuperuser {
    /// The name to sign in with.
    #[arg(long)]
    username: String,
    /// The mail address.
    #[arg(long)]
    email: String,
    /// The name in Arabic.
    #[arg(long, default_value = "")]
    name_ar: String,
    /// The name in English; the username when absent.
    #[arg(long, default_value = "")]
    name_en: String,
}

pub(crate) async fn run(new: CreateSuperuser) -> Result<()> {
    let password = read_password()?;
    let house = House::open_migrated().await?;
    let ctx = house.deps.system("create-superuser");
    create_default_roles(&ctx).await?;
    let name_en = if new.name_en.is_empty() { new.username.clone() } else { new.name_en };
    let superuser = NewSuperuser {
        username: new.username,
        email: new.email,
        password: password.into(),
        name: Bilingual::new(new.name_ar, name_en),
    };
    let made = create_superuser(&ctx, superuser).await;
    house.close().await;
    match made {
        Ok(id) => say(format_args!("created PX Admin {id}")),
        Err(px360_server::Error::Refused(px360_domain::Failure::Invalid { faults })) => {
            let faults: Vec<String> =
                faults.iter().map(|fault| format!("{}: {}", fault.field, fault.code)).collect();
            bail!("refused: {}", faults.join(", "));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// From standard input, so that it stays out of the process list and the shell's history.
fn read_password() -> Result<String> {
    if std::io::stdin().is_terminal() {
        eprint!("Password: ");
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("reading the password from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
