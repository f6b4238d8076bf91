// The only functions in the program that create or modify a Document.
#pragma once
#include <span>
#include <string>

#include "pipeline/document/document.h"

namespace emend {

/// Splits `source` (at most 4 GiB - 2, checked by the readers) into lines at LF, CR LF, CR and form feed.
Document open_document(std::string name, std::string source);

/// Applies the changes of one stage and adds them to the ledger. What they say of the source they were made for.
/// Throws Error(Exit::bug), naming the stage, if they break an invariant of the document: an edit or phrase across a
/// line end, overlapping edits or phrases, an edit that cuts a patch or a phrase or whose `before` is not what stands
/// there, blocks that are not of whole lines or that cross, pages and joins that are not at the beginning of a line.
void commit(Document&, std::span<const Change>);

/// Gives earlier changes, and the links they made, the certainty and the reason that a later stage found. Nothing else
/// of the document changes, and the ledger says no more than if they had been so certain from the beginning.
void reweigh(Document&, std::span<const Weight>);

/// Throws Error(Exit::bug) unless every reading is its source with the patches applied, and undoing every patch gives
/// the source back byte for byte.
void verify(const Document&);

}  // namespace emend
