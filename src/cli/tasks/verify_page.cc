// Renders the facts inside a page anew and compares: a page proves itself to
// the last character, or says what it cannot prove.
#include "cli/tasks/verify_page.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/client/engine_handle.h"
#include "cli/write/output_file.h"

namespace influence::cli {
namespace {

constexpr std::string_view kDataBegin =
    "href=\"data:application/octet-stream;base64,";

}  // namespace

bool IsReport(const std::string& text) {
  constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";
  absl::string_view begin = text;
  absl::ConsumePrefix(&begin, kByteOrderMark);
  begin = absl::StripLeadingAsciiWhitespace(begin);
  // A page whose first line was edited is a page. JSON begins with a brace, and
  // a message whose second byte is a < has a third that is no such letter.
  return begin.size() > 1 && begin[0] == '<' &&
         (begin[1] == '!' ||
          absl::ascii_isalpha(static_cast<unsigned char>(begin[1])));
}

namespace {

// The content of a page that cannot be computed again from it.
struct Unproved {
  bool is_stored = false;  // the answer itself, of which there are no facts
  std::string note;        // "" if there is nothing
};

Unproved UnprovedIn(const std::string& bytes) {
  abi1::RenderRequest request;
  if (!request.ParseFromString(bytes)) return {};
  const char* stored = request.has_drift()        ? "drift report"
                       : request.has_comparison() ? "comparison"
                       : request.has_what_if()    ? "what-if"
                                                  : nullptr;
  if (stored != nullptr) {
    return {true,
            absl::StrCat("not recomputed: a ", stored,
                         " is inside, and not the facts it is of; whether its "
                         "numbers are true cannot be known from the page")};
  }
  const abi1::WhatIfRequest& asked = request.what_if_request();
  if (asked.actors().empty() && asked.topics().empty()) return {};
  return {false,
          "not recomputed: who and what carries the score; the events are not "
          "inside"};
}

}  // namespace

ExitCode VerifyReport(const std::string& text) {
  const auto say = [](bool good, const std::string& what,
                      const std::string& note = "") {
    Output output("");
    output.Write(absl::StrCat(good ? "ok      " : "FAILED  ", what, "\n"));
    if (!note.empty()) output.Write("-       " + note + "\n");
    output.Write(
        absl::StrCat(good ? 1 : 0, " passed, ", good ? 0 : 1, " failed\n"));
    output.Finish();
    return good ? kFine : kCheckFailed;
  };
  const size_t begin = text.rfind(kDataBegin);
  const size_t data = begin + kDataBegin.size();
  const size_t end = begin == std::string::npos ? begin : text.find('"', data);
  std::string bytes;
  if (end == std::string::npos ||
      !absl::Base64Unescape(text.substr(data, end - data), &bytes)) {
    return say(false, "the page has no result inside");
  }
  std::string again;
  try {
    again = Render(bytes);
  } catch (const Failure& failure) {
    if (failure.code() == kUnknownAlgorithm || failure.code() == kInternal) {
      throw;
    }
    return say(false, absl::StrCat("the result inside: ", failure.what()));
  }
  if (again == text) {
    const Unproved unproved = UnprovedIn(bytes);
    return say(true,
               unproved.is_stored
                   ? "the page says what the answer inside it says, and "
                     "the sums of that hold"
                   : "the page is, to the last character, what its "
                     "facts give",
               unproved.note);
  }
  const size_t same = static_cast<size_t>(
      std::mismatch(text.begin(), text.end(), again.begin(), again.end())
          .first -
      text.begin());
  const auto line =
      1 + std::count(text.begin(), text.begin() + static_cast<ptrdiff_t>(same),
                     '\n');
  return say(false,
             absl::StrCat("the page is not what its facts give: line ", line,
                          " differs, if it was made by libinfluence ",
                          influence_library_version(),
                          "; another version may word it otherwise"));
}

}  // namespace influence::cli
