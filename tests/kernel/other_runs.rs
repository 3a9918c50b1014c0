//! Several runs, one after the other: this test program runs itself again, as other users, in sessions that have no way to the
//! user keyring, behind a filter of system calls.

use std::path::Path;
use std::process::Command;

use super::{MINUTE, Place, is_here, kernel, secret, skipped};

const STEPS: &str = "SENDOFF_TEST_KERNEL_STEPS";
const SERVICE: &str = "SENDOFF_TEST_KERNEL_SERVICE";

/// The numbers of `add_key`, `keyctl` and `prctl`, which Perl wants.
const CALLS: Option<(u32, u32, u32)> = if cfg!(target_arch = "x86_64") {
    Some((248, 250, 157))
} else if cfg!(target_arch = "aarch64") {
    Some((217, 219, 167))
} else {
    None
};
/// A session of its own without a link to the user keyring: as a login without PAM leaves it.
const BARE_SESSION: &str = "syscall(shift(@ARGV) + 0, 1, 0) > 0 or die; exec @ARGV or die;";
/// Answers both calls with an error, as a container does.
const FILTER: &str = r"
    my ($add, $keyctl, $prctl, $errno) = map { $_ + 0 } splice(@ARGV, 0, 4);
    my $rules = join '', map { pack('SCCL', @$_) } [0x20, 0, 0, 0], [0x15, 2, 0, $add], [0x15, 1, 0, $keyctl],
        [0x06, 0, 0, 0x7fff0000], [0x06, 0, 0, 0x50000 | $errno];
    my $program = pack('Sx![P]P', 5, $rules);
    syscall($prctl, 38, 1, 0, 0, 0) == 0 or die;
    syscall($prctl, 22, 2, $program, 0, 0) == 0 or die;
    exec @ARGV or die;
";

/// What another run does when it is told to; nothing in a run of all tests.
#[tokio::test]
async fn another_run() {
    let (Ok(steps), Ok(service)) = (std::env::var(STEPS), std::env::var(SERVICE)) else {
        return;
    };
    for step in steps.split(',') {
        let place = |name: &str| Place { service: service.clone(), user: name.to_owned() };
        let said = match step.split_once('=').unwrap_or((step, "")) {
            ("probe", _) => kernel::probe().await.map(|()| "works".to_owned()),
            ("keep", text) => {
                kernel::keep(place("ana"), secret(text), MINUTE).await.map(|()| "kept".to_owned())
            }
            ("fill", size) => {
                let filler = "f".repeat(size.parse().unwrap());
                kernel::keep(place("ana"), secret(&filler), MINUTE).await.map(|()| "kept".to_owned())
            }
            ("delete", _) => kernel::delete(place("ana")).await.map(|()| "gone".to_owned()),
            ("get", _) => kernel::get(place("ana"))
                .await
                .map(|found| found.map_or("nothing".to_owned(), |secret| secret.reveal().to_owned())),
            other => panic!("{other:?}"),
        };
        println!("\nsaid: {}", said.unwrap_or_else(|trouble| format!("{trouble:?}")));
    }
}

