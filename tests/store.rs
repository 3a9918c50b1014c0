//! Files: drafts, the configuration, and what a path leads to. Nothing is ever half there, and nobody else can read it.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use sendoff::mail::draft::{Attachment, Draft, FileFact};
use sendoff::mail::settings::EXAMPLE;
use sendoff::store::config::{self, ConfigError};
use sendoff::store::drafts::Drafts;
use sendoff::store::paths::Paths;
use sendoff::store::{StoreError, complete_path, expand_home, file_fact, file_facts, read_text};
use tempfile::TempDir;

/// A folder of drafts, and the folder that it lies in.
fn drafts() -> (TempDir, Drafts) {
    let home = tempfile::tempdir().unwrap();
    let drafts = Drafts::open(home.path().join("state/drafts")).unwrap();
    (home, drafts)
}

fn draft(subject: &str) -> Draft {
    Draft {
        account: "work".into(),
        to: "Zoë <bob@fabrikam.com>,".into(),
        subject: subject.into(),
        body: "first line\n\n\"quoted\" \\ \u{1b} \u{1f468}\u{200d}\u{1f680}\n".into(),
        attachments: vec![Attachment { path: "/home/ana/report.pdf".into(), len: 12 }],
        ..Draft::default()
    }
}

/// Every name in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

fn subjects(drafts: &Drafts) -> Vec<String> {
    drafts.list().unwrap().into_iter().map(|saved| saved.draft.subject).collect()
}

#[test]
fn a_draft_comes_back_as_it_was_typed() {
    let (_home, drafts) = drafts();
    let file = drafts.claim("one").unwrap();
    assert_eq!(file.id(), "one");
    file.save(&draft("half\nfinished")).unwrap();
    drop(file);
    assert_eq!(drafts.read("one").unwrap(), draft("half\nfinished"));
    let saved = drafts.list().unwrap().remove(0);
    assert_eq!((saved.id.as_str(), saved.draft), ("one", draft("half\nfinished")));
}

#[test]
fn a_draft_has_one_owner_at_a_time() {
    let (home, drafts) = drafts();
    let ours = drafts.claim("one").unwrap();
    ours.save(&draft("ours")).unwrap();
    let refused = drafts.claim("one").unwrap_err();
    assert!(matches!(refused, StoreError::Busy { .. }));
    assert!(refused.to_string().ends_with("one.lock is in use by another sendoff"), "{refused}");
    assert!(subjects(&drafts).is_empty(), "what is being typed elsewhere is not offered");
    drop(ours);
    assert_eq!(subjects(&drafts), ["ours"]);
    assert!(drafts.claim("one").is_ok());
    assert_eq!(names(&home.path().join("state/drafts")), ["one.lock", "one.toml"]);
}

#[test]
fn a_draft_that_is_done_with_leaves_nothing_behind() {
    let (home, drafts) = drafts();
    let file = drafts.claim("one").unwrap();
    file.save(&draft("sent")).unwrap();
    file.discard().unwrap();
    file.discard().unwrap();
    drop(file);
    let blank = drafts.claim("two").unwrap();
    blank.save(&draft("typed")).unwrap();
    blank.save(&Draft { body: " \n".into(), account: "work".into(), ..Draft::default() }).unwrap();
    drop(blank);
    assert!(names(&home.path().join("state/drafts")).is_empty());
}

#[test]
fn drafts_are_listed_newest_first_and_a_broken_one_stays_where_it_is() {
    let (home, drafts) = drafts();
    let folder = home.path().join("state/drafts");
    for (age, id) in [(30, "old"), (10, "new"), (20, "middle")] {
        drafts.claim(id).unwrap().save(&draft(id)).unwrap();
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000 - age);
        File::options()
            .write(true)
            .open(folder.join(format!("{id}.toml")))
            .unwrap()
            .set_modified(then)
            .unwrap();
    }
    fs::write(folder.join("broken.toml"), "subject = \"no end").unwrap();
    fs::write(folder.join(".tmpA1b2C3"), "subject = \"half wri").unwrap();
    assert_eq!(subjects(&drafts), ["new", "middle", "old"]);
    assert_eq!(fs::read_to_string(folder.join("broken.toml")).unwrap(), "subject = \"no end");
    let refused = drafts.read("broken").unwrap_err();
    assert!(matches!(refused, StoreError::Unreadable { .. }) && refused.to_string().contains("broken.toml"));
}

