//! Where each account stands in the text of a configuration: its lines, and the comments that belong to it.
//!
//! The text is cut by lines, and what is not meant is never written anew: it stays as it is, to the byte.

use std::ops::Range;

use toml_edit::{Document, Item, Table, TableLike};

use super::edit::EditError;

/// The text, read; spans lead from its values back to its bytes.
pub(super) struct Layout<'a> {
    text: &'a str,
    document: Document<&'a str>,
    /// By account: from its first comment to its last line, line ends included.
    pub(super) blocks: Vec<Range<usize>>,
}

impl<'a> Layout<'a> {
    pub(super) fn of(text: &'a str) -> Result<Self, EditError> {
        let document = Document::parse(text).map_err(|error| EditError::Syntax(error.to_string()))?;
        let mut layout = Self { text, document, blocks: Vec::new() };
        let mut headers = Vec::new();
        layout.headers(layout.document.as_table(), None, &mut headers)?;
        headers.sort_by_key(|(at, _)| *at);
        let count = layout.accounts().count();
        layout.blocks = (0..count).map(|index| layout.block(index, &headers)).collect::<Result<_, _>>()?;
        Ok(layout)
    }

    fn accounts(&self) -> impl Iterator<Item = &Table> {
        let array = self.document.get("account").and_then(Item::as_array_of_tables);
        array.into_iter().flat_map(|array| array.iter())
    }

    pub(super) fn account(&self, index: usize) -> Option<&Table> {
        self.accounts().nth(index)
    }

    /// Every `[header]`, with the account to which it belongs.
    fn headers(
        &self,
        table: &Table,
        owner: Option<usize>,
        found: &mut Vec<(usize, Option<usize>)>,
    ) -> Result<(), EditError> {
        for (key, item) in table {
            let is_accounts =
                owner.is_none() && key == "account" && std::ptr::eq(table, self.document.as_table());
            match item {
                Item::ArrayOfTables(array) => {
                    for (index, table) in array.iter().enumerate() {
                        let owner = if is_accounts { Some(index) } else { owner };
                        found.extend(table.span().map(|span| (span.start, owner)));
                        self.headers(table, owner, found)?;
                    }
                }
                Item::Value(_) | Item::Table(_) if is_accounts => {
                    let at = table.key(key).and_then(toml_edit::Key::span).unwrap_or_default().start;
                    return Err(EditError::Inline { line: line_number(self.text, at) });
                }
                Item::Table(table) => {
                    if !table.is_implicit() && !table.is_dotted() {
                        found.extend(table.span().map(|span| (span.start, owner)));
                    }
                    self.headers(table, owner, found)?;
                }
                Item::Value(_) | Item::None => {}
            }
        }
        Ok(())
    }

    fn block(&self, index: usize, headers: &[(usize, Option<usize>)]) -> Result<Range<usize>, EditError> {
        let is_ours = |&(_, owner): &(usize, Option<usize>)| owner == Some(index);
        let first = headers.iter().position(is_ours).expect("an account has a header");
        let last = headers.iter().rposition(is_ours).expect("an account has a header");
        if let Some(stranger) = headers[first..=last].iter().find(|header| !is_ours(header)) {
            return Err(EditError::Scattered { line: line_number(self.text, stranger.0) });
        }
        let table = self.account(index).expect("it was counted");
        let content = last_byte(table).max(headers[last].0);
        let next = headers.get(last + 1).map_or(self.text.len(), |header| self.lead(header.0, content));
        Ok(self.lead(headers[first].0, self.end_before(headers[first].0))..self.tail(content, next))
    }

    /// The end of the last value before `at`.
    fn end_before(&self, at: usize) -> usize {
        let mut end = 0;
        visit(self.document.as_table(), &mut |span| {
            if span.end <= at {
                end = end.max(span.end);
            }
        });
        end
    }

    /// The start of the comment lines that stand right above the line at `at`, but not before the line after `floor`.
    fn lead(&self, at: usize, floor: usize) -> usize {
        let floor = if floor == 0 { 0 } else { line_end(self.text, floor) };
        let mut start = line_start(self.text, at);
        while start > floor {
            let above = line_start(self.text, start - 1);
            if above < floor || !is_comment(&self.text[above..start]) {
                break;
            }
            start = above;
        }
        start
    }

    /// The end of the comment lines right below the line at `at`, and of what is a sub-table of an account in comments.
    fn tail(&self, at: usize, limit: usize) -> usize {
        let mut end = line_end(self.text, at);
        let mut position = end;
        let mut belongs = true;
        for line in self.text[end..limit.max(end)].split_inclusive('\n') {
            if belongs && !is_comment(line) {
                belongs = false;
            } else if is_comment(line) && is_sub_table(line) {
                belongs = true;
            }
            position += line.len();
            if belongs {
                end = position;
            }
        }
        end
    }

    /// What stands behind `[account.oauth]`, in whatever form.
    pub(super) fn oauth(&self, index: usize) -> Option<&Item> {
        self.account(index)?.get("oauth")
    }

    pub(super) fn identities(&self, index: usize) -> impl Iterator<Item = &Table> {
        let item = self.account(index).and_then(|table| table.get("identity"));
        item.and_then(Item::as_array_of_tables).into_iter().flat_map(|array| array.iter())
    }

    /// The lines of the table whose header stands at `header`, up to the next header or the end of `block`.
    pub(super) fn table_lines(&self, header: usize, content: usize, block: &Range<usize>) -> Range<usize> {
        let start = self.lead(header, self.end_before(header)).max(block.start);
        start..line_end(self.text, content.max(header)).min(block.end)
    }
}

/// The end of the last value in a table and those below it.
pub(super) fn last_byte(table: &Table) -> usize {
    let mut end = 0;
    visit(table, &mut |span| end = end.max(span.end));
    end
}

/// Shows the span of every header and value.
fn visit(table: &Table, seen: &mut impl FnMut(Range<usize>)) {
    for (_, item) in TableLike::iter(table) {
        match item {
            Item::Value(_) => item.span().into_iter().for_each(&mut *seen),
            Item::Table(table) => {
                if !table.is_implicit() && !table.is_dotted() {
                    table.span().into_iter().for_each(&mut *seen);
                }
                visit(table, seen);
            }
            Item::ArrayOfTables(array) => {
                for table in array {
                    table.span().into_iter().for_each(&mut *seen);
                    visit(table, seen);
                }
            }
            Item::None => {}
        }
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// `# [account.oauth]` or `# [[account.identity]]`: a part of the account above it, not in force.
fn is_sub_table(line: &str) -> bool {
    line.trim_start_matches(['#', ' ', '\t', '[']).starts_with("account.")
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Behind the line break of the line in which `at` stands; a value may end right at it.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// From 1.
pub(super) fn line_number(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}
