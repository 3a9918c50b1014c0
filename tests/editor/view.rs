use super::{ACUTE_E, FAMILY, FLAG, HEART, assert_shows, body, drawn, field, type_text};
use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};
use sendoff::app::editor::{Edit, Editor};

/// The rows of the screen, trimmed, and the cursor in them.
fn screen(editor: &Editor, width: u16, height: u16) -> (Vec<String>, Option<(u16, u16)>) {
    let area = Rect::new(0, 0, width, height);
    let buf = drawn(editor, area);
    let rows = (0..height).map(|y| {
        let mut row = String::new();
        let mut x = 0;
        while x < width {
            row.push_str(buf[(x, y)].symbol());
            x += buf[(x, y)].cell_width().max(1);
        }
        row.trim_end().to_owned()
    });
    (rows.collect(), editor.screen_cursor(area).map(|at| (at.x, at.y)))
}

fn selected_cells(editor: &Editor, width: u16, height: u16) -> Vec<(u16, u16)> {
    let buf = drawn(editor, Rect::new(0, 0, width, height));
    let cells = buf.area.positions().filter(|&at| buf[at].bg == Color::Blue);
    cells.map(|at| (at.x, at.y)).collect()
}

#[test]
fn words_wrap_and_the_cursor_goes_along() {
    let mut editor = body("the numbers are attached|");
    let (rows, cursor) = screen(&editor, 12, 4);
    assert_eq!(rows, ["the numbers", "are", "attached", ""]);
    assert_eq!(cursor, Some((8, 2)));
    editor.edit(Edit::WordLeft);
    assert_eq!(screen(&editor, 12, 4).1, Some((0, 2)), "a border between rows belongs to the lower one");
}

#[test]
fn a_full_row_keeps_a_place_for_the_cursor() {
    let editor = body("123456789|");
    assert_eq!(screen(&editor, 10, 2), (vec!["123456789".into(), String::new()], Some((9, 0))));
    let editor = body("1234567890|");
    assert_eq!(screen(&editor, 10, 2), (vec!["123456789".into(), "0".into()], Some((1, 1))));
    let editor = body("123456789   |");
    assert_eq!(screen(&editor, 10, 2).1, Some((9, 0)), "blanks hang over the edge");
}

#[test]
fn the_cursor_stands_where_the_text_is_drawn() {
    for (text, x) in [
        ("漢字|", 4),
        (&format!("{FAMILY}|x"), 2),
        (&format!("{FLAG}|"), 2),
        (&format!("a{ACUTE_E}|b"), 2),
        (&format!("{HEART}|x"), 2),
        ("a\t|b", 8),
        ("a\u{200b}|b", 1),
    ] {
        let editor = body(text);
        let (rows, cursor) = screen(&editor, 20, 1);
        assert_eq!(cursor, Some((x, 0)), "{text:?} drawn as {rows:?}");
    }
    let mut editor = body(&format!("|{FAMILY}{ACUTE_E}x"));
    assert_eq!(screen(&editor, 20, 1).0, [format!("{FAMILY}{ACUTE_E}x")], "whole, with the cursor on it");
    editor.edit(Edit::Right);
    assert_eq!(screen(&editor, 20, 1).1, Some((2, 0)));
}

#[test]
fn wide_clusters_wrap_whole() {
    let editor = body("漢字漢字|");
    assert_eq!(screen(&editor, 6, 3), (vec!["漢字".into(), "漢字".into(), String::new()], Some((4, 1))));
}

#[test]
fn up_and_down_go_by_rows_and_keep_the_column() {
    let mut editor = body("the numbers| are attached\nok\nbye and thanks");
    screen(&editor, 13, 8);
    for expected in [
        "the numbers are attache|d\nok\nbye and thanks",
        "the numbers are attached\nok|\nbye and thanks",
        "the numbers are attached\nok\nbye and| thanks",
        "the numbers are attached\nok\nbye and thanks|",
    ] {
        editor.edit(Edit::Down);
        assert_shows(&editor, expected);
        if editor.text().ends_with("and| thanks") {
            assert!(!editor.at_last_line());
        }
    }
    assert!(editor.at_last_line());
}

#[test]
fn the_edges_of_the_text_are_rows_on_the_screen() {
    let mut editor = body("one two| three");
    assert!(editor.at_first_line() && editor.at_last_line(), "nothing wraps before it was drawn");
    screen(&editor, 5, 5);
    assert!(!editor.at_first_line() && !editor.at_last_line());
    editor.edit(Edit::Up);
    assert!(editor.at_first_line());
    assert!(Editor::field("a").at_first_line() && Editor::field("a").at_last_line());
}

#[test]
fn the_view_follows_the_cursor_and_scrolls_without_it() {
    let text: Vec<_> = (0..20).map(|n| n.to_string()).collect();
    let mut editor = Editor::body(&text.join("\n"));
    editor.edit(Edit::Bottom);
    assert_eq!(screen(&editor, 9, 3), (vec!["17".into(), "18".into(), "19".into()], Some((2, 2))));
    editor.scroll(-16);
    assert_eq!(screen(&editor, 9, 3), (vec!["1".into(), "2".into(), "3".into()], None));
    editor.scroll(i16::MAX);
    assert_eq!(screen(&editor, 9, 3).0, ["17", "18", "19"], "not past the end");
    editor.scroll(i16::MIN);
    type_text(&mut editor, "!");
    assert_eq!(screen(&editor, 9, 3).1, Some((3, 2)), "typing brings the cursor back");
    editor.edit(Edit::PageUp);
    assert_eq!(screen(&editor, 9, 3), (vec!["15".into(), "16".into(), "17".into()], Some((2, 2))));
    editor.edit(Edit::Top);
    assert_eq!(screen(&editor, 9, 3).1, Some((0, 0)));
    editor.edit(Edit::PageDown);
    assert_eq!(screen(&editor, 9, 3).0, ["2", "3", "4"]);
}