/// What another run says to these steps, started by way of `front`.
fn run(front: &[String], subject: &str, steps: &str) -> Vec<String> {
    let own = std::env::current_exe().unwrap().to_str().unwrap().to_owned();
    let tail = [&own, "--exact", "kernel::other_runs::another_run", "--nocapture"];
    let words: Vec<_> = front.iter().map(String::as_str).chain(tail).collect();
    let output = Command::new(words[0])
        .args(&words[1..])
        .env(STEPS, steps)
        .env(SERVICE, format!("test-{}:{subject}", std::process::id()))
        .current_dir("/")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{front:?}: {text}\n{}", String::from_utf8_lossy(&output.stderr));
    text.lines().filter_map(|line| line.strip_prefix("said: ")).map(str::to_owned).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// In a session without the user keyring; none where Perl is not.
fn bare_session() -> Option<Vec<String>> {
    let (_add, keyctl, _prctl) = CALLS?;
    Path::new("/usr/bin/perl").exists().then(|| words(&["perl", "-e", BARE_SESSION, &keyctl.to_string()]))
}

/// As another user, which root alone can be.
fn as_user(uid: u32) -> Option<Vec<String>> {
    let can = rustix::process::geteuid().is_root() && Path::new("/usr/bin/setpriv").exists();
    let id = uid.to_string();
    can.then(|| words(&["setpriv", "--reuid", &id, "--regid", &id, "--clear-groups"]))
}

/// Why a test that needs another way in did not run.
const WANTS: &str = "needs Perl, and root with setpriv for other users, on x86-64 or arm64";

#[tokio::test]
async fn a_later_run_finds_the_secret_and_a_third_finds_it_gone() {
    if !is_here("a later run") {
        return;
    }
    assert_eq!(run(&[], "later", "probe,keep=Xq7"), ["works", "kept"]);
    assert_eq!(run(&[], "later", "get,keep=Zm4,get"), ["Xq7", "kept", "Zm4"]);
    assert_eq!(run(&[], "later", "get,delete"), ["Zm4", "gone"]);
    assert_eq!(run(&[], "later", "get"), ["nothing"]);
}

#[tokio::test]
async fn a_login_without_pam_is_no_hindrance() {
    if !is_here("a login without PAM") {
        return;
    }
    let Some(bare) = bare_session() else { return skipped("a login without PAM", WANTS) };
    assert_eq!(run(&bare, "bare", "probe,keep=Xq7,get"), ["works", "kept", "Xq7"]);
    assert_eq!(run(&bare, "bare", "get,keep=Zm4"), ["Xq7", "kept"]);
    // By the other way in, too: a key made in one kind of session is open to the other.
    assert_eq!(run(&[], "bare", "get"), ["Zm4"]);
    assert_eq!(run(&bare, "bare", "delete,get"), ["gone", "nothing"]);
}

#[tokio::test]
async fn a_user_finds_what_is_hers_and_nobody_elses() {
    if !is_here("a user finds what is hers") {
        return;
    }
    let (Some(ana), Some(bob), Some(bare)) = (as_user(61_201), as_user(61_202), bare_session()) else {
        return skipped("a user finds what is hers", WANTS);
    };
    let ana_bare = [ana.clone(), bare].concat();
    assert_eq!(run(&ana_bare, "users", "probe,keep=Xq7"), ["works", "kept"]);
    assert_eq!(run(&bob, "users", "probe,get,delete"), ["works", "nothing", "gone"]);
    assert_eq!(run(&[], "users", "get,delete"), ["nothing", "gone"]);
    assert_eq!(run(&ana, "users", "get"), ["Xq7"]);
    assert_eq!(run(&ana_bare, "users", "get,delete,get"), ["Xq7", "gone", "nothing"]);
}

#[tokio::test]
async fn a_full_keyring_says_so_and_keeps_no_secret_of_yesterday() {
    if !is_here("a full keyring") {
        return;
    }
    let Some(carol) = as_user(61_203) else { return skipped("a full keyring", WANTS) };
    let limit = std::fs::read_to_string("/proc/sys/kernel/keys/maxbytes").unwrap();
    let Some(more) = limit.trim().parse::<usize>().ok().filter(|&limit| limit < 32_767) else {
        return skipped("a full keyring", &format!("its quota here is {} octets", limit.trim()));
    };
    let said = run(&carol, "quota", &format!("keep=old,fill={more},get,probe,keep=new,get,delete"));
    assert_eq!(said, ["kept", "Full", "nothing", "works", "kept", "new", "gone"]);
}

#[tokio::test]
async fn a_filter_of_system_calls_is_named() {
    let (Some((add, keyctl, prctl)), true) = (CALLS, Path::new("/usr/bin/perl").exists()) else {
        return skipped("a filter of system calls", WANTS);
    };
    let numbers = [add, keyctl, prctl].map(|number| number.to_string());
    for (errno, trouble) in [("1", "Forbidden"), ("38", "Missing"), ("95", "Missing"), ("13", "Refused")] {
        let front = words(&["perl", "-e", FILTER, &numbers[0], &numbers[1], &numbers[2], errno]);
        let said = run(&front, "filter", "probe,get,keep=x,delete");
        assert_eq!(said, [trouble; 4], "errno {errno}");
    }
}
