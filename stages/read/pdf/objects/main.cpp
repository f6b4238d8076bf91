// emend-pdf: a PDF on standard input, what its objects say beside its text on standard output. It is a program of its
// own, which emend runs within limits: a file may be made to make a parser fail.
//
// A line says one thing, its parts parted by tabs: `title TEXT`, `author TEXT`, `label PAGE TEXT`, and `link PAGE LEFT
// TOP RIGHT BOTTOM ADDRESS` or `to PAGE LEFT TOP RIGHT BOTTOM PAGE TOP`. Pages count from 0, and places in tenths of a
// point from the upper left corner.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <exception>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFNameTreeObjectHelper.hh>
#include <qpdf/QPDFObjGen.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageLabelDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace emend {

namespace {

constexpr std::size_t longest_text = 2000;  // bytes: what is longer is no title, label or address
constexpr std::size_t most_links = 500000;
constexpr double tenths = 10;

// In one line. What is too long is nothing.
std::string in_line(std::string text) {
  if (text.size() > longest_text) return {};
  std::replace_if(
      text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }, ' ');
  return text;
}

std::string text_of(QPDFObjectHandle object) { return object.isString() ? in_line(object.getUTF8Value()) : ""; }

std::string roman(long long number, bool upper) {
  constexpr std::pair<int, std::string_view> signs[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                                                        {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                                                        {5, "v"},    {4, "iv"},   {1, "i"}};
  std::string out;
  if (number < 1 || number > 9999) return std::to_string(number);
  for (const auto& [value, sign] : signs)
    for (; number >= value; number -= value) out += sign;
  if (upper)
    for (char& c : out) c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// a … z, aa … zz, as ISO 32000 counts with letters.
std::string letters(long long number, bool upper) {
  constexpr long long alphabet = 26, most = 50;
  if (number < 1 || number > alphabet * most) return std::to_string(number);
  const auto sign = static_cast<char>((upper ? 'A' : 'a') + (number - 1) % alphabet);
  return std::string(static_cast<std::size_t>((number - 1) / alphabet + 1), sign);
}

// /S is the style, /P a prefix, /St the number.
std::string label_of(QPDFObjectHandle label) {
  if (!label.isDictionary()) return {};
  QPDFObjectHandle style = label.getKey("/S"), start = label.getKey("/St");
  const long long number = start.isInteger() ? start.getIntValue() : 1;
  std::string out = text_of(label.getKey("/P"));
  const std::string name = style.isName() ? style.getName() : "";
  if (name == "/D") out += std::to_string(number);
  if (name == "/R" || name == "/r") out += roman(number, name == "/R");
  if (name == "/A" || name == "/a") out += letters(number, name == "/A");
  return out;
}

struct Place {
  double left = 0, top = 0, right = 0, bottom = 0;
};

class Objects {
 public:
  explicit Objects(QPDF& pdf) : pdf_(pdf), root_(pdf.getRoot()), pages_(QPDFPageDocumentHelper(pdf).getAllPages()) {
    for (std::size_t p = 0; p < pages_.size(); ++p) numbers_.emplace(pages_[p].getObjectHandle().getObjGen(), p);
    QPDFObjectHandle names = root_.getKey("/Names");
    if (names.isDictionary() && names.getKey("/Dests").isDictionary())
      named_ = std::make_unique<QPDFNameTreeObjectHelper>(names.getKey("/Dests"), pdf);
  }

  void say_book() {
    QPDFObjectHandle info = pdf_.getTrailer().getKey("/Info");
    if (!info.isDictionary()) return;
    for (const auto& [key, name] : {std::pair("/Title", "title"), std::pair("/Author", "author")})
      if (const std::string text = text_of(info.getKey(key)); !text.empty()) std::cout << name << '\t' << text << '\n';
  }

  void say_labels() {
    QPDFPageLabelDocumentHelper labels(pdf_);
    if (!labels.hasPageLabels()) return;
    for (std::size_t p = 0; p < pages_.size(); ++p)
      if (const std::string label = label_of(labels.getLabelForPage(static_cast<long long>(p))); !label.empty())
        std::cout << "label\t" << p << '\t' << label << '\n';
  }

  void say_links() {
    for (std::size_t p = 0; p < pages_.size(); ++p) {
      const std::optional<Place> page = shown(p);
      if (!page) continue;
      for (QPDFAnnotationObjectHelper& link : pages_[p].getAnnotations("/Link")) {
        if (++links_ > most_links) return;
        const QPDFObjectHandle::Rectangle r = link.getRect();
        const Place place{std::min(r.llx, r.urx) - page->left, page->top - std::max(r.lly, r.ury),
                          std::max(r.llx, r.urx) - page->left, page->top - std::min(r.lly, r.ury)};
        say_link(link.getObjectHandle(), p, place);
      }
    }
  }

 private:
  // Its media box, in which Poppler counts; a page that is turned has its words elsewhere.
  std::optional<Place> shown(std::size_t p) {
    QPDFObjectHandle turned = pages_[p].getAttribute("/Rotate", false);
    QPDFObjectHandle box = pages_[p].getMediaBox();
    if ((turned.isInteger() && turned.getIntValue() % 360 != 0) || !box.isRectangle()) return {};
    const QPDFObjectHandle::Rectangle r = box.getArrayAsRectangle();
    return Place{r.llx, r.ury, r.urx, r.lly};
  }

  static void say(double value) { std::cout << '\t' << std::lround(std::clamp(value * tenths, -1e6, 1e6)); }

  static void begin(std::string_view kind, std::size_t page, const Place& place) {
    std::cout << kind << '\t' << page;
    for (const double value : {place.left, place.top, place.right, place.bottom}) say(value);
  }

  void say_link(QPDFObjectHandle link, std::size_t page, const Place& place) {
    QPDFObjectHandle action = link.getKey("/A");
    QPDFObjectHandle kind = action.isDictionary() ? action.getKey("/S") : QPDFObjectHandle::newNull();
    if (kind.isNameAndEquals("/URI")) {
      QPDFObjectHandle address = action.getKey("/URI");
      const std::string uri = address.isString() ? in_line(address.getStringValue()) : "";
      if (!uri.empty()) begin("link", page, place), std::cout << '\t' << uri << '\n';
      return;
    }
    QPDFObjectHandle target = destination(kind.isNameAndEquals("/GoTo") ? action.getKey("/D") : link.getKey("/Dest"));
    if (!target.isArray() || target.getArrayNItems() < 2) return;
    const auto found = numbers_.find(target.getArrayItem(0).getObjGen());
    if (found == numbers_.end()) return;
    const std::optional<Place> there = shown(found->second);
    QPDFObjectHandle how = target.getArrayItem(1);
    const int at = how.isNameAndEquals("/XYZ")                                     ? 3
                   : how.isNameAndEquals("/FitH") || how.isNameAndEquals("/FitBH") ? 2
                                                                                   : 0;
    if (!there || at == 0 || at >= target.getArrayNItems() || !target.getArrayItem(at).isNumber()) return;
    begin("to", page, place);
    std::cout << '\t' << found->second;
    say(there->top - target.getArrayItem(at).getNumericValue());
    std::cout << '\n';
  }

  // An array; or a name, under which the catalogue has one, or a dictionary of one.
  QPDFObjectHandle destination(QPDFObjectHandle said) {
    if (said.isName()) {
      QPDFObjectHandle all = root_.getKey("/Dests");
      said = all.isDictionary() ? all.getKey(said.getName()) : QPDFObjectHandle::newNull();
    } else if (said.isString()) {
      QPDFObjectHandle found;
      said = named_ && named_->findObject(said.getUTF8Value(), found) ? found : QPDFObjectHandle::newNull();
    }
    return said.isDictionary() ? said.getKey("/D") : said;
  }

  QPDF& pdf_;
  QPDFObjectHandle root_;
  std::vector<QPDFPageObjectHelper> pages_;
  std::map<QPDFObjGen, std::size_t> numbers_;  // of pages
  std::unique_ptr<QPDFNameTreeObjectHelper> named_;
  std::size_t links_ = 0;
};

std::string standard_input() {
  std::string bytes;
  std::array<char, 1 << 16> buffer;
  while (std::cin.read(buffer.data(), buffer.size()) || std::cin.gcount() > 0)
    bytes.append(buffer.data(), static_cast<std::size_t>(std::cin.gcount()));
  return bytes;
}

// What was said before something broke stands.
int run() {
  const std::string bytes = standard_input();
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile("PDF", bytes.data(), bytes.size());
  Objects objects(pdf);
  objects.say_book();
  objects.say_labels();
  objects.say_links();
  return 0;
}

}  // namespace

}  // namespace emend

int main() {
  std::ios::sync_with_stdio(false);
  try {
    const int status = emend::run();
    std::cout.flush();
    return std::cout ? status : 1;
  } catch (const std::exception& e) {
    std::cout.flush();
    std::cerr << "emend-pdf: " << e.what() << '\n';
    return 1;
  }
}
