// What an input holds: one file, or the pages of a book that are files of their own, in a folder or an archive.
#pragma once
#include <string>
#include <vector>

#include "pipeline/cli/page_order.h"
#include "stages/read/scan/look.h"

namespace emend {

/// One of bytes and pages is empty.
struct Input {
  std::string bytes;
  std::vector<PageFile> pages;  // in the order of a METS; else numbers in their names count, so that 2 stands before 10
  PageGuide guide;
};

/// The paths of the files in `folder` that may hold pages, or say something of them. Pictures, hidden files and folders
/// are left out, and PDFs too unless there is nothing else. Error(Exit::input) if it cannot be read.
std::vector<std::string> page_files(const std::string& folder);

/// What the file or folder of this name holds, or standard input, "-"; what was only compressed, and the single page of
/// an archive, is one file. Error(Exit::input) if it cannot be read or unpacked, or if nothing in it may be a page.
Input read_input(const std::string& input);

/// Whether each of these files holds what a tool read of pages: scans, or JSON. Those may be of one book.
bool are_pages(const std::vector<std::string>& files);

/// These files as the pages of one book, in this order. Error(Exit::input) if one cannot be read.
Input read_pages(const std::vector<std::string>& files);

/// A book of pages as one text, a form feed between files.
struct PagesText {
  std::string text;
  std::vector<SeenPage> seen;  // of scans: how their lines look
  bool markdown = false;       // made of JSON, or of files that are called so
};

/// Of pages of several kinds, scans are taken, else the JSON of tools that read pages, else texts. `name` is what
/// messages call the book. Error(Exit::input) if there is no page, if there are scans in two formats, or as the readers
/// of a file throw; a text must be UTF-8.
PagesText text_of_pages(const std::string& name, const Input& input);

}  // namespace emend
