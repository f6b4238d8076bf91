// What the review page knows of a book: source, edition and ledger as compact JSON.
#pragma once
#include <string>

#include "pipeline/document/ledger.h"

namespace emend {

/// What surrounds a review: the decisions that there are, and whether a server stands behind the page.
struct ReviewSetting {
  std::string decisions;       // the text of the decisions file, as it is; may be empty
  std::string decisions_name;  // what the page calls that file when it saves it
  bool served = false;         // the page can save by itself, and have the book converted again
  bool scans = false;          // the server has pictures of the pages
  double scan_scale = 0;       // their dots for each unit of the lines' places; 0: the text has its pages' sizes
};

/// The data, as JSON that can stand within a script element: no <, > or & is in it. Places are counted in UTF-16 code
/// units of `source`, as JavaScript counts; what stands where is told in styles/review/10-data.js, which reads it.
std::string review_data(const Document&, const BookOptions&, const ReviewSetting&);

}  // namespace emend
