// The table of TEI elements and their roles, sorted by name.
#include "stages/write/tei/elements.h"

#include <algorithm>
#include <array>
#include <utility>

namespace emend {
namespace {

using Entry = std::pair<std::string_view, Role>;

constexpr auto elements = std::to_array<Entry>({
    {"TEI", Role::group},
    {"ab", Role::paragraph},
    {"abbr", Role::phrase},
    {"add", Role::phrase},
    {"addSpan", Role::mark},
    {"addrLine", Role::paragraph},
    {"address", Role::group},
    {"am", Role::phrase},
    {"analytic", Role::phrase},
    {"anchor", Role::mark},
    {"argument", Role::boxed},
    {"att", Role::phrase},
    {"author", Role::phrase},
    {"back", Role::group},
    {"bibl", Role::citation},
    {"biblScope", Role::phrase},
    {"biblStruct", Role::citation},
    {"body", Role::group},
    {"byline", Role::paragraph},
    {"c", Role::phrase},
    {"castGroup", Role::group},
    {"castItem", Role::paragraph},
    {"castList", Role::group},
    {"cb", Role::mark},
    {"cell", Role::group},
    {"choice", Role::choice},
    {"cit", Role::quotation},
    {"closer", Role::boxed},
    {"code", Role::phrase},
    {"corr", Role::phrase},
    {"damage", Role::phrase},
    {"date", Role::phrase},
    {"dateline", Role::paragraph},
    {"dedication", Role::boxed},
    {"del", Role::deletion},
    {"delSpan", Role::mark},
    {"desc", Role::paragraph},
    {"distinct", Role::phrase},
    {"div", Role::division},
    {"div1", Role::division},
    {"div2", Role::division},
    {"div3", Role::division},
    {"div4", Role::division},
    {"div5", Role::division},
    {"div6", Role::division},
    {"div7", Role::division},
    {"divGen", Role::skip},
    {"docAuthor", Role::paragraph},
    {"docDate", Role::paragraph},
    {"docEdition", Role::paragraph},
    {"docImprint", Role::paragraph},
    {"docTitle", Role::group},
    {"edition", Role::phrase},
    {"editor", Role::phrase},
    {"email", Role::phrase},
    {"emph", Role::emphasis},
    {"epigraph", Role::boxed},
    {"epilogue", Role::group},
    {"ex", Role::phrase},
    {"expan", Role::phrase},
    {"extent", Role::phrase},
    {"facsimile", Role::skip},
    {"figDesc", Role::paragraph},
    {"figure", Role::figure},
    {"floatingText", Role::group},
    {"foreign", Role::phrase},
    {"forename", Role::phrase},
    {"formula", Role::formula},
    {"front", Role::group},
    {"fw", Role::skip},
    {"gap", Role::gap},
    {"gb", Role::mark},
    {"geogName", Role::phrase},
    {"gi", Role::phrase},
    {"gloss", Role::phrase},
    {"graphic", Role::skip},
    {"group", Role::group},
    {"handShift", Role::mark},
    {"head", Role::head},
    {"hi", Role::highlight},
    {"ident", Role::phrase},
    {"idno", Role::phrase},
    {"imprimatur", Role::paragraph},
    {"imprint", Role::phrase},
    {"index", Role::skip},
    {"item", Role::group},
    {"l", Role::line},
    {"label", Role::phrase},
    {"lb", Role::line_break},
    {"lg", Role::verse},
    {"list", Role::list},
    {"listBibl", Role::bibliography},
    {"measure", Role::phrase},
    {"mentioned", Role::phrase},
    {"metamark", Role::mark},
    {"milestone", Role::mark},
    {"mod", Role::phrase},
    {"monogr", Role::phrase},
    {"name", Role::phrase},
    {"note", Role::note},
    {"num", Role::phrase},
    {"opener", Role::boxed},
    {"orgName", Role::phrase},
    {"orig", Role::phrase},
    {"p", Role::paragraph},
    {"pb", Role::page_break},
    {"pc", Role::phrase},
    {"performance", Role::group},
    {"persName", Role::phrase},
    {"placeName", Role::phrase},
    {"postscript", Role::boxed},
    {"prologue", Role::group},
    {"ptr", Role::pointer},
    {"pubPlace", Role::phrase},
    {"publisher", Role::phrase},
    {"q", Role::quotation},
    {"quote", Role::quotation},
    {"ref", Role::link},
    {"reg", Role::phrase},
    {"restore", Role::phrase},
    {"role", Role::phrase},
    {"roleDesc", Role::phrase},
    {"roleName", Role::phrase},
    {"row", Role::group},
    {"rs", Role::phrase},
    {"s", Role::phrase},
    {"said", Role::quotation},
    {"salute", Role::paragraph},
    {"seg", Role::phrase},
    {"series", Role::phrase},
    {"set", Role::boxed},
    {"sic", Role::phrase},
    {"signed", Role::paragraph},
    {"soCalled", Role::phrase},
    {"sourceDoc", Role::skip},
    {"sp", Role::speech},
    {"spGrp", Role::group},
    {"space", Role::line_break},
    {"speaker", Role::speaker},
    {"stage", Role::stage},
    {"standOff", Role::skip},
    {"subst", Role::phrase},
    {"supplied", Role::phrase},
    {"surname", Role::phrase},
    {"surplus", Role::phrase},
    {"table", Role::table},
    {"tag", Role::phrase},
    {"teiCorpus", Role::group},
    {"teiHeader", Role::skip},
    {"term", Role::phrase},
    {"text", Role::group},
    {"time", Role::phrase},
    {"title", Role::title},
    {"titlePage", Role::title_page},
    {"titlePart", Role::paragraph},
    {"trailer", Role::paragraph},
    {"unclear", Role::unclear},
    {"val", Role::phrase},
    {"w", Role::phrase},
});

constexpr bool before(const Entry& a, const Entry& b) { return a.first < b.first; }
static_assert(std::is_sorted(elements.begin(), elements.end(), before));

}  // namespace

Role role_of(std::string_view name) {
  const auto found = std::lower_bound(elements.begin(), elements.end(), Entry{name, Role::unknown}, before);
  return found != elements.end() && found->first == name ? found->second : Role::unknown;
}

bool is_block(Role role) {
  switch (role) {
    case Role::group:
    case Role::boxed:
    case Role::division:
    case Role::head:
    case Role::paragraph:
    case Role::list:
    case Role::table:
    case Role::verse:
    case Role::line:
    case Role::figure:
    case Role::title_page:
    case Role::speech:
    case Role::speaker:
    case Role::bibliography: return true;
    default: return false;
  }
}

}  // namespace emend
