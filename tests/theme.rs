use sendoff::ui::theme::{Depth, Theme, ThemeError, builtin_names};

mod fault;
mod sight;

use ratatui::style::{Color, Modifier, Style};
use termprofile::TermProfile;

#[track_caller]
fn builtin(name: &str) -> Theme {
    let (theme, warnings) = Theme::load(name, &|_| None).expect("a built-in theme is right");
    assert_eq!(warnings, [], "{name}");
    theme
}

fn with_files(files: &[(&str, &str)], name: &str) -> Result<(Theme, Vec<String>), ThemeError> {
    let user = |wanted: &str| files.iter().find(|(n, _)| *n == wanted).map(|(_, text)| (*text).to_owned());
    Theme::load(name, &user)
        .map(|(theme, warnings)| (theme, warnings.iter().map(ToString::to_string).collect()))
}

#[track_caller]
fn mine(text: &str) -> Theme {
    with_files(&[("mine", text)], "mine").expect("the theme is right").0
}

#[test]
fn every_builtin_theme_loads_without_a_warning_and_sets_every_role() {
    assert_eq!(builtin_names().collect::<Vec<_>>(), ["dark", "light", "high-contrast", "ansi-16"]);
    for name in builtin_names().chain(["base"]) {
        let unset: Vec<_> = builtin(name).roles().filter(|(_, style)| *style == Style::new()).collect();
        assert_eq!(unset, [], "{name}");
    }
}

#[test]
fn the_fallback_is_dark() {
    assert_eq!(Theme::fallback(), builtin("dark"));
}

#[test]
fn without_colour_weight_says_it_all() {
    for name in builtin_names() {
        let theme = builtin(name).at_depth(Depth::None);
        for (role, style) in theme.roles() {
            assert_eq!((style.fg, style.bg), (None, None), "{name}: {role}");
            assert!(!style.add_modifier.contains(Modifier::ITALIC), "{name}: {role}");
        }
        assert_ne!(theme.border_focus, theme.border);
        assert_ne!(theme.account_current, theme.account_other);
        assert!(theme.title_focus.add_modifier.contains(Modifier::REVERSED));
        assert!(theme.selection.add_modifier.contains(Modifier::REVERSED));
        assert!(theme.button_focus.add_modifier.contains(Modifier::REVERSED));
        assert!(theme.error.add_modifier.contains(Modifier::BOLD));
        assert!(theme.reply_no.add_modifier.contains(Modifier::BOLD));
        let (ok, later, no) = (theme.reply_ok, theme.reply_later, theme.reply_no);
        assert!(ok != later && later != no && no != ok);
    }
}

#[test]
fn at_sixteen_only_the_sixteen_are_used_and_nothing_is_italic() {
    for name in builtin_names() {
        for (role, style) in builtin(name).at_depth(Depth::Ansi16).roles() {
            for colour in [style.fg, style.bg].into_iter().flatten() {
                assert!(!matches!(colour, Color::Rgb(..) | Color::Indexed(_)), "{name}: {role} is {colour}");
            }
            assert!(!style.add_modifier.contains(Modifier::ITALIC), "{name}: {role}");
        }
    }
}

#[test]
fn at_256_nothing_is_24_bit() {
    for name in builtin_names() {
        for (role, style) in builtin(name).at_depth(Depth::Ansi256).roles() {
            for colour in [style.fg, style.bg].into_iter().flatten() {
                assert!(!matches!(colour, Color::Rgb(..)), "{name}: {role} is {colour}");
            }
        }
    }
}

#[test]
fn ansi_16_paints_no_ground_and_uses_the_sixteen_at_every_depth() {
    let theme = builtin("ansi-16");
    assert_eq!(theme.background.bg, Some(Color::Reset));
    for (role, style) in theme.roles() {
        for colour in [style.fg, style.bg].into_iter().flatten() {
            assert!(!matches!(colour, Color::Rgb(..) | Color::Indexed(_)), "{role} is {colour}");
        }
    }
}

#[test]
fn a_theme_forgets_nothing_when_it_shrinks() {
    let theme = builtin("dark");
    assert_eq!(theme.at_depth(Depth::None).at_depth(Depth::TrueColor), theme);
}

