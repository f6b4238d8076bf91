// Takes from where the book prints it what a catalogue asks for: title, persons, imprint and keywords.
#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "stages/90-metadata/keywords.h"
#include "stages/90-metadata/title_page.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_metadata;
}

namespace {

void run(const Document& d, const Rules& rules, Proposal& out) {
  take_title_page(d, rules, out);
  take_keywords(d, rules, out);
}

}  // namespace

extern const Stage stage_metadata{.name = "metadata",
                                  .summary = "Take title, persons, imprint and keywords from where they are printed",
                                  .needs = "languages",
                                  .provides = "metadata",
                                  .rules = &embedded::rules_metadata,
                                  .run = run};

}  // namespace emend
