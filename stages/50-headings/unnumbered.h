// Headings that neither a list nor a number tells: by their words, by running heads, by their look.
#pragma once
#include "stages/50-headings/found.h"

namespace emend {

/// The names of front and back matter. Notes and sources of a chapter stand below it.
void find_matter(Found&);
/// Titles at the top of a page that the next pages repeat as running head: chapters without number.
void find_running(Found&);
/// What is set as headings are: below the heading that it follows; of the highest level where it stands as the names of
/// front and back matter do. In a page or two of Markdown without any heading, whose engine may well have seen that there
/// is none, such a line is a doubt.
void find_by_look(Found&, Proposal&);

}  // namespace emend
