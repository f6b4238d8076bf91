// What a person decided holds, whatever a stage proposes.
#pragma once
#include <span>
#include <vector>

#include "pipeline/document/proposal.h"

namespace emend {

/// The changes of a stage as the document's rulings leave them: rejected ones are gone, with what hangs on them;
/// accepted ones are sure; lines, links, joins and levels are as decided. Each ruling that was heeded is itself a
/// change, a `meta` with the name `decision` and its line as value. Gives the changes as they are if there are no
/// rulings.
std::vector<Change> heed(const Document&, const Stage&, std::span<const Change> proposed);

/// A doubt of the last stage for every ruling that no stage heeded, with the reason.
std::vector<Change> unheeded(const Document&, const Stage& last);

}  // namespace emend