#[test]
fn a_view_that_grows_shows_what_was_above() {
    let mut editor = Editor::body("1\n2\n3\n4");
    editor.edit(Edit::Bottom);
    assert_eq!(screen(&editor, 5, 2).0, ["3", "4"]);
    assert_eq!(screen(&editor, 5, 4).0, ["1", "2", "3", "4"]);
}

#[test]
fn a_long_field_slides_under_the_cursor() {
    let mut editor = Editor::field("0123456789abcdef");
    let (rows, cursor) = screen(&editor, 8, 1);
    assert_eq!((rows[0].as_str(), cursor), ("bcdef", Some((5, 0))));
    while editor.cursor() != (0, 10) {
        editor.edit(Edit::Left);
    }
    assert_eq!(screen(&editor, 8, 1), (vec!["89abcdef".into()], Some((2, 0))), "by a quarter at a time");
    editor.edit(Edit::LineStart);
    assert_eq!(screen(&editor, 8, 1), (vec!["01234567".into()], Some((0, 0))));
    let wide = Editor::field("漢字漢字漢字");
    assert_eq!(screen(&wide, 6, 1).1, Some((4, 0)));
}

#[test]
fn a_cluster_as_wide_as_the_field_is_in_view_whole() {
    let syllable = "ᄀᄀᄀᄀ";
    let mut editor = field(&format!("12345678|{syllable}12345678"));
    for way_there in [Edit::Top, Edit::Bottom] {
        let way_back = if way_there == Edit::Top { Edit::Right } else { Edit::Left };
        editor.edit(way_there);
        screen(&editor, 8, 1);
        while editor.cursor() != (0, 8) {
            editor.edit(way_back);
        }
        assert_eq!(screen(&editor, 8, 1), (vec![syllable.into()], Some((0, 0))));
    }
}

#[test]
fn a_wide_cluster_cut_by_the_edge_is_left_out() {
    let mut editor = Editor::field("a漢字x");
    editor.edit(Edit::Top);
    assert_eq!(screen(&editor, 4, 1).0, ["a漢"]);
    let far = Rect::new(3, 2, 4, 1);
    assert_eq!(editor.screen_cursor(far), Some(Position::new(3, 2)));
}

#[test]
fn the_selection_is_drawn_with_its_newlines() {
    let mut editor = body("a|b\n\ncd");
    editor.select(Edit::Down);
    editor.select(Edit::Down);
    assert_eq!(selected_cells(&editor, 6, 3), [(1, 0), (2, 0), (0, 1), (0, 2)]);
    assert_eq!(screen(&editor, 6, 3).0, ["ab", "", "cd"]);
    let mut wrapped = body("one |two");
    wrapped.select(Edit::LineEnd);
    assert_eq!(selected_cells(&wrapped, 5, 2), [(0, 1), (1, 1), (2, 1)]);
}

#[test]
fn any_area_will_do() {
    for text in ["|", "漢字|", "|漢字 kanji\n\nthe end", &format!("{FAMILY}\t|{FLAG}"), "\u{301}|"] {
        for mut editor in [body(text), field(text)] {
            editor.select(Edit::LineStart);
            for (width, height) in (0..=4).flat_map(|width| (0..=3).map(move |height| (width, height))) {
                let area = Rect::new(0, 0, width, height);
                drawn(&editor, area);
                let cursor = editor.screen_cursor(area);
                assert_eq!(cursor.is_some(), !area.is_empty());
                assert!(cursor.is_none_or(|at| area.contains(at)));
            }
            let mut buf = Buffer::empty(Rect::new(0, 0, 4, 3));
            for outside in [Rect::new(2, 1, 9, 9), Rect::new(9, 9, 9, 9)] {
                editor.draw(outside, &mut buf, Style::new(), Style::new());
            }
        }
    }
}

#[test]
fn a_heavy_text_is_not_wrapped() {
    let mut editor = Editor::body("one two three");
    assert_eq!(screen(&editor, 6, 3).0, ["one", "two", "three"]);
    assert!(!editor.is_heavy());
    editor.insert(&"\n".repeat(10_000));
    assert!(editor.is_heavy());
    editor.edit(Edit::Top);
    editor.insert("one two ");
    assert_eq!(screen(&editor, 6, 2), (vec!["two".into(), String::new()], Some((4, 0))));
    editor.undo();
    editor.undo();
    assert!(!editor.is_heavy());
    assert!(Editor::body(&"x".repeat(1_000_001)).is_heavy());
}

#[test]
fn a_field_that_fits_again_is_shown_from_its_beginning() {
    let editor = Editor::field("bob@fabrikam.com, carol@contoso.com");
    assert!(screen(&editor, 12, 1).0[0].contains(".com"), "the cursor is at the end");
    assert_eq!(screen(&editor, 60, 1).0, ["bob@fabrikam.com, carol@contoso.com"]);
}
