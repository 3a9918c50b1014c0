//! One line of a table: set, put in, taken out. Nothing but that line changes.

use std::ops::Range;

use toml_edit::{InlineTable, Item, Table, TableLike, Value};

use super::layout::{line_end, line_start};

/// A table of the file, with its text.
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    pub(super) table: &'a dyn TableLike,
    /// The header, or where a dotted or an inline table stands.
    pub(super) at: Range<usize>,
    pub(super) form: Form,
    /// The order in which keys are written.
    pub(super) order: &'a [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `[account.oauth]`
    Header,
    /// `oauth.tenant = "x"`
    Dotted,
    /// `oauth = { tenant = "x" }`
    Inline,
}

impl<'a> Lines<'a> {
    /// Of a table with a header.
    pub(super) fn of(text: &'a str, table: &'a Table, order: &'a [&'static str]) -> Self {
        Self { text, table, at: table.span().unwrap_or_default(), form: Form::Header, order }
    }

    /// Of a table in whatever form.
    pub(super) fn of_item(text: &'a str, item: &'a Item, order: &'a [&'static str]) -> Option<Self> {
        match item {
            Item::Table(table) if table.is_dotted() => {
                Some(Self { form: Form::Dotted, ..Self::of(text, table, order) })
            }
            Item::Table(table) => Some(Self::of(text, table, order)),
            Item::Value(Value::InlineTable(table)) => {
                Some(Self { text, table, at: item.span()?, form: Form::Inline, order })
            }
            _ => None,
        }
    }

    /// The text with this key at this value, wherever it stood; a comment behind it stays.
    pub(super) fn with(&self, key: &str, value: &Value) -> String {
        if self.form == Form::Inline {
            return self.inline(|table| drop(table.insert(key, value.clone())));
        }
        if let Some(span) = self.table.get(key).and_then(Item::span) {
            return replace(self.text, span, &value.to_string());
        }
        let (at, indent) = self.place(key);
        let prefix = if self.form == Form::Dotted { "oauth." } else { "" };
        let eol = line_break(self.text);
        // The last line of a file may lack its line end.
        let missing = if at > 0 && !self.text[..at].ends_with('\n') { eol } else { "" };
        let value = value.to_string().replace('\n', eol);
        replace(self.text, at..at, &format!("{missing}{indent}{prefix}{key} = {value}{eol}"))
    }

    /// The text without the line of this key.
    pub(super) fn without(&self, key: &str) -> String {
        if self.form == Form::Inline {
            return self.inline(|table| drop(table.remove(key)));
        }
        let lines =
            self.span_of(key).map(|span| line_start(self.text, span.start)..line_end(self.text, span.end));
        lines.map_or_else(|| self.text.to_owned(), |lines| replace(self.text, lines, ""))
    }

    /// From the key to the end of its value.
    fn span_of(&self, key: &str) -> Option<Range<usize>> {
        let (name, item) = self.table.get_key_value(key)?;
        let end = match item {
            // A dotted table in place of a value: the caller takes care of those.
            Item::Table(_) | Item::ArrayOfTables(_) | Item::None => return None,
            Item::Value(_) => item.span()?.end,
        };
        Some(name.span()?.start..end)
    }

    /// Where a new key goes: behind the last of those that come before it in the order; and the indent of that line.
    fn place(&self, key: &str) -> (usize, &'a str) {
        let rank = |key: &str| self.order.iter().position(|known| *known == key);
        let before = self.order.iter().filter(|known| rank(known) < rank(key));
        let last = before.filter_map(|known| self.span_of(known)).max_by_key(|span| span.end);
        let first = self.table.iter().filter_map(|(key, _)| self.span_of(key)).min_by_key(|span| span.start);
        match (last, first, self.form) {
            (Some(span), ..) => (line_end(self.text, span.end), self.indent(span.start)),
            (None, Some(span), Form::Dotted) => (line_start(self.text, span.start), self.indent(span.start)),
            (None, first, _) => (
                line_end(self.text, self.at.end),
                self.indent(first.map_or(self.at.start, |span| span.start)),
            ),
        }
    }

    fn indent(&self, at: usize) -> &'a str {
        let line = &self.text[line_start(self.text, at)..at];
        &line[..line.len() - line.trim_start().len()]
    }

    /// An inline table is written anew: its commas have no lines of their own.
    fn inline(&self, change: impl FnOnce(&mut InlineTable)) -> String {
        let Ok(Value::InlineTable(mut table)) = self.text[self.at.clone()].parse::<Value>() else {
            return self.text.to_owned();
        };
        change(&mut table);
        table.fmt();
        replace(self.text, self.at.clone(), Value::InlineTable(table).to_string().trim())
    }
}

pub(super) fn replace(text: &str, range: Range<usize>, by: &str) -> String {
    [&text[..range.start], by, &text[range.end..]].concat()
}

/// How lines end in this text.
pub(super) fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