#[test]
fn a_reader_finds_the_old_text_or_the_new_and_never_a_piece() {
    let (_home, drafts) = drafts();
    let file = drafts.claim("one").unwrap();
    let texts = ["a".repeat(300_000), "b".repeat(200_000)];
    let save = |n: usize| file.save(&Draft { body: texts[n % 2].clone(), ..Draft::default() }).unwrap();
    save(0);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut seen = [false; 2];
            while seen != [true; 2] {
                let body = drafts.read("one").expect("there is a draft at every moment").body;
                let which = texts.iter().position(|text| *text == body).expect("one of the two, whole");
                seen[which] = true;
            }
        });
        let mut n = 0;
        while !reader.is_finished() {
            n += 1;
            save(n);
        }
    });
}

#[test]
fn a_save_that_fails_leaves_the_folder_as_it_was() {
    let (home, drafts) = drafts();
    let folder = home.path().join("state/drafts");
    let file = drafts.claim("one").unwrap();
    fs::create_dir(folder.join("one.toml")).unwrap();
    let failed = file.save(&draft("x")).unwrap_err();
    assert!(
        failed.to_string().starts_with("cannot replace ") && failed.to_string().contains("one.toml"),
        "{failed}"
    );
    assert_eq!(names(&folder), ["one.lock", "one.toml"]);
}

#[test]
fn a_link_in_the_place_of_a_draft_is_replaced_and_not_followed() {
    let (home, drafts) = drafts();
    let folder = home.path().join("state/drafts");
    let victim = home.path().join("victim");
    fs::write(&victim, "precious").unwrap();
    symlink(&victim, folder.join("one.toml")).unwrap();
    drafts.claim("one").unwrap().save(&draft("ours")).unwrap();
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    assert!(fs::symlink_metadata(folder.join("one.toml")).unwrap().is_file());
    assert_eq!(drafts.read("one").unwrap().subject, "ours");
    fs::hard_link(&victim, folder.join("two.toml")).unwrap();
    drafts.claim("two").unwrap().save(&draft("ours")).unwrap();
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
}

#[test]
fn a_link_in_the_place_of_a_lock_is_not_followed() {
    let (home, drafts) = drafts();
    let target = home.path().join("made-by-us");
    symlink(&target, home.path().join("state/drafts/one.lock")).unwrap();
    let _claimed_or_not = drafts.claim("one");
    assert!(!target.exists());
}

/// Makes one of everything; run by the test below under each umask, in a process of its own.
#[test]
#[ignore = "run by the test that sets the umask"]
fn everything_made_is_ours_alone() {
    let (home, drafts) = drafts();
    let claimed = drafts.claim("one").unwrap();
    claimed.save(&draft("x")).unwrap();
    let _letter = crate::outbox::queue_one(&home.path().join("state/outbox"));
    config::write_example(&home.path().join("config/sendoff/config.toml")).unwrap();
    let mut waiting: Vec<PathBuf> = ["state", "config"].map(|name| home.path().join(name)).to_vec();
    let mut seen = 0;
    while let Some(path) = waiting.pop() {
        seen += 1;
        if path.is_dir() {
            assert_eq!(mode(&path), 0o700, "{}", path.display());
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
    }
    assert_eq!(seen, 12, "six folders and six files");
}

#[test]
fn modes_do_not_depend_on_the_umask() {
    for umask in ["000", "022", "077"] {
        let story = ["store::everything_made_is_ours_alone", "--exact", "--ignored", "--test-threads=1"];
        let run = Command::new("sh")
            .args(["-c", "umask $0 && exec \"$@\"", umask])
            .arg(std::env::current_exe().unwrap())
            .args(story)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success() && said.contains("1 passed"), "umask {umask}: {said}");
    }
}

#[test]
fn a_configuration_is_read_or_its_absence_is_an_empty_one() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("sendoff/config.toml");
    let absent = config::load(&file, false).unwrap();
    assert!(!absent.exists && absent.settings.accounts.is_empty() && absent.warnings.is_empty());
    let named = config::load(&file, true).unwrap_err();
    assert_eq!(
        named.to_string(),
        format!("{} is not there; --config names a file that exists", file.display())
    );
    config::write_example(&file).unwrap();
    let read = config::load(&file, true).unwrap();
    assert_eq!((read.exists, read.settings.accounts.len(), read.warnings), (true, 1, vec![]));
}

#[test]
fn the_example_never_replaces_a_file() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.toml");
    fs::write(&file, "# mine").unwrap();
    assert!(matches!(config::write_example(&file), Err(StoreError::Io { .. })));
    assert_eq!(fs::read_to_string(&file).unwrap(), "# mine");
    fs::remove_file(&file).unwrap();
    config::write_example(&file).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), EXAMPLE);
}

