//! Around the coding: all actions, the command line, copying, themes, the tour.

use crate::actions::{Action, Tool};
use crate::app::{App, Copied, Effect};
use crate::equal;
use crate::layers::Layer;
use crate::layers::actions::Actions;
use crate::layers::command::Command;
use crate::layers::equal::Equal;
use crate::layers::form::{Form, Purpose};
use crate::strings::{self, tools as words};
use crate::theme::Depth;
use crate::tour::Tour;

/// Does one of these, over whatever layer there is.
pub fn update(app: &mut App, action: &Action) -> Vec<Effect> {
    let Action::Tool(tool) = action else { return Vec::new() };
    match tool {
        Tool::Actions => {
            let list = Actions::new(app.contexts());
            app.layers.push(Layer::Actions(list));
        }
        Tool::Command if app.desk.is_none() => app.warn(words::NO_STUDY),
        Tool::Command => {
            let line = Command::new(app);
            app.layers.push(Layer::Command(line));
        }
        Tool::Equal => equal(app),
        Tool::Copy => return copy(app),
        Tool::CopyOrLeave if app.reader.selection.is_some() => return copy(app),
        Tool::CopyOrLeave => return super::update(app, &Action::Quit),
        Tool::Suspend => return vec![Effect::Suspend],
        Tool::Stop if app.running.is_some() => return vec![Effect::StopCommand],
        Tool::Stop => app.say(words::NONE_RUNS),
        Tool::Theme => return theme(app),
        Tool::Tour => {
            // It codes and marks, which is nothing to try out on one's own interviews.
            app.tour = Some(Tour::default());
            let form = Form::new(Purpose::Sample, app);
            app.layers.push(Layer::Form(form));
        }
        Tool::Complete => {}
    }
    Vec::new()
}

/// Shows the last act of this screen as commands.
fn equal(app: &mut App) {
    let Some(desk) = app.desk.as_ref().filter(|_| !app.last.is_empty()) else {
        app.say(words::NOTHING_DONE);
        return;
    };
    let (commands, missing) = equal::commands(desk, app.index.as_deref(), &app.last);
    let what: Vec<String> = app.last.iter().map(|a| strings::act(desk, a)).collect();
    let what = what.join(" · ");
    app.layers.push(Layer::Equal(Equal { what, commands, missing }));
}

/// What copying would take: the selection, or else the passage of the coding at hand.
pub fn copied_text(app: &App) -> Option<String> {
    let document = app.desk.as_ref().zip(app.reader.document).and_then(|(d, at)| d.document(at))?;
    let span = match app.reader.selection {
        Some(selection) => selection.span,
        None => super::coding::at_hand(app)?.span,
    };
    let text = document.text.slice(span);
    (document.text.holds(span) && !text.is_empty()).then(|| text.to_owned())
}

fn copy(app: &mut App) -> Vec<Effect> {
    if let Some(text) = copied_text(app) {
        return vec![Effect::Copy(text)];
    }
    app.say(words::NOTHING_TO_COPY);
    Vec::new()
}

/// The next theme, which is kept.
fn theme(app: &mut App) -> Vec<Effect> {
    let look = app.theme.look.next();
    app.theme = app.theme.with(look);
    let said = if app.theme.depth == Depth::None {
        words::theme_without_colour(look)
    } else {
        words::theme_now(look)
    };
    app.say(said);
    vec![Effect::Keep("theme", look.name().to_owned())]
}

/// A command ended: its sheet shows what it said; where that was closed, a line does.
pub fn ran(app: &mut App, output: &str, well: bool) {
    let line = app.running.take().unwrap_or_default();
    app.beside = None;
    let sheet = app.layers.iter_mut().find_map(|l| match l {
        Layer::Output(o) if o.text.is_none() => Some(o),
        _ => None,
    });
    if let Some(sheet) = sheet {
        let said = if output.trim().is_empty() { words::SILENT.get() } else { output };
        sheet.text = Some(said.to_owned());
        sheet.well = well;
    } else if well {
        app.say(words::ended(&line, well));
    } else {
        app.warn(words::ended(&line, well));
    }
}

/// A text was copied, or could not be.
pub fn copied(app: &mut App, how: Result<Copied, String>) {
    match how {
        Ok(how) => app.say(words::copied(&how)),
        Err(why) => app.warn(words::not_copied(&why)),
    }
}
