//! The REST doors, knocked at with whatever their own description allows and whatever it does not.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::running::Running;
use crate::scratch::Scratch;
use crate::site::Site;
use crate::workspace::Workspace;
use crate::{Result, run, tools};

/// The tool, at the version whose findings are known.
const PACKAGE: &str = "schemathesis==4.32.5";
/// How many requests are made up for each operation, besides those at the edges of its description.
const EXAMPLES: &str = "10";
/// What every answer is held to. What the tool thinks of answers that keep to the description is not asked.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance,ignored_auth";

/// Runs it against the program with demo data, as its administrator.
pub(crate) fn run(
    workspace: &Workspace,
    scratch: &Scratch,
    site: &Site,
    closing: &mut Vec<String>,
) -> Result {
    let tool = install(workspace)?;
    let address = free_address()?;
    let house = House { site, database: scratch.empty("px360_schemathesis")?, address };
    run::output(house.px360("seed-demo").args(["--days", "5"]))?;
    let _served = Running::start(&mut house.px360("serve"))?;
    let token = house.token(&tool.with_file_name("python"))?;
    let mut st = Command::new(tool);
    st.current_dir(&workspace.target).arg("run");
    st.arg(format!("http://{}/api/schema/", house.address));
    st.arg("-H").arg(format!("Authorization: Bearer {token}"));
    st.args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing", "--workers", "2"]);
    // The same requests each time: what is found on one machine is found on all.
    st.args(["--max-examples", EXAMPLES, "--seed", "1", "--generation-deterministic"]);
    st.args(["--continue-on-failure", "--no-color"]);
    run::run_keeping(&mut st, closing, |line| line.contains("generated,"))
}

/// The tool's program, installed beside what else is built.
fn install(workspace: &Workspace) -> Result<PathBuf> {
    let home = workspace.target.join(PACKAGE.replace("==", "-"));
    let program = home.join("bin/st");
    if run::version(Command::new(&program).arg("--version")).is_none() {
        tools::python()?;
        drop(std::fs::remove_dir_all(&home));
        run::run(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
        run::run(Command::new(home.join("bin/pip")).args(["install", "-q", PACKAGE]))?;
    }
    Ok(program)
}

fn free_address() -> Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

struct House<'a> {
    site: &'a Site,
    database: String,
    address: String,
}

impl House<'_> {
    fn px360(&self, verb: &str) -> Command {
        let mut program = Command::new(&self.site.program);
        program.arg(verb).env("DATABASE_URL", &self.database).env("PX360_ADDR", &self.address);
        program.env("PX360_SECRET", "a secret that only this test knows").env("PX360_LOG", "error");
        program.env("PX360_RATE_USER", "0");
        self.site.describe_to(&mut program);
        program
    }

    /// What a script of the demo's administrator signs its requests with; asked with the tool's own Python,
    /// because no other client is sure to be there.
    fn token(&self, python: &Path) -> Result<String> {
        let ask = r#"
import json, sys, urllib.request
body = json.dumps({"username": "admin", "password": "px360-demo"}).encode()
head = {"Content-Type": "application/json"}
print(json.load(urllib.request.urlopen(urllib.request.Request(sys.argv[1], body, head)))["access"])
"#;
        let door = format!("http://{}/api/auth/token/", self.address);
        Ok(run::output(Command::new(python).args(["-c", ask, &door]))?.trim().to_owned())
    }
}