#[test]
fn a_configuration_that_others_can_write_is_used_with_a_warning() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.toml");
    fs::write(&file, EXAMPLE).unwrap();
    for (mode, is_loose) in [(0o600, false), (0o644, false), (0o664, true), (0o606, true), (0o666, true)] {
        fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
        let warnings = config::load(&file, false).unwrap().warnings;
        let warning = format!("{} can be changed by others; chmod 600 mends that", file.display());
        assert_eq!(warnings, if is_loose { vec![warning] } else { vec![] }, "{mode:o}");
    }
}

#[test]
fn a_configuration_that_cannot_be_used_names_its_file() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.toml");
    fs::write(&file, "\n\nthema = \"dark\"").unwrap();
    let refused = config::load(&file, false).unwrap_err();
    let says = refused.to_string();
    assert!(matches!(refused, ConfigError::Settings { .. }));
    assert!(
        says.starts_with(&file.display().to_string()) && says.contains("line 3") && says.contains("thema"),
        "{says}"
    );
    fs::write(&file, b"theme = \"\xFF\"").unwrap();
    assert!(matches!(
        config::load(&file, false),
        Err(ConfigError::Store(StoreError::Io { doing: "read", .. }))
    ));
    assert!(matches!(config::load(home.path(), false), Err(ConfigError::Store(_))), "a folder is no file");
}

#[test]
fn a_path_leads_to_a_file_or_it_does_not() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("report.pdf");
    fs::write(&file, "12345").unwrap();
    symlink(&file, home.path().join("link")).unwrap();
    symlink("nowhere", home.path().join("dangling")).unwrap();
    let paths = [
        file.as_path(),
        &home.path().join("link"),
        &home.path().join("missing"),
        &home.path().join("dangling"),
        home.path(),
        Path::new("/dev/null"),
    ];
    let facts = file_facts(paths.into_iter());
    assert_eq!(
        facts,
        [
            FileFact::File(5),
            FileFact::File(5),
            FileFact::Missing,
            FileFact::Missing,
            FileFact::NotAFile,
            FileFact::NotAFile
        ]
    );
    assert!(matches!(file_fact(&file.join("below-a-file")), FileFact::Unreadable(_)));
    assert_eq!(read_text(&file).unwrap(), "12345");
    assert!(read_text(&home.path().join("missing")).unwrap_err().to_string().starts_with("cannot read "));
}

#[test]
fn a_path_is_completed_as_a_shell_would() {
    let home = tempfile::tempdir().unwrap();
    for name in ["report.pdf", "rest.txt", ".hidden", "line\nend", "other"] {
        fs::write(home.path().join(name), "").unwrap();
    }
    fs::create_dir(home.path().join("reports")).unwrap();
    let complete = |typed: &str| complete_path(typed, Some(home.path()), 100);
    assert_eq!(complete("~/re"), ["~/report.pdf", "~/reports/", "~/rest.txt"]);
    assert_eq!(complete("~/.h"), ["~/.hidden"]);
    assert_eq!(
        complete("~/"),
        ["~/other", "~/report.pdf", "~/reports/", "~/rest.txt"],
        "no line end reaches the screen"
    );
    let absolute = format!("{}/o", home.path().display());
    assert_eq!(complete(&absolute), [format!("{absolute}ther")]);
    assert_eq!(complete_path("~/re", Some(home.path()), 2).len(), 2);
    assert!(complete("~/reports/x").is_empty() && complete("/no/such/folder/x").is_empty());
    assert_eq!(expand_home("~/x", Some(Path::new("/home/ana"))), Path::new("/home/ana/x"));
    assert_eq!(expand_home("~/x", None), Path::new("~/x"));
    assert_eq!(expand_home("~bob/x", Some(Path::new("/home/ana"))), Path::new("~bob/x"));
}

#[test]
fn drafts_and_letters_lie_below_the_state_folder() {
    let paths = Paths::find(Some(Path::new("/etc/mine.toml")), false).unwrap();
    assert_eq!(paths.config_file, Path::new("/etc/mine.toml"));
    assert_eq!((paths.drafts(), paths.outbox()), (paths.state.join("drafts"), paths.state.join("outbox")));
    let sandbox = Paths::find(None, true).unwrap();
    assert_eq!(sandbox.state, paths.state.join("sandbox"), "what is tried out stays apart");
    assert!(
        sandbox.config_file.ends_with("sendoff/config.toml") && sandbox.themes.ends_with("sendoff/themes")
    );
}
