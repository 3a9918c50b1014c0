//! The text of a letter: whatever is typed or pasted arrives.

use sendoff::mail::draft::{Attachment, Draft, FileFact};

use super::{Folder, check, draft, problem_with, stamp, write};
use crate::support::attempt::account;

/// How a body must read: line ends of any kind are LF, NUL is gone, the last line is ended.
fn as_typed(body: &str) -> String {
    let mut text = body.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

#[test]
fn bodies_of_every_kind_read_back_the_same() {
    let bodies = [
        "Hi.\n",
        "no line end",
        "Zoë\n",
        "会議は月曜日です。\n",
        "👩‍🚀🇮🇳👍🏽\n",
        "e\u{301}\u{323}\n",
        "a\rb\nc\r\nd\n\re",
        "\n\n\nlate",
        "tail\n\n\n",
        "From here on\nFrom the start\n>From quoted\n",
        ".\n..\n.hidden\n.\r\n",
        "trailing space \n\ttab\t\n",
        "soft=20break=\n=3D=\n",
        "a\0b\n",
        "\u{feff}bom\n",
        "\u{1b}[2J bell \u{7} and friends\n",
        "--\nsignature\n",
        "\u{85}\u{2028}\u{2029}\n",
        "\r",
        "\n",
        " ",
    ];
    for body in bodies {
        let plain = write(&Draft { body: body.into(), ..draft() });
        assert_eq!(plain.body(), as_typed(body), "{body:?}");
        let folder = Folder::new();
        let with_file = write(&folder.attach(Draft { body: body.into(), ..draft() }, "a.txt", b"x"));
        assert_eq!(with_file.body(), as_typed(body), "{body:?} beside a file");
    }
}

#[test]
fn long_lines_are_carried_in_short_ones() {
    for unit in ["a", "word ", "é", "界", "👍🏽", "=", ".", " "] {
        for length in [76, 77, 78, 79, 997, 998, 999, 1_000, 5_000] {
            let body = unit.repeat(length / unit.len() + 1);
            let written = write(&Draft { body: body.clone(), ..draft() });
            assert_eq!(written.body(), as_typed(&body), "{unit:?} for {length}");
        }
    }
    let body = format!("{}\n", "a very long line without any end ".repeat(30_000));
    assert_eq!(write(&Draft { body: body.clone(), ..draft() }).body(), body);
}

#[test]
fn an_empty_body_is_a_letter_too() {
    let written = write(&Draft { body: String::new(), ..draft() });
    assert_eq!(written.body().trim(), "");
}

#[test]
fn the_boundary_stands_only_where_it_must() {
    let folder = Folder::new();
    let boundary = format!("=_{}", stamp().hex());
    let written = write(&folder.attach(folder.attach(draft(), "a.txt", b"one"), "b.txt", b"two"));
    assert_eq!(
        written.text().matches(&boundary).count(),
        1 + 4,
        "named once; before three parts and at the end"
    );
    let other = Draft { body: "--=_\n--=_00\n--\n".into(), ..draft() };
    assert_eq!(write(&folder.attach(other, "a.txt", b"x")).body(), "--=_\n--=_00\n--\n");
}

#[test]
fn everything_that_stands_in_the_way_is_said_at_once() {
    let wrong = Draft {
        to: "bob, carol@contoso.com".into(),
        bcc: "a@b@c.com".into(),
        subject: "one\ntwo".into(),
        attachments: vec![Attachment { path: "/nowhere/report.pdf".into(), len: 1 }],
        ..draft()
    };
    let said: Vec<String> = check(&wrong)
        .unwrap_err()
        .into_iter()
        .map(|problem| format!("{}: {}", problem.field.as_str(), problem.what))
        .collect();
    let due = [
        "To: “bob”: there is no @ in it",
        "Bcc: “a@b@c.com”: there is more than one @ in it",
        "Subject: it contains a control character",
        "Attach: report.pdf is not there (/nowhere/report.pdf)",
    ];
    assert_eq!(said, due);
    let nobody = Draft { to: " , ;".into(), ..draft() };
    assert_eq!(check(&nobody).unwrap_err()[0].what, "there is no recipient yet");
    let pasted = Draft { subject: "x".repeat(4_001), ..draft() };
    assert_eq!(check(&pasted).unwrap_err()[0].what, "it is longer than 4,000 bytes");
}

#[test]
fn a_file_that_cannot_go_along_says_why() {
    assert_eq!(problem_with(FileFact::Missing), "report.pdf is not there (/home/ana/report.pdf)");
    assert_eq!(problem_with(FileFact::NotAFile), "report.pdf is not a regular file");
    assert_eq!(
        problem_with(FileFact::Unreadable("Permission denied".into())),
        "report.pdf cannot be read: Permission denied"
    );
}

#[test]
fn a_careful_colleague_asks() {
    let doubts = |draft: &Draft| draft.doubts(&account(), &check(draft).unwrap());
    assert_eq!(doubts(&draft()), Vec::<String>::new());
    assert_eq!(
        doubts(&Draft { subject: " ".into(), body: " \n".into(), ..draft() }),
        ["the subject is empty", "the message is empty"]
    );
    let forgotten = Draft { body: "The report is Attached.\n".into(), ..draft() };
    assert_eq!(doubts(&forgotten), ["the text speaks of an attachment, but there is none"]);
    assert!(
        doubts(&Draft { body: "> it is attached\nThanks!\n--\nattachments@contoso.com\n".into(), ..draft() })
            .is_empty()
    );
    assert_eq!(
        doubts(&Draft { to: "ANA@contoso.com".into(), ..draft() }),
        ["the only recipient is yourself"]
    );
    let crowd = (0..16).map(|n| format!("r{n}@fabrikam.com")).collect::<Vec<_>>().join(",");
    assert_eq!(
        doubts(&Draft { to: crowd.clone(), ..draft() }),
        ["all 16 people in To and Cc will see each other's addresses; Bcc hides them"]
    );
    assert!(doubts(&Draft { to: String::new(), bcc: crowd, ..draft() }).is_empty());
}
