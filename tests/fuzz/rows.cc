#include "rows.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "cli/basics/failure.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "laws.h"
#include "tests/cli/row_agreement.h"

namespace {

namespace cli = influence::cli;
namespace pb = influence::abi1;

// From the text to scores, as a small file goes that is read whole.
void CheckScores(const std::string& text, const cli::Population::Options& how) {
  pb::ScoreRequest request;
  request.set_algorithm("v1");
  try {
    const cli::Population population(text, how);
    for (const cli::Person& person : population.people()) {
      *request.add_profiles() = person.profile;
      // Of too many accounts, one too many is kept.
      Require(
          static_cast<size_t>(person.profile.accounts_size()) ==
              std::min(person.rows.size(), size_t{INFLUENCE_MAX_ACCOUNTS + 1}),
          "a row is an account");
    }
  } catch (const cli::Failure& failure) {
    Require(failure.code() == cli::kBadData && failure.what()[0] != '\0',
            "a text is refused as bad data, with words");
    return;
  }
  const std::string bytes = request.SerializeAsString();
  Require(CheckScore(V1(), reinterpret_cast<const uint8_t*>(bytes.data()),
                     bytes.size(), request.profiles_size()) == INFLUENCE_OK,
          "what was read makes a request");
}

}  // namespace

void CheckRows(cli::InputFormat format, const uint8_t* data, size_t size) {
  if (size < 2) return;
  const bool allow_extra = data[0] % 2 != 0;
  const size_t block = size_t{1} + data[1] % 96;
  const std::string text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string fault = cli::Disagreement(text, format, allow_extra, block);
  if (!fault.empty()) std::fprintf(stderr, "%s\n", fault.c_str());
  Require(fault.empty(), "the stream and the careful readers say the same");
  cli::Population::Options how;
  how.format = format;
  how.allow_extra_columns = allow_extra;
  for (const bool skip : {false, true}) {
    how.skip_bad_rows = skip;
    CheckScores(text, how);
  }
}
