//! However it ends, nothing stays behind that somebody could send again or read; and on the way it is private.

use std::fs;
use std::net::TcpListener;
use std::process::Command;

use crate::ana::{Account, Ana};
use crate::rig::{Rig, wait_for};
use crate::{BOB, NOBODY};

#[test]
fn accepted_refused_or_failed_leave_an_empty_outbox() {
    let rig = Rig::find();
    let wrong_name = Account { port: rig.port("WRONG_NAME_PORT"), ..Account::usual(&rig) };
    for (account, to, exit) in
        [(Account::usual(&rig), BOB, 0), (Account::usual(&rig), NOBODY, 69), (wrong_name, BOB, 76)]
    {
        let ana = Ana::with(&rig, account);

        let sent = ana.send(&["--to", to, "--subject", "Traces"], "Hi\n");

        assert_eq!(sent.exit, exit, "{sent}");
        assert!(ana.path("state/sendoff/outbox").is_dir(), "it was never there");
        assert_eq!(ana.letters(), [] as [std::path::PathBuf; 0]);
    }
}

#[test]
fn a_letter_on_its_way_is_private_and_gone_when_it_is_stopped() {
    let rig = Rig::find();
    // A server that takes the call and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let ana = Ana::with(&rig, Account { port, ..Account::usual(&rig) });
    let mut child = ana.start(&["--to", BOB, "--subject", "Never mind"], "Hi\n");
    wait_for("the record that it is being sent", || {
        let letter = ana.letters().into_iter().find(|path| path.is_dir())?;
        let journal = fs::read_to_string(letter.join("journal")).ok()?;
        journal.contains(r#""event":"sending""#).then_some(())
    });

    let names: Vec<_> =
        ana.letters().iter().map(|p| p.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    let loose = ana.loose_modes();
    let leaks = ana.leaks();
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();

    let sent = ana.finish(child.wait().unwrap());
    assert!(killed.success());
    for name in ["letter.eml", "envelope.json", "journal"] {
        assert!(names.contains(&name.to_owned()), "{names:?}");
    }
    assert_eq!((loose, leaks), (Vec::new(), Vec::new()));
    assert_eq!((sent.exit, sent.text("outcome")), (75, "failed"), "{sent}");
    assert_eq!(ana.letters(), [] as [std::path::PathBuf; 0]);
}
