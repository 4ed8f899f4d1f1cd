//! Tables other than that of frequencies, in a pseudo-terminal: opened, argued back to the words, left.

use crate::pty::Folder;
use crate::{ENTER, ESC};

#[test]
fn a_profile_opens_the_passages_behind_a_cell_and_comes_back() {
    let folder = Folder::new();
    let mut pty = folder.start(&["demo", "first"], 120, 36, &[]);
    pty.wait("13 of 15 done");
    pty.press("O");
    pty.wait("profiles: what the activities of each case push up and down");
    pty.press("p");
    pty.wait("Profile: what activities push up and down");
    pty.wait("effects are the article's judgement of the cluster, not measured in this organisation");
    // The first cell: what pushes organisation flexibility up in the first organisation.
    pty.press(ENTER);
    pty.wait("rietvink · OF × up");
    pty.press(ESC);
    pty.wait("Profile: what activities push up and down");
    pty.press("e");
    pty.wait("written: ");
    pty.press(ESC);
    pty.wait("13 of 15 done");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    let table = std::fs::read_to_string(folder.path("profile.csv")).expect("the table");
    assert!(table.starts_with("organisation,dimension,label,up,down,"), "{table}");
}