#[test]
fn the_depth_is_what_the_terminal_can_show() {
    let depths = [
        TermProfile::TrueColor,
        TermProfile::Ansi256,
        TermProfile::Ansi16,
        TermProfile::NoColor,
        TermProfile::NoTty,
    ];
    let expected = [Depth::TrueColor, Depth::Ansi256, Depth::Ansi16, Depth::None, Depth::None];
    assert_eq!(depths.map(Depth::from_profile), expected);
}

#[test]
fn a_colour_in_the_palette_recolours_every_role_that_wears_it() {
    let theme = mine("inherits = \"dark\"\n[palette]\nfocus = \"#ffb86c\"");
    let orange = Some(Color::Rgb(0xff, 0xb8, 0x6c));
    assert_eq!([theme.key.fg, theme.border_focus.fg, theme.button_focus.bg], [orange; 3]);
    assert_eq!(theme.sent, builtin("dark").sent);
}

#[test]
fn a_role_takes_a_name_a_hex_value_a_number_or_a_table() {
    let theme = mine(
        "inherits = \"dark\"\n[roles]\nkey = \"leaf\"\ntext = \"#010203\"\ndim = 244\ntime = 3\nlabel = \"light-red\"\n\
         heading = { fg = \"rose\", bg = \"default\", add = [\"underline\", \"bold\"] }",
    );
    assert_eq!(theme.key, Style::new().fg(builtin("dark").ok.fg.unwrap()));
    assert_eq!(theme.text, Style::new().fg(Color::Rgb(1, 2, 3)));
    assert_eq!(theme.dim, Style::new().fg(Color::Indexed(244)));
    assert_eq!(theme.time, Style::new().fg(Color::Yellow));
    assert_eq!(theme.label, Style::new().fg(Color::LightRed));
    let rose = builtin("dark").error.fg.unwrap();
    assert_eq!(theme.heading, Style::new().fg(rose).bg(Color::Reset).bold().underlined());
}

#[test]
fn a_new_colour_forgets_what_stood_for_the_old_one_at_sixteen() {
    let red = mine("inherits = \"dark\"\n[palette]\nsky = \"#ff0000\"").at_depth(Depth::Ansi16);
    assert_eq!(red.sent.fg, Some(Color::LightRed));
    let chosen = mine("inherits = \"dark\"\n[palette]\nsky = \"#ff0000\"\n[ansi]\nsky = \"magenta\"");
    assert_eq!(chosen.at_depth(Depth::Ansi16).sent.fg, Some(Color::Magenta));
}

#[test]
fn a_role_at_sixteen_is_changed_only_where_it_says_so() {
    let text =
        "inherits = \"dark\"\n[roles]\nsent = { fg = \"rose\", add = [\"bold\"], ansi = { bg = \"blue\" } }";
    let expected = Style::new().fg(Color::LightRed).bg(Color::Blue).bold();
    assert_eq!(mine(text).at_depth(Depth::Ansi16).sent, expected);
}

#[test]
fn a_recoloured_role_stays_visible_without_colours() {
    let theme =
        mine("inherits = \"dark\"\n[roles]\nselection = { bg = \"#ff00ff\" }\nnote = { mono = [\"dim\"] }");
    assert_eq!(theme.at_depth(Depth::None).selection, Style::new().reversed());
    assert_eq!(theme.at_depth(Depth::None).note, Style::new().dim());
}

#[test]
fn a_file_of_a_builtin_name_lies_over_it() {
    let recoloured = "[palette]\nground = \"#000000\"";
    for text in [recoloured.to_owned(), format!("inherits = \"dark\"\n{recoloured}")] {
        let (theme, _) = with_files(&[("dark", &text)], "dark").unwrap();
        assert_eq!(theme.background.bg, Some(Color::Rgb(0, 0, 0)));
        assert_eq!(theme.sent, builtin("dark").sent);
    }
}

#[test]
fn a_users_base_is_below_the_builtin_themes() {
    let base = [("base", "[roles]\nsent = \"focus\"")];
    let (theme, _) = with_files(&base, "light").unwrap();
    assert_eq!(theme.sent.fg, builtin("light").accent.fg);
}

#[test]
fn without_parents_a_theme_stands_on_the_base() {
    assert_eq!(mine("").text, builtin("base").text);
}
