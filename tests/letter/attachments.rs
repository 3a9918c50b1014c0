//! Files that go along: their bytes, their names, their types.

use mail_parser::MimeHeaders as _;
use sendoff::mail::draft::{Attachment, Draft, FileFact};
use sendoff::store::{self, StoreError};

use super::{Folder, draft, stamp, write};
use crate::support::attempt::account;

/// Bytes of every value, none of which repeats at a fixed distance of 57.
fn content(len: usize) -> Vec<u8> {
    (0..len).map(|n| u8::try_from((n * 7 + n / 251) % 256).unwrap()).collect()
}

#[test]
fn files_of_every_size_arrive_whole() {
    let folder = Folder::new();
    let chunk = 57 * 1024;
    for len in
        (0..=200).chain(chunk - 60..=chunk + 60).chain([2 * chunk - 1, 2 * chunk, 2 * chunk + 1, 200_000])
    {
        let written = write(&folder.attach(draft(), "data.bin", &content(len)));
        let files = written.files();
        assert!(files == [("data.bin".to_owned(), content(len))], "{len} bytes");
    }
}

#[test]
fn several_files_arrive_in_order() {
    let folder = Folder::new();
    let (mut draft, mut due) = (draft(), Vec::new());
    for n in 0..12 {
        let name = format!("part {n}.bin");
        draft = folder.attach(draft, &name, &content(n * 31));
        due.push((name, content(n * 31)));
    }
    assert_eq!(write(&draft).files(), due);
}

#[test]
fn file_names_in_every_script_read_back_the_same() {
    let folder = Folder::new();
    let names = [
        "report.pdf",
        "two words.pdf",
        "Bericht für Zoë.pdf",
        "議事録.txt",
        "отчёт.docx",
        "👩‍🚀 crew.png",
        "e\u{301}tude.txt",
        "quo\"te.txt",
        "back\\slash.txt",
        "100%.txt",
        "it's.txt",
        "a;b=c.txt",
        "=?utf-8?q?x?=.txt",
        "-rf",
        ".hidden",
        "no-ending",
        "tab\there.txt",
        "line\nend.txt",
        "cr\rhere.txt",
        "exe.\u{202e}fdp",
        "\u{2028}.txt",
        "\u{85}.txt",
        " leading.txt",
        "trailing .txt",
    ];
    for name in names {
        let written = write(&folder.attach(draft(), name, b"x"));
        assert_eq!(written.files(), [(name.to_owned(), b"x".to_vec())], "{}", written.text());
    }
    for unit in ["a", "é", "界", "👍"] {
        let name = format!("{}.txt", unit.repeat(251 / unit.len()));
        let written = write(&folder.attach(draft(), &name, b"x"));
        assert_eq!(written.files()[0].0, name, "{}", written.text());
    }
}

#[test]
fn a_name_as_long_as_another_system_allows_stays_inside_the_limit_of_lines() {
    let name = format!("{}.txt", "界".repeat(251));
    let attachment = Attachment { path: format!("/Users/ana/{name}").into(), len: 0 };
    let draft = Draft { attachments: vec![attachment], ..draft() };
    let letter = draft.check(&account(), &[FileFact::File(0)], &stamp()).unwrap();
    for piece in letter.pieces {
        let sendoff::mail::letter::Piece::Bytes(bytes) = piece else { continue };
        let longest = bytes.split(|&byte| byte == b'\n').map(<[u8]>::len).max().unwrap();
        assert!(longest <= 999, "a line of {longest} octets");
    }
}

#[test]
fn only_the_base_name_goes_along() {
    let folder = Folder::new();
    folder.add("plan.txt", b"x");
    std::fs::create_dir(folder.0.path().join("secret-project")).unwrap();
    let winding = folder.0.path().join("secret-project/../plan.txt");
    let draft = Draft { attachments: vec![Attachment { path: winding, len: 1 }], ..draft() };
    let written = write(&draft);
    assert_eq!(written.files()[0].0, "plan.txt");
    assert!(!written.text().contains("secret-project"));
}

#[test]
fn the_type_follows_the_name_but_is_never_a_message_or_a_multipart() {
    let folder = Folder::new();
    let due = [
        ("a.pdf", "application/pdf"),
        ("a.png", "image/png"),
        ("a.unknown-thing", "application/octet-stream"),
        ("noending", "application/octet-stream"),
        ("a.eml", "application/octet-stream"),
        ("a.mht", "application/octet-stream"),
        ("a.mhtml", "application/octet-stream"),
        ("a.nws", "application/octet-stream"),
    ];
    for (name, mime) in due {
        let written = write(&folder.attach(draft(), name, b"From: x\r\n\r\n--x\r\n"));
        let parsed = written.parsed();
        let part = parsed.attachment(0).unwrap();
        let kind = part.content_type().unwrap();
        assert_eq!(format!("{}/{}", kind.ctype(), kind.subtype().unwrap()), mime, "{name}");
        assert_eq!(written.files()[0].1, b"From: x\r\n\r\n--x\r\n");
    }
}

#[test]
fn a_file_that_changed_or_went_is_not_sent_in_part() {
    let folder = Folder::new();
    for now in [b"".as_slice(), b"four", b"sixsix"] {
        let draft = folder.attach(draft(), "data.bin", b"fives");
        let letter = draft.check(&account(), &[FileFact::File(5)], &stamp()).unwrap();
        folder.add("data.bin", now);
        let failed = store::write_letter(&letter, &mut Vec::new()).unwrap_err();
        assert!(matches!(failed, StoreError::Changed { .. }), "{failed}");
        assert!(
            failed
                .to_string()
                .ends_with("data.bin changed while it was being read; attach it again when it is finished")
        );
    }
    let draft = folder.attach(draft(), "gone.bin", b"fives");
    let letter = draft.check(&account(), &[FileFact::File(5)], &stamp()).unwrap();
    std::fs::remove_file(&draft.attachments[0].path).unwrap();
    assert!(matches!(
        store::write_letter(&letter, &mut Vec::new()),
        Err(StoreError::Io { doing: "read", .. })
    ));
}
