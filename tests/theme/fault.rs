//! What a theme that is wrong is told.

use sendoff::ui::theme::{Theme, ThemeError};

use super::with_files;

#[track_caller]
fn warnings_of(text: &str) -> Vec<String> {
    with_files(&[("mine", text)], "mine").expect("a theme with warnings is a theme").1
}

#[track_caller]
fn error_of(text: &str) -> String {
    with_files(&[("mine", text)], "mine").expect_err("the theme is wrong").to_string()
}

#[test]
fn what_means_nothing_is_a_warning_with_a_suggestion() {
    let text = "inherit = \"dark\"\n[ansi]\nskyy = \"blue\"\n[roles]\nboder = 3\nxyzzy = 4\ntext = { fg = 5, fgg = 6 }";
    assert_eq!(
        warnings_of(text),
        [
            "mine.toml line 1: there is no key \"inherit\" (did you mean \"inherits\"?). It is left out",
            "mine.toml line 5: there is no role \"boder\" (did you mean \"border\"?). It is left out",
            "mine.toml line 6: there is no role \"xyzzy\". It is left out",
            "mine.toml line 7: there is no key \"fgg\" (did you mean \"fg\"?). It is left out",
            "mine.toml line 3: [palette] has no colour \"skyy\" (did you mean \"sky\"?). It is left out",
        ]
    );
}

const TERMINAL: &str = "black, red, green, yellow, blue, magenta, cyan, gray, dark-gray, light-red, \
                        light-green, light-yellow, light-blue, light-magenta, light-cyan, white, default";

#[test]
fn a_bad_colour_is_named_with_its_place_and_what_would_do() {
    let forms = format!("\"#rrggbb\", a number from 0 to 255, or one of {TERMINAL}");
    let cases = [
        ("[palette]\nink = \"#12345\"", format!("line 2: palette.ink is \"#12345\". Expected: {forms}")),
        ("[palette]\n\nink = 256", format!("line 3: palette.ink is 256. Expected: {forms}")),
        (
            "[palette]\nsky = \"purpel\"\nink = \"bleu\"",
            format!("line 2: palette.sky is \"purpel\". Expected: {forms}"),
        ),
        (
            "[palette]\nsky = \"ligt-blue\"",
            format!("line 2: palette.sky is \"ligt-blue\" (did you mean \"light-blue\"?). Expected: {forms}"),
        ),
        (
            "[roles]\ntext = { fg = \"inc\" }",
            format!(
                "line 2: roles.text.fg is \"inc\" (did you mean \"ink\"?). Expected: a name in [palette], {forms}"
            ),
        ),
        (
            "[roles]\ntext = true",
            format!(
                "line 2: roles.text is true. Expected: a name in [palette], {forms}, or a table {{ fg = ..., bg = ..., add = [...] }}"
            ),
        ),
        (
            "[ansi]\nink = \"#ffffff\"",
            format!("line 2: ansi.ink is \"#ffffff\". Expected: one of {TERMINAL}"),
        ),
        (
            "[roles]\nkey = { add = [\"blod\"] }",
            "line 2: roles.key.add is \"blod\" (did you mean \"bold\"?). \
             Expected: a list of bold, dim, italic, underline, reverse"
                .to_owned(),
        ),
        (
            "[roles]\nkey = { ansi = { fg = 300 } }",
            format!("line 2: roles.key.ansi.fg is 300. Expected: one of {TERMINAL}"),
        ),
        (
            "palette = 3",
            "line 1: palette is 3. Expected: a table of colours, like [palette] with ink = \"#c8d0e0\""
                .to_owned(),
        ),
        ("inherits = 3", "line 1: inherits is 3. Expected: the name of a theme, like \"dark\"".to_owned()),
    ];
    for (text, expected) in cases {
        assert_eq!(error_of(text), format!("mine.toml {expected}"));
    }
}

#[test]
fn bad_toml_is_named_with_its_place() {
    assert_eq!(
        error_of("[palette]\nink = #c8d0e0\n"),
        "mine.toml line 2: this is not TOML (string values must be quoted, expected literal string). \
         Correct that line; a good one is: text = \"#c8d0e0\""
    );
}

#[test]
fn an_unknown_theme_is_named_with_whoever_wants_it() {
    let known = "Built in: dark, light, high-contrast, ansi-16; your own: NAME.toml in the themes folder beside \
                 config.toml";
    let unknown = with_files(&[], "drak").unwrap_err().to_string();
    assert_eq!(unknown, format!("there is no theme \"drak\" (did you mean \"dark\"?). {known}"));
    assert_eq!(
        error_of("# a comment\ninherits = \"sunset\""),
        format!("mine.toml line 2: there is no theme \"sunset\". {known}")
    );
}

#[test]
fn a_name_that_is_a_path_is_never_asked_for() {
    for name in ["../mine", "themes/mine", "C:\\mine", ".mine", "", "mi\0ne"] {
        let error = Theme::load(name, &|_| Some(String::new())).unwrap_err();
        let expected = ThemeError::NoTheme { name: name.to_owned(), wanted_by: None, near: None };
        assert_eq!(error, expected);
    }
}

#[test]
fn a_circle_is_told_as_one() {
    let help = "take `inherits` out of one of these files";
    let files = [("a", "inherits = \"b\""), ("b", "inherits = \"c\""), ("c", "inherits = \"b\"")];
    let circle = with_files(&files, "a").unwrap_err().to_string();
    assert_eq!(circle, format!("theme \"b\" inherits from itself (b > c > b): {help}"));
    assert_eq!(
        error_of("inherits = \"mine\""),
        format!("theme \"mine\" inherits from itself (mine > mine): {help}")
    );
}
